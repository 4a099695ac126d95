// Measures: a number opens as many records as it says, a file has the numbers of its table, and bed days give a rate.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Screen } from "../pages/screen.mjs";

class Measures extends Screen {
  async opened(address = "/measures") {
    await this.open(address);
    await this.page.locator(".pictures:not([aria-busy])").waitFor();
  }

  picture(name) {
    return this.page.getByRole("region", { name }).or(this.page.locator("section.picture", { has: this.page.getByRole("heading", { level: 2, name, exact: true }) }));
  }
}

test("each large number opens a list with as many lines as it says", async () => {
  await walk(async (place) => {
    await place.fill();
    await fillRecords(place);
    const desk = new Measures(await place.person("rm-01", { size: "desktop" }));
    await desk.nothingWaits();
    await desk.opened();
    await desk.says(/^Shown: Meadow House, all categories, /);
    const opens = '[href^="/measures/records"]';
    const links = desk.page.locator(`.large-number__link${opens}, .picture table a${opens}`);
    // Pictures further down are drawn after the first paint.
    await links.nth(10).waitFor({ state: "attached" });
    const lists = await links.evaluateAll((all) => all.map((link) => [link.getAttribute("href"), Number.parseFloat(link.textContent)]));
    for (const [href, count] of lists) {
      await desk.open(href);
      const list = desk.page.locator("ul.cards");
      await list.waitFor();
      const lines = list.locator("> li");
      await until(desk.page, async () => (await lines.count()) === Math.min(count, 50), `${href} has its lines`);
      assert.equal(Number(await list.getAttribute("data-total")), count, href);
    }
  });
});

