// A month is over: the manager audits it without signal, also when the page is killed in the middle, and signs. The
// provider reads the quarter, asks and signs; the manager answers. Nobody else reads what they ask.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { SIZES } from "../fixtures/browser.mjs";
import { walk } from "../fixtures/people.mjs";
import { holds } from "../fixtures/store.mjs";
import { Audits, ITEMS } from "../pages/audits.mjs";
import { Desk } from "../pages/desk.mjs";

const DAY = 86_400_000;
const QUESTIONS =
  "death harm serious_injury abuse police service_threat worker_serious worker_over_7_days data_loss contract nhs_funded controlled_drug product_fault";

/** The last month of the quarter before this one, and that quarter. */
function lastQuarter() {
  const now = new Date();
  const first = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3 - 1, 1));
  const name = (date) => date.toLocaleString("en-GB", { month: "long", timeZone: "UTC" });
  const begins = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - 2, 1));
  return {
    first,
    month: `${name(first)} ${first.getUTCFullYear()}`,
    quarter: `${name(begins)} to ${name(first)} ${first.getUTCFullYear()}`,
  };
}

/** One record of high risk and one of low risk, both finished in that month. */
async function finishTwo(place, first) {
  const people = ["care-17", "snr-03", "rm-01", "medlead-01"];
  const [carer, senior, manager, lead] = await Promise.all(people.map((one) => place.quietPerson(one)));
  for (const [error_type, likely] of [["wrong_dose", 4], ["expired", 1]]) {
    const record = randomUUID();
    const at = (day) => new Date(first.getTime() + day * DAY + DAY / 2);
    const after = async (who, verb, payload, day) =>
      who.write(verb, record, payload, { seen: await who.version(record), at: at(day) });
    const report = { category: "medication", happened: "something_happened", reached: "no", error_type };
    await carer.write("report", record, { ...report, occurred_at: at(3).toISOString(), text: "Seen at the trolley." }, { at: at(3) });
    await after(senior, "review_risk", { potential_most_likely: likely, potential_worst: 5, likelihood: 2 }, 4);
    const answers = Object.fromEntries(QUESTIONS.split(" ").map((question) => [question, "n"]));
    const reason = "Stopped before it reached anybody.";
    await after(manager, "assess_notification", { answers, outcome: "not_notifiable", reason }, 5);
    await after(lead, "no_action_needed", { reason: "Put right at once." }, 6);
    await after(manager, "close", { reason: "Nothing more to do.", weak_reason: "One box, taken away." }, 8);
  }
}

