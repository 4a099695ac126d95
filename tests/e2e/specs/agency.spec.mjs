// Somebody of an agency: let in by the senior on shift, with a code for their own phone, to report and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { walk } from "../fixtures/people.mjs";
import { Capture } from "../pages/capture.mjs";
import { Desk } from "../pages/desk.mjs";
import { Doors } from "../pages/doors.mjs";

test("a senior lets somebody of an agency report from their own phone", async () => {
  await walk(async (place) => {
    await place.fill();
    const [senior, carer] = [await place.person("snr-03"), await place.person("care-17")];
    const looker = new Looker();
    const desk = new Desk(senior);
    await desk.open("/settings");
    await desk.page.getByRole("link", { name: "Let agency staff report", exact: true }).click();
    await desk.is("Let agency staff report");
    await looker.look(senior.page, "let agency staff report");
    await desk.choose("Until when?", "Today");
    await desk.page.getByLabel("What do you call them? (optional)", { exact: true }).fill("Night shift");
    await desk.press("Make a code");
    await desk.says(/^For one use, by /);
    await looker.look(senior.page, "the code of a pass");
    assert.deepEqual(looker.faults, []);
    const code = await desk.page.locator(".invite-code").innerText();

    const phone = await place.device({ label: "agency's phone" });
    await new Doors(phone).joinAsPerson(code);
    const capture = new Capture(phone);
    const record = await capture.report("Medicines");
    await capture.home();
    await capture.nothingWaits();
    await desk.open(`/records/${record}`);
    await desk.says(/Night shift/);

    // A carer lets nobody in.
    const other = new Desk(carer);
    await other.open("/settings");
    await other.says("Sign out");
    assert.equal(await other.page.getByRole("link", { name: "Let agency staff report" }).count(), 0);
  });
});
