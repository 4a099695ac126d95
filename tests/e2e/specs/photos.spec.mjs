// Photos: taken without signal, sent after the words, cut off and sent on, seen by the senior; and nothing of where
// they were taken leaves the phone, or stays on it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { carer, carerWithoutSignal } from "../fixtures/carer.mjs";
import { goOn, holdBack } from "../fixtures/disk.mjs";
import { CAMERA, PLACE, file, keptPhotos, photo } from "../fixtures/pictures.mjs";
import { part, until } from "../fixtures/store.mjs";
import { Capture, KEPT } from "../pages/capture.mjs";
import { SAID, WORDS, added, choose, toTheWords } from "../pages/photos.mjs";
import { starting } from "../pages/screen.mjs";

/** Writes words and asks for a photo while the disk is slow: the page dies the moment the browser goes away for it. */
async function diesAtTheCamera(capture, words) {
  const { device, page } = capture;
  await holdBack(page, "draft");
  let isOpen = false;
  const chooser = page.waitForEvent("filechooser").then(() => (isOpen = true));
  await page.getByRole("textbox").fill(words);
  await capture.pressAgain("Choose a photo");
  await page.waitForTimeout(2_000);
  assert.equal(isOpen, false, "no camera while the words are not on the disk");
  await goOn(page);
  await chooser;
  await device.kill();
}

test("f09: the page is killed while the camera is open, and the draft is there with its photo", async () => {
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    const picture = await photo(phone.page);
    await toTheWords(capture);
    await capture.page.getByRole("textbox").fill("Water by the bath.");
    await choose(capture, [file("one.jpg", picture)]);
    await added(capture, 1);
    await diesAtTheCamera(capture, "Water by the bath, and no sign.");

    await phone.openAfterKill();
    await capture.follow("Finish your draft");
    await capture.asked(WORDS);
    assert.equal(await capture.page.getByRole("textbox").inputValue(), "Water by the bath, and no sign.");
    await added(capture, 1);
    await choose(capture, [file("two.jpg", await photo(phone.page, { hue: 20 }))]);
    await added(capture, 2);
    await capture.press("Continue");
    await capture.checking();
    await capture.says("2 photos");
    const record = await capture.save();
    await capture.says(KEPT);
    await place.server.resume();
    await capture.sendNow();
    assert.equal(await place.admin.reportsOf(record), 1);
    await until(capture.page, async () => (await keptPhotos(place.server)).length === 4, "two photos and two small ones");
  });
});

test("f09: the page is killed while the camera is open beside a quick record, and every word is there", async () => {
  await carerWithoutSignal(async ({ phone, capture }) => {
    await capture.follow("Quick record");
    await capture.page.getByRole("main").getByRole("link", { name: starting("Medicines") }).click();
    await capture.is("What nearly happened?");
    await diesAtTheCamera(capture, "Given at eight, due at six.");

    await phone.openAfterKill();
    await capture.follow("Finish your draft");
    await capture.is("What nearly happened?");
    assert.equal(await phone.page.getByRole("textbox").inputValue(), "Given at eight, due at six.");
  });
});

test("f67: four photos arrive with the connection cut after each part, after the words", async () => {
  await carer(async ({ place, phone, capture }) => {
    const order = [];
    // Every second answer about a photo is lost on its way back.
    let number = 0;
    await phone.context.route("**/v1/blob/**", async (route) => {
      if (route.request().method() !== "PATCH") return route.continue();
      order.push("photo");
      const reply = await route.fetch();
      number += 1;
      return number % 2 === 1 ? route.abort("connectionreset") : route.fulfill({ response: reply });
    });
    phone.page.on("request", (request) => request.url().endsWith("/v1/push") && order.push("words"));
    await toTheWords(capture);
    const hues = [10, 100, 190, 280];
    const pictures = await Promise.all(hues.map((hue) => photo(phone.page, { hue, tile: 8 })));
    await choose(capture, pictures.map((picture, index) => file(`${index}.jpg`, picture)));
    await added(capture, 4);
    await until(capture.page, async () => (await capture.page.getByRole("button", { name: "Choose a photo" }).count()) === 0, "no fifth photo");
    await capture.say(WORDS, SAID.say);
    const record = await capture.save();
    const isThere = async () => {
      await capture.page.evaluate(() => window.dispatchEvent(new Event("online")));
      await capture.page.waitForTimeout(200);
      return (await keptPhotos(place.server)).length === 8;
    };
    await until(capture.page, isThere, "four photos and four small ones", { timeout: 90_000 });
    assert.equal(order[0], "words");
    const [report] = (await place.admin.events()).filter((event) => event.record === record);
    const named = report.with.photos.flatMap(({ sha256, thumb }) => [sha256, thumb]).sort();
    const here = (await keptPhotos(place.server)).map((bytes) => createHash("sha256").update(bytes).digest("hex")).sort();
    assert.deepEqual(here, named);
    await until(capture.page, async () => !(await part(phone.page, "photo")).some(([key]) => key.startsWith("full/")), "the phone let the bytes go");
    assert.equal((await part(phone.page, "photo")).filter(([key]) => key.startsWith("thumb/")).length, 4);
  });
});

