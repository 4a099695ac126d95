// A sealed name: the Registered Manager opens it with a reason, nobody else can, and the reporter reads who and why.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { walk } from "../fixtures/people.mjs";
import { Reports } from "../pages/reports.mjs";
import { Screen, starting } from "../pages/screen.mjs";

const ASK = "See who reported this";
const WHY = "To ask which box it was, because it may happen again tonight.";
const TITLE = "Wrong dose or amount";
const RECORD = "Medicines: wrong dose or amount";

const report = (identity, text) => ({
  category: "medication",
  happened: "something_happened",
  reached: "no",
  error_type: "wrong_dose",
  identity,
  text,
  occurred_at: new Date().toISOString(),
});

/** Every text that lies in the database of the app and can be read, and what the page shows. */
const everything = async (page) => `${page.url()} ${await page.title()} ${await page.content()}`;

test("a sealed name is opened with a reason, shown once, and the reporter reads it", async () => {
  await walk(async (place) => {
    await place.fill();
    const [sealed, named] = [randomUUID(), randomUUID()];
    const looker = new Looker();
    const quiet = await place.quietPerson("care-17");
    await quiet.write("report", sealed, report("confidential", "Two boxes look alike."));
    await quiet.write("report", named, { ...report("named", "Another box."), error_type: "wrong_time" });
    const ama = await place.person("care-17");
    const mine = new Reports(ama);
    await mine.open(`/reports/${sealed}`);
    await mine.says("Your name is sealed. Nobody has opened it.");
    await looker.look(ama.page, "a sealed report that nobody opened");

    const deputy = new Screen(await place.person("dep-01", { size: "desktop" }));
    await deputy.open(`/records/${sealed}`);
    await deputy.is(RECORD);
    await deputy.saysNothingOf(ASK);
    await deputy.open(`/records/${sealed}?do=reporter`);
    await deputy.says("There is no name here that you can open.");
    await looker.look(deputy.page, "a name that is not for the deputy");

    const device = await place.person("rm-01", { size: "desktop" });
    const manager = new Screen(device);
    await manager.open(`/records/${named}`);
    await manager.is("Medicines: wrong time, or doses too close");
    await manager.saysNothingOf(ASK);
    await manager.open(`/records/${sealed}`);
    await manager.says(/^Reported .+ by somebody whose name is sealed\./);
    assert.ok(!(await everything(device.page)).includes("Ama"), "the manager is told no name before");
    await manager.follow(ASK);
    await manager.is(ASK);
    await looker.look(device.page, "asking for a name");
    await manager.press("Show the name");
    await manager.says("There is a problem");
    await manager.says("Say in a few words why you need the name");
    await looker.look(device.page, "asking for a name with errors");
    await manager.type("Why do you need the name?", WHY);
    await device.context.setOffline(true);
    await manager.pressAgain("Show the name");
    await manager.says("There is no connection now. Try again when you have signal.");
    await manager.saysNothingOf(/Ama/);
    await device.context.setOffline(false);
    await manager.pressAgain("Show the name");
    await manager.is("Who reported this");
    await manager.says("Ama reported this.");
    assert.equal(await device.page.evaluate(() => document.activeElement.tagName), "H1", "the heading has the focus");
    assert.doesNotMatch(`${device.page.url()} ${await device.page.title()}`, /Ama|care-17/, "the window is called by no name");
    await looker.look(device.page, "the name");
    await device.page.setViewportSize({ width: 1280, height: 800 });

    await manager.follow("Back to the record");
    await manager.is(RECORD);
    await manager.saysNothingOf(/Ama/);
    await manager.press("Show who looked");
    await manager.says(new RegExp(`^Farah opened the name of the reporter at .+ The reason: ${WHY}$`));
    await looker.look(device.page, "who opened the name");
    await manager.open(`/records/${sealed}?do=reporter`);
    await manager.is(ASK);
    await manager.saysNothingOf(/Ama/);
    assert.equal(await device.page.getByLabel("Why do you need the name?", { exact: true }).inputValue(), "", "it is asked anew");
    const events = await place.admin.events();
    assert.deepEqual(events.filter((event) => event.record === sealed).map((event) => event.by), ["hidden"]);

    await mine.list();
    await mine.says("Your name was opened");
    await looker.look(ama.page, "my reports after a name was opened");
    await ama.page.getByRole("region", { name: "Your name was opened" }).getByRole("link", { name: starting(`${TITLE},`) }).click();
    await mine.is(TITLE);
    await mine.says(/^Your name was shown to the Registered Manager, Farah, at .+, because:$/);
    await mine.says(WHY);
    await looker.look(ama.page, "a report whose name was opened");
    await mine.list();
    await ama.context.setOffline(true);
    await ama.page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link", { name: starting(TITLE) }).click();
    await mine.says("Your name is sealed. You need a connection to read whether somebody has opened it.");
    await mine.saysNothingOf(WHY);
    await ama.context.setOffline(false);
    assert.deepEqual(looker.faults, []);
  });
});
