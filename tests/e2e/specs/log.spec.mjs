// The log is whole, and when it is not the page says which entry; a database that was put back from a copy gets what
// was written since from the phones.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { Looker } from "../fixtures/axe.mjs";
import { carer } from "../fixtures/carer.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { BINARY } from "../fixtures/server.mjs";
import { until } from "../fixtures/store.mjs";
import { SHORT } from "../pages/capture.mjs";
import { Manage } from "../pages/manage.mjs";

const VERIFIER = resolve(import.meta.dirname, "../../evidence/verify_log.py");
/** Changes one word in the database and prints the number of its row. */
const CHANGE = `import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
row = db.execute("SELECT MIN(seq) FROM event WHERE bytes LIKE '%5 mg%'").fetchone()[0]
db.execute("UPDATE event SET bytes = replace(bytes, '5 mg', '9 mg') WHERE seq = ?", (row,))
db.commit()
print(row)`;
const run = promisify(execFile);

test("f84: the page checks the log, gives a checkpoint to keep, and names an entry that was changed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-log-"));
  try {
    await walk(async (place) => {
      await place.fill();
      await fillRecords(place);
      const manager = await place.person("rm-01", { size: "desktop" });
      const manage = new Manage(manager);
      const looker = new Looker();
      await manager.hasWholeBuild();
      await manage.begin();
      await manage.list("The log");
      await manager.page.getByText("Every device has seen this very log").waitFor();
      await looker.look(manager.page, "the log before a check");
      await manage.press("Check the log");
      await manager.page.getByText("Nothing was changed").first().waitFor();
      const [saved] = await Promise.all([manager.page.waitForEvent("download"), manage.press("Save a checkpoint")]);
      const checkpoint = join(folder, "checkpoint.json");
      // What the check said names the checkpoint before.
      await manager.page.getByText("Nothing was changed").waitFor({ state: "detached" });
      await saved.saveAs(checkpoint);
      assert.ok(JSON.parse(await readFile(checkpoint, "utf8")).seq >= 20);
      await manager.page.getByRole("row").nth(1).waitFor();
      await looker.look(manager.page, "the log after a check");

      const log = join(folder, "log.jsonl");
      await run(BINARY, ["export", "--data", place.server.data, "--out", log]);
      const { stdout } = await run("python3", [VERIFIER, log, checkpoint]);
      assert.match(stdout, /^Whole: \d+ rows/);

      const changed = await run("python3", ["-c", CHANGE, join(place.server.data, "noticed.db")]);
      await manage.pressAgain("Check the log");
      await manager.page.getByText("Something is wrong with the log").first().waitFor();
      await manager.page.getByText(`Row ${Number(changed.stdout)} was changed`).first().waitFor();
      await looker.look(manager.page, "a log that was changed");
      assert.deepEqual(looker.faults, []);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("f51: what a phone sent after the copy comes back to a server that was put back from it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-copy-"));
  try {
    await carer(async ({ place, phone, capture }) => {
      const record = async (kind) => {
        const id = await capture.report(kind);
        await capture.says(/^Sent at /);
        await capture.home();
        return id;
      };
      const before = await record("Medicines");
      const copy = join(folder, "copy.db");
      await run(BINARY, ["backup", "--data", place.server.data, "--out", copy]);
      const after = await record(Object.keys(SHORT)[1]);
      assert.equal(await place.admin.reportsOf(after), 1);
      await place.server.stop();
      await rm(place.server.data, { recursive: true });
      await run(BINARY, ["restore", "--from", copy, "--data", place.server.data]);
      await place.server.resume();
      await phone.reopen();
      await until(phone.page, async () => (await place.admin.reportsOf(after)) > 0, "the phone sent it again");
      assert.equal(await place.admin.reportsOf(after), 1);
      assert.equal(await place.admin.reportsOf(before), 1);
      await run(BINARY, ["verify", "--data", place.server.data]);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