test("f68: an upload that is held up goes on where it stopped, and new words overtake it", async () => {
  await carer(async ({ place, phone, capture }) => {
    let holding = true;
    let stopped = false;
    const parts = [];
    await phone.context.route("**/v1/blob/**", async (route) => {
      const request = route.request();
      if (request.method() === "PATCH") {
        const { "upload-offset": offset, "upload-length": length } = request.headers();
        if (Number(offset) > 0 && holding) {
          stopped = true;
          return route.abort("connectionreset");
        }
        if (Number(length) > 262_144) parts.push(Number(offset));
      }
      return route.continue();
    });
    await toTheWords(capture);
    await choose(capture, [file("one.jpg", await photo(phone.page, { tile: 8 }))]);
    await added(capture, 1);
    await capture.say(WORDS, SAID.say);
    const record = await capture.save();
    await until(capture.page, async () => stopped && parts.includes(0), "the first part");
    assert.equal(await place.admin.reportsOf(record), 1, "the words did not wait");
    await capture.says(/^1 photo waits for Wi-Fi or signal/);
    await capture.open("/sync");
    await capture.says("1 photo waits for Wi-Fi or signal");
    await capture.is("The words are sent, photos are not yet");
    holding = false;
    const isThere = async () => {
      await capture.page.evaluate(() => window.dispatchEvent(new Event("online")));
      await capture.page.waitForTimeout(200);
      return (await keptPhotos(place.server)).length === 2;
    };
    await until(capture.page, isThere, "the photo", { timeout: 60_000 });
    assert.equal(parts.filter((offset) => offset === 0).length, 1, "the first part went once");
  });
});

test("f71: where and with what a photo was taken leaves no trace on the phone, on the way, or at the service", async () => {
  await carer(async ({ place, phone, capture }) => {
    const sent = [];
    phone.page.on("request", (request) => sent.push(request.postDataBuffer() ?? Buffer.alloc(0)));
    const picture = await photo(phone.page);
    for (const word of [PLACE, CAMERA, "Exif"]) assert.ok(picture.includes(word), `the fixture has ${word}`);
    await toTheWords(capture);
    await choose(capture, [file("IMG_2041 at home.jpg", picture)]);
    await added(capture, 1);
    await capture.say(WORDS, SAID.say);
    await capture.save();
    await until(capture.page, async () => (await keptPhotos(place.server)).length === 2, "the photo");
    const onPhone = await phone.page.evaluate(everyByte);
    const places = { "on the way": sent, "at the service": await keptPhotos(place.server), "on the phone": [Buffer.from(onPhone, "base64")] };
    for (const [where, all] of Object.entries(places)) {
      const bytes = Buffer.concat(all);
      assert.ok(bytes.length > 1_000, `${where} there is something to look at`);
      for (const word of [PLACE, CAMERA, "Exif", "IMG_2041"]) assert.ok(!bytes.includes(word), `${word} ${where}`);
    }
    const database = await readFile(join(place.server.data, "noticed.db"));
    assert.ok(!database.includes(PLACE));
    for (const jpeg of await keptPhotos(place.server)) {
      assert.ok(jpeg.length < 1_000_000);
      assert.equal(jpeg.readUInt16BE(0), 0xffd8);
    }
  });
});

