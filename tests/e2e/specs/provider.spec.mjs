// A provider of eight sites: a funnel says which differ by more than chance, and each number opens what it counts.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { walk } from "../fixtures/people.mjs";
import { PASSWORD } from "../fixtures/provider.mjs";
import { until } from "../fixtures/store.mjs";
import { Screen } from "../pages/screen.mjs";

/** Near misses of last month and bed days of each site: the second reports far more, the last none. */
const SITES = [["meadow", 2, 900], ["ash", 12, 900], ["beech", 2, 930], ["cedar", 1, 600], ["elm", 3, 1200], ["holly", 2, 870], ["larch", 1, 300], ["oak", 0, 2400]];

test("eight sites stand in a funnel with the limits of chance", async () => {
  await walk(async (place) => {
    await place.fill();
    const month = new Date();
    month.setUTCDate(0);
    const code = month.toISOString().slice(0, 7);
    const everywhere = (...roles) => Object.fromEntries(SITES.map(([site]) => [site, roles]));
    const named = ([site]) => ({ kind: "site", id: site, value: { name: site[0].toUpperCase() + site.slice(1) } });
    await place.admin.send("POST", "/v1/directory", { changes: SITES.slice(1).map(named) });
    const staff = (id, name, roles) => ({ kind: "staff", id, value: { name, roles } });
    await place.admin.send("POST", "/v1/directory", {
      changes: [staff("prov-01", "Kofi", everywhere("provider", "administrator")), staff("care-17", "Ama", everywhere("reporter"))],
      password: PASSWORD,
    });
    const carer = await place.quietPerson("care-17");
    const office = await place.quietPerson("prov-01");
    for (const [site, reports, days] of SITES) {
      carer.site = site;
      office.site = site;
      for (let number = 0; number < reports; number += 1) {
        const facts = { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose", occurred_at: `${code}-15T10:00:00Z` };
        await carer.write("report", randomUUID(), facts);
      }
      await office.write("record_denominator", undefined, { measure: "occupied_bed_days", month: code, value: days });
    }

    const desk = new Screen(await place.person("prov-01", { size: "desktop" }));
    const looker = new Looker();
    await desk.nothingWaits();
    await desk.open("/provider");
    await desk.says(/^Ash reports more than chance explains\./);
    const funnel = desk.page.getByRole("img", { name: /^Sites and the limits of chance/ });
    await funnel.waitFor();
    const numbers = await funnel.locator(".chart__words").allTextContents();
    assert.deepEqual(numbers.map(Number).sort((one, other) => one - other), [1, 2, 3, 4, 5, 6, 7, 8]);
    for (const width of [360, 820, 1280]) {
      await desk.page.setViewportSize({ width, height: 800 });
      const boxes = await funnel.locator(".chart__words").evaluateAll((all) => all.map((words) => words.getBoundingClientRect().toJSON()));
      const clash = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      const pairs = boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => clash(one, other)));
      assert.equal(pairs.length, 0, `at ${width} px no number lies on another`);
    }
    const table = desk.page.getByRole("table", { name: "Sites and the limits of chance" });
    const row = table.getByRole("row", { name: /Ash/ });
    await row.getByText("Reports more than chance explains").waitFor();
    await looker.look(desk.page, "all sites with a funnel");
    await row.getByRole("link", { name: /^12/ }).click();
    await desk.says(/^Near misses, /);
    await until(desk.page, async () => (await desk.page.locator(".list-of-records a").count()) === 12, "as many records as the number says");
    assert.deepEqual(looker.faults, []);
  });
});

/** The first of a month, so many months ago. */
function monthsAgo(number) {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - number, 1)).toISOString().slice(0, 10);
}

