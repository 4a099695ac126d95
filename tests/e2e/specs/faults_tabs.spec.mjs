// Several tabs of one device: each may write, one sends at a time, and a tab that stands still stops nobody.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aheadByDays, copies, goOn, heardInDays, holdBack } from "../fixtures/disk.mjs";
import { file, keptPhotos, photo } from "../fixtures/pictures.mjs";
import { inviteStaff } from "../fixtures/provider.mjs";
import { part, until } from "../fixtures/store.mjs";
import { walkOverWire } from "../fixtures/wire.mjs";
import { Capture, arrived, quickly } from "../pages/capture.mjs";
import { Doors } from "../pages/doors.mjs";
import { SAID, WORDS, added, choose, toTheWords } from "../pages/photos.mjs";

/** The same device with another tab in front, whose clock may be ahead. */
async function anotherTab(capture, days = 0) {
  const { device } = capture;
  const page = await device.context.newPage();
  if (days > 0) await aheadByDays(page, days);
  const tab = new Capture(Object.create(device, { page: { value: page, writable: true } }));
  await tab.open("/");
  return tab;
}

async function freeze(capture, state) {
  const session = await capture.device.context.newCDPSession(capture.page);
  await session.send("Page.setWebLifecycleState", { state });
}

async function begin(capture, words) {
  await capture.open("/");
  await capture.follow("Quick record");
  await capture.page.getByRole("main").getByRole("link", { name: /^Medicines/ }).click();
  await capture.is("What nearly happened?");
  await capture.page.getByRole("textbox").fill(words);
  await capture.wroteDown(words);
}

/** The database as an app of the second layout keeps it open, in this page, with the lock that says so. */
async function holdOlderStore(page) {
  await page.evaluate(
    () =>
      new Promise((done, fail) => {
        navigator.locks.request("noticed.store", { mode: "shared" }, () => new Promise(() => {}));
        const opening = indexedDB.open("noticed", 2);
        opening.onupgradeneeded = () => {
          for (const name of ["meta", "page", "draft", "letter", "key"]) opening.result.createObjectStore(name);
          opening.result.createObjectStore("event", { autoIncrement: true }).createIndex("slot", "slot", { unique: true });
        };
        opening.onsuccess = () => done((globalThis.held = opening.result).version);
        opening.onerror = () => fail(opening.error);
      }),
  );
}

async function layoutOf(page) {
  return page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === "noticed").version);
}

test("f14: a frozen tab of an older app holds up the upgrade, and a newer tab keeps and sends reports all the same", async () => {
  await walkOverWire(async (place) => {
    const device = await place.device({ label: "care-17" });
    const old = device.page;
    await old.goto("/paper.html");
    await holdOlderStore(old);
    await freeze({ device, page: old }, "frozen");
    device.page = await device.context.newPage();
    const { code } = await inviteStaff(place.admin, "care-17");
    await new Doors(device).joinAsPerson(code);
    const capture = new Capture(device);
    await quickly(capture, "Saved in the older layout.");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Saved in the older layout."), 1);
    assert.equal(await layoutOf(device.page), 2, "the other tab still holds it");

    await old.close();
    await device.reopen();
    await until(device.page, async () => (await layoutOf(device.page)) === 3, "the upgrade comes when the tab is gone");
    await quickly(capture, "Saved in the newer layout.");
    await capture.nothingWaits();
    for (const words of ["Saved in the older layout.", "Saved in the newer layout."]) assert.equal(await arrived(place.admin, words), 1, words);
  });
});

test("f27: two tabs write in drafts of their own", async () => {
  await walkOverWire(async (place) => {
    const one = new Capture(await place.person("care-17"));
    const two = await anotherTab(one);
    await begin(one, "Written in the first tab.");
    await begin(two, "Written in the second tab.");
    for (const tab of [one, two]) await tab.open(new URL(tab.page.url()).pathname + new URL(tab.page.url()).search);
    assert.equal(await one.page.getByRole("textbox").inputValue(), "Written in the first tab.");
    assert.equal(await two.page.getByRole("textbox").inputValue(), "Written in the second tab.");
  });
});

test("f28: two tabs that save at the same moment write one chain, and nothing is lost", async () => {
  await walkOverWire(async (place, wire) => {
    const one = new Capture(await place.person("care-17"));
    one.device.expects(/Failed to load resource/);
    const two = await anotherTab(one);
    wire.down();
    await begin(one, "Saved in the first tab.");
    await begin(two, "Saved in the second tab.");
    // The disk is slow: both are on their way to the same place of the chain.
    for (const tab of [one, two]) await holdBack(tab.page, "event");
    for (const tab of [one, two]) await tab.press(/^Save (and send )?now$/);
    await one.page.waitForTimeout(1_000);
    for (const tab of [one, two]) await tab.saysNothingOf("Saved.");
    for (const tab of [one, two]) await goOn(tab.page);
    for (const tab of [one, two]) await tab.is("Saved. Details needed.");
    wire.up();
    await one.sendNow();
    for (const words of ["Saved in the first tab.", "Saved in the second tab."]) assert.equal(await arrived(place.admin, words), 1, words);
    const places = wire.pushes.flatMap(({ events }) => events.map(({ bytes }) => JSON.parse(bytes).dseq));
    assert.deepEqual([...new Set(places)].sort(), [1, 2]);
    assert.deepEqual((await place.admin.send("GET", "/v1/attention")).items, []);
  });
});

