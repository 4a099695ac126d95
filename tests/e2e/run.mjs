// Runs every walk: `node tests/e2e/run.mjs [part of a file's name ...]`, two files at the same time, or as many as
// NOTICED_WALKS says: one browser mostly waits, for the server, the disk and what the page shows next.

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

const AT_ONCE = Number(process.env.NOTICED_WALKS ?? 2);

/** Runs files; gives those in which something failed. */
function walk(files, concurrency) {
  const failed = new Set();
  return new Promise((done) => {
    const told = run({ files, concurrency, timeout: 45 * 60_000 })
      .on("test:fail", ({ file, name }) => failed.add(file ?? name))
      .compose(new spec());
    told.on("end", () => done([...failed]));
    told.pipe(process.stdout, { end: false });
  });
}

// Real browsers, processes and time: what fails once is walked once more, alone, and told as unsteady when it passes then.
const failed = await walk(files, AT_ONCE);
const again = failed.length > 0 ? await walk(failed, 1) : [];
for (const file of failed) console.log(again.includes(file) ? `FAILED TWICE: ${file}` : `UNSTEADY, passed at the second try: ${file}`);
if (again.length > 0) process.exitCode = 1;
