// What a browser, a disk or a battery does to the data of a phone: it comes back, or it is said in words.

import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { carerOverWire } from "../fixtures/carer.mjs";
import { copies, database, forget, onDisk } from "../fixtures/disk.mjs";
import { inviteStaff } from "../fixtures/provider.mjs";
import { pause } from "../fixtures/server.mjs";
import { until } from "../fixtures/store.mjs";
import { walkOverWire } from "../fixtures/wire.mjs";
import { Capture, arrived, quickly } from "../pages/capture.mjs";
import { Doors } from "../pages/doors.mjs";

async function log(folder) {
  const files = await database(folder);
  const logs = (await readdir(files)).filter((name) => name.endsWith(".log")).sort();
  return join(files, logs.at(-1));
}

/** Bytes of the log when the browser has stopped writing to it: what it writes of a report goes on after the report is saved. */
async function settledSize(folder) {
  let size = -1;
  for (let same = 0; same < 4; ) {
    await pause(250);
    const now = (await stat(await log(folder))).size;
    same = now === size ? same + 1 : 0;
    size = now;
  }
  return size;
}

test("f08: a database that lost its end without an error gets it back from the second copy", async () => {
  await onDisk(async (place, wire, folder) => {
    let phone = await place.profileOf("care-17", folder);
    let capture = new Capture(phone);
    await phone.hasWholeBuild();
    wire.down();
    await quickly(capture, "Before the battery was flat.");
    await until(phone.page, async () => (await copies(phone.page)) === 1, "the second copy");
    const size = await settledSize(folder);
    await quickly(capture, "Second, and lost by the disk.");
    await quickly(capture, "Third, and lost by the disk.");
    await until(phone.page, async () => (await copies(phone.page)) === 3, "three second copies");
    await phone.killBrowser();
    await truncate(await log(folder), size);

    phone = await place.profileOf("care-17", folder);
    // A browser that is killed may not have written down who was signed in.
    phone.expects(/status of 401/);
    capture = new Capture(phone);
    await capture.says(/2 entries were gone from this phone/);
    await capture.waits(3);
    wire.up();
    await capture.sendNow();
    for (const words of ["Before the battery was flat.", "Second, and lost by the disk.", "Third, and lost by the disk."]) {
      assert.equal(await arrived(place.admin, words), 1, words);
    }
    await quickly(capture, "The chain goes on.");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "The chain goes on."), 1);
    assert.equal((await place.admin.send("GET", "/v1/attention")).items.length, 0);
  });
});

test("f08: what no copy has is said on the phone and to the manager, and the next report still arrives", async () => {
  await onDisk(async (place, wire, folder) => {
    let phone = await place.profileOf("care-17", folder);
    let capture = new Capture(phone);
    await phone.hasWholeBuild();
    wire.down();
    await quickly(capture, "Kept.");
    const size = await settledSize(folder);
    await quickly(capture, "Lost with its copy.");
    await until(phone.page, async () => (await copies(phone.page)) === 2, "the second copies");
    await phone.page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("noticed-unsent", { recursive: true }));
    await phone.killBrowser();
    await truncate(await log(folder), size);

    phone = await place.profileOf("care-17", folder);
    // A browser that is killed may not have written down who was signed in.
    phone.expects(/status of 401/);
    capture = new Capture(phone);
    await capture.says(/Some reports that were saved on this phone are gone from it/);
    wire.up();
    await capture.sendNow();
    await capture.says(/This phone lost 1 entry that had not been sent/);
    await quickly(capture, "Written after the loss.");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Kept."), 1);
    assert.equal(await arrived(place.admin, "Written after the loss."), 1);
    const { items } = await place.admin.send("GET", "/v1/attention");
    assert.deepEqual(items.map(({ reason }) => reason), ["device_loss"]);
    assert.match(items[0].sentence, /^The device “.+” lost 1 entry before/);
  });
});

/** One report was sent and one was not; then the browser empties the database, and nothing beside it. */
async function emptiedDatabase(place, wire, also = async () => {}) {
  const phone = await place.person("care-17");
  const capture = new Capture(phone);
  await quickly(capture, "Sent before the database was emptied.");
  await capture.nothingWaits();
  await phone.hasWholeBuild();
  wire.down();
  await quickly(capture, "Written before the database was emptied.");
  await until(phone.page, async () => (await copies(phone.page)) === 1, "the second copy");
  await until(phone.page, async () => (await copies(phone.page, "noticed-keys")) === 2, "the keys beside it");
  await also(phone);
  await phone.page.goto("/paper.html");
  await forget(phone, "indexeddb");
  wire.up();
  await phone.reopen();
  await capture.says(/The data of Noticed on this phone was deleted/);
  return { phone, capture };
}

/** With a new code, as the page says. */
async function joinAgain(place, phone) {
  const { code } = await inviteStaff(place.admin, "care-17");
  await new Doors(phone).joinAsPerson(code);
}

