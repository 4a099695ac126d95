// What comes from the service comes late, in pieces, or for another site than before: nobody acts on half of it, and
// nothing stays where it may not be.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { PASSWORD } from "../fixtures/provider.mjs";
import { opened, until } from "../fixtures/store.mjs";
import { walkOverWire } from "../fixtures/wire.mjs";
import { Desk } from "../pages/desk.mjs";
import { HOME } from "../pages/doors.mjs";

const PAGES = 10;
const ROWS = 4;
/** Pages that count or sum. */
const COUNTING = ["/measures", "/provider", "/evidence", "/decisions", "/learning", "/audits", "/alerts", "/exchange", "/exchange/import", "/oversight"];
/** Of everybody: the first step is the senior's. */
const INBOX = "/inbox?all=1";
const FILLING = "Still getting records";

function report(text) {
  const occurred_at = new Date().toISOString();
  return { category: "environment", happened: "nothing_yet", location: "lounge", hazard: "hoist", occurred_at, text };
}

/** The places of the log from which pulls began. The line is cut after so many pages; one that was on its way then may be asked for again. */
function pulls(wire, allowed) {
  const from = [];
  const refused = [];
  wire.rule = ({ path, address }) => {
    if (path !== "/v1/pull") return undefined;
    const cursor = Number(new URL(address, "http://x").searchParams.get("cursor"));
    if (cursor >= allowed * ROWS) {
      refused.push(cursor);
      return "refuse";
    }
    if (!from.includes(cursor)) from.push(cursor);
    return { address: address.replace(/limit=\d+/, `limit=${ROWS}`) };
  };
  return { from, refused };
}

/** How many reports this device keeps. */
async function reports(page) {
  const rows = (await opened(page, "page")).map(([, rows]) => rows).join();
  return new Set(rows.match(/Report \d+\./g)).size;
}

async function showsNoTotal(desk) {
  for (const address of COUNTING) {
    await desk.open(address);
    await desk.is(FILLING);
    await desk.says(/Numbers and lists stand here when every record is on this device/);
  }
  await desk.open(INBOX);
  await desk.says(FILLING);
  await desk.saysNothingOf(/\d+ waiting, oldest/);
  for (const heading of await desk.page.locator(".inbox-group").allTextContents()) assert.doesNotMatch(heading, /\d/);
  await desk.open("/actions?all=1");
  await desk.says(FILLING);
  await desk.open("/");
  await desk.says(FILLING);
  const places = desk.page.getByRole("navigation", { name: "Main" });
  assert.doesNotMatch(await places.innerText(), /\d/);
  assert.doesNotMatch(await desk.page.getByRole("complementary").innerText(), /\d+ (report|alert|action)/);
}

for (const share of [10, 50, 90]) {
  test(`f56: a first sync that is cut at ${share} % shows no totals, and goes on where it stopped`, async () => {
    await walkOverWire(async (place, wire) => {
      const carer = await place.quietPerson("care-17");
      for (let number = 0; number < PAGES * ROWS; number += 1) await carer.write("report", randomUUID(), report(`Report ${number}.`));
      const allowed = (PAGES * share) / 100;
      const before = pulls(wire, allowed);
      const device = await place.person("rm-01", { size: "desktop" });
      const desk = new Desk(device);
      await desk.is(HOME);
      await until(device.page, () => before.refused.length > 0, "the line is cut");
      assert.equal(before.from.length, allowed);
      // What came before the cut is kept; the next address is a new start of the app, so that is waited for.
      await until(device.page, async () => (await reports(device.page)) === allowed * ROWS, `${allowed} pages are kept`);
      await showsNoTotal(desk);
      await device.hasWholeBuild();
      await device.kill();
      await device.openAfterKill();
      await showsNoTotal(desk);

      await desk.open(INBOX);
      const after = pulls(wire, Infinity);
      await device.page.evaluate(() => window.dispatchEvent(new Event("online")));
      await desk.says(new RegExp(`^${PAGES * ROWS} waiting, oldest `));
      await desk.saysNothingOf(FILLING);
      assert.equal(after.from[0], allowed * ROWS, "it goes on where it stopped");
      const all = [...before.from, ...after.from].filter((from) => from < PAGES * ROWS);
      assert.equal(new Set(all).size, all.length, "no page that was kept came again");
      for (const address of COUNTING) {
        await desk.open(address);
        await desk.saysNothingOf(FILLING);
      }
    });
  });
}

/** Where somebody works from now on. */
async function moves(place, sites) {
  const roles = Object.fromEntries(sites.map((site) => [site, ["senior"]]));
  await place.admin.send("POST", "/v1/directory", { changes: [{ kind: "staff", id: "snr-03", value: { name: "Cerys", roles } }], password: PASSWORD });
}

test("f57: who moves to another site and back has the records of where they are, and none of where they were", async () => {
  await walkOverWire(async (place) => {
    await place.admin.send("POST", "/v1/directory", {
      changes: [
        { kind: "site", id: "oak", value: { name: "Oak Lodge" } },
        { kind: "place", id: "oak-hall", value: { site: "oak", name: "Hall", unit: "" } },
        { kind: "staff", id: "oak-01", value: { name: "Oona", roles: { oak: ["reporter"] } } },
      ],
    });
    const [meadow, oak] = await Promise.all(["care-17", "oak-01"].map((one) => place.quietPerson(one)));
    oak.site = "oak";
    await meadow.write("report", randomUUID(), report("Only at the meadow."));
    await oak.write("report", randomUUID(), { ...report("Only under the oak."), location: "oak-hall" });
    const device = await place.person("snr-03");
    const desk = new Desk(device);
    const NAMES = { meadow: "Meadow House", oak: "Oak Lodge" };
    const TEXTS = { meadow: "Only at the meadow.", oak: "Only under the oak." };
    const has = async (sites) => {
      const rows = (await opened(device.page, "page")).map(([, rows]) => rows).join();
      return Object.entries(TEXTS).every(([site, text]) => rows.includes(text) === sites.includes(site));
    };
    const arrives = async (sites) => {
      await until(device.page, () => has(sites), `rows of ${sites}, and of nowhere else`);
      // The app may end before the lists came that belong to the rows.
      await desk.open("/inbox");
      if (sites.length === 1) await desk.page.getByRole("banner").getByText(NAMES[sites[0]], { exact: true }).waitFor();
      const lines = desk.page.getByRole("main").locator("ul.cards > li");
      await lines.first().waitFor();
      assert.equal(await lines.count(), 1, "of one site at a time");
    };
    await arrives(["meadow"]);
    for (const sites of [["oak"], ["meadow"], ["meadow", "oak"], ["oak"]]) {
      await moves(place, sites);
      await device.page.evaluate(() => window.dispatchEvent(new Event("online")));
      await arrives(sites);
    }
    assert.equal((await place.admin.events()).length, 2, "nothing is gone from the service");
  });
});