test("a month is audited without signal, signed, overseen and asked about", async () => {
  await walk(async (place) => {
    await place.fill();
    const { first, month, quarter } = lastQuarter();
    await place.admin.send("POST", "/v1/directory", {
      changes: [{ kind: "site", id: "meadow", value: { name: "Meadow House", live_from: first.toISOString().slice(0, 10) } }],
    });
    await finishTwo(place, first);
    const looker = new Looker();
    const audit = `Medicines audit, ${month}`;
    const oversight = `Medicines oversight, ${quarter}`;

    const manager = new Audits(await place.person("rm-01", { size: "desktop" }));
    await manager.device.hasWholeBuild();
    await manager.nothingWaits();
    // Also on a phone, where there is no room for "My work".
    await manager.page.setViewportSize(SIZES.phone);
    await manager.page.locator(".home__raised").getByRole("link", { name: /^\d+ audits? to do/ }).waitFor();
    await manager.page.setViewportSize(SIZES.desktop);
    await manager.begin();
    await manager.says(`Next: ${audit}`);
    await looker.look(manager.page, "the audits of a year");

    await place.server.stop();
    await manager.openAudit(audit);
    await manager.says("0 of 10 answered");
    await manager.says("High or extreme risk");
    await manager.says("One in ten");
    // The deputy answers too, and is told so at home and in the inbox; opening and signing is not theirs.
    await place.server.resume();
    await manager.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await manager.nothingWaits();
    const deputy = new Audits(await place.person("dep-01", { size: "phone" }));
    await deputy.page.locator(".home__raised").getByRole("link", { name: "1 audit to answer", exact: false }).waitFor();
    await deputy.goTo("Inbox");
    await deputy.page.getByRole("main").getByRole("link", { name: /^1 audit to answer/ }).click();
    await deputy.says(`Next: ${audit}`);
    await deputy.says("To answer 1");
    await deputy.says("Go on with the audit");
    await looker.look(deputy.page, "the audits of a deputy");
    await place.server.stop();
    await manager.follow("Start with the first record");
    await manager.is(/^Medicines: /);
    const address = new URL(manager.page.url());
    await manager.answer(ITEMS[0], "Yes");
    // A no waits for its note: killed in between, both are still there.
    await manager.choose(ITEMS[1], "No");
    await manager.says("Not saved yet.");
    await manager.section(ITEMS[1]).getByLabel("What was missing?", { exact: true }).fill("It says that, not why.");
    await holds(manager.page, "draft", "It says that, not why.");
    await manager.device.kill();
    await manager.device.openAfterKill(address.pathname + address.search);
    await manager.is(/^Medicines: /);
    await manager.says("1 of 5 answered");
    const note = manager.section(ITEMS[1]).getByLabel("What was missing?", { exact: true });
    assert.equal(await note.inputValue(), "It says that, not why.");
    await manager.section(ITEMS[1]).getByRole("button", { name: /^Save this answer/ }).click();
    await manager.section(ITEMS[1]).getByText(/^Saved on this device: No, by Farah/).waitFor();
    await looker.look(manager.page, "a record of an audit");
    for (const item of ITEMS.slice(2)) await manager.answer(item, "Yes");
    await manager.follow("Next record");
    await manager.says("0 of 5 answered");
    for (const item of ITEMS) await manager.answer(item, "Does not apply");
    await manager.follow("Back to the audit");
    await manager.says("10 of 10 answered");
    await manager.says("It says that, not why.");
    await manager.says(/^It raised an alert for Registered Manager and Medicines lead: 1 record/);
    await looker.look(manager.page, "an audit to sign");

    // What says that it waits says so no longer once it is sent, while the page stands.
    await manager.page.getByRole("main").getByRole("heading", { level: 3 }).getByRole("link", { name: /^1\. / }).first().click();
    const said = manager.section(ITEMS[0]).locator(".audit-said");
    await said.getByText(/^Saved on this device: Yes, by Farah/).waitFor();
    await place.server.resume();
    await manager.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await said.getByText(/^Saved: Yes, by Farah/).waitFor({ timeout: 60_000 });
    await manager.sendNow();
    await manager.begin();
    await manager.page.getByRole("main").getByRole("link", { name: audit, exact: true }).first().click();
    await manager.press("Sign the audit");
    await manager.says("There is a problem");
    await manager.type("What does this audit show, and what happens next?", "Reasons are short. The lead talks to the seniors.");
    await manager.pressAgain("Sign the audit");
    await manager.says("The audit is signed.");
    await manager.says(/What arrives later does not change them/);
    await looker.look(manager.page, "a signed audit");
    await manager.nothingWaits();
    const kinds = (await place.admin.events()).map((event) => event.do);
    const number = (verb) => kinds.filter((kind) => kind === verb).length;
    assert.deepEqual([number("open_audit"), number("answer_audit"), number("sign_audit")], [1, 10, 1]);

    const provider = new Audits(await place.person("prov-01", { size: "tablet" }));
    await provider.oversight(oversight);
    await provider.says("Reasons are short. The lead talks to the seniors.");
    await looker.look(provider.page, "an oversight to sign");
    await provider.ask("What did the seniors say?");
    await provider.type("Your comment (optional)", "Read with care.");
    await provider.press("I have read this");
    await provider.says("The oversight is signed.");
    await provider.says(/^Read and signed by Kofi, Provider/);
    await provider.nothingWaits();
    // An answer that arrives while the page shows the question is read at once; this one comes later.
    await provider.goTo("Home");

    await manager.goTo("Inbox");
    await manager.says("From the provider");
    // Home shows it on a phone too, and the page opens at the question.
    await manager.page.setViewportSize(SIZES.phone);
    await manager.goTo("Home");
    await manager.page.locator(".home__raised").getByRole("link", { name: "1 question from the provider" }).click();
    await manager.is(oversight);
    await manager.page.waitForFunction(() => document.activeElement?.id.startsWith("question-"));
    await manager.page.setViewportSize(SIZES.desktop);
    await manager.says("What did the seniors say?");
    await looker.look(manager.page, "an oversight with a question");
    await manager.type("Your answer", "They will write the reason in one sentence.");
    await manager.press("Answer the provider");
    await manager.says("The answer is sent to the provider.");
    await manager.nothingWaits();

    await provider.page.setViewportSize(SIZES.desktop);
    await provider.page.getByRole("main").getByRole("link", { name: "1 answer from a manager" }).click();
    await provider.says("They will write the reason in one sentence.");
    await provider.open("/provider");
    await provider.is("All sites");
    await provider.says(/^There is no funnel chart\./);
    await looker.look(provider.page, "all sites");

    // What they ask each other is theirs.
    for (const staff of ["care-17", "snr-03", "medlead-01"]) {
      const events = await (await place.quietPerson(staff)).events();
      assert.equal(events.filter((event) => /manager|provider/.test(event.do)).length, 0, staff);
    }
    const lead = new Desk(await place.person("medlead-01"));
    await lead.open("/oversight");
    await lead.is("Oversight sign-off");
    await lead.says("The Registered Manager, the deputy, the leads and the provider use this part.");
    assert.deepEqual(looker.faults, []);
  });
});
