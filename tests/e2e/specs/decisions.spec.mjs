// Nobody was harmed and somebody must still be told: the decision with its help, what the council says, the clock of
// an outage, who was told, a change with its reason, and all of it in the register and in its file.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Desk } from "../pages/desk.mjs";
import { Manage } from "../pages/manage.mjs";

const COMMISSION = "Care Quality Commission";
const COUNCIL = "Council safeguarding";
const THRESHOLD = "Call us on the same day when somebody says that a person was frightened or held.";
const RISK = { potential_most_likely: 3, potential_worst: 4, likelihood: 3 };
const HOUR = 3_600_000;
const CONTRACT = /^Does the contract say the commissioner must be told/;

/** A fire alarm that is off, and the senior has looked at it. */
async function reported(place) {
  const carer = await place.quietPerson("care-22");
  const senior = await place.quietPerson("snr-05");
  const record = randomUUID();
  const ago = (hours) => new Date(Date.now() - hours * HOUR).toISOString();
  await carer.write("report", record, {
    category: "environment",
    happened: "nothing_yet",
    hazard: "fire_safety",
    location: "lounge",
    people: ["R-014"],
    immediate_actions: ["Extra rounds every hour"],
    text: "The alarm panel is dark.",
    occurred_at: ago(23),
  });
  await carer.write("start_outage", record, { what: "fire_alarm", started_at: ago(23) }, { seen: 1 });
  await senior.write("review_risk", record, RISK, { seen: 2 });
  return record;
}