test("late audits stand on the Home of a phone, and steps done are as many as their list, also after a withdrawal", async () => {
  await walk(async (place) => {
    await place.fill();
    const value = { name: "Meadow House", live_from: monthsAgo(4) };
    await place.admin.send("POST", "/v1/directory", { changes: [{ kind: "site", id: "meadow", value }] });
    const [carer, senior, manager] = [await place.quietPerson("care-17"), await place.quietPerson("snr-03"), await place.quietPerson("rm-01")];
    const records = [randomUUID(), randomUUID(), randomUUID()];
    for (const record of records) {
      await carer.write("report", record, { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose" });
      await senior.write("review_risk", record, { potential_most_likely: 2, potential_worst: 3, likelihood: 2 }, { seen: 1 });
    }
    await manager.write("withdraw", records[0], { reason: "Written twice." }, { seen: 2 });

    const phone = new Screen(await place.person("prov-01", { size: "phone" }));
    const looker = new Looker();
    await phone.device.hasWholeBuild();
    await phone.nothingWaits();
    // Without the news that this phone has joined.
    await phone.open("/");
    const missed = phone.page.getByRole("link", { name: /^Meadow House: \d+ late audits, up to \d+ days\. The oldest: .+ audit, .+$/ });
    await missed.waitFor();
    assert.equal(await missed.count(), 1, "said once on a phone");
    const { y, height } = await missed.boundingBox();
    assert.ok(height >= 44, `${height} px to press`);
    const bar = await phone.page.getByRole("navigation", { name: "Main" }).boundingBox();
    assert.ok(y + Math.min(height, 56) <= bar.y, "site, how many and how late are in sight without scrolling");
    const number = Number.parseInt((await missed.textContent()).split(": ")[1], 10);
    await looker.look(phone.page, "Home with late audits");
    await missed.click();
    await phone.is(/Audits that fell due in a year/);
    await phone.says(`Late now: ${number}`);
    await phone.open("/oversight");
    await phone.page.getByRole("heading", { name: `Late audits ${number}` }).waitFor();
    await looker.look(phone.page, "oversight with late audits");

    await phone.open("/provider");
    await phone.page.getByRole("link", { name: /^100% of 3 / }).click();
    await phone.is(/^Steps done/);
    await until(phone.page, async () => (await phone.page.locator(".cards > li").count()) === 3, "as many records as the number says");
    await phone.page.getByText("Taken back", { exact: true }).waitFor();
    await looker.look(phone.page, "the steps behind a number");
    assert.deepEqual(looker.faults, []);
  });
});

test("what waits at another site is counted on Home, and an alert of any site opens", async () => {
  await walk(async (place) => {
    await place.fill();
    await place.admin.send("POST", "/v1/directory", { changes: [{ kind: "site", id: "ash", value: { name: "Ash House" } }] });
    const staff = (id, name, roles) => ({ kind: "staff", id, value: { name, roles } });
    const both = (...roles) => ({ meadow: roles, ash: roles });
    await place.admin.send("POST", "/v1/directory", {
      changes: [staff("rm-01", "Rosa", both("registered_manager", "provider")), staff("care-17", "Ama", both("reporter"))],
      password: PASSWORD,
    });
    const carer = await place.quietPerson("care-17");
    carer.site = "ash";
    for (const record of [randomUUID(), randomUUID()]) {
      await carer.write("report", record, { category: "environment", happened: "nothing_yet", hazard: "hoist", made_safe: "removed_from_use", asset: "H-7" });
    }

    const looker = new Looker();
    for (const size of ["phone", "desktop"]) {
      const screen = new Screen(await place.person("rm-01", { size }));
      await screen.device.hasWholeBuild();
      await screen.nothingWaits();
      const see = async (site) => {
        await screen.open("/settings");
        await screen.page.locator("label", { hasText: site }).click();
      };
      await see("Meadow House");
      await screen.open("/");
      const other = screen.page.getByRole("button", { name: "Ash House: 2 alerts", exact: true });
      await other.waitFor();
      assert.equal(await other.count(), 1, "said once");
      assert.ok((await other.boundingBox()).height >= 44);
      await looker.look(screen.page, `Home with work elsewhere, ${size}`);
      await other.click();
      await screen.says(/^You now see Ash House\.$/);
      await screen.page.getByRole("link", { name: /^Oversight.*2 /}).or(screen.page.getByRole("link", { name: "2 alerts need you" })).first().waitFor();
      await until(screen.page, async () => (await other.count()) === 0, "it is not elsewhere any more");

      // Back at the first site, the list of the provider leads to the alert of the other.
      await see("Meadow House");
      await screen.open("/provider?site=ash&list=alerts");
      await looker.look(screen.page, `open alerts of a site, ${size}`);
      await screen.page.getByRole("listitem").filter({ hasText: "same equipment" }).getByRole("button", { name: "Open this alert" }).click();
      await screen.is(/^2 near misses about the same equipment/);
      await screen.page.getByText("Goes to the Registered Manager", { exact: false }).first().waitFor();
    }
    assert.deepEqual(looker.faults, []);
  });
});
