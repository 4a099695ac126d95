// New versions come while people work: nothing is lost, nothing half-arrived is used, and the old one stays until the
// new one has shown that it starts.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { addresses } from "../fixtures/addresses.mjs";
import { copyOfBuild, deploy, fateOfUpdate, isWaiting, lookForUpdate, makeNewBuild, markOf, stateOfUpdate } from "../fixtures/builds.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { PoisonedWire } from "../fixtures/poisoned_wire.mjs";
import { until } from "../fixtures/store.mjs";
import { Capture } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";

/** A walk with a build of its own, which it may replace. */
async function withBuild(story, options = {}) {
  const dist = await copyOfBuild();
  try {
    await walk((place) => story(place, dist), { ...options, server: { dist, ...options.server } });
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

async function hasMark(phone, mark) {
  const isIt = phone.page.waitForFunction((mark) => (document.documentElement.dataset.mark ?? "first") === mark, mark, { timeout: 60_000 });
  await isIt.catch(async ({ message }) => {
    throw new Error(`the version ${mark} did not come: ${await stateOfUpdate(phone.page)}. ${message}`);
  });
}

/** Somebody at Home: the new version comes by itself. */
async function takes(phone, mark) {
  await lookForUpdate(phone.page);
  await hasMark(phone, mark);
}

test("f21: an open form keeps its answers while a new version waits, and the new version comes afterwards", async () => {
  await withBuild(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    const capture = new Capture(phone);
    await phone.hasWholeBuild();
    await capture.begin("Medicines");
    await capture.answer("Did the wrong medicine reach the person?", "No, it was stopped in time");
    await capture.answer("What nearly happened?", "Wrong person");
    await capture.skip("Which kind of medicine?");
    await capture.answer("Who was it about?", "R-021");
    await capture.answer("How was it noticed?", "By chance");
    await capture.tick("What did you do?", ["Told the senior"]);
    await capture.asked("Tell us what happened (optional)");
    const box = phone.page.getByRole("textbox");
    await box.fill("Two people with the same");

    await deploy(place.server, "second");
    await lookForUpdate(phone.page);
    await until(phone.page, () => isWaiting(phone.page), "the new version waits");
    await capture.says("It comes when this form is closed.");
    // A nudge to take over is refused while the form is open.
    assert.equal(await asksToTakeOver(phone.page), false);
    assert.equal(await markOf(phone.page), "first");
    assert.equal(await box.inputValue(), "Two people with the same");
    await box.press("End");
    await box.pressSequentially(" first name.");
    await capture.press("Continue");
    await capture.checking();
    assert.equal(await markOf(phone.page), "first");
    const record = await capture.save();
    await capture.follow("Go to Home");

    await hasMark(phone, "second");
    await capture.up();
    await capture.is(HOME);
    await capture.nothingWaits();
    const [report] = await place.admin.events();
    assert.equal(report.record, record);
    assert.equal(report.with.text, "Two people with the same first name.");
  });
});

test("f20: a new version opens every screen without signal from the first moment", async () => {
  await withBuild(async (place) => {
    await place.fill();
    const records = await fillRecords(place);
    const shared = await somethingOfEach(place, records);
    const phone = await place.person("rm-01", { size: "desktop" });
    const screen = new Capture(phone);
    await phone.hasWholeBuild();
    const own = await screen.report("Medicines");
    await screen.nothingWaits();
    await screen.open("/");
    await deploy(place.server, "second");
    await takes(phone, "second");
    await place.server.stop();
    // What the browser keeps of its own accord may be gone at any time.
    await (await phone.context.newCDPSession(phone.page)).send("Network.clearBrowserCache");
    await phone.reopen();
    assert.equal(await markOf(phone.page), "second");
    const faults = [];
    for (const address of await addresses({ records, own, ...shared })) {
      await screen.open(address);
      const heading = phone.page.getByRole("heading", { level: 1 }).filter({ visible: true });
      await heading.first().waitFor();
      const words = await heading.first().innerText();
      const main = await phone.page.getByRole("main").innerText();
      if (/not found|No signal|cannot|Getting the rest/i.test(words)) faults.push(`${address} is "${words}"`);
      const [missing] = /no such|not (have )?arrived|not on this (phone|device)|is not here/i.exec(main) ?? [];
      if (missing) faults.push(`${address} says "${missing}": ${main}`);
      if ((await markOf(phone.page)) !== "second") faults.push(`${address} is of another version`);
      const { pathname } = new URL(phone.page.url());
      if (!pathname.startsWith(address.split("?")[0])) faults.push(`${address} leads to ${pathname}`);
    }
    assert.deepEqual(faults, []);
  });
});

/** A story that is told, an audit that is open, and an entry that is kept apart. */
async function somethingOfEach(place, { closed, people: { deputy, manager } }) {
  const words = { noticed: "A wrong dose", changed: "A sheet", different: "None since", consent: "no_name" };
  const story = await deputy.write("share_story", null, { record: closed, ...words });
  const now = new Date();
  const lastMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)).toISOString().slice(0, 7);
  const audit = await manager.write("open_audit", null, { category: "medication", period: lastMonth });
  const lost = await place.quietPerson("care-22");
  await place.admin.send("POST", `/v1/devices/${lost.device}/revoke`, {});
  await assert.rejects(lost.write("report", randomUUID(), { category: "medication" }), /device_revoked/);
  const { items: [apart] } = await place.admin.send("GET", "/v1/attention");
  return { story, audit, apart };
}