test("a decision without harm is told, changed with its reason, and stands in the register", async () => {
  await walk(async (place) => {
    await place.fill();
    const record = await reported(place);
    const device = await place.person("rm-01", { size: "desktop" });
    await device.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const looker = new Looker();
    const seen = async (where) => looker.look(device.page, where);

    const lists = new Manage(device);
    await lists.begin();
    await lists.list("Councils");
    await lists.add("council", {
      fill: { Code: "example", Name: "Example Council", "Threshold, as the council words it": THRESHOLD, "Version (optional)": "2026" },
    });
    await lists.open("/admin/contracts");
    await lists.add("contract", {
      fill: { Code: "icb", Commissioner: "Example ICB", "What must be told": "Anything that gets in the way of the service", "Within how many hours (optional)": "24" },
    });
    await lists.open("/admin/sites?edit=meadow");
    await lists.page.getByLabel("Council for safeguarding (optional)", { exact: true }).selectOption({ label: "Example Council" });
    await lists.press("Save");
    await lists.says("Saved.");

    const desk = new Desk(device);
    await desk.goTo("Inbox");
    await desk.says(/^Fire alarm off: \d+ minutes left to 24 hours$/);
    await desk.open(`/records/${record}`);
    await desk.says(/If it is still off at .* you must tell: Care Quality Commission/);
    await desk.page.getByRole("main").getByRole("link", { name: "Decide", exact: true }).click();
    await desk.is("Who must be told?");
    await desk.page.locator("summary", { hasText: /Does anyone say, or do you suspect/ }).click();
    await desk.says("The law does not wait for proof.");
    await desk.says(/^Fire alarm: off since .* so far\. .* left until 24 hours have passed\.$/);
    await desk.says("Example ICB");
    // The contract has a number of hours, so nothing beside it says that there is none.
    await desk.choose(CONTRACT, "Yes");
    await desk.says(/^Tell them as the contract says: within 24 hours\. .* since the report\.$/);
    await desk.choose(CONTRACT, "No");
    await desk.choose(/^Does anyone say, or do you suspect/, "Yes");
    await desk.says("Nobody was harmed, but somebody must still be told.");
    await desk.says(THRESHOLD);
    await desk.says(/without delay: there is no number of hours/);
    assert.deepEqual((await desk.suggested("needed")).sort(), [COMMISSION, COUNCIL]);
    await seen("decide, with help");
    await device.page.setViewportSize({ width: 1280, height: 800 });
    await desk.decide({
      yes: [/^Does anyone say, or do you suspect/],
      bodies: { Police: ["Need not be told", "No crime is suspected"] },
      outcome: "Tell them now",
    });

    await desk.is(/^Place or equipment/);
    await desk.says("Nobody was harmed. They must still be told.");
    await desk.follow("Words for the Care Quality Commission's form");
    await desk.is(/^Words for the form/);
    assert.match(await desk.page.getByLabel("Who was it about?", { exact: true }).inputValue(), /^Unique identifier: R-014\. Age band:/);
    await desk.says("Which risk assessment, its date, and if it was followed");
    await desk.press("Copy Who was it about?");
    await desk.page.getByRole("button", { name: "Copied Who was it about?", exact: true }).waitFor();
    assert.match(await device.page.evaluate(() => navigator.clipboard.readText()), /R-014/);
    await seen("words for the form");
    await device.page.setViewportSize({ width: 1280, height: 800 });
    await desk.open(`/records/${record}`);
    await desk.press("Maintenance log");
    await desk.says("Maintenance log: copied");
    assert.match(await device.page.evaluate(() => navigator.clipboard.readText()), /Extra rounds every hour/);
    await desk.toldThem(COMMISSION, { how: "Portal", reference: "TEST-CQC-7", proof: "Folder 12, email of today" });
    await desk.says("Folder 12, email of today");
    await seen("a record with bodies");
    await device.page.setViewportSize({ width: 1280, height: 800 });

    await desk.revise({ bodies: { Police: ["Tell them", "A door was forced"] }, reason: "The engineer found a forced door" });
    await desk.nothingWaits();
    await desk.goTo("Oversight");
    await desk.page.getByRole("main").getByRole("link", { name: /^Decision register/ }).click();
    await desk.is("Decision register");
    const rows = desk.page.getByRole("table", { name: "Decisions" }).getByRole("row");
    await until(device.page, async () => (await rows.count()) === 3, "a head and two decisions");
    await desk.says("2 decisions. In 1 somebody must still be told.");
    await desk.says(/^Changed: .*Now to be told: Police\./);
    await desk.page.locator("summary", { hasText: /Need not be told:.*Police/ }).click();
    await desk.says("Police: No crime is suspected");
    await seen("the register");
    await device.page.setViewportSize({ width: 1280, height: 800 });
    await desk.page.getByLabel("Show", { exact: true }).selectOption({ label: "Only changes of a decision" });
    await desk.says("1 decision. In 1 somebody must still be told.");
    await until(device.page, async () => (await rows.count()) === 2, "a head and one decision");
    await desk.page.getByLabel("Must be told", { exact: true }).selectOption({ label: "Information Commissioner" });
    await desk.says("No decision fits these filters.");
    await desk.press("Clear the filters");
    await desk.says("2 decisions. In 1 somebody must still be told.");

    await desk.type("Find a record", "test-cqc");
    await desk.page.locator(".find-record").getByRole("link", { name: /^Place or equipment/ }).waitFor();
    const saved = async (button) => {
      const [file] = await Promise.all([device.page.waitForEvent("download"), desk.press(button)]);
      return (await readFile(await file.path(), "utf8")).replace("\ufeff", "").trimEnd().split("\r\n");
    };
    const plain = await saved("Save as CSV");
    assert.equal(plain.length, 3);
    assert.match(plain[2], /,Registered Manager,notify_now,/);
    assert.doesNotMatch(plain.join(), /TEST-CQC-7|forced door|No crime/, "no word that somebody typed");
    await desk.page.locator("summary", { hasText: "Save it with people" }).click();
    await desk.press("Save with people");
    await desk.says("Write why names and words are needed, or leave them out.");
    await seen("the register asks why people are needed");
    await device.page.setViewportSize({ width: 1280, height: 800 });
    await desk.type("Why are names and words needed?", "The tribunal asked");
    await desk.secondPasses();
    const lines = await saved("Save with people");
    assert.equal(lines.length, 3);
    assert.match(lines[0], /^number,reference,record,category,.*,why_with_people$/);
    assert.match(lines[2], /The tribunal asked \(Registered Manager, /);
    assert.match(lines[1], /replaced.*Police: No crime is suspected/);
    assert.match(lines[2], /TEST-CQC-7.*The engineer found a forced door/);

    await desk.open("/admin/councils");
    await seen("the list of councils");
    assert.equal(looker.faults.length, 0, looker.faults.join("\n"));
  });
});

test("an alert that comes while the form is open asks about the council, and the decision is saved", async () => {
  await walk(async (place) => {
    await place.fill();
    const record = await reported(place);
    const desk = new Desk(await place.person("rm-01", { size: "desktop" }));
    await desk.open(`/records/${record}/decide`);
    await desk.choose(/^Does anyone say, or do you suspect/, "No");
    assert.deepEqual(await desk.suggested("consider"), []);

    // The second and third danger of the same kind in the same place: a pattern of concern.
    const carer = await place.quietPerson("care-17");
    for (const days of [2, 3]) {
      const occurred_at = new Date(Date.now() - days * 24 * HOUR).toISOString();
      const again = { category: "environment", happened: "nothing_yet", hazard: "fire_safety", location: "lounge" };
      await carer.write("report", randomUUID(), { ...again, occurred_at });
    }
    await desk.page.locator(".body-choice[data-suggestion=consider]", { hasText: COUNCIL }).waitFor();
    await desk.decide({
      bodies: { [COUNCIL]: ["Need not be told", "One panel, and a repair is ordered"] },
      outcome: "Nobody needs to be told",
      reason: "Nobody was hurt",
    });
    await desk.nothingWaits();
    const decided = (await place.admin.events()).find((event) => event.do === "assess_notification" && event.record === record);
    assert.equal(decided.with.suggests.council_safeguarding, "consider");
  });
});
