// What one person sees is nobody else's, also on a device that several people use, and also in its storage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carer } from "../fixtures/carer.mjs";
import { walk } from "../fixtures/people.mjs";
import { everything } from "../fixtures/store.mjs";
import { Capture, KEPT, SHORT } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";
import { Reports } from "../pages/reports.mjs";

const SECRET = "The blue tablet was in the wrong pot";

test("the second person on a shared device sees nothing of the first one's reports and drafts", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17", "care-22"]);
    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    const reports = new Reports(tablet);
    await doors.signIn("care-17");
    await capture.begin("Medicines");
    await capture.walk({ ...SHORT.Medicines, "Tell us what happened (optional)": { say: SECRET } });
    const record = await capture.save();
    await capture.nothingWaits();
    await capture.home();
    await capture.begin("Place or equipment");
    await capture.answer("Is it safe now?", "Yes, put right");
    await capture.asked("Did it reach anyone?");
    await reports.read("Wrong dose or amount");
    await reports.says(SECRET);
    await doors.signOut();
    await doors.signIn("care-22");

    for (const address of ["/", "/reports", "/drafts", `/reports/${record}`, `/records/${record}`]) {
      await doors.open(address);
      await tablet.page.getByRole("heading", { level: 1 }).first().waitFor();
      assert.ok(!(await tablet.page.content()).includes(SECRET), `${address} shows another person's words`);
      await doors.saysNothingOf("Finish your draft");
      await doors.saysNothingOf("Wrong dose or amount");
    }
    await doors.says("This record is not here");

    await doors.signOut();
    await doors.signIn("care-17");
    await doors.says("Finish your draft");
    await reports.read("Wrong dose or amount");
    await reports.says(SECRET);
  });
});

test("what the server sent for one person is gone from a shared device after signing out", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["snr-03", "care-22"]);
    const carer = new Capture(await place.person("care-17"));
    await carer.begin("Medicines");
    await carer.walk({ ...SHORT.Medicines, "Tell us what happened (optional)": { say: SECRET } });
    await carer.save();
    await carer.nothingWaits();

    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    await doors.signIn("snr-03");
    await doors.goTo("Inbox");
    await tablet.page.getByRole("link", { name: "Medicines: wrong dose or amount" }).click();
    await doors.says(SECRET);
    await doors.signOut();
    assert.ok(!(await tablet.page.content()).includes(SECRET));
    assert.ok(!(await everything(tablet.page)).includes(SECRET), "the storage still holds what the senior saw");
    await doors.signIn("care-22");
    assert.ok(!(await everything(tablet.page)).includes(SECRET));
  });
});

test("on a shared device somebody who was here before records without signing in, and it counts as theirs", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17"]);
    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    await doors.signIn("care-17");
    await doors.signOut();
    const capture = new Capture(tablet);
    await capture.page.getByRole("main").getByRole("link", { name: /^Medicines/ }).click();
    await capture.walk(SHORT.Medicines);
    await capture.checking();
    await capture.follow("Choose your name");
    await capture.asked("Who are you?");
    // Names of people who were never here are not shown to whoever holds the tablet.
    await capture.page.getByRole("main").getByRole("button", { name: "Ama" }).waitFor();
    await capture.saysNothingOf("Bilal");
    await capture.answer("Who are you?", "Ama");
    const record = await capture.save();
    await capture.nothingWaits();
    const [report] = await place.admin.events();
    assert.equal(report.record, record);
    assert.equal(report.by, "care-17");
  });
});

test("a locked device hides what was seen and still records", async () => {
  await carer(async ({ place, phone, capture }) => {
    const doors = new Doors(phone);
    await capture.begin("Medicines");
    await capture.walk({ ...SHORT.Medicines, "Tell us what happened (optional)": { say: SECRET } });
    await capture.save();
    await capture.nothingWaits();
    await doors.turnLockOn();
    await phone.hasWholeBuild();
    await place.server.stop();
    for (const address of ["/", "/reports", "/drafts", "/settings"]) {
      await phone.reopen(address);
      await doors.is("Noticed is locked");
      await doors.saysNothingOf(SECRET);
      await doors.saysNothingOf("Wrong dose or amount");
    }
    await phone.page.getByRole("main").getByRole("link", { name: /^Place or equipment/ }).click();
    await capture.walk(SHORT["Place or equipment"]);
    const record = await capture.save();
    await capture.says(KEPT);
    await phone.reopen();
    await doors.is("Noticed is locked");
    await doors.unlock();
    await doors.is(HOME);
    await place.server.resume();
    await capture.sendNow();
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

/** Somebody who has a password already, from joining with a device of their own. */
async function givePasswords(place, staff) {
  for (const one of staff) await place.quietPerson(one);
}
