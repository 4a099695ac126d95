// A pattern is seen without signal, told in words, dealt with, and its rule changed after a try on the past.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Capture } from "../pages/capture.mjs";
import { about } from "../pages/screen.mjs";

const HOIST_7 = "2 near misses about the same equipment (Hoist 7) in 90 days";
const HOIST_3 = "2 near misses about the same equipment (Hoist 3) in 90 days";
const ALERTS = "Patterns and alerts";
const DAY = 86_400_000;

const TODAY = {
  "Is it safe now?": "Yes, taken out of use",
  "Did it reach anyone?": "No, it was stopped in time",
  "What is the danger?": "Equipment",
  Equipment: "Hoist",
  "Where was it?": "Bathroom 2",
  "Which piece of equipment?": "Hoist 7",
  "How was it noticed?": "A check before use",
  "What did you do?": ["Told the senior"],
  "Tell us what happened (optional)": { say: "The boom dropped again." },
};

/** What somebody else reported some days ago. Each in a place of its own, so that only the equipment is the same. */
function hazard(asset, days, location) {
  const occurred_at = new Date(Date.now() - days * DAY).toISOString();
  return { category: "environment", happened: "nothing_yet", hazard: "hoist", asset, location, occurred_at };
}

/** What the server says to somebody who wants to act on an alert: it knows it, or it does not. */
async function serverSays(phone, alert) {
  const event = {
    id: randomUUID(),
    do: "snooze_alert",
    site: phone.site,
    by: phone.staff,
    device: phone.device,
    with: { alert, until: new Date(Date.now() + 3 * DAY).toISOString() },
    seen: 0,
    device_time: new Date().toISOString(),
    offset_ms: 0,
  };
  const answer = await phone.send("POST", "/v1/check", { event });
  return answer.ok ? "known" : answer.code;
}

test("two near misses with one hoist are an alert on the manager's device while there is no signal", async () => {
  await walk(async (place) => {
    await place.fill();
    const [carer, deputy] = [await place.quietPerson("care-17"), await place.quietPerson("dep-01")];
    await carer.write("report", randomUUID(), hazard("HOIST-07", 5, "lounge"));
    const manager = new Alerts(await place.person("rm-01", { size: "desktop" }));
    await manager.device.hasWholeBuild();
    await manager.open("/inbox?all=1");
    await manager.says("Place or equipment: hoist");
    await manager.open("/alerts");
    await manager.says("No alerts yet.");
    assert.equal(await serverSays(deputy, "same_asset|HOIST-07"), "alert_unknown");

    await place.server.stop();
    await manager.open("/");
    await manager.begin("Place or equipment");
    await manager.walk(TODAY);
    await manager.save();
    await manager.open("/");
    await manager.says(/^\d alerts? needs? you$/);
    await manager.open("/alerts");
    await manager.take(HOIST_7);
    await manager.says(/^This rule raises an alert at 2\. Equipment that failed twice/);
    await manager.says("Goes to the Registered Manager and the maintenance lead.");
    await manager.says("Review how we handle repairs.");
    await manager.says(/^By version 1 of this rule: 2 in 90 days\./);
    await manager.says(/^What is usual is not known: the records here begin on /);
    const records = manager.page.getByRole("main").getByRole("link", { name: "Place or equipment: hoist", exact: true });
    await records.nth(1).waitFor();
    assert.equal(await records.count(), 2);
    await records.first().click();
    await manager.is("Place or equipment: hoist");
    await manager.says("Alerts with this record");
    await manager.follow(HOIST_7);
    await manager.is(HOIST_7);

    await manager.letWait(4);
    await manager.says("The alert waits.");
    await manager.says(/^Farah, Registered Manager, let it wait at /);

    await place.server.resume();
    await manager.sendNow();
    assert.equal(await serverSays(deputy, "same_asset|HOIST-07"), "known", "the server raised the same alert");
    const waits = (await place.admin.events()).find((event) => event.do === "snooze_alert");
    assert.equal(waits.with.alert, "same_asset|HOIST-07");
    const other = new Alerts(await place.person("maint-01", { size: "tablet" }));
    await other.open("/alerts");
    await other.says(HOIST_7);
    await other.says(/^Waits until /);
  });
});

