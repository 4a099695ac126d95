// The app does not start any more, or cannot send: what is only on the phone reaches the server as a file.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { Looker, lookOnce } from "../fixtures/axe.mjs";
import { carer, carerWithoutSignal } from "../fixtures/carer.mjs";
import { walk } from "../fixtures/people.mjs";
import { file as picture, keptPhotos, photo } from "../fixtures/pictures.mjs";
import { BINARY } from "../fixtures/server.mjs";
import { Capture } from "../pages/capture.mjs";
import { Doors } from "../pages/doors.mjs";
import { Manage } from "../pages/manage.mjs";
import { SAID, WORDS, added, choose, toTheWords } from "../pages/photos.mjs";
import { Rescue } from "../pages/rescue.mjs";
import { Screen } from "../pages/screen.mjs";

/** The kept app is spoilt on the disk: it never starts again on this phone. */
async function spoilApp(page) {
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const headers = { "content-type": "application/wasm" };
        if (request.url.endsWith(".wasm")) await cache.put(request, new Response("spoilt", { headers }));
      }
    }
  });
}

test("f26: an app that does not start gives what it holds as a file, and each report arrives once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-rescue-"));
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    await phone.reopen();
    const records = [];
    for (const kind of ["Medicines", "Place or equipment"]) {
      records.push(await capture.report(kind));
      await capture.home();
    }
    await capture.begin("Distress or behaviour");
    await capture.answer("Was anyone hurt?", "No, it was settled in time");
    await capture.asked("Did anyone hold, block or restrict the person?");

    await spoilApp(phone.page);
    phone.expects(/console: |integrity/);
    await phone.page.goto("/");
    await phone.page.getByRole("heading", { name: "Noticed cannot start here" }).waitFor();
    await phone.page.getByRole("link", { name: "Save the reports that are still on this device" }).filter({ visible: true }).click();
    const rescue = new Rescue(phone);
    await rescue.here();
    await rescue.says("Only on this device: 2 entries.");
    await rescue.says(/^Near miss report, .* at [1-9]\d?:\d\d[ap]m$/);
    const looker = new Looker();
    await looker.look(phone.page, "/rescue");
    const file = await rescue.save();
    await looker.look(phone.page, "/rescue, saved");
    assert.deepEqual(looker.faults, []);
    for (const words of ["Took out 5 mg", "Water on the floor", "near miss", "noticed_rescue"]) assert.ok(!file.includes(words), words);

    // By the operator, while the server rests.
    const path = join(folder, "phone.nmrescue");
    await writeFile(path, file);
    const { stdout } = await promisify(execFile)(BINARY, ["import-rescue", "--data", place.server.data, path]);
    assert.match(stdout, /^ +2 {2}taken in$/m);
    await place.server.resume();
    for (const record of records) assert.equal(await place.admin.reportsOf(record), 1);
    const [report] = await place.admin.events();
    assert.equal(report.with.text, "Took out 5 mg, the record said 3 mg.");
    assert.equal(report.by, "care-17");

    // By a manager, in the app; nothing comes twice.
    const manager = await place.person("rm-01");
    const manage = new Manage(manager);
    await manage.begin();
    await manage.list("Rescue file");
    await manager.page.getByLabel("Choose the rescue file").setInputFiles(path);
    await manage.says("Everything in the file is here");
    await manage.says("Here already");
    await looker.look(manager.page, "/admin/rescue");
    assert.deepEqual(looker.faults, []);
    assert.equal((await place.admin.events()).length, 2);

    // The phone gets its app again, sends the same, and goes on.
    await phone.page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await phone.page.goto("/");
    await capture.up();
    await capture.sendNow();
    assert.equal((await place.admin.events()).length, 2);
  });
  await rm(folder, { recursive: true });
});

test("f26: a photo that was never sent arrives with the file, and the phone hears of it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-rescue-"));
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    await toTheWords(capture);
    await choose(capture, [picture("one.jpg", await photo(phone.page, { tile: 8 }))]);
    await added(capture, 1);
    await capture.say(WORDS, SAID.say);
    const record = await capture.save();
    await spoilApp(phone.page);
    await phone.page.goto("/rescue");
    const rescue = new Rescue(phone);
    await rescue.here();
    await rescue.says("Only on this device: 1 entry and 1 photo.");
    const file = await rescue.save();
    assert.ok(file.length > 262_144, "the photo is in it");
    assert.ok(!file.includes("JFIF"), "sealed");
    const path = join(folder, "phone.nmrescue");
    await writeFile(path, file);
    const { stdout } = await promisify(execFile)(BINARY, ["import-rescue", "--data", place.server.data, path]);
    assert.match(stdout, /^ +1 {2}taken in\n +1 {2}photos, taken in$/m);
    await place.server.resume();
    const [report] = (await place.admin.events()).filter((event) => event.record === record);
    const named = report.with.photos.flatMap(({ sha256, thumb }) => [sha256, thumb]).sort();
    const here = (await keptPhotos(place.server)).map((bytes) => createHash("sha256").update(bytes).digest("hex")).sort();
    assert.deepEqual(here, named);

    const manager = await place.person("rm-01");
    const manage = new Manage(manager);
    await manage.begin();
    await manage.list("Rescue file");
    await manager.page.getByLabel("Choose the rescue file").setInputFiles(path);
    await manage.says("Everything in the file is here");

    // The phone gets its app again, asks what the service has of the photo, and has nothing to send.
    phone.expects(/console: |integrity/);
    await phone.page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await phone.page.goto("/");
    await capture.up();
    await capture.sendNow();
    await capture.is("Everything is sent");
    assert.equal((await keptPhotos(place.server)).length, 2);
  });
  await rm(folder, { recursive: true });
});

