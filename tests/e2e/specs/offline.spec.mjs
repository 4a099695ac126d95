// No signal: the server process is stopped, not only the network. What is recorded stays on the phone, also when the
// app is killed, and arrives exactly once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carer, carerWithoutSignal } from "../fixtures/carer.mjs";
import { until } from "../fixtures/store.mjs";
import { KEPT, SHORT } from "../pages/capture.mjs";
import { HOME } from "../pages/doors.mjs";
import { Reports } from "../pages/reports.mjs";

test("each kind is recorded without signal and arrives exactly once", async () => {
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    await phone.reopen();
    const records = [];
    for (const [kind, answers] of Object.entries(SHORT)) {
      await capture.begin(kind);
      await capture.walk(answers);
      records.push(await capture.save());
      await capture.says(KEPT);
      await capture.waits(records.length);
      await capture.home();
    }
    await phone.reopen();
    await capture.waits(3);

    await place.server.resume();
    await capture.sendNow();
    await capture.is("Everything is sent");
    for (const record of records) assert.equal(await place.admin.reportsOf(record), 1, record);
    const reports = await place.admin.events();
    assert.equal(reports.length, 3);
    await new Reports(phone).has(3);
  });
});

test("what waits is sent by itself when the service is back", async () => {
  await carerWithoutSignal(async ({ place, capture }) => {
    const record = await capture.report("Medicines");
    await capture.says(KEPT);
    await place.server.resume();
    await capture.says(/^Sent at /);
    await capture.nothingWaits();
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

test("a page that is killed in the middle comes back to the same question", async () => {
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    await capture.begin("Medicines");
    await capture.answer("Did the wrong medicine reach the person?", "No, it was stopped in time");
    await capture.answer("What nearly happened?", "Wrong time");
    await capture.asked("Which kind of medicine?");
    await phone.kill();

    await phone.openAfterKill();
    await capture.follow("Finish your draft");
    await capture.answer("Which kind of medicine?", "Insulin");
    await capture.answer("Who was it about?", "R-014");
    await capture.answer("How was it noticed?", "By chance");
    await capture.asked("What did you do?");
    await capture.tickAll(/What did you do\?$/, ["Told the senior"]);
    await capture.press("Continue");
    await capture.asked("Tell us what happened (optional)");
    await capture.page.getByRole("textbox").fill("The pen was set to 12 and not to 10.");
    await capture.wroteDown("set to 12 and not to 10.");
    await phone.kill();

    await phone.openAfterKill();
    await capture.follow("Finish your draft");
    await capture.asked("Tell us what happened (optional)");
    assert.equal(await capture.page.getByRole("textbox").inputValue(), "The pen was set to 12 and not to 10.");
    await capture.press("Continue");
    await capture.checking();
    for (const words of ["Wrong time", "Insulin", /^R-014/, "By chance", "Told the senior"]) await capture.says(words);
    const record = await capture.save();
    await place.server.resume();
    await capture.sendNow();
    assert.equal(await place.admin.reportsOf(record), 1);
    await capture.open("/drafts");
    await capture.says("No drafts");
  });
});

// Before the transaction ends, the draft is there; after it has ended, the record is there; never both, never none.
for (const moment of ["before", "after"]) {
  test(`a page that is killed while it saves, ${moment} the commit, keeps exactly one of draft and record`, async () => {
    await carerWithoutSignal(async ({ place, phone, capture }) => {
      await capture.begin("Place or equipment");
      await capture.walk(SHORT["Place or equipment"]);
      await capture.checking();
      const draft = new URL(phone.page.url()).searchParams.get("draft");
      const { reached } = await pauseAtCommit(phone, moment);
      const pressed = phone.page.getByRole("button", { name: "Save near miss" }).click().catch(() => {});
      await reached;
      await phone.kill();
      await pressed;

      await phone.openAfterKill();
      await capture.is(HOME);
      let kept = 0;
      let saved = 0;
      const stands = async () => {
        kept = await phone.page.getByRole("link", { name: "Finish your draft" }).count();
        saved = await capture.page.getByRole("banner").getByRole("link", { name: /^1 waiting to send/ }).count();
        return kept + saved > 0;
      };
      await until(phone.page, stands, "a draft or a record");
      assert.deepEqual({ kept, saved }, moment === "before" ? { kept: 1, saved: 0 } : { kept: 0, saved: 1 });
      if (kept) {
        await capture.follow("Finish your draft");
        await capture.save();
      }
      await place.server.resume();
      await capture.sendNow();
      assert.equal(await place.admin.reportsOf(draft), 1);
      assert.equal((await place.admin.events()).length, 1);
    });
  });
}

/** The page pauses in the transaction that saves the record, so that it can be killed exactly there. */
async function pauseAtCommit(device, moment) {
  const session = await device.context.newCDPSession(device.page);
  await session.send("Debugger.enable");
  await device.page.evaluate((moment) => {
    const { transaction } = IDBDatabase.prototype;
    const { commit } = IDBTransaction.prototype;
    const saves = (writing) => writing.mode === "readwrite" && writing.objectStoreNames.contains("event");
    const pause = () => {
      debugger;
    };
    // Before the app's own listener: the app has not heard yet that it is saved.
    IDBDatabase.prototype.transaction = function (...args) {
      const writing = transaction.apply(this, args);
      if (moment === "after" && saves(writing)) writing.addEventListener("complete", pause);
      return writing;
    };
    IDBTransaction.prototype.commit = function () {
      if (moment === "before" && saves(this)) pause();
      return commit.call(this);
    };
  }, moment);
  return { reached: new Promise((done) => session.once("Debugger.paused", done)) };
}

test("two presses on the button that saves make one record", async () => {
  await carer(async ({ place, phone, capture }) => {
    await capture.begin("Distress or behaviour");
    await capture.walk(SHORT["Distress or behaviour"]);
    await capture.checking();
    await phone.page.getByRole("button", { name: "Save near miss" }).dblclick();
    const record = await capture.saved();
    await capture.nothingWaits();
    assert.equal(await place.admin.reportsOf(record), 1);
    assert.equal((await place.admin.events()).length, 1);
  });
});

test("a quick record without signal reaches the senior", async () => {
  await carerWithoutSignal(async ({ place, capture }) => {
    await capture.follow("Quick record");
    await capture.is("What is it about?");
    await capture.page.getByRole("main").getByRole("link", { name: /^Medicines/ }).click();
    await capture.is("What nearly happened?");
    await capture.page.getByRole("textbox").fill("Two tablets in one pot.");
    await capture.press(/^Save (and send )?now$/);
    await capture.is("Saved. Details needed.");
    await capture.says(KEPT);
    await place.server.resume();
    await capture.sendNow();
    const [report] = await place.admin.events();
    assert.equal(report.with.text, "Two tablets in one pot.");
  });
});