test("f20: a new version that does not start gives way to the one before, and the next one comes", async () => {
  await withBuild(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    phone.expects(/TypeError|console: /);
    await phone.hasWholeBuild();
    await deploy(place.server, "second", { dead: true });
    await takes(phone, "second");
    await phone.page.getByRole("heading", { name: "Noticed cannot start here" }).waitFor();
    // One try was enough, with or without signal.
    await place.server.stop();
    await phone.page.getByRole("link", { name: "Try again" }).filter({ visible: true }).click();
    const capture = new Capture(phone);
    await capture.up();
    assert.equal(await markOf(phone.page), "first");
    await capture.report("Place or equipment");
    await capture.home();
    await phone.reopen();
    assert.equal(await markOf(phone.page), "first", "it stays with what works");

    const again = await copyOfBuild();
    await rm(place.server.dist, { recursive: true });
    place.server.dist = again;
    await makeNewBuild(again, "third");
    await place.server.resume();
    await takes(phone, "third");
    await capture.up();
    await capture.nothingWaits();
    assert.equal((await place.admin.events()).length, 1);
    await until(phone.page, async () => (await builds(phone.page)).length === 1, "the older versions are gone");
    await rm(again, { recursive: true });
  });
});

test("f20: a version that is withdrawn goes, what was written stays, and the next version is kept again", async () => {
  await withBuild(async (place, dist) => {
    await place.fill();
    const phone = await place.person("care-17");
    const capture = new Capture(phone);
    await phone.hasWholeBuild();
    await place.server.stop();
    const record = await capture.report("Medicines");
    await capture.home();
    const opened = () => phone.page.evaluate(async () => (await indexedDB.databases()).map(({ name, version }) => `${name} ${version}`));
    const before = await opened();

    // The operator puts a good version there, and takes the bad one away from every device.
    await makeNewBuild(dist, "second");
    place.server.more = ["--withdraw"];
    await place.server.resume();
    await lookForUpdate(phone.page);
    await hasMark(phone, "second");
    await capture.up();
    const kept = () => phone.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("noticed-")));
    await until(phone.page, async () => (await kept()).length === 0, "nothing is kept of the app");
    assert.equal(await phone.page.evaluate(() => Boolean(navigator.serviceWorker.controller)), false);
    assert.deepEqual(await opened(), before);
    await capture.nothingWaits();
    assert.equal(await place.admin.reportsOf(record), 1, "what waited was sent, once");
    // The app asks for its worker at each start, and stands still all the same.
    await phone.page.evaluate(() => Object.assign(window, { stayed: true }));
    await phone.page.evaluate(async () => navigator.serviceWorker.register("/sw.js"));
    await phone.page.waitForTimeout(1_500);
    assert.equal(await phone.page.evaluate(() => window.stayed), true, "no page is loaded again and again");

    await place.server.stop();
    place.server.more = [];
    await place.server.resume();
    await phone.reopen();
    await phone.hasWholeBuild();
    await place.server.stop();
    await phone.reopen();
    assert.equal(await markOf(phone.page), "second", "without signal again");
    await capture.is(HOME);
  });
});

test("f22: a page that stays open while two versions come and go works on, also where it loads the rest late", async () => {
  await withBuild(async (place) => {
    await place.fill();
    // Without a service worker nothing is kept: every file is asked for again.
    // The tool of the walk answers for the worker with nothing, as no browser does.
    const expects = [/reading 'waiting'/];
    const phone = await place.person("rm-01", { size: "desktop", serviceWorkers: "block", expects });
    const files = await phone.page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname).filter((name) => /[0-9a-f]{12,16}\.(js|css)|_bg\.wasm/.test(name)),
    );
    assert.ok(files.length >= 3, files.join());
    await deploy(place.server, "second");
    await deploy(place.server, "third");
    const screen = new Doors(phone);
    for (const name of ["My reports", "Inbox", "Actions", "Manage", "Home"]) {
      await screen.goTo(name);
      await phone.page.getByRole("heading", { level: 1 }).filter({ visible: true }).first().waitFor();
    }
    assert.equal(await markOf(phone.page), "first");
    const answers = await phone.page.evaluate(
      (files) => Promise.all(files.map(async (file) => {
        const answer = await fetch(file, { cache: "reload" });
        return `${answer.status} ${answer.headers.get("content-type").split(";")[0]}`;
      })),
      files,
    );
    for (const answer of answers) assert.match(answer, /^200 (text\/javascript|text\/css|application\/wasm)$/);
    // What no build ever had is never a page.
    phone.expects(/404/);
    const unknown = await phone.page.evaluate(async () => {
      const answer = await fetch("/noticed-app-0123456789abcdef.js");
      return [answer.status, answer.headers.get("content-type")];
    });
    assert.deepEqual(unknown, [404, "text/plain; charset=utf-8"]);
    await screen.open("/");
    assert.equal(await markOf(phone.page), "third");
    await screen.is(HOME);
  });
});