test("an alert is set aside with a reason, and a rule changes after a try on the past and with a reason", async () => {
  await walk(async (place) => {
    await place.fill();
    const carer = await place.quietPerson("care-17");
    const reports = [
      ["HOIST-07", 40, "lounge"],
      ["HOIST-07", 10, "bathroom-2"],
      ["HOIST-03", 9, "room-14"],
      ["HOIST-03", 2, "trolley-1"],
    ];
    for (const [asset, days, location] of reports) {
      await carer.write("report", randomUUID(), hazard(asset, days, location));
    }
    const manager = new Alerts(await place.person("rm-01", { size: "desktop" }));
    const looker = new Looker();
    await manager.open("/alerts");
    await manager.says(HOIST_7);
    await looker.look(manager.page, "alerts");
    await manager.take(HOIST_7);
    await looker.look(manager.page, "an alert");
    await manager.follow("Think about safeguarding or the risk register");
    await manager.is("Safeguarding and the risk register");
    await looker.look(manager.page, "safeguarding");
    await manager.follow("Alert");
    await manager.follow("Start an action");
    await manager.is("Start an action");
    await manager.says("First: look at the risk.");
    await looker.look(manager.page, "start an action");
    await manager.follow("Alert");
    await manager.follow("Link to an action");
    await manager.is("Link to an action");
    await manager.says(/^There is no action at this site yet\./);
    await manager.follow("Back");
    await manager.follow("Wait until a date");
    await manager.is("Let this alert wait");
    await manager.type("Year", String(new Date().getFullYear() + 2));
    await manager.press("Let it wait");
    await manager.says(/^Choose a date from tomorrow to /);
    await looker.look(manager.page, "wait, with an error");
    await manager.follow("Cancel");

    await manager.follow("Set aside");
    await manager.is("Set this alert aside");
    await manager.press("Set aside");
    await manager.says("Say why");
    await manager.type("Why is this not a pattern?", "Two hoists carry the same number");
    await manager.pressAgain("Set aside");
    await manager.says("The alert is set aside.");
    await manager.says(/^Farah, Registered Manager, set it aside at .*: Two hoists carry the same number$/);
    await manager.says("This stays as it is. A new report of the same kind raises a new alert.");
    await manager.open("/alerts/week");
    await manager.says(HOIST_3);
    const aside = manager.page.getByRole("link", { name: HOIST_7, exact: true });
    await aside.first().waitFor();
    assert.equal(await aside.count(), 1);
    await looker.look(manager.page, "the week");

    // Nonsense changes nothing.
    await manager.open("/rules");
    await manager.is("Rules for alerts");
    await manager.says("No number has been changed here. A change is kept for ever, with who made it and why.");
    await looker.look(manager.page, "rules");
    await manager.follow(about("Change", "Same equipment"));
    await manager.is("Change: Same equipment");
    for (const nonsense of ["0", "many", "1000", "4000000000"]) {
      await manager.type("How many reports?", nonsense);
      await manager.pressAgain("Try it on the last 12 months");
      await manager.says("Type how many reports as a whole number from 1 to 50. A rule that waits for more comes too late");
    }
    await looker.look(manager.page, "a rule, with an error");
    await manager.type("How many reports?", "50");
    await manager.pressAgain("Try it on the last 12 months");
    await manager.says("With 50 in 90 days there would have been no alerts in the last 12 months, instead of 2.");
    await manager.says(/^The rule would have said nothing for a whole year\./);

    await manager.type("How many reports?", "2");
    await manager.type("In how many days?", "14");
    await manager.pressAgain("Try it on the last 12 months");
    await manager.says("With 2 in 14 days there would have been 1 alert in the last 12 months, instead of 2.");
    await until(manager.page, async () => manager.page.evaluate(() => document.activeElement.id === "trial-result"), "the answer has the focus");
    await manager.page.locator("summary", { hasText: "Would be gone (1)" }).click();
    await manager.says(/about the same equipment \(Hoist 7\)/);
    await looker.look(manager.page, "a rule, tried");
    await manager.pressAgain("Save the new numbers");
    await manager.says("Say why");
    await manager.type("Why do the numbers change?", "The hoists were renewed in the summer");
    await manager.pressAgain("Save the new numbers");
    await manager.is("Rules for alerts");
    await manager.says("Same equipment: 2 in 14 days, before that 2 in 90 days");
    await manager.says("Why: The hoists were renewed in the summer");
    await manager.says(/, version 2 since /);

    const { directory } = await place.admin.send("GET", "/v1/directory");
    const [{ by, reason, after }] = directory.sites.meadow.rule_changes;
    assert.deepEqual(
      { by, reason, after },
      { by: "rm-01", reason: "The hoists were renewed in the summer", after: { same_asset: { threshold: 2, days: 14 } } },
    );
    // What was raised by the old numbers stays, and says by which.
    await manager.open("/alerts");
    await manager.take(HOIST_3);
    await manager.says(/^By version 1 of this rule: 2 in 90 days\./);
    assert.deepEqual(looker.faults, []);
  });
});