test("the file has the numbers of the table", async () => {
  await walk(async (place) => {
    await place.fill();
    await fillRecords(place);
    const desk = new Measures(await place.person("rm-01", { size: "desktop" }));
    await desk.nothingWaits();
    await desk.opened();
    const picture = desk.picture("What nearly happens most");
    await picture.getByText("Show the numbers").click();
    const table = picture.getByRole("table");
    await table.waitFor();
    // What somebody reads stays open when the phone asks for news and there is none.
    const asked = desk.page.waitForResponse((response) => response.url().includes("/v1/pull"));
    await desk.page.evaluate(() => window.dispatchEvent(new Event("online")));
    await (await asked).finished();
    await desk.page.waitForTimeout(500);
    assert.ok(await table.isVisible(), "the numbers are still open");
    const rows = await table.locator("tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    const coming = desk.page.waitForEvent("download");
    await picture.getByRole("button", { name: /^Download CSV/ }).click();
    const file = await readFile(await (await coming).path(), "utf8");
    const lines = file.trim().split("\r\n");
    assert.equal(lines.length, rows.length);
    for (const [index, row] of rows.entries()) {
      for (const cell of row) assert.ok(lines[index].includes(cell), `${lines[index]} lacks ${cell}`);
    }
    assert.match(lines[1], /Shown: Meadow House/);
  });
});

test("hours and days are a picture, and its numbers are those of the table", async () => {
  await walk(async (place) => {
    await place.fill();
    await fillRecords(place);
    const desk = new Measures(await place.person("rm-01"));
    await desk.nothingWaits();
    for (const [address, name] of [["/measures/hours", /^Near misses by hour/], ["/measures/places_of_categories", /^Near misses by place/]]) {
      await desk.open(address);
      const picture = desk.page.getByRole("img", { name });
      await picture.waitFor();
      const sum = (words) => words.reduce((all, one) => all + Number(one), 0);
      const drawn = sum(await picture.locator(".chart__count").allTextContents());
      await desk.page.getByText("Show the numbers").click();
      await desk.page.locator(".picture table a").first().waitFor();
      assert.ok(drawn > 0, "something is drawn");
      assert.equal(sum(await desk.page.locator(".picture table a").allTextContents()), drawn, address);
      await desk.says(/too few to see a pattern/);
    }
  });
});

test("a month of bed days gives a rate, and earlier values stay visible", async () => {
  await walk(async (place) => {
    await place.fill();
    const month = new Date();
    month.setUTCDate(0);
    const code = month.toISOString().slice(0, 7);
    const carer = await place.quietPerson("care-17");
    const report = { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose", occurred_at: `${code}-01T10:00:00Z` };
    await carer.write("report", "b9c05f08-73e6-4c0a-93a5-6f6c4b1a0f01", report);
    const desk = new Measures(await place.person("rm-01", { size: "desktop" }));
    await desk.nothingWaits();
    await desk.open("/measures/rate");
    await desk.says(/There is no rate yet, because no occupied bed days are known/);
    await desk.open("/measures/numbers");
    await desk.press("Save the numbers");
    await desk.says("New number: type the number of at least one month, for example 930");
    const name = month.toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
    await desk.type(`New number for ${name}`, "none");
    await desk.pressAgain("Save the numbers");
    await desk.says(`${name}: type a number above 0, for example 930.`);
    for (const value of ["900", "1,000"]) {
      await desk.type(`New number for ${name}`, value);
      await desk.pressAgain("Save the numbers");
      await desk.says("1 number saved.");
    }
    const row = desk.page.getByRole("row", { name: new RegExp(`^${name}`) });
    await row.getByText(/^1,000/).waitFor();
    await row.getByText(/^900 on/).waitFor();
    // One digit too many is asked about, and taken when it is meant.
    const thisMonth = new Date().toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
    await desk.type(`New number for ${thisMonth}`, "999,999,999");
    await desk.pressAgain("Save the numbers");
    await desk.says(`${thisMonth}: 999,999,999 is much more than 1,000 in ${name}.`);
    await desk.pressAgain("Save the numbers");
    await desk.page.getByRole("row", { name: new RegExp(`^${thisMonth}`) }).getByText(/^999,999,999/).waitFor();
    await desk.open("/measures/rate");
    await desk.says(/^1\.00 near misses per 1,000 occupied bed days/);
  });
});

test("numbers are imported once every row is right", async () => {
  await walk(async (place) => {
    await place.fill();
    const desk = new Measures(await place.person("rm-01", { size: "desktop" }));
    await desk.nothingWaits();
    await desk.open("/measures/numbers?import=1");
    await desk.type("Or paste the rows here", "month,measure,value\n2026-09,occupied_bed_days,930\n2026-13,care_hours,12");
    await desk.says("The month must look like 2026-10.");
    await desk.press("Import 2 rows");
    await desk.says("Correct 1 row first");
    await desk.type("Or paste the rows here", "month,measure,value\n2026-09,occupied_bed_days,930\n2026-10,care_hours,12");
    await desk.pressAgain("Import 2 rows");
    await desk.is("Bed days, hours and doses");
    await desk.says("2 numbers imported.");
  });
});

test("the pages of measures are accessible, with much, with little and with nothing", async () => {
  await walk(async (place) => {
    await place.fill();
    const empty = new Measures(await place.person("prov-01"));
    const looker = new Looker();
    for (const address of ["/measures", "/measures/near_misses", "/measures/rate", "/measures/days_between", "/measures/numbers"]) {
      await empty.open(address);
      await empty.page.getByRole("heading", { level: 1 }).waitFor();
      await looker.look(empty.page, `empty ${address}`);
      await empty.saysNothingOf(/NaN|undefined|Infinity/);
    }
    await fillRecords(place);
    const desk = new Measures(await place.person("dep-01"));
    await desk.nothingWaits();
    await desk.opened();
    for (const opener of await desk.page.getByText("Show the numbers").all()) await opener.click();
    await looker.look(desk.page, "measures");
    // A wide table scrolls in its own box, which the keyboard reaches; the page never does.
    const before = desk.page.viewportSize();
    for (const [width, height] of [[320, 640], [820, 1180], [1024, 768]]) {
      await desk.page.setViewportSize({ width, height });
      const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `the page is ${wide} wide on ${width}`);
    }
    const boxes = await desk.page.locator(".picture .table-box").evaluateAll((all) => all.map((box) => box.tabIndex));
    assert.ok(boxes.length > 3 && boxes.every((index) => index === 0), "each table has a box of its own");
    await desk.page.setViewportSize(before);
    await desk.saysNothingOf(/NaN|undefined|Infinity/);
    for (const address of ["/measures/near_misses?chart=xmr&grain=week", "/measures/hours", "/measures/places_of_categories", "/measures/records?of=near_miss", "/measures/numbers?import=1"]) {
      await desk.open(address);
      await desk.page.getByRole("heading", { level: 1 }).waitFor();
      await looker.look(desk.page, address);
    }
    assert.equal(looker.faults.length, 0, looker.faults.join("\n"));
  });
});
