// What was kept on a phone is not there any more, or is somewhere else: it is said in words, and the person goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carerOverWire } from "../fixtures/carer.mjs";
import { EVICTED, copies, forget } from "../fixtures/disk.mjs";
import { inviteStaff } from "../fixtures/provider.mjs";
import { holds, until } from "../fixtures/store.mjs";
import { arrived, quickly } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";

const DELETED = /The data of Noticed on this phone was deleted/;

/** Takes a new code from the manager, and records as before; then there are so many reports. */
async function goOn({ place, phone, capture }, number) {
  const { code } = await inviteStaff(place.admin, "care-17");
  await new Doors(phone).joinAsPerson(code);
  await phone.reopen();
  await capture.nothingWaits();
  await capture.saysNothingOf(DELETED);
  await quickly(capture, "Written after a new code.");
  await capture.nothingWaits();
  assert.equal(await arrived(place.admin, "Written after a new code."), 1);
  await capture.open("/reports");
  const reports = capture.page.getByRole("main").getByRole("heading", { level: 2 });
  await until(phone.page, async () => (await reports.count()) === number, "what was sent came back");
}

for (const [what, kinds] of Object.entries({ "its database": "indexeddb", "all that it counts": EVICTED })) {
  const isLost = kinds === EVICTED;
  test(`f03: a phone from which the browser took ${what} had warned, ${isLost ? "says what is lost" : "gets it back"}, and goes on with a code`, async () => {
    await carerOverWire(async ({ place, wire, phone, capture }) => {
      await phone.context.addInitScript(() => {
        const manager = globalThis.StorageManager?.prototype ?? {};
        for (const name of ["persist", "persisted"]) manager[name] = async () => false;
      });
      await quickly(capture, "Sent in time.");
      await capture.nothingWaits();
      await capture.open("/sync");
      await capture.says(/Not promised yet. When space is short/);
      await phone.hasWholeBuild();
      wire.down();
      await quickly(capture, "Not sent in time.");
      await until(phone.page, async () => (await copies(phone.page)) === 1 && (await copies(phone.page, "noticed-keys")) === 2, "the second copy and its keys");
      await phone.page.goto("/paper.html");
      await forget(phone, kinds);
      wire.up();
      await phone.reopen();
      await capture.says(DELETED);
      if (isLost) await capture.says(/This phone lost 1 entry that had not been sent.*Record again what is missing/);
      else await capture.says(/A second copy of reports that were not sent is still on this phone/);
      await goOn({ place, phone, capture }, isLost ? 2 : 3);
      assert.equal(await arrived(place.admin, "Sent in time."), 1);
      assert.equal(await arrived(place.admin, "Not sent in time."), isLost ? 0 : 1);
      const { items } = await place.admin.send("GET", "/v1/attention");
      assert.deepEqual(items.map(({ reason }) => reason), isLost ? ["device_loss"] : []);
      if (isLost) assert.match(items[0].sentence, /lost 1 entry before/);
    });
  });
}

test("f03, f18: a phone from which everything was taken tells those who used it what became of it, and goes on with a code", async () => {
  await carerOverWire(async ({ place, phone, capture }) => {
    await quickly(capture, "Sent in time.");
    await capture.nothingWaits();
    await phone.page.goto("/paper.html");
    await forget(phone, "all");
    await phone.page.goto("/");
    await capture.is("Welcome to Noticed");
    await capture.page.getByText("I have used Noticed on this device").click();
    await capture.says(/deleted what was kept.*Ask your manager for a new code.*Record again what was not sent/);
    await goOn({ place, phone, capture }, 2);
  });
});

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/** A context of an iPhone that has not joined: Safari, or the app on its Home Screen. */
async function iphone(place, label, standalone) {
  const device = await place.device({ label, userAgent: IPHONE });
  await device.context.addInitScript((standalone) => Object.defineProperty(navigator, "standalone", { value: standalone }), standalone);
  return new Doors(device);
}

async function begin(doors, words) {
  const { page } = doors;
  await doors.open("/");
  await doors.follow("Quick record");
  await page.getByRole("main").getByRole("link", { name: /^Medicines/ }).click();
  await doors.is("What nearly happened?");
  await page.getByRole("textbox").fill(words);
  await holds(page, "draft", words);
}

/** Waits until the page of drafts shows so many. */
async function hasDrafts(doors, number) {
  await doors.open("/drafts");
  await doors.is("Drafts");
  const cards = doors.page.getByRole("main").getByRole("heading", { level: 2 });
  await until(doors.page, async () => (await cards.count()) === number, `${number} drafts`);
}

test("f17: Safari and the app on the Home Screen join by a typed code each, and each says where drafts are", async () => {
  await carerOverWire(async ({ place }) => {
    const tab = await iphone(place, "Safari", false);
    tab.device.expects(/status of 401/);
    const code = async () => (await inviteStaff(place.admin, "care-22")).code;
    // A link would open in Safari and spend the code there.
    await tab.open(`/join#${await code()}`);
    await tab.is("Add Noticed to the Home Screen first");
    await tab.says(/the app on the Home Screen cannot see what a browser keeps, and a code works only once/);
    await tab.press("Use the code in this browser");
    await tab.press("Continue");
    await tab.type("Choose a password", "violet-kettle-42");
    await tab.press("Join");
    await tab.is(HOME);
    await begin(tab, "Begun in Safari.");

    const app = await iphone(place, "Home Screen", true);
    await app.open("/");
    await app.is("Welcome to Noticed");
    await app.page.getByText("I have used Noticed on this device").click();
    await app.says(/each keep their own drafts and reports.*open that/);
    await app.joinAsPerson(await code());
    await hasDrafts(app, 0);
    await app.says(/A draft stays where you began it.*in that browser or in the app on the Home Screen/);
    await begin(app, "Begun in the app.");

    for (const [doors, words] of [[tab, "Begun in Safari."], [app, "Begun in the app."]]) {
      await hasDrafts(doors, 1);
      await doors.says("Only here, where you began them. Nobody else can see them yet.");
      await doors.page.getByRole("main").getByRole("link", { name: /^Continue/ }).click();
      await doors.is("What nearly happened?");
      assert.equal(await doors.page.getByRole("textbox").inputValue(), words);
      await doors.pressAgain(/^Save (and send )?now$/);
      await doors.is("Saved. Details needed.");
      await doors.nothingWaits();
      assert.equal(await arrived(place.admin, words), 1);
    }
    // A new password ends older sessions: that is said, and nothing in Safari goes.
    await tab.says("Sign in again");
    await tab.follow("Sign in");
    await tab.signIn("care-22");
    // What was sent is the person's, wherever they look.
    await tab.open("/reports");
    await tab.page.getByRole("main").getByRole("heading", { level: 2 }).nth(1).waitFor();
  });
});
