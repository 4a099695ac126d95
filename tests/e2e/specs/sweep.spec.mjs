// The app dies in the middle of writing, sending, starting and getting, at the points that are most likely to hurt;
// `cargo xtask sweep` tries all of them. What was told to be saved is there after a restart and arrives once, what was
// not told is a draft or a report, and nothing is stuck.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sweepOf } from "../fixtures/sweep.mjs";

const SHARES = {
  "a carer": {
    write: ["commit draft+event sent #1", "commit draft+event after #1", "shows Saved. Details needed. #1"],
    push: ["fetch POST /v1/push sent #1", "fetch POST /v1/push after #1", "commit event+meta sent #1", "commit event+meta after #1"],
    start: ["fetch POST /v1/push after #1"],
  },
  "a manager": {
    pull: ["commit meta+page sent #1", "commit meta+page after #1", "commit meta+page before #2"],
  },
};

for (const [who, paths] of Object.entries(SHARES)) {
  test(`f40, i1: an app that dies under ${who} loses, doubles and holds up nothing: ${Object.keys(paths).join(", ")}`, async () => {
    await sweepOf(Object.keys(paths), async (sweep, path) => {
      for (const point of paths[path]) {
        const { reached, told, faults } = await sweep.at(point);
        assert.ok(reached, `${path} does not come to ${point}`);
        assert.deepEqual(faults, {}, `${path}, dead at ${point}`);
        if (path !== "pull") assert.equal(told, path !== "write" || point.startsWith("shows"), point);
      }
    });
  });
}
