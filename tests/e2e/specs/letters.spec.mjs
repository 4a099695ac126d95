// Reports without a name over bad networks and past a restored service: nothing settles one but the service itself.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { carer, carerOverWire } from "../fixtures/carer.mjs";
import { copies } from "../fixtures/disk.mjs";
import { BINARY } from "../fixtures/server.mjs";
import { opened, until } from "../fixtures/store.mjs";
import { HTML } from "../fixtures/wire.mjs";
import { SHORT } from "../pages/capture.mjs";

const run = promisify(execFile);

/** A report of medicines without a name, saved on the phone. Gives its record. */
async function nameless(capture) {
  await capture.open("/");
  await capture.begin("Medicines");
  await capture.walk(SHORT.Medicines);
  await capture.change("Your name");
  await capture.answer("Who sees your name?", "Do not store my name");
  return capture.save();
}

const state = async (phone) => (await opened(phone.page, "letter")).map(([, letter]) => JSON.parse(letter).state);
const online = (phone) => phone.page.evaluate(() => window.dispatchEvent(new Event("online")));

/** What is at the service of letters: how often, and of which record. */
const written = async (place, record) => (await place.admin.events()).filter((event) => event.record === record && event.by === "anonymous").length;

test("f35, f36: no page and no status of another settles a letter", async () => {
  await carerOverWire(async ({ place, wire, phone, capture }) => {
    phone.expects(/Failed to load resource/);
    let answer = "refuse";
    let asked = 0;
    wire.rule = ({ path }) => (path === "/v1/anonymous" ? ((asked += 1), answer) : undefined);
    const record = await nameless(capture);
    await until(phone.page, async () => (await copies(phone.page, "noticed-letters")) === 1, "a second copy");
    const page = "<html>Blocked by the firewall</html>";
    const theirs = `{"code":"not_allowed","sentence":"Blocked."}`;
    const answers = [
      ...[400, 403, 409, 422].flatMap((status) => [{ status, type: "text/html", body: page }, { status, type: "application/json", body: theirs }]),
      HTML,
      (text) => text.slice(0, -20),
      (text) => text.replace(/"id":"[^"]*"/, `"id":"of-another-letter"`),
    ];
    for (const one of answers) {
      answer = one;
      const before = asked;
      await until(phone.page, async () => (await online(phone), await phone.page.waitForTimeout(100), asked > before), `a letter that is answered ${JSON.stringify(one)}`);
      await phone.page.waitForTimeout(300);
      assert.deepEqual(await state(phone), ["waiting"], `${JSON.stringify(one)}`);
    }
    await capture.waits(1);
    wire.up();
    await until(phone.page, async () => (await online(phone), await phone.page.waitForTimeout(200), (await state(phone))[0] === "sent"), "it is sent");
    await until(phone.page, async () => (await copies(phone.page, "noticed-letters")) === 0, "the second copy is gone");
    assert.equal(await written(place, record), 1);
  });
});

test("f35: a letter that the service refuses stays, is shown, and goes into the rescue file", async () => {
  await carerOverWire(async ({ wire, phone, capture }) => {
    phone.expects(/Failed to load resource/);
    const body = `{"code":"bad_value","sentence":"One of the values does not fit."}`;
    wire.rule = ({ path }) => (path === "/v1/anonymous" ? { status: 422, type: "application/vnd.noticed+json", body } : undefined);
    await nameless(capture);
    await until(phone.page, async () => Boolean((await state(phone))[0]?.refused), "it is refused");
    assert.equal(await copies(phone.page, "noticed-letters"), 1, "its second copy stays");
    await capture.open("/sync");
    await capture.says("Not accepted");
    await phone.page.goto("/rescue");
    await phone.page.getByText("1 report without a name, not sent yet").waitFor();
  });
});

test("f08: a letter that the database lost comes back from its second copy and is sent once", async () => {
  await carerOverWire(async ({ place, wire, phone, capture }) => {
    await phone.hasWholeBuild();
    wire.down();
    const record = await nameless(capture);
    await until(phone.page, async () => (await copies(phone.page, "noticed-letters")) === 1, "a second copy");
    await phone.page.evaluate(async () => {
      const done = (request) => new Promise((yes, no) => Object.assign(request, { onsuccess: () => yes(request.result), onerror: () => no(request.error) }));
      const database = await done(indexedDB.open("noticed"));
      await done(database.transaction("letter", "readwrite").objectStore("letter").clear());
      database.close();
    });
    wire.up();
    await phone.reopen();
    await capture.says(/1 entry was gone from this phone\. The second copy on this phone had them/);
    await capture.nothingWaits();
    assert.equal(await written(place, record), 1);
  });
});

test("f51: a letter that was sent after the copy is sent again, and is one report", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-copy-"));
  try {
    await carer(async ({ place, phone, capture }) => {
      const before = await nameless(capture);
      await capture.nothingWaits();
      const copy = join(folder, "copy.db");
      await run(BINARY, ["backup", "--data", place.server.data, "--out", copy]);
      const after = await nameless(capture);
      await capture.nothingWaits();
      assert.deepEqual([await written(place, before), await written(place, after)], [1, 1]);
      // An open page would send it again as soon as the service is back, before anybody can look.
      await phone.page.close();
      await place.server.stop();
      await rm(place.server.data, { recursive: true });
      await run(BINARY, ["restore", "--from", copy, "--data", place.server.data]);
      await place.server.resume();
      assert.equal(await written(place, after), 0);
      await phone.openAfterKill();
      await until(phone.page, async () => (await written(place, after)) === 1, "it was sent again");
      await capture.nothingWaits();
      await phone.reopen();
      await phone.page.waitForTimeout(1_000);
      assert.deepEqual([await written(place, before), await written(place, after)], [1, 1]);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
