// What could not be used is dealt with: a phone is taken off the list before it sends, and the manager records again
// what was on it, says so, and has an empty list.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Capture, KEPT, SHORT } from "../pages/capture.mjs";
import { Desk } from "../pages/desk.mjs";

const SAID = SHORT.Medicines["Tell us what happened (optional)"].say;
const FIRST_LINE = /^First written by a colleague at .+, reference [0-9A-Z]+\.\n\n/;
const TITLE = "Medicines: wrong dose or amount";

/** As when the signal comes back. */
const ask = (phone) => phone.page.evaluate(() => window.dispatchEvent(new Event("online")));

/** Writes a report without signal, and is taken off the list before it is sent. Gives the id of its record. */
async function tooLate(place) {
  const phone = await place.person("care-17");
  phone.expects(/status of (401|403)/);
  const carer = new Capture(phone);
  await phone.hasWholeBuild();
  await phone.context.setOffline(true);
  await carer.begin("Medicines");
  await carer.walk(SHORT.Medicines);
  await carer.place("First floor trolley");
  await carer.happenedYesterday("14:05");
  const record = await carer.save();
  await carer.says(KEPT);
  const { devices } = await place.admin.send("GET", "/v1/devices");
  const { id } = devices.find((device) => device.people.some((person) => person.id === "care-17"));
  await place.admin.send("POST", `/v1/devices/${id}/revoke`, {});
  await phone.context.setOffline(false);
  const sent = phone.page.getByText("Every report that was saved on it was sent first");
  await until(phone.page, async () => (await ask(phone), (await sent.count()) > 0), "sent, and forgotten");
  return record;
}

test("f37, f64: the manager records again what came too late, and marks it as dealt with", async () => {
  await walk(async (place) => {
    await place.fill();
    const first = await tooLate(place);
    const device = await place.person("rm-01");
    const [desk, manager] = [new Desk(device), new Capture(device)];
    await manager.nothingWaits();
    const inbox = device.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Inbox 1 waiting for you", exact: true });
    await inbox.waitFor();
    await desk.goTo("Inbox");
    await device.page.getByRole("heading", { level: 2, name: "Kept but not used 1", exact: true }).waitFor();
    const card = device.page.locator(".card").filter({ has: device.page.getByRole("heading", { level: 3, name: TITLE, exact: true }) });
    for (const words of [/R-014/, /First floor trolley/, SAID]) await card.getByText(words).waitFor();
    await desk.says("It comes from a device that a manager removed.");
    await desk.says(/^From Ama, /);

    // The deputy knows of it, and who deals with it.
    const deputy = new Desk(await place.person("dep-01"));
    await deputy.goTo("Inbox");
    await deputy.says("1 entry arrived and could not be used. The Registered Manager deals with it.");
    await deputy.saysNothingOf(SAID);

    await desk.press(/^Record it again: Medicines: wrong dose or amount, from Ama, /);
    await manager.checking();
    await desk.says(/^First written by Ama at .+ It was kept apart: It comes from a device that a manager removed\./);
    for (const answer of ["Wrong dose or amount", /R-014/, "First floor trolley", "Told the senior", "Yesterday at 2:05pm"]) await desk.says(answer);
    // Left and begun again, it is the draft of before.
    await desk.goTo("Inbox");
    await desk.press(/^Record it again/);
    const record = await manager.save();
    assert.notEqual(record, first);
    await manager.nothingWaits();

    await device.context.setOffline(true);
    await desk.follow("Mark the first entry as dealt with");
    await desk.says("There is no connection now. Try again when you have signal.");
    await device.context.setOffline(false);
    await device.page.goBack();
    await desk.follow("Mark the first entry as dealt with");
    const said = device.page.getByRole("textbox", { name: "What was done?" });
    assert.match(await said.inputValue(), /^Recorded again as [0-9A-Z]+\.$/);
    // From the inbox as well: the entry finds the report that repeats it, and offers no second one.
    await desk.goTo("Inbox");
    await card.getByRole("link", { name: /^Recorded again as [0-9A-Z]+$/ }).waitFor();
    assert.equal(await device.page.getByRole("button", { name: /^Record it again/ }).count(), 0);
    await desk.follow(/^Mark as dealt with: Medicines: wrong dose or amount, from Ama, /);
    assert.match(await said.inputValue(), /^Recorded again as [0-9A-Z]+\.$/);
    await said.fill("");
    await desk.press("Save");
    await desk.says("There is a problem");
    await said.fill("Recorded again, Ama knows.");
    await desk.pressAgain("Save");
    await desk.says("It is dealt with and has left the list.");
    await desk.is("Inbox");
    await desk.says("Show 1 that was dealt with");
    await desk.saysNothingOf(/^Kept but not used/);
    // What is left is the report itself, for the senior.
    assert.equal(await inbox.count(), 0);
    await desk.follow("Show 1 that was dealt with");
    await desk.is("Dealt with");
    await desk.says(/^Dealt with by Farah, .+: Recorded again, Ama knows\.$/);
    await desk.says(SAID);

    const reports = (await place.admin.events()).filter((event) => event.do === "report");
    assert.deepEqual(reports.map((event) => [event.record, event.by]), [[record, "rm-01"]], "once, in the manager's name");
    const { text, location, people, error_type: subtype } = reports[0].with;
    assert.match(text, FIRST_LINE);
    assert.deepEqual([text.replace(FIRST_LINE, ""), location, people, subtype], [SAID, "trolley-1", ["R-014"], "wrong_dose"]);
    const { items, dealt_with: dealt } = await place.admin.send("GET", "/v1/attention");
    assert.deepEqual([items, dealt], [[], 1]);
    assert.deepEqual((await place.admin.send("GET", "/v1/attention?dealt_with=true")).items.map((item) => item.record), [first]);
  });
});
