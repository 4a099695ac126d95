// A database that does not open, or grows: nothing is claimed to be safe that is not, and there is a way on.

import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { carerOverWire } from "../fixtures/carer.mjs";
import { aheadByDays, copies, database, forget, heardInDays, onDisk } from "../fixtures/disk.mjs";
import { choosePast, importedOf, listOf } from "../fixtures/past.mjs";
import { walk } from "../fixtures/people.mjs";
import { inviteStaff } from "../fixtures/provider.mjs";
import { pause } from "../fixtures/server.mjs";
import { part, until } from "../fixtures/store.mjs";
import { Capture, arrived, quickly } from "../pages/capture.mjs";
import { Doors } from "../pages/doors.mjs";
import { Manage } from "../pages/manage.mjs";
import { Rescue } from "../pages/rescue.mjs";

const BROKEN = "Noticed cannot open its data";

/** From the next page on the app's database fails to open in this way, while `refuse` says so; `but` names a page. */
async function refuseToOpen(device, name, but) {
  const script = ({ name, but }) => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      if (args[0] !== "noticed" || localStorage.refuse !== "yes" || location.pathname === but) return open.apply(this, args);
      const request = open.call(this, "refused", 1);
      Object.defineProperty(request, "error", { get: () => new DOMException("made up", name) });
      request.addEventListener("upgradeneeded", (event) => {
        event.stopImmediatePropagation();
        request.transaction.abort();
      });
      return request;
    };
  };
  await device.context.addInitScript(script, { name, but });
  await device.page.evaluate(() => (localStorage.refuse = "yes"));
}

/** Nothing on the page says that something is saved, sent, or absent. */
async function claimsNothing(capture) {
  for (const words of [/All sent/, /^Saved/, /waiting to send/, /No drafts/, /There are no reports/]) await capture.saysNothingOf(words);
}

const CASES = {
  QuotaExceededError: { says: /This phone has no room left\. Delete photos or apps/, file: true },
  UnknownError: { says: /This phone did not open the data of Noticed\. Close other apps, or restart the phone/, file: false },
};
for (const [name, { says, file }] of Object.entries(CASES)) {
  test(`f06: a database that refuses to open with ${name} is said, and what it holds arrives once`, async () => {
    await carerOverWire(async ({ place, wire, phone, capture }) => {
      await phone.hasWholeBuild();
      wire.down();
      await quickly(capture, "Saved before it refused.");
      await refuseToOpen(phone, name, file ? "/rescue" : undefined);
      for (const address of ["/", "/quick", "/reports", "/drafts"]) {
        await capture.open(address);
        await capture.is(BROKEN);
        await capture.says(says);
        await claimsNothing(capture);
      }
      await capture.says(/Tell your senior what you noticed, or write it on paper/);
      await capture.follow("Save the reports as a file");
      const rescue = new Rescue(phone);
      if (file) {
        await rescue.here();
        await rescue.says("Only on this device: 1 entry.");
        const bytes = await rescue.save();
        wire.up();
        await new Manage(await place.person("rm-01")).handIn(bytes);
        assert.equal(await arrived(place.admin, "Saved before it refused."), 1);
        wire.down();
      } else {
        await rescue.says(/This device does not open what Noticed saved on it\. Nobody can say now if reports are still here/);
        await claimsNothing(capture);
      }
      await capture.open("/");
      await phone.page.evaluate(() => (localStorage.refuse = "no"));
      await capture.press("Try again");
      await capture.waits(1);
      wire.up();
      await capture.sendNow();
      assert.equal(await arrived(place.admin, "Saved before it refused."), 1);
      assert.equal((await place.admin.events()).length, 1);
    });
  });
}

/** A phone that lost its power: it had a report that was not sent, and this was done to the files of its database. */
async function afterPowerLoss(deed, story) {
  await onDisk(async (place, wire, folder) => {
    let phone = await place.profileOf("care-17", folder);
    await phone.hasWholeBuild();
    wire.down();
    await quickly(new Capture(phone), "Before the power was lost.");
    await until(phone.page, async () => (await copies(phone.page)) === 1 && (await copies(phone.page, "noticed-keys")) === 2, "the second copy and its keys");
    // Chromium writes localStorage down when it likes.
    await pause(6_000);
    await phone.killBrowser();
    const files = await database(folder);
    const manifest = (await readdir(files)).find((name) => name.startsWith("MANIFEST"));
    await deed(files, join(files, manifest));
    phone = await place.profileOf("care-17", folder);
    // A browser that is killed may not have written down who was signed in.
    phone.expects(/status of 401/);
    await story({ place, wire, phone, capture: new Capture(phone) });
  });
}