test("f23: a new version of which one file comes as a web page is not taken, and is taken when it is whole", async () => {
  const wire = await PoisonedWire.open();
  const origin = `http://localhost:${wire.port}`;
  const story = async (place) => {
    wire.target = place.server.port;
    await place.fill();
    const phone = await place.person("care-17");
    await phone.hasWholeBuild();
    await deploy(place.server, "second");
    for (const poison of [
      { type: "text/html", body: "<!doctype html><title>Wait</title>" },
      { status: 404, type: "text/plain", body: "gone" },
      { type: "application/wasm", body: "cut sho" },
    ]) {
      wire.poison.set(/_bg\.wasm/, poison);
      assert.equal(await fateOfUpdate(phone.page), "redundant", poison.body);
      wire.poison.clear();
      assert.deepEqual(await builds(phone.page), [], "nothing of it was kept");
    }
    await phone.reopen();
    assert.equal(await markOf(phone.page), "first");
    await takes(phone, "second");
    await place.server.stop();
    await phone.reopen();
    assert.equal(await markOf(phone.page), "second");
    await new Capture(phone).is(HOME);
  };
  // Caches of the version in use are not counted.
  const builds = async (page) => (await page.evaluate(() => caches.keys())).filter((name) => name === "noticed-build-second");
  try {
    await withBuild(story, { server: { origin } });
  } finally {
    wire.close();
  }
});

test("f23: a new version of which one file did not come is looked for again by itself", async () => {
  const wire = await PoisonedWire.open();
  const story = async (place) => {
    wire.target = place.server.port;
    await place.fill();
    const phone = await place.person("care-17");
    await phone.hasWholeBuild();
    await deploy(place.server, "second");
    wire.poison.set(/_bg\.wasm/, { status: 502, type: "text/plain", body: "no" });
    assert.equal(await fateOfUpdate(phone.page), "redundant");
    wire.poison.clear();
    await hasMark(phone, "second");
    await new Capture(phone).up();
  };
  try {
    await withBuild(story, { server: { origin: `http://localhost:${wire.port}` } });
  } finally {
    wire.close();
  }
});

test("f23: a new version with a wrong page is not taken", async () => {
  await withBuild(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    await phone.hasWholeBuild();
    await deploy(place.server, "second", { torn: true });
    assert.equal(await fateOfUpdate(phone.page), "redundant");
    await phone.reopen();
    assert.equal(await markOf(phone.page), "first");
    await new Capture(phone).is(HOME);
  });
});

test("f24: a phone that never gets a new version still sends what it has", async () => {
  await withBuild(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    const capture = new Capture(phone);
    await phone.hasWholeBuild();
    await place.server.stop();
    await phone.reopen();
    const record = await capture.report("Medicines");
    // Five versions later; none of them can be taken.
    for (const mark of ["second", "third", "fourth", "fifth"]) await makeNewBuild(place.server.dist, mark);
    await makeNewBuild(place.server.dist, "sixth", { torn: true });
    await place.server.resume();
    await capture.sendNow();
    assert.equal(await markOf(phone.page), "first");
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

test("f25: without signal every address answers in words", async () => {
  await withBuild(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    await phone.hasWholeBuild();
    await place.server.stop();
    // A file that is not on the device, and the whole app that an unknown address asks for.
    phone.expects(/503/);
    const { page } = phone;
    const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();
    for (const address of ["/read/abc", "/v1/me", "/healthz"]) {
      await page.goto(address);
      await heading("No signal");
    }
    await page.goto("/nothing/here");
    // The small build of a release does not know the addresses of the whole one, and says that it could not get it.
    await heading(/^(Page not found|Getting the rest of Noticed)$/);
    await page.goto("/rescue");
    await heading("Save the reports on this device");
    await page.goto("/paper");
    await heading("Near miss: paper form");
    await page.goto("/");
    const file = await page.evaluate(async () => {
      const answer = await fetch("/icons/none.png");
      return [answer.status, answer.headers.get("content-type"), await answer.text()];
    });
    assert.deepEqual(file, [503, "text/plain; charset=utf-8", "Not on this device."]);
  });
});

async function builds(page) {
  return (await page.evaluate(() => caches.keys())).filter((name) => name.startsWith("noticed-build-"));
}

/** Asks as the app does, and gives the answer of the waiting worker. */
async function asksToTakeOver(page) {
  return page.evaluate(async () => {
    const answer = new Promise((done) => {
      navigator.serviceWorker.addEventListener("message", ({ data }) => data?.type === "take_over" && done(data.done));
    });
    navigator.serviceWorker.startMessages();
    (await navigator.serviceWorker.getRegistration()).waiting.postMessage({ type: "take_over" });
    return answer;
  });
}
