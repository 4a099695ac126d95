// A phone dies between a photo and its report: no photo counts without its words, and none goes twice.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { carer } from "../fixtures/carer.mjs";
import { file, keptPhotos, photo } from "../fixtures/pictures.mjs";
import { BINARY } from "../fixtures/server.mjs";
import { part, until } from "../fixtures/store.mjs";
import { SAID, WORDS, added, choose, toTheWords } from "../pages/photos.mjs";

const run = promisify(execFile);

/** Counts the parts of photos that leave the phone, by address and place. `deed` may do something else with each. */
async function parts(phone, deed = (route) => route.continue()) {
  const sent = [];
  await phone.context.route("**/v1/blob/**", async (route) => {
    const request = route.request();
    if (request.method() !== "PATCH") return route.continue();
    sent.push(`${new URL(request.url()).pathname} from ${request.headers()["upload-offset"]}`);
    return deed(route);
  });
  return sent;
}

async function withPhoto(capture) {
  await toTheWords(capture);
  await capture.page.getByRole("textbox").fill(SAID.say);
  await choose(capture, [file("one.jpg", await photo(capture.page))]);
  await added(capture, 1);
}

async function arrives({ place, phone, capture }, record) {
  const isThere = async () => {
    await phone.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await phone.page.waitForTimeout(200);
    return !(await part(phone.page, "photo")).some(([key]) => key.startsWith("full/"));
  };
  await until(phone.page, isThere, "the phone let the bytes go", { timeout: 60_000 });
  await capture.nothingWaits();
  assert.equal((await keptPhotos(place.server)).length, 2, "the photo and the small one");
  const reports = (await place.admin.events()).filter((event) => event.record === record);
  assert.deepEqual(reports.map((event) => event.with.photos.length), [1]);
}

test("f70: a phone that dies after the photo and before its report sends no photo, and then each once", async () => {
  await carer(async (all) => {
    const { place, phone, capture } = all;
    const sent = await parts(phone);
    await withPhoto(capture);
    await capture.wroteDown(SAID.say);
    await phone.kill();
    await phone.openAfterKill();
    await capture.nothingWaits();
    await capture.open("/sync");
    await capture.is("Everything is sent");
    await capture.saysNothingOf(/photo/i);
    await phone.page.waitForTimeout(2_000);
    assert.deepEqual(sent, [], "a photo without words stays on the phone");
    assert.deepEqual(await keptPhotos(place.server), []);
    assert.deepEqual(await place.admin.events(), []);

    await capture.open("/");
    await capture.follow("Finish your draft");
    await capture.asked(WORDS);
    await added(capture, 1);
    await capture.press("Continue");
    await arrives(all, await capture.save());
    assert.equal(new Set(sent).size, sent.length, `no part goes twice: ${sent}`);
  });
});

test("f70: a draft that is thrown away takes its photo along, and nothing of it was ever sent", async () => {
  await carer(async ({ place, phone, capture }) => {
    const sent = await parts(phone);
    await withPhoto(capture);
    await capture.wroteDown(SAID.say);
    await phone.kill();
    await phone.openAfterKill("/drafts");
    await capture.press(/^Delete/);
    await capture.page.getByRole("dialog").getByRole("button", { name: "Delete the draft", exact: true }).click();
    await capture.says("No drafts");
    await until(phone.page, async () => (await part(phone.page, "photo")).length === 0, "nothing of the photo is left");
    assert.deepEqual(sent, []);
    assert.deepEqual(await keptPhotos(place.server), []);
  });
});

for (const moment of ["before the service has a byte of it", "after the service has it and before the phone hears of it"]) {
  test(`f70: a phone that dies after the report, ${moment}, sends the photo once`, async () => {
    await carer(async (all) => {
      const { phone, capture } = all;
      let died = false;
      let reach;
      const reached = new Promise((done) => (reach = done));
      const sent = await parts(phone, async (route) => {
        if (died) return route.continue();
        // The answer to the large picture never comes; to the small one neither, when nothing is to arrive.
        const isLarge = Number(route.request().headers()["upload-length"]) > 20_480;
        if (moment.startsWith("before")) {
          sent.length = 0;
          return reach();
        }
        if (!isLarge) return route.continue();
        await route.fetch();
        return reach();
      });
      await withPhoto(capture);
      await capture.press("Continue");
      const record = await capture.save();
      await reached;
      await phone.kill();
      died = true;
      await phone.openAfterKill();
      await arrives(all, record);
      assert.equal(new Set(sent).size, sent.length, `no part goes twice: ${sent}`);
    });
  });
}

test("f51: a photo that was sent after the copy comes back to a server that was put back from it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-copy-"));
  try {
    await carer(async ({ place, phone, capture }) => {
      const copy = join(folder, "copy.db");
      await run(BINARY, ["backup", "--data", place.server.data, "--out", copy]);
      await toTheWords(capture);
      await capture.page.getByRole("textbox").fill(SAID.say);
      await choose(capture, [file("one.jpg", await photo(capture.page))]);
      await added(capture, 1);
      await capture.press("Continue");
      const record = await capture.save();
      const keys = async (start) => (await part(phone.page, "photo")).filter(([key]) => key.startsWith(start)).length;
      await until(phone.page, async () => (await keys("spare/")) === 1 && (await keys("full/")) === 0, "the service has it, and the phone still");
      assert.equal((await keptPhotos(place.server)).length, 2);
      await place.server.stop();
      await rm(place.server.data, { recursive: true });
      await run(BINARY, ["restore", "--from", copy, "--data", place.server.data]);
      // Before it runs again: the phone is open and may be quicker than this look.
      assert.deepEqual(await keptPhotos(place.server), []);
      await place.server.resume();
      await phone.reopen();
      await until(phone.page, async () => (await keptPhotos(place.server)).length === 2, "the phone sent it again", { timeout: 60_000 });
      assert.equal(await place.admin.reportsOf(record), 1);
      await capture.nothingWaits();
      await until(phone.page, async () => (await keys("spare/")) === 1 && (await keys("full/")) === 0, "and waits for the next time");
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
