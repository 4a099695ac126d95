// What is kept on a device is sealed, to each their own; and no lock ever costs a report or a draft.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carer } from "../fixtures/carer.mjs";
import { walk } from "../fixtures/people.mjs";
import { PASSWORD } from "../fixtures/provider.mjs";
import { everything, part, until } from "../fixtures/store.mjs";
import { Capture, KEPT, SHORT } from "../pages/capture.mjs";
import { Doors, HOME, PIN } from "../pages/doors.mjs";
import { Reports } from "../pages/reports.mjs";

const SECRET = "The blue tablet was in the wrong pot";
const TEXT = "Tell us what happened (optional)";

test("f72: what one person recorded on a shared device is sent as theirs, whoever is signed in then", async () => {
  await walk(async (place) => {
    await place.fill();
    await place.quietPerson("care-17");
    await place.quietPerson("care-22");
    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await doors.signIn("care-17");
    await tablet.page.route("**/v1/push", (route) => route.abort("connectionrefused"));
    const record = await capture.report("Medicines");
    await capture.waits(1);
    await doors.signOut();
    await doors.signIn("care-22");
    await tablet.page.unroute("**/v1/push");
    await capture.sendNow();
    const reports = await place.admin.events();
    assert.deepEqual(reports.map(({ record, by }) => ({ record, by })), [{ record, by: "care-17" }]);
    await doors.open("/reports");
    await doors.saysNothingOf("Wrong dose or amount");
  });
});

test("f73: nothing of one person can be found on a shared device by the next", async () => {
  await walk(async (place) => {
    await place.fill();
    await place.quietPerson("care-17");
    await place.quietPerson("care-22");
    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await doors.signIn("care-17");
    // One report that is sent, one that waits, one that is half typed.
    await capture.begin("Medicines");
    await capture.walk({ ...SHORT.Medicines, [TEXT]: { say: SECRET } });
    await capture.save();
    await capture.nothingWaits();
    await capture.home();
    await tablet.page.route("**/v1/push", (route) => route.abort("connectionrefused"));
    await capture.begin("Medicines");
    await capture.walk({ ...SHORT.Medicines, [TEXT]: { say: SECRET } });
    await capture.save();
    await capture.waits(1);
    await capture.home();
    await halfTyped(capture, SECRET);
    await capture.wroteDown(SECRET);
    assert.ok(!(await everything(tablet.page)).includes(SECRET), "also while they are here nothing lies open");
    await doors.signOut();
    await doors.signIn("care-22");
    const kept = await everything(tablet.page);
    for (const words of [SECRET, "R-014", "wrong_dose"]) assert.ok(!kept.includes(words), `${words} lies open`);
    assert.ok((await part(tablet.page, "draft")).length > 0, "the draft is still there, for its owner");
    await doors.open("/drafts");
    await doors.says("No drafts");
    await doors.signOut();
    await doors.signIn("care-17");
    await capture.follow("Finish your draft");
    await capture.asked(TEXT);
    assert.equal(await tablet.page.getByRole("textbox").inputValue(), SECRET);
    await tablet.page.unroute("**/v1/push");
    await capture.sendNow();
    assert.equal((await place.admin.events()).length, 2);
  });
});

