// One action for two records, why it happened, what people say, and a story that the team reads without the record.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Desk } from "../pages/desk.mjs";
import { about } from "../pages/screen.mjs";

const CARD = "Put a dose card with a picture on the trolley";
const THANKS = "Thank you. There is a dose card on the trolley now.";
const STORY = {
  "What we noticed": "Two people could have had the wrong dose.",
  "What we changed": "There is a dose card with a picture on the trolley.",
  "What is different now": "No wrong dose since.",
};

test("two records learn from one action, and a carer reads the story and not the record", async () => {
  await walk(async (place) => {
    await place.fill();
    const records = await fillRecords(place);
    const looker = new Looker();
    const record = records.decided;

    let acting = new Desk(await place.person("medlead-01", { size: "desktop" }));
    await acting.open(`/records/${record}/act`);
    await acting.is("Put it right");
    // An idea fills the form, and the person makes it their own.
    await acting.page.locator(".idea").first().click();
    assert.notEqual(await acting.page.getByLabel("What will be done?", { exact: true }).inputValue(), "");
    await acting.type("What will be done?", "Retrain the carer");
    await acting.says("Its words read as weaker");
    await acting.says("Would another competent person in the same situation have done the same?");
    await looker.look(acting.page, "act");
    await acting.choose("Would another competent person in the same situation have done the same?", "Yes");
    await acting.type("What will be done?", CARD);
    await acting.page.getByLabel("Who does it?", { exact: true }).selectOption({ label: "Grace" });
    await acting.choose("By when?", "Today");
    await acting.choose("How strong is it?", "In between");
    await acting.unfold("This action also answers other records (optional)");
    await acting.page.getByRole("group", { name: "Other records that wait for an action" }).locator("label").first().click();
    await acting.press("Add the action");
    await acting.says("The action is added here and to 1 other record.");

    // The list of actions shows it once, with the other record, and asks once.
    await acting.goTo("Actions");
    await acting.is("Actions");
    const cards = acting.page.getByRole("heading", { level: 3, name: CARD, exact: true });
    await cards.first().waitFor();
    assert.equal(await cards.count(), 1);
    await acting.says("This action also answers:");
    await acting.follow(about("Mark as done", CARD));
    await acting.is("Mark as done");
    assert.ok(await acting.group("Also done for these records").getByRole("checkbox").first().isChecked());
    await looker.look(acting.page, "mark as done");
    await acting.press("Mark as done");
    await acting.says("The action is done, here and in 1 other record.");
    await acting.nothingWaits();
    const events = await place.admin.events();
    const plans = events.filter((event) => event.do === "plan_action" && event.with.text === CARD);
    assert.equal(plans.length, 2);
    assert.deepEqual(plans.map((plan) => plan.record).sort(), [record, records.action].sort());
    assert.equal(plans[1].with.shared, plans[0].id);
    assert.deepEqual(plans.map((plan) => plan.with.just_culture), ["yes", "yes"]);
    assert.equal(events.filter((event) => event.do === "complete_action" && plans.some((plan) => plan.id === event.with.action)).length, 2);

    // Somebody else ends the step: what was thought when the action was planned stands in their form.
    const deputy = new Desk(await place.person("dep-01", { size: "desktop" }));
    acting = deputy;
    await acting.open(`/records/${record}/act`);
    await acting.says("Would another competent person have done the same? Yes.");
    await acting.open(`/records/${record}/act?do=finish`);
    await acting.is("Finish the actions");
    await acting.unfold("Five whys (optional)");
    await acting.type("1. Why did it happen?", "The slip was not on the record");
    await acting.type("2. Why was that?", "There is no phone on the first floor");
    await acting.says("This is about how the work is set up");
    await acting.page.getByLabel("3. Why was that?", { exact: true }).waitFor();
    await looker.look(acting.page, "finish the actions");
    await acting.press("Finish and pass on");
    await acting.says("The actions are finished.");
    await acting.nothingWaits();
    const finish = (await place.admin.events()).find((event) => event.do === "finish_actions" && event.record === record);
    assert.deepEqual(finish.with.whys, ["The slip was not on the record", "There is no phone on the first floor"]);
    assert.equal(finish.with.just_culture, "yes");

    await deputy.open(`/records/${record}/outcome`);
    await deputy.outcome({
      counted: "Wrong doses nearly given",
      before: [3, 28],
      after: [0, 28],
      looked: "At 28 days",
      worked: "Better",
      evidence: ["MAR chart", "What family say"],
    });
    await deputy.open(`/records/${record}?do=feedback`);
    await deputy.is("Add feedback");
    await deputy.choose("Who said it?", "Family or a friend");
    await deputy.type("What did they say?", "We feel safer now");
    await deputy.press("Add the feedback");
    await deputy.says("The feedback is added.");

    await deputy.open("/learning");
    await deputy.is("What changed, and did it work?");
    await deputy.says("We feel safer now");
    await deputy.says("Second look, after 90 days");
    await looker.look(deputy.page, "learning");
    await deputy.open("/learning?show=sustained");
    await deputy.says("No change fits this choice.");

    await deputy.open(`/learning/${record}/story`);
    await deputy.is("A story for the team");
    for (const [label, words] of Object.entries(STORY)) await deputy.type(label, words);
    await deputy.choose("What did the reporter tell you?", "Share it without a name");
    await deputy.type("What we noticed", "R-014 could have had the wrong dose.");
    await deputy.press("Share it with the team");
    await deputy.says("There is a problem");
    await looker.look(deputy.page, "story with an error");
    await deputy.type("What we noticed", STORY["What we noticed"]);
    await deputy.pressAgain("Share it with the team");
    await deputy.is("What we noticed, and what changed");
    await deputy.nothingWaits();

    await deputy.open(`/records/${record}/outcome?do=close`);
    await deputy.close(THANKS);
    await deputy.nothingWaits();

    // Somebody who reported nothing of this: first what their device is given, then what it shows.
    const own = await place.quietPerson("care-22");
    const pulled = await own.events();
    assert.deepEqual(pulled.map((event) => event.do), ["share_story"]);
    assert.equal(pulled[0].with.record, undefined);
    assert.ok(!JSON.stringify(pulled).includes(record));
    const carer = new Desk(await place.person("care-22"));
    await carer.says("What changed here:");
    await carer.follow(STORY["What we changed"]);
    await carer.is("What we noticed, and what changed");
    for (const words of Object.values(STORY)) await carer.says(words);
    assert.equal(await carer.page.getByRole("link", { name: /See the record|See your report|Take it down/ }).count(), 0);
    await looker.look(carer.page, "team board");
    const sites = carer.page.getByRole("article").getByText("Meadow House", { exact: true });
    assert.equal(await sites.filter({ visible: true }).count(), 0, "the screen says it once, above the stories");
    await carer.page.emulateMedia({ media: "print" });
    const posters = await carer.page.getByRole("article").count();
    assert.equal(await sites.filter({ visible: true }).count(), posters, "each poster names its site");
    await carer.page.emulateMedia({ media: "screen" });
    await carer.open(`/records/${record}`);
    await carer.is("This record is not here");

    await carer.open("/practice");
    await carer.is("Is it a near miss?");
    await carer.choose("Did something happen?", "Yes");
    await carer.choose("Did it reach a person?", "No");
    await carer.says("Near miss - it could have hurt someone but did not reach them");
    for (let example = 1; example <= 5; example += 1) {
      await carer.says(`Example ${example} of 5`);
      await carer.choose("What is it?", "A near miss. It was stopped in time");
      if (example === 1) await looker.look(carer.page, "practice");
      await carer.pressAgain(example < 5 ? "Next example" : "See my result");
    }
    await carer.says(/of 5 right\./);
    // It is written after the result is shown.
    const finished = async () => (await place.admin.events()).filter((event) => event.do === "finish_practice");
    await until(carer.page, async () => (await finished()).length > 0, "that somebody practised arrives");
    const practised = await finished();
    assert.deepEqual(practised.map((event) => Object.keys(event.with)), [["version"]]);

    assert.deepEqual(looker.faults, []);
  });
});
