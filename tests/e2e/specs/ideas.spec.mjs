// A provider's own ideas for actions, and one of the app that it leaves out: the manager keeps them, the lead has them
// also with no signal.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { Desk } from "../pages/desk.mjs";
import { Manage } from "../pages/manage.mjs";

const OWN = "Put the dose on a card that lies on the pack";
const SHIPPED = "Keep a dose change sheet in front of the MAR until the new chart has come";
const TITLE = "Ideas for actions";

test("a manager keeps ideas of her own, and the lead has them with no signal", async () => {
  await walk(async (place) => {
    await place.fill();
    const record = (await fillRecords(place)).decided;
    const looker = new Looker();
    const device = await place.person("medlead-01", { size: "phone" });
    const lead = new Desk(device);
    const chips = () => lead.page.locator(".idea__words").allTextContents();
    await lead.open(`/records/${record}/act`);
    await lead.is("Put it right");
    assert.ok((await chips()).includes(SHIPPED));
    assert.ok(!(await chips()).includes(OWN));

    const lists = new Manage(await place.person("rm-01", { size: "phone" }));
    const seen = (where) => looker.look(lists.page, where);
    await lists.begin();
    await lists.list(TITLE);
    await lists.says("You have no ideas of your own.");
    await seen("no ideas yet");
    await lists.follow("Add an idea");
    await lists.is("What is the idea for?");
    await seen("what the idea is for");
    await lists.follow("Medicines");
    await lists.is("Add an idea");
    await lists.press("Save");
    await lists.says("Write a few words");
    await seen("an idea with errors");
    await lists.type("What will be done?", "Tell every shift at handover for one week.");
    await lists.choose("How strong is it?", /^Stronger/);
    await lists.choose("What kind of action is it?", /^Stops it next time/);
    await lists.press("Save");
    await lists.says("This idea comes with Noticed already. Change the words, or use that one.");
    await lists.type("What will be done?", "Remind the team of the dose");
    await lists.says(/^You chose stronger\. Its words read as weaker\./);
    await lists.type("What will be done?", OWN);
    await lists.choose("How strong is it?", /^In between/);
    await lists.page.locator("summary", { hasText: "Offer it only for some near misses" }).click();
    await lists.tickAll("For which errors?", ["Wrong dose or amount"]);
    await lists.pressAgain("Save");
    await lists.is(TITLE);
    await lists.says("The idea is saved. People see it when they plan an action.");
    await lists.page.getByRole("link", { name: OWN, exact: true }).waitFor();

    await lists.page.locator("summary", { hasText: /^Medicines: 22 ideas$/ }).click();
    const row = lists.page.getByRole("row", { name: SHIPPED });
    await row.getByRole("button", { name: `Do not offer here ${SHIPPED}` }).click();
    await lists.says("The idea is not offered any more.");
    await row.getByText("Not offered here", { exact: true }).waitFor();
    await row.getByRole("button", { name: `Offer again ${SHIPPED}` }).waitFor();
    await lists.page.locator("summary", { hasText: "Medicines: 22 ideas, 1 not offered here" }).waitFor();
    await seen("the ideas");

    // The lists come when the app opens with signal; after that it needs none.
    await device.reopen();
    await lead.open(`/records/${record}/act`);
    await lead.page.locator(".idea__words", { hasText: OWN }).waitFor();
    await device.hasWholeBuild();
    await place.server.stop();
    await device.reopen();
    await lead.open(`/records/${record}/act`);
    await lead.is("Put it right");
    assert.equal((await chips())[0], OWN, "own ideas come first");
    assert.ok(!(await chips()).includes(SHIPPED), "it is left out");
    await looker.look(lead.page, "step 4 with an own idea");
    await lead.page.locator(".idea", { hasText: OWN }).click();
    assert.equal(await lead.page.getByLabel("What will be done?", { exact: true }).inputValue(), OWN);
    assert.ok(await lead.group("How strong is it?").getByRole("radio", { name: /^In between/ }).isChecked());
    await place.server.resume();

    // A changed copy is an idea of her own; the one of the app stays out, and comes back when she wants it.
    await lists.page.getByRole("link", { name: `Change a copy ${SHIPPED}` }).click();
    await lists.is("Add an idea");
    assert.equal(await lists.page.getByLabel("What will be done?", { exact: true }).inputValue(), SHIPPED);
    await seen("a copy");
    await lists.type("What will be done?", `${SHIPPED}, on yellow paper`);
    await lists.press("Save");
    await lists.is(TITLE);
    await lists.page.locator("summary", { hasText: "Medicines: 22 ideas, 1 not offered here" }).click();
    await row.getByRole("button", { name: `Offer again ${SHIPPED}` }).click();
    await lists.says("The idea is offered again.");
    await lists.follow(OWN);
    await lists.is("Change an idea");
    assert.ok(await lists.group("For which errors? (optional)").getByRole("checkbox", { name: "Wrong dose or amount", exact: true }).isChecked());
    await lists.press("Retire this idea");
    await lists.page.getByRole("dialog").getByRole("button", { name: "Retire", exact: true }).click();
    await lists.says("The idea is retired. Actions that began with it stay.");
    const { directory } = await place.admin.send("GET", "/v1/directory");
    assert.deepEqual(Object.values(directory.ideas).map((idea) => [idea.text, idea.retired]).sort(), [
      [`${SHIPPED}, on yellow paper`, false],
      [OWN, true],
    ]);
    assert.deepEqual(directory.left_out, {}, "nothing is left out any more");
    assert.equal(looker.faults.length, 0, looker.faults.join("\n"));
  });
});