test("an alert is settled by the action that puts it right, and raised again by the next report", async () => {
  await walk(async (place) => {
    await place.fill();
    await fillRecords(place);
    const carer = await place.quietPerson("care-17");
    for (const days of [20, 9]) await carer.write("report", randomUUID(), hazard("HOIST-03", days, "lounge"));
    const manager = new Alerts(await place.person("rm-01", { size: "desktop" }));
    const looker = new Looker();
    await manager.open("/alerts");
    await manager.take(HOIST_3);
    await manager.follow("Link to an action");
    await manager.is("Link to an action");
    await manager.press("Link to this action");
    await manager.page.getByRole("alert").first().waitFor();
    await looker.look(manager.page, "link to an action, with an error");
    await manager.page.getByLabel("Which action?").selectOption({ index: 1 });
    await manager.pressAgain("Link to this action");
    await manager.says("The alert is linked to the action.");
    await manager.is(HOIST_3);
    await looker.look(manager.page, "an alert that is linked");
    await manager.nothingWaits();
    const link = (await place.admin.events()).find((event) => event.do === "link_alert");
    assert.equal(link.with.alert, "same_asset|HOIST-03");

    await carer.write("report", randomUUID(), hazard("HOIST-03", 1, "room-14"));
    await manager.open("/alerts");
    await manager.take("3 near misses about the same equipment (Hoist 3) in 90 days");
    assert.deepEqual(looker.faults, []);
  });
});

const AGAIN = "It came back after 2 finished records: wrong dose or amount (blood thinner)";