test("f02: a phone whose database was emptied says so, and joining again brings back what was not sent", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await emptiedDatabase(place, wire);
    await capture.says(/A second copy of reports that were not sent is still on this phone/);
    await joinAgain(place, phone);
    await capture.open("/");
    await capture.nothingWaits();
    for (const words of ["Sent before the database was emptied.", "Written before the database was emptied."]) {
      assert.equal(await arrived(place.admin, words), 1, words);
    }
    await quickly(capture, "Written by the phone that joined again.");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Written by the phone that joined again."), 1);
    assert.deepEqual((await place.admin.send("GET", "/v1/attention")).items, []);
  });
});

test("f02: when the keys beside an emptied database are gone too, the manager hears of what was not sent", async () => {
  await walkOverWire(async (place, wire) => {
    const { capture } = await emptiedDatabase(place, wire, (phone) =>
      phone.page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry("noticed-keys", { recursive: true })),
    );
    await capture.says(/This phone lost 1 entry that had not been sent/);
    assert.equal(await arrived(place.admin, "Sent before the database was emptied."), 1);
    const { items } = await place.admin.send("GET", "/v1/attention");
    assert.match(items[0].sentence, /lost 1 entry before/);
  });
});

test("f01, f18: a phone on which everything was deleted asks for a code, and the old device is known by its last contact", async () => {
  await carerOverWire(async ({ place, phone, capture }) => {
    await quickly(capture, "Sent before everything was deleted.");
    await capture.nothingWaits();
    await phone.page.goto("/paper.html");
    await forget(phone, "all");
    await phone.page.goto("/");
    await capture.is(/Welcome to Noticed/);
    const { devices } = await place.admin.send("GET", "/v1/devices");
    assert.ok(devices.some(({ people, last_contact_at }) => people.some(({ id }) => id === "care-17") && last_contact_at));
    assert.equal(await arrived(place.admin, "Sent before everything was deleted."), 1);
  });
});

test("f15: a database of a newer app takes reports, and they arrive", async () => {
  await carerOverWire(async ({ place, phone, capture }) => {
    await phone.page.goto("/paper.html");
    await phone.page.evaluate(
      () =>
        new Promise((done, fail) => {
          const opening = indexedDB.open("noticed", 40);
          opening.onupgradeneeded = () => opening.result.createObjectStore("later");
          opening.onsuccess = () => done(opening.result.close());
          opening.onerror = () => fail(opening.error);
        }),
    );
    await quickly(capture, "Saved by the older app.");
    await capture.says(/A newer version of Noticed was used on this phone/);
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Saved by the older app."), 1);
  });
});

test("f55: two phones out of one copied profile lose nothing: the one whose entry is kept apart says so, and the other goes on", async () => {
  const twin = await mkdtemp(join(tmpdir(), "noticed-twin-"));
  await onDisk(async (place, wire, folder) => {
    const first = await place.profileOf("care-17", folder);
    await quickly(new Capture(first), "Before the phone was copied.");
    await new Capture(first).nothingWaits();
    await first.context.close();
    await cp(folder, twin, { recursive: true, filter: (name) => !/Singleton/.test(name) });
    const [one, two] = [await place.profileOf("care-17", folder), await place.profileOf("care-17", twin)];
    wire.down();
    await quickly(new Capture(one), "Written on the phone.");
    await quickly(new Capture(two), "Written on its copy.");
    wire.rule = ({ path, text }) => (path === "/v1/push" && text.includes("its copy") ? "refuse" : undefined);
    await new Capture(one).sendNow();
    wire.up();
    await new Capture(two).sendNow();
    const said = /This phone and a copy of it both wrote reports/;
    await new Capture(two).says(said);
    // All that the first one wrote was taken: nothing is asked of its owner, who goes on.
    await quickly(new Capture(one), "Written on the phone afterwards.");
    await new Capture(one).nothingWaits();
    await new Capture(one).saysNothingOf(said);
    // Also after a restart.
    await two.reopen();
    await new Capture(two).says(said);
    for (const words of ["Written on the phone.", "Written on the phone afterwards."]) assert.equal(await arrived(place.admin, words), 1, words);
    const { items } = await place.admin.send("GET", "/v1/attention");
    assert.match(items[0].sentence, /^Two copies of one device wrote different entries/);
    assert.deepEqual(items.map(({ reason, with: { text } }) => [reason, text]), [["forked", "Written on its copy."]]);
    assert.equal(await arrived(place.admin, "Before the phone was copied."), 1);
  });
  await rm(twin, { recursive: true, force: true, maxRetries: 5 });
});

test("f04: a browser that does not promise to keep anything still takes reports, and the phone says so", async () => {
  await carerOverWire(async ({ place, phone, capture }) => {
    await phone.context.addInitScript(() => {
      for (const name of ["persist", "persisted"]) StorageManager.prototype[name] = async () => false;
    });
    await quickly(capture, "Nothing was promised.");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Nothing was promised."), 1);
    await capture.open("/sync");
    await capture.says(/Not promised yet. When space is short/);
  });
});
