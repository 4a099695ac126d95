// Lets the app die at every point of writing, sending and getting, and prints what came of it as JSON:
// `node tests/e2e/sweep.mjs [--every N] [--from N] [--without DEFENCE] [write|push|pull|start ...]`, or
// `cargo xtask sweep` with the same words, which builds first. `--from 80` leaves the first 80 points out, `--every 2`
// every second one of the others, `--without commit|receipt|cursor` takes a defence away. Ends with 1 when anything was
// lost, doubled or stuck.

import { parseArgs } from "node:util";
import { sweepOf } from "./fixtures/sweep.mjs";
import { PATHS } from "./fixtures/sweep_paths.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "1" }, from: { type: "string", default: "0" }, without: { type: "string" } },
});
const first = Number(values.from);
const wanted = positionals.length > 0 ? positionals : Object.keys(PATHS);
let failed = false;
for (const path of wanted) {
  await sweepOf([path], async (sweep) => {
    const names = await sweep.points();
    console.error(`${path}: ${names.length} points`);
    const results = [];
    for (const [place, name] of names.entries()) {
      if (place < first || (place - first) % Number(values.every) !== 0) continue;
      const result = await sweep.at(name);
      results.push(result);
      for (const [what, why] of Object.entries(result.faults)) console.error(`${path}: ${what} at ${name}: ${why}`);
    }
    const reached = results.filter(({ reached }) => reached);
    const count = (what) => results.filter(({ faults }) => faults[what]).length;
    const told = reached.filter(({ told }) => told).length;
    const report = { path, points: names.length, tried: reached.length, told, not_told: reached.length - told };
    const faults = { lost: count("lost"), duplicated: count("duplicated"), stuck: count("stuck") };
    failed ||= Object.values(faults).some((number) => number > 0);
    const unreached = results.filter(({ reached }) => !reached).map(({ point }) => point);
    console.log(JSON.stringify({ ...report, ...faults, unreached, faults: results.filter(({ faults }) => Object.keys(faults).length > 0) }));
  }, values.without);
}
process.exitCode = failed ? 1 : 0;