test("f07: a database without the name of its list of files is put together again, and the report arrives", async () => {
  const deed = (files) => rm(join(files, "CURRENT"));
  await afterPowerLoss(deed, async ({ place, wire, capture }) => {
    await capture.waits(1);
    wire.up();
    await capture.sendNow();
    assert.equal(await arrived(place.admin, "Before the power was lost."), 1);
  });
});

test("f07: a database whose list of files is spoilt begins anew; that is said, and a code brings the report back", async () => {
  const deed = (_, manifest) => writeFile(manifest, "spoilt".repeat(80));
  await afterPowerLoss(deed, async ({ place, wire, phone, capture }) => {
    await capture.says(/The data of Noticed on this phone was deleted/);
    await capture.says(/Some reports that were saved on this phone are gone from it/);
    await capture.says(/A second copy of reports that were not sent is still on this phone/);
    wire.up();
    await goOn(place, phone, capture);
    assert.equal(await arrived(place.admin, "Before the power was lost."), 1);
    assert.deepEqual((await place.admin.send("GET", "/v1/attention")).items, []);
  });
});

test("f07: a database whose list of files is gone does not open; nothing is claimed, and a code goes on", async () => {
  const deed = (_, manifest) => rm(manifest);
  await afterPowerLoss(deed, async ({ place, wire, phone, capture }) => {
    await capture.is(BROKEN);
    await capture.says(/This phone did not open the data of Noticed/);
    await claimsNothing(capture);
    await capture.follow("Save the reports as a file");
    await capture.says(/Nobody can say now if reports are still here/);
    await claimsNothing(capture);
    await capture.open("/");
    await capture.page.getByText("It stays like this").click();
    await capture.says(/reports that were not sent may be lost/);
    await capture.says(/delete the data of Noticed in the settings of the browser, and join again with a new code/);
    // A page of the app would begin again by itself when everything goes.
    await phone.page.goto("/paper.html");
    await forget(phone, "all");
    wire.up();
    await goOn(place, phone, capture);
  });
});

async function goOn(place, phone, capture) {
  const { code } = await inviteStaff(place.admin, "care-17");
  await new Doors(phone).joinAsPerson(code);
  await quickly(capture, "Written after the loss.");
  await capture.nothingWaits();
  assert.equal(await arrived(place.admin, "Written after the loss."), 1);
}

const ROWS = 200;
const DAYS = 31;

test("f13: what was sent long ago is let go, so that the store of a phone in use does not grow", async () => {
  await walk(async (place) => {
    await place.fill();
    const clock = join(place.server.data, "clock");
    let days = 0;
    const serverAhead = () => writeFile(clock, new Date(Date.now() + days * 86_400_000).toISOString());
    await serverAhead();
    await place.server.stop();
    place.server.env = { NOTICED_CLOCK_FILE: clock };
    await place.server.resume();
    const manager = await place.person("rm-01", { size: "desktop" });
    const screen = new Capture(manager);
    const sizes = [];
    for (const year of [2022, 2024]) {
      await screen.open("/exchange/import");
      await choosePast(manager, listOf(ROWS, year));
      await screen.press(`Read in ${ROWS} rows and leave out 3 rows`);
      await manager.page.getByText("All of them are sent.").waitFor({ timeout: 180_000 });
      const full = await rows(manager.page);
      assert.ok(full.event >= ROWS, `${full.event} events are kept for a restore of the service`);
      await until(manager.page, async () => (await copies(manager.page)) === 0, "no second copy of what was sent");

      days += DAYS;
      await serverAhead();
      await heardInDays(manager.page, days);
      await aheadByDays(manager.context, DAYS);
      await quickly(screen, `After the list of ${year}.`);
      await screen.nothingWaits();
      await until(manager.page, async () => (await rows(manager.page)).event < 10, "events of last month are let go");
      sizes.push(await rows(manager.page));
    }
    const [first, second] = sizes;
    for (const name of ["meta", "event", "draft", "letter", "key", "photo"]) assert.ok(second[name] <= first[name], `${name} grew: ${JSON.stringify(sizes)}`);
    assert.equal(await place.admin.events().then(importedOf), 2 * ROWS, "the service has all of them");
    await quickly(screen, "The chain goes on.");
    await screen.nothingWaits();
    assert.deepEqual((await place.admin.send("GET", "/v1/attention")).items, []);
  });
});

/** How many rows each part of the store has. */
async function rows(page) {
  const names = ["meta", "event", "draft", "letter", "key", "photo", "page"];
  const counts = await Promise.all(names.map(async (name) => [name, (await part(page, name)).length]));
  return Object.fromEntries(counts);
}