test("f75: the lock that comes while somebody types keeps every word, also when the app is killed", async () => {
  await carer(async ({ phone, capture }) => {
    const doors = new Doors(phone);
    await doors.turnLockOn();
    await doors.unlock();
    await doors.is("Settings");
    await phone.page.clock.install();
    await phone.page.goto("/");
    await doors.is("Noticed is locked");
    await doors.unlock();
    await capture.is(HOME);
    await halfTyped(capture, "The pen was set to 12");
    const before = await settled(phone);
    const places = phone.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "My reports" });
    await places.waitFor();
    await phone.page.clock.fastForward("06:00");
    // The lock has come: the ways to what is personal are gone. The question stays open, and typing goes on.
    await places.waitFor({ state: "detached" });
    await capture.asked(TEXT);
    assert.equal(await phone.page.getByRole("textbox").inputValue(), "The pen was set to 12");
    await phone.page.getByRole("textbox").fill("The pen was set to 12 and not to 10.");
    await settled(phone, before);
    assert.ok(!(await everything(phone.page)).includes("The pen was set"));
    await phone.page.getByRole("banner").getByRole("link", { name: "Noticed" }).click();
    await doors.is("Noticed is locked");
    await phone.kill();

    await phone.openAfterKill();
    await doors.is("Noticed is locked");
    await doors.says("Your draft is safe.");
    await doors.unlock();
    await capture.follow("Finish your draft");
    await capture.asked(TEXT);
    assert.equal(await phone.page.getByRole("textbox").inputValue(), "The pen was set to 12 and not to 10.");
    assert.equal((await part(phone.page, "draft")).length, 1);
  });
});

test("f78: ten wrong PINs ask for the password; what waits is sent behind the lock, and drafts come back", async () => {
  await carer(async ({ place, phone, capture }) => {
    const doors = new Doors(phone);
    await halfTyped(capture, SECRET);
    await capture.wroteDown(SECRET);
    await doors.turnLockOn();
    await phone.hasWholeBuild();
    await place.server.stop();
    await phone.reopen();
    await doors.is("Noticed is locked");
    await phone.page.getByRole("main").getByRole("link", { name: /^Place or equipment/ }).click();
    await capture.walk(SHORT["Place or equipment"]);
    const record = await capture.save();
    await capture.says(KEPT);
    await phone.reopen();
    const before = await part(phone.page, "draft");
    for (let left = 9; left >= 0; left -= 1) {
      await doors.type("PIN", "000000");
      await doors.press("Unlock");
      if (left > 0) await doors.says(left === 1 ? "One more wrong PIN and you need your password and signal to read what is here. You can always record." : `You can try ${left} more times.`);
    }
    await doors.says("The PIN was wrong too often.");
    assert.deepEqual(await part(phone.page, "draft"), before, "nothing was written or erased");
    await phone.reopen();
    await doors.says("The PIN was wrong too often.");
    assert.equal(await phone.page.getByRole("button", { name: "Unlock" }).count(), 0);

    // Nobody unlocked it, and the report goes out all the same.
    await place.server.resume();
    for (const end = Date.now() + 60_000; (await place.admin.reportsOf(record)) === 0 && Date.now() < end; ) {
      await phone.page.evaluate(() => dispatchEvent(new Event("online")));
      await phone.page.waitForTimeout(500);
    }
    assert.equal(await place.admin.reportsOf(record), 1);
    await doors.is("Noticed is locked");

    await doors.follow("Use my password");
    await doors.is("Sign in");
    assert.equal(await phone.page.getByLabel("Sign-in name", { exact: true }).inputValue(), "care-17", "a phone of one person knows who signs in");
    await doors.follow("Back");
    await doors.is("Noticed is locked");
    await doors.follow("Use my password");
    await doors.type("Password", PASSWORD);
    await doors.press("Sign in");
    await doors.is(HOME);
    await doors.says("Your PIN was taken off");
    // Whoever closes the app before reading it is told again, until they choose.
    await phone.reopen();
    await doors.says("Your PIN was taken off");
    await doors.follow("Choose a new one");
    await doors.is("Settings");
    await doors.open("/");
    await doors.press("Stay without a PIN");
    await phone.page.getByText("Your PIN was taken off").waitFor({ state: "detached" });
    await phone.reopen();
    await doors.is(HOME);
    await doors.saysNothingOf("Your PIN was taken off");
    await capture.follow("Finish your draft");
    await capture.asked(TEXT);
    assert.equal(await phone.page.getByRole("textbox").inputValue(), SECRET);
    await doors.open("/settings");
    await doors.says("Without a PIN, whoever opens this device can read what you can read here.");
  });
});

