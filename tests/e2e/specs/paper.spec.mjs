// What a page says is what is kept: a register prints whole, also from the browser's own menu, with nothing to press on
// the paper; a result that says two things at once is asked about before it is saved.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { Desk } from "../pages/desk.mjs";

const MISSING = /^Say how you know that it is better: choose at least one kind of evidence\.$/;
/** More than the register draws at once. */
const DECISIONS = 52;
const QUESTIONS =
  "death harm serious_injury abuse police service_threat worker_serious worker_over_7_days data_loss contract nhs_funded controlled_drug product_fault";

test("the register is whole on paper, and the paper has nothing to press", async () => {
  await walk(async (place) => {
    await place.fill();
    const [carer, senior, manager] = await Promise.all(["care-17", "snr-03", "rm-01"].map((one) => place.quietPerson(one)));
    const answers = Object.fromEntries(QUESTIONS.split(" ").map((question) => [question, "n"]));
    for (let nth = 0; nth < DECISIONS; nth += 1) {
      const record = randomUUID();
      const report = { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose" };
      await carer.write("report", record, { ...report, occurred_at: new Date().toISOString() });
      await senior.write("review_risk", record, { potential_most_likely: 2, potential_worst: 3, likelihood: 2 }, { seen: 1 });
      const bodies = { council_safeguarding: { needed: false, reason: "Nobody was frightened" } };
      const decision = { answers, outcome: "potential_risk_monitor", reason: "Stopped in time", bodies };
      await manager.write("assess_notification", record, decision, { seen: 2 });
    }
    const desk = new Desk(await place.person("rm-01", { size: "desktop" }));
    await desk.nothingWaits();
    await desk.open("/decisions");
    await desk.says(`${DECISIONS} decisions. Nobody waits to be told.`);
    const rows = desk.page.getByRole("table", { name: "Decisions" }).getByRole("row");
    assert.ok((await rows.count()) < DECISIONS, "the screen begins with a piece");
    // Printing as the browser's menu does it: the page learns of it and has no more time than that.
    await desk.page.pdf({ format: "A4" });
    assert.equal(await rows.count(), DECISIONS + 1, "a head and every decision");
    await desk.page.emulateMedia({ media: "print" });
    assert.equal(await desk.page.getByRole("link", { name: "Settings" }).isVisible(), false);
    assert.equal(await desk.page.getByRole("button", { name: "Print" }).isVisible(), false);
    assert.equal(await desk.page.locator(".shell__site").isVisible(), true, "the paper names the site");
    await desk.page.emulateMedia({ media: "screen" });
    await rows.last().getByRole("link").first().click();
    const acts = ["Correct the facts", "Ask the reporter"].map((name) => desk.page.getByRole("link", { name, exact: true }));
    for (const act of acts) await act.waitFor();
    await desk.page.emulateMedia({ media: "print" });
    for (const act of acts) assert.equal(await act.isVisible(), false);
  });
});

test("a count in no days is refused, and a verdict against its counts is asked about", async () => {
  await walk(async (place) => {
    await place.fill();
    const { finished } = await fillRecords(place);
    const desk = new Desk(await place.person("dep-01", { size: "desktop" }));
    const looker = new Looker();
    const outcome = { counted: "Wrong doses", before: [1, 28], looked: "At 28 days", worked: "Better", evidence: ["MAR chart"] };
    const after = (number) => desk.page.getByLabel("In how many days after? (optional)", { exact: true }).fill(number);
    await desk.open(`/records/${finished}/outcome`);
    await desk.is("Did it work?");
    await desk.type("What did you count?", outcome.counted);
    await desk.type("How many before?", "1");
    await desk.type("In how many days before? (optional)", "28");
    await desk.type("How many after?", "9");
    await after("0");
    await desk.choose("When did you look?", outcome.looked);
    await desk.choose("Did it work?", outcome.worked);
    await desk.press("Save the result");
    const wrong = "In how many days after? Type 1 or a higher number, for example 28";
    await desk.page.locator(".error-summary").getByRole("link", { name: wrong }).click();
    assert.equal(await desk.page.evaluate(() => document.activeElement.id), "value.per");

    // What is missing is said before anybody is asked whether they are sure. After an error the next press counts at once.
    await after("28");
    await desk.press("Save the result");
    await desk.page.locator(".error-summary").getByRole("link", { name: MISSING }).waitFor();
    const question = desk.page.getByRole("dialog", { name: "The count went up. Is it still better?" });
    assert.equal(await question.count(), 0, "the verdict is asked about only once the rest is there");
    await desk.tickAll("How do you know? (optional)", outcome.evidence);
    await desk.press("Save the result");
    await question.waitFor();
    await looker.look(desk.page, "a verdict against its counts");
    await desk.press("No, go back");
    await question.waitFor({ state: "detached" });
    assert.equal(await desk.page.getByLabel("How many after?", { exact: true }).inputValue(), "9", "what was typed is there");
    await desk.pressAgain("Save the result");
    await desk.press("Yes, save it");
    await desk.says(/^The result is saved\./);
    await desk.nothingWaits();
    const saved = (await place.admin.events()).find((event) => event.do === "record_outcome" && event.record === finished);
    assert.deepEqual([saved.with.verdict, saved.with.value.count, saved.with.value.per], ["improved", 9, 28]);
    assert.deepEqual(looker.faults, []);
  });
});