test("f26: a device that never heard the key of the provider asks for it, when nobody is signed in too", async () => {
  await carer(async ({ phone, capture }) => {
    // It may ask for rows once more before the page is left.
    phone.expects(/401/);
    await phone.page.route("**/v1/push", (route) => route.abort("connectionrefused"));
    await capture.report("Medicines");
    await phone.context.clearCookies();
    await phone.page.goto("/rescue");
    await phone.page.evaluate(async () => {
      const done = (request) => new Promise((yes, no) => Object.assign(request, { onsuccess: () => yes(request.result), onerror: () => no(request.error) }));
      const database = await done(indexedDB.open("noticed"));
      await done(database.transaction("meta", "readwrite").objectStore("meta").delete("rescue_key"));
      database.close();
    });
    await phone.page.reload();
    const rescue = new Rescue(phone);
    await rescue.here();
    const file = await rescue.save();
    assert.equal(file.subarray(0, 8).toString(), "NMRESCUE");
    assert.ok(!file.includes("Took out 5 mg"), "it is encrypted");
  });
});

/** Moments at which the memory of the app is spoilt, so that what its WebAssembly does next ends in a trap. */
const MOMENTS = {
  "at a press": () => addEventListener("click", () => globalThis.spoilMemory(), { capture: true, once: true }),
  "while it waits for the browser": () => {
    const { encrypt } = SubtleCrypto.prototype;
    SubtleCrypto.prototype.encrypt = async function (...given) {
      const sealed = await encrypt.apply(this, given);
      globalThis.spoilMemory();
      return sealed;
    };
  },
};

/** From the next page on, the memory of the app can be spoilt. */
async function watchMemory({ context }) {
  await context.addInitScript(() => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const plain = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await plain.apply(WebAssembly, given);
        const { memory } = (made.instance ?? made).exports;
        globalThis.spoilMemory = () => new Uint8Array(memory.buffer).fill(0xff);
        return made;
      };
    }
  });
}

for (const [moment, spoil] of Object.entries(MOMENTS)) {
  test(`f26: a crash in the middle of a form, ${moment}, offers the way on, and the draft is still there`, async () => {
    await carer(async ({ phone, capture }) => {
      // What the browser calls such an end.
      phone.expects(/^page error: (unreachable|table index is out of bounds|memory access out of bounds)$/);
      await watchMemory(phone);
      await phone.reopen();
      await capture.begin("Medicines");
      await capture.answer("Did the wrong medicine reach the person?", "No, it was stopped in time");
      await capture.asked("What nearly happened?");
      const address = phone.page.url();
      await phone.page.evaluate(spoil);
      await capture.answer("What nearly happened?", "Wrong time");
      await capture.is("Noticed has stopped");
      assert.match(await phone.page.evaluate(() => localStorage.getItem("noticed.last_crash")), /^RuntimeError: .*\.wasm:/s);
      assert.equal(phone.page.url(), address, "no answer stands in the address");
      assert.deepEqual(await lookOnce(phone.page), []);
      await phone.page.getByRole("link", { name: "Save the reports that are still on this device" }).filter({ visible: true }).click();
      await new Rescue(phone).here();
      await phone.page.getByRole("link", { name: "Open Noticed", exact: true }).click();
      await capture.up();
      await capture.follow("Finish your draft");
      await capture.asked("What nearly happened?");
    });
  });
}

test("f47: the rescue page is offered before somebody signs out with unsent reports, and says when there is nothing", async () => {
  await walk(async (place) => {
    const stranger = await place.device();
    await stranger.page.goto("/rescue");
    await new Screen(stranger).says(/^There are no reports on this device/);
    await place.fill();
    const phone = await place.person("care-17");
    const capture = new Capture(phone);
    await phone.hasWholeBuild();
    await place.server.stop();
    await capture.report("Medicines");
    await new Doors(phone).open("/settings");
    await capture.press("Sign out");
    await phone.page.getByRole("dialog").getByRole("link", { name: "Save the reports as a file" }).click();
    await new Rescue(phone).here();
    await phone.page.goto("/sync");
    await capture.up();
    await phone.page.getByRole("main").getByRole("link", { name: "Save the reports as a file" }).click();
    await new Rescue(phone).here();
  });
});
