// What a device tells its owner about itself: its clock, what its browser promised, and what waits on it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carer } from "../fixtures/carer.mjs";
import { walk } from "../fixtures/people.mjs";
import { inviteStaff } from "../fixtures/provider.mjs";
import { part, until } from "../fixtures/store.mjs";
import { walkOverWire } from "../fixtures/wire.mjs";
import { Capture, KEPT, SHORT } from "../pages/capture.mjs";
import { Doors } from "../pages/doors.mjs";

const DAYS_3 = 3 * 24 * 3_600_000;

test("f62: a clock that is three days fast is said, and promises hold without signal too", async () => {
  await walkOverWire(async (place, wire) => {
    const phone = await place.person("care-17");
    const capture = new Capture(phone);
    const says = async () => {
      await capture.says("The clock of this device is 3 days fast. Times are put right when they are sent.");
    };
    await phone.page.addInitScript((ahead) => {
      const { now } = Date;
      Date.now = () => now() + ahead;
    }, DAYS_3);
    await capture.open("/");
    await says();
    await capture.open("/sync");
    await says();
    const noted = async () => (await part(phone.page, "meta")).some(([key, value]) => key === "offset_ms" && Math.abs(JSON.parse(value) - DAYS_3) < 60_000);
    await until(phone.page, noted, "the offset is kept");
    await phone.hasWholeBuild();
    wire.down();
    await phone.reopen();
    await capture.open("/");
    await says();
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.save();
    await capture.says(KEPT);
    // Twelve hours from now are today or tomorrow, never a day of the month.
    await capture.says(/looks at it within 12 hours: by \d+(:\d+)?(am|pm) (today|tomorrow)\.|looks at it within 12 hours: (by|before) (midday|midnight)/);
  });
});

test("a right clock is not spoken of", async () => {
  await carer(async ({ capture }) => {
    await capture.open("/sync");
    await capture.is("Everything is sent");
    await capture.saysNothingOf("The clock of this device");
  });
});

test("a browser that does not promise to keep the data says so, and the button keeps the focus", async () => {
  await carer(async ({ phone, capture }) => {
    await phone.page.addInitScript(() => {
      StorageManager.prototype.persist = StorageManager.prototype.persisted = async () => false;
    });
    await capture.open("/settings");
    await capture.press("Ask the browser to keep it");
    await phone.page.getByRole("status").filter({ hasText: "The browser did not agree. Install Noticed on the home screen" }).waitFor();
    const focused = await phone.page.evaluate(() => document.activeElement.textContent.trim());
    assert.equal(focused, "Ask the browser to keep it");
  });
});

test("without signal everything that is only here waits for signal", async () => {
  await walkOverWire(async (place, wire) => {
    const phone = await place.person("care-17");
    const capture = new Capture(phone);
    wire.down();
    await capture.report("Medicines");
    await capture.home();
    await capture.begin("Place or equipment");
    await capture.walk(SHORT["Place or equipment"]);
    await capture.change("Your name");
    await capture.answer("Who sees your name?", "Do not store my name");
    await capture.save();
    await capture.open("/sync");
    await capture.is("2 waiting to send");
    await capture.press("Try now");
    await capture.says("There is no connection. Everything is kept on this device");
    await capture.says("Only on this device");
    await capture.says("Waits for signal.");
    await capture.saysNothingOf("Waits for its turn.");
    await capture.saysNothingOf(/this phone/i);
  });
});

test("a link with a code fills it in, also where the page for it is open", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.device({ label: "care-17" });
    const doors = new Doors(phone);
    await doors.open("/join");
    const { code } = await inviteStaff(place.admin, "care-17");
    await phone.page.evaluate((code) => (location.hash = code), code);
    await phone.page.waitForFunction((code) => document.getElementById("code")?.value === code, code);
    await doors.press("Continue");
    await doors.is("Choose your password");
  });
});