test("f29: a frozen tab that holds the turn is overtaken, and writes nothing when it wakes", async () => {
  await walkOverWire(async (place, wire) => {
    const one = new Capture(await place.person("care-17"));
    one.device.expects(/Failed to load resource/);
    const two = await anotherTab(one);
    let held = 0;
    wire.rule = ({ path }) => (path === "/v1/push" && (held += 1) === 1 ? "hold" : undefined);
    await quickly(one, "Sent by the tab that froze.");
    await until(two.page, () => held > 0, "the first tab has the turn");
    await freeze(one, "frozen");
    await quickly(two, "Sent by the other tab.");
    await two.page.getByRole("banner").getByRole("link", { name: "All sent", exact: true }).waitFor({ timeout: 120_000 });
    await freeze(one, "active");
    wire.up();
    await one.nothingWaits();
    for (const words of ["Sent by the tab that froze.", "Sent by the other tab."]) assert.equal(await arrived(place.admin, words), 1);
    assert.equal((await place.admin.events()).length, 2);
  });
});

test("f30: a tab that is killed in the middle of sending leaves the turn to the next", async () => {
  await walkOverWire(async (place, wire) => {
    const one = new Capture(await place.person("care-17"));
    one.device.expects(/Failed to load resource/);
    const two = await anotherTab(one);
    wire.onPush("hold");
    await quickly(one, "The tab was killed while it sent this.");
    await until(two.page, () => wire.pushes.length > 0, "it began to send");
    await one.device.kill();
    await two.open("/sync");
    await two.sendNow();
    assert.equal(await arrived(place.admin, "The tab was killed while it sent this."), 1);
  });
});

test("f31: what three tabs write in turns arrives once each, in one chain", async () => {
  await walkOverWire(async (place, wire) => {
    const one = new Capture(await place.person("care-17"));
    const tabs = [one, await anotherTab(one), await anotherTab(one)];
    for (let round = 0; round < 2; round += 1) {
      for (const [number, tab] of tabs.entries()) await quickly(tab, `Round ${round}, tab ${number}.`);
    }
    for (const tab of tabs) await tab.nothingWaits();
    const numbers = wire.pushes.flatMap(({ events }) => events.map(({ bytes }) => JSON.parse(bytes).dseq));
    assert.deepEqual([...new Set(numbers)].sort((a, b) => a - b), [1, 2, 3, 4, 5, 6]);
    assert.equal((await place.admin.events()).length, 6);
  });
});

test("f32: what a closed tab could not send is sent by another", async () => {
  await walkOverWire(async (place, wire) => {
    const one = new Capture(await place.person("care-17"));
    const two = await anotherTab(one);
    wire.down();
    await quickly(one, "The tab was closed before it was sent.");
    await one.page.close();
    await two.waits(1);
    wire.up();
    await two.sendNow();
    assert.equal(await arrived(place.admin, "The tab was closed before it was sent."), 1);
  });
});

test("f86: eight tabs keep one line open for hints, and every one of them still works", async () => {
  await walkOverWire(async (place, wire) => {
    let open = 0;
    wire.rule = ({ path }) => void (open += path === "/v1/hints");
    const one = new Capture(await place.person("care-17"));
    const tabs = [one];
    while (tabs.length < 8) tabs.push(await anotherTab(one));
    await quickly(tabs[7], "Written in the eighth tab.");
    await tabs[7].nothingWaits();
    assert.ok(open <= 3, `${open} lines for hints were opened`);
    // Each that listens and is opened anew leaves the line to the next.
    for (const tab of tabs.slice(0, 7)) await tab.open("/reports");
    assert.ok(open <= 3 + tabs.length, `${open} lines for hints were opened`);
  });
});

test("f19: tabs that clean up long after leave the draft and the photo of another tab alone", async () => {
  await walkOverWire(async (place, wire) => {
    const one = new Capture(await place.person("care-17"));
    one.device.expects(/Failed to load resource/);
    wire.down();
    await quickly(one, "Waits while others clean up.");
    await one.open("/");
    await toTheWords(one);
    await one.page.getByRole("textbox").fill(SAID.say);
    await choose(one, [file("one.jpg", await photo(one.page))]);
    await added(one, 1);
    await one.wroteDown(SAID.say);
    const photos = async () => (await part(one.page, "photo")).map(([key]) => key);
    await until(one.page, async () => (await photos()).length === 3, "its note, the photo and the small one");
    const before = await photos();

    // Past the lease, past a day, past everything that has an age.
    for (const days of [0.01, 2, 200]) {
      await heardInDays(one.page, days);
      const other = await anotherTab(one, days);
      await begin(other, "Begun and thrown away.");
      await other.open("/drafts");
      const thrown = other.page.getByRole("button", { name: /^Delete/ });
      await until(other.page, async () => (await thrown.count()) === 2, "both drafts are shown");
      const card = other.page.locator("li", { hasText: /Medicines/ });
      await card.getByRole("button", { name: /^Delete/ }).click();
      await other.page.getByRole("dialog").getByRole("button", { name: "Delete the draft", exact: true }).click();
      await until(other.page, async () => (await thrown.count()) === 1, "one draft is left");
      await other.page.waitForTimeout(1_000);
      assert.deepEqual(await photos(), before);
      assert.equal(await copies(one.page), 1, "the second copy of what waits");
      await other.page.close();
    }
    await one.open(new URL(one.page.url()).pathname + new URL(one.page.url()).search);
    await one.asked(WORDS);
    assert.equal(await one.page.getByRole("textbox").inputValue(), SAID.say);
    await added(one, 1);
    await one.press("Continue");
    await one.save();
    wire.up();
    await one.sendNow();
    assert.equal(await arrived(place.admin, "Waits while others clean up."), 1);
    assert.equal(await arrived(place.admin, SAID.say), 1);
    await until(one.page, async () => (await keptPhotos(place.server)).length === 2, "the photo arrives");
  });
});