test("f78: two tabs that are locked share the ten tries", async () => {
  await carer(async ({ phone }) => {
    const one = new Doors(phone);
    await one.turnLockOn();
    const page = await phone.context.newPage();
    const two = new Doors(Object.create(phone, { page: { value: page, writable: true } }));
    await two.open("/");
    await two.is("Noticed is locked");
    for (let left = 9; left >= 0; left -= 1) {
      const tab = left % 2 ? one : two;
      await tab.type("PIN", "000000");
      await tab.press("Unlock");
      if (left > 0) await tab.says(left === 1 ? "One more wrong PIN and you need your password and signal to read what is here. You can always record." : `You can try ${left} more times.`);
    }
    await two.says("The PIN was wrong too often.");
    await one.type("PIN", PIN);
    await one.press("Unlock");
    await one.says("The PIN was wrong too often.");
    await one.is("Noticed is locked");
  });
});

test("a device that slept is locked when it wakes, though the clock of the page stood still", async () => {
  await carer(async ({ phone }) => {
    const doors = new Doors(phone);
    await doors.turnLockOn();
    await doors.unlock();
    await doors.is("Settings");
    await phone.page.evaluate(() => {
      const [stands, date] = [performance.now(), Date.now];
      performance.now = () => stands;
      Date.now = () => date() + 6 * 60_000;
    });
    await doors.is("Noticed is locked");
  });
});

test("f80: a copy without the key of the device opens nothing; only the password does", async () => {
  await carer(async ({ phone, capture }) => {
    const doors = new Doors(phone);
    await capture.begin("Medicines");
    await capture.walk({ ...SHORT.Medicines, [TEXT]: { say: SECRET } });
    await capture.save();
    await capture.nothingWaits();
    await doors.turnLockOn();
    await phone.page.evaluate(async () => {
      const done = (request) => new Promise((yes, no) => Object.assign(request, { onsuccess: () => yes(request.result), onerror: () => no(request.error) }));
      const database = await done(indexedDB.open("noticed"));
      await done(database.transaction("key", "readwrite").objectStore("key").delete("device"));
      database.close();
    });
    await phone.reopen();
    await doors.open("/reports");
    // Not even who was signed in.
    await doors.is("Sign in");
    const reports = new Reports(phone);
    await reports.saysNothingOf("Wrong dose or amount");
    assert.ok(!(await everything(phone.page)).includes(SECRET));
    await doors.type("Sign-in name", "care-17");
    await doors.type("Password", PASSWORD);
    await doors.press("Sign in");
    await reports.says("Wrong dose or amount");
    await phone.page.getByText("does not give back the key").waitFor({ state: "detached" });
    await reports.read("Wrong dose or amount");
    await reports.says(SECRET);
  });
});

/** A report of which the last words are being typed. */
async function halfTyped(capture, words) {
  await capture.begin("Medicines");
  await capture.answer("Did the wrong medicine reach the person?", "No, it was stopped in time");
  await capture.answer("What nearly happened?", "Wrong time");
  await capture.answer("Which kind of medicine?", "Insulin");
  await capture.answer("Who was it about?", "R-014");
  await capture.answer("How was it noticed?", "By chance");
  await capture.tick("What did you do?", ["Told the senior"]);
  await capture.asked(TEXT);
  await capture.page.getByRole("textbox").fill(words);
}

/** What was typed is on the disk: the draft is another than before, and has stopped changing. Gives it, sealed. */
async function settled(device, old = "[]") {
  let before = old;
  await until(device.page, async () => {
    const now = JSON.stringify(await part(device.page, "draft"));
    const same = now === before && now !== old;
    before = now;
    if (!same) await new Promise((go) => setTimeout(go, 700));
    return same;
  }, "the draft is written");
  return before;
}