/** Two records of a wrong dose are finished, and the same is reported once more. */
async function cameBack(place) {
  await place.fill();
  const records = await fillRecords(place);
  const { carer } = records.people;
  const dose = { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose", risk_group: "anticoagulant" };
  await carer.write("report", randomUUID(), { ...dose, people: ["R-014"], caught_by: "givers_own_check", occurred_at: new Date().toISOString() });
  return records;
}

/** Which alerts got an event of this kind, and what else stands in it. */
async function settled(place, verb) {
  const events = (await place.admin.events()).filter((event) => event.do === verb);
  return events.map(({ with: { alert, ...rest } }) => [alert, rest]);
}

test("what came back after two finished records is one card, and one decision is for both alerts", async () => {
  await walk(async (place) => {
    const records = await cameBack(place);
    const manager = new Alerts(await place.person("rm-01", { size: "desktop" }));
    const looker = new Looker();
    // One number, and what it counts, on Home, on the list and in the week.
    await manager.open("/");
    const need = manager.page.getByText(/^\d+ alerts about \d+ patterns need you$/);
    const [, alerts, patterns] = (await need.first().innerText()).match(/(\d+) alerts about (\d+) patterns/);
    assert.equal(alerts - patterns, 1);
    await manager.open("/alerts");
    await manager.says(new RegExp(`^${alerts} alerts about ${patterns} patterns\\. Alerts about the same thing`));
    await looker.look(manager.page, "alerts, two together");
    await manager.open("/alerts/week");
    await manager.says(`${alerts} alerts about ${patterns} patterns need you now. Those that wait until a date are not counted.`);
    await manager.says(AGAIN);
    await looker.look(manager.page, "the week, two together");
    await manager.open("/alerts");
    await manager.take(AGAIN);
    await manager.says(/^One decision here is for these 2 alerts\./);
    const each = manager.page.getByRole("main").getByRole("link", { name: /^It came back (once|twice) after we acted: / });
    assert.equal(await each.count(), 2);
    await looker.look(manager.page, "alerts together");

    // A form that is left writes nothing, says so when it comes back, and can begin anew.
    await manager.follow("Wait until a date");
    await manager.is("Let these 2 alerts wait");
    const day = await manager.page.getByLabel("Day", { exact: true }).inputValue();
    await manager.saysNothingOf("You began this before");
    await manager.type("Day", "31");
    await manager.follow("Cancel");
    await manager.is(AGAIN);
    await manager.follow("Wait until a date");
    await manager.says("You began this before");
    await manager.says(/^Begun .*, and not finished\. What you typed is still here\. Nothing has been saved of it\.$/);
    assert.equal(await manager.page.getByLabel("Day", { exact: true }).inputValue(), "31");
    await looker.look(manager.page, "wait, begun before");
    await manager.press("Start again");
    const gone = manager.page.getByText("What was typed before is gone.");
    await gone.waitFor();
    assert.ok(await gone.evaluate((words) => words === document.activeElement), "the focus stays where it was");
    assert.equal(await manager.page.getByLabel("Day", { exact: true }).inputValue(), day);
    assert.deepEqual(await settled(place, "snooze_alert"), []);

    await manager.press("Let 2 alerts wait");
    await manager.says("2 alerts wait.");
    await manager.is(ALERTS);
    await manager.nothingWaits();
    assert.equal((await settled(place, "snooze_alert")).length, 2);
    await manager.saysNothingOf(/ alerts about \d+ patterns need you/);
    await manager.take(AGAIN);

    // Without signal too: each alert gets its own event, with the same action.
    await place.server.stop();
    await manager.follow("Link to an action");
    await manager.is("Link these 2 alerts to an action");
    await manager.says(/^Choose the action that puts all of this right\. This settles 2 alerts, each with the same decision\./);
    await manager.page.getByLabel("Which action?").selectOption(records.openAction);
    await looker.look(manager.page, "link two alerts to an action");
    await manager.press("Link 2 alerts to this action");
    await manager.says("2 alerts are linked to the action.");
    await manager.is(ALERTS);
    await place.server.resume();
    await manager.sendNow();
    const rest = { action: records.openAction };
    const [finished, closed] = [records.finished, records.closed].map((record) => `recurrence_after_close|${record}`);
    assert.deepEqual(
      (await settled(place, "link_alert")).sort(),
      [[finished, rest], [closed, rest]].sort(),
    );
    await manager.open(`/alerts/${finished.replace("|", "~7C")}`);
    await manager.says("An action covers it");
    assert.deepEqual(looker.faults, []);
  });
});

test("of alerts that stand together none is settled when somebody was faster with one", async () => {
  await walk(async (place) => {
    const { finished, openAction, people } = await cameBack(place);
    const manager = new Alerts(await place.person("rm-01", { size: "phone" }));
    await manager.open("/alerts");
    await manager.take(AGAIN);
    await manager.follow("Set aside");
    await manager.is("Set these 2 alerts aside");
    await manager.type("Why is this not a pattern?", "The scales were changed");
    // The second of the two: what is written one by one would have written the first.
    const alert = `recurrence_after_close|${finished}`;
    await people.deputy.write("link_alert", null, { alert, action: openAction });
    // The form stays as it was opened when the news arrives.
    await manager.press("Set 2 alerts aside");
    await manager.says(/^One of these alerts was settled after this page was opened\. Nothing is saved\.|^This alert is already settled\./);
    await manager.follow("Cancel");
    await manager.is("These alerts are not together any more");
    await manager.nothingWaits();
    assert.deepEqual(await settled(place, "dismiss_alert"), []);
    assert.deepEqual(await settled(place, "link_alert"), [[alert, { action: openAction }]]);
  });
});

class Alerts extends Capture {
  async take(headline) {
    await this.is(ALERTS);
    await this.page.getByRole("main").getByRole("link", { name: headline, exact: true }).first().click();
    await this.is(headline);
  }

  async letWait(days) {
    const until = new Date(Date.now() + days * DAY);
    await this.follow("Wait until a date");
    await this.is("Let this alert wait");
    await this.type("Day", String(until.getDate()));
    await this.type("Month", String(until.getMonth() + 1));
    await this.type("Year", String(until.getFullYear()));
    await this.press("Let it wait");
  }
}