/** All bytes of all photos that the phone keeps. */
async function everyByte() {
  const done = (request) => new Promise((yes, no) => Object.assign(request, { onsuccess: () => yes(request.result), onerror: () => no(request.error) }));
  const database = await done(indexedDB.open("noticed"));
  const rows = await done(database.transaction("photo").objectStore("photo").getAll());
  database.close();
  const bytes = rows.flatMap((row) => (typeof row === "string" ? [...new TextEncoder().encode(row)] : [...(row.bytes ?? row)]));
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.slice(at, at + 32768));
  return btoa(text);
}

test("a file that is no picture is refused in words, and nothing is lost", async () => {
  await carer(async ({ phone, capture }) => {
    await toTheWords(capture);
    await capture.page.getByRole("textbox").fill("Water by the bath.");
    await choose(capture, [file("broken.jpg", Buffer.from("this is no picture"))]);
    await capture.says(/^This file could not be read as a photo\./);
    assert.equal(await capture.page.getByRole("textbox").inputValue(), "Water by the bath.");
    await capture.press("Continue");
    await capture.save();
    assert.deepEqual(phone.faults, []);
  });
});

test("the senior sees the photos, opens one large, and adds one later", async () => {
  await carer(async ({ place, phone, capture }) => {
    const desk = await place.person("snr-03", { size: "desktop" });
    await toTheWords(capture);
    await choose(capture, [file("one.jpg", await photo(phone.page)), file("two.jpg", await photo(phone.page, { hue: 40 }))]);
    await added(capture, 2);
    await capture.press("Remove photo 2");
    await added(capture, 1);
    await capture.say(WORDS, SAID.say);
    const record = await capture.save();
    await until(capture.page, async () => (await keptPhotos(place.server)).length === 2, "the photo");
    const senior = new Capture(desk);
    await senior.open(`/records/${record}`);
    const small = senior.page.getByRole("img", { name: /^Photo 1 of slip or trip surface, added by Ama/ });
    await small.first().waitFor();
    await isDrawn(small.first());
    await small.first().click();
    const large = senior.page.getByRole("dialog").getByRole("img");
    await isDrawn(large);
    const { width } = await large.evaluate(({ naturalWidth }) => ({ width: naturalWidth }));
    assert.equal(width, 1600);
    await senior.press("Close");
    await senior.follow("Add a photo");
    await senior.is("Add a photo");
    await choose(senior, [file("later.jpg", await photo(desk.page, { hue: 300 }))]);
    await senior.page.getByRole("img", { name: /^Photo 1 of slip or trip surface, added by you$/ }).waitFor();
    await senior.page.getByRole("textbox").fill("The sign that now stands there.");
    await senior.press("Save the photos");
    await senior.says("The photos are saved.");
    await until(senior.page, async () => (await keptPhotos(place.server)).length === 4, "the later photo");
    await senior.page.getByRole("img", { name: /^Photo 2 of slip or trip surface, added by you$/ }).first().waitFor();
  });
});

test("the same picture goes with two reports, each for itself", async () => {
  await carer(async ({ place, phone, capture }) => {
    const picture = file("one.jpg", await photo(phone.page));
    const records = [];
    for (let report = 0; report < 2; report += 1) {
      await toTheWords(capture);
      await choose(capture, [picture]);
      await added(capture, 1);
      await capture.say(WORDS, SAID.say);
      records.push(await capture.save());
      await capture.home();
    }
    await until(capture.page, async () => (await keptPhotos(place.server)).length === 2, "the photo, once");
    const reports = (await place.admin.events()).filter(({ record }) => records.includes(record));
    assert.deepEqual(reports.map((event) => event.with.photos.length), [1, 1]);
    assert.deepEqual(reports[0].with.photos, reports[1].with.photos);
    await capture.is("What did you notice?");
    await until(capture.page, async () => !(await part(phone.page, "photo")).some(([key]) => key.startsWith("full/")), "both are delivered");
  });
});

async function isDrawn(image) {
  await until(image.page(), () => image.evaluate((one) => one.complete && one.naturalWidth > 0), "a picture is drawn");
}
