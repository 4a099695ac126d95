// Runs every walk: `node tests/e2e/run.mjs [part of a file's name ...]`, one file after the other, or as many at the same
// time as NOTICED_WALKS says.

import { run } from "node:test";
import { spec } from "node:test/reporters";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

const folder = join(import.meta.dirname, "specs");
const wanted = process.argv.slice(2);
const files = (await readdir(folder))
  .filter((name) => name.endsWith(".spec.mjs") && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort()
  .map((name) => join(folder, name));
if (files.length === 0) {
  console.error(`No walk is called ${wanted.join(" or ")}. There are: ${(await readdir(folder)).join(", ")}`);
  process.exit(2);
}
run({ files, concurrency: Number(process.env.NOTICED_WALKS ?? 1), timeout: 15 * 60_000 })
  .on("test:fail", ({ todo }) => {
    // An open fault that is written down: told each time.
    if (todo === undefined) process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
