// A phone that has no room left: the words come before the photos, what is told is so, and nothing that was saved is lost.
// It is the browser that refuses, and it does so as a browser does: when the transaction ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { onDisk } from "../fixtures/disk.mjs";
import { file, keptPhotos, photo } from "../fixtures/pictures.mjs";
import { Quota } from "../fixtures/quota.mjs";
import { opened, part, until } from "../fixtures/store.mjs";
import { Capture, KEPT, arrived, quickly } from "../pages/capture.mjs";
import { WORDS, added, choose, toTheWords } from "../pages/photos.mjs";

const BEFORE = "Saved before the phone was full.";
const FULL = "Written on a full phone.";
const SAVE = /^Save (and send )?now$/;

/** A carer without signal, with one report that waits. */
async function onePhone(story) {
  await onDisk(async (place, wire, folder) => {
    const phone = await place.profileOf("care-17", folder);
    const capture = new Capture(phone);
    phone.expects(/Failed to load resource/);
    await phone.hasWholeBuild();
    wire.down();
    await quickly(capture, BEFORE);
    await until(phone.page, () => hasBallast(phone.page), "the ballast");
    await story({ place, wire, phone, capture, quota: await Quota.of(phone) });
  });
}

async function hasBallast(page) {
  return page.evaluate(async () => Boolean(await caches.match("/guard/ballast")));
}

/** What is written down of a part, opened. */
async function texts(page, name) {
  return (await opened(page, name)).map(([, text]) => text);
}

async function isKept(page, name, words) {
  return (await texts(page, name)).filter((text) => text.includes(words)).length;
}

test("f05: on a full phone the ballast makes room for the words, and the photo is told not to be kept", async () => {
  await onePhone(async ({ place, wire, phone, capture, quota }) => {
    const picture = file("one.jpg", await photo(phone.page, { tile: 8 }));
    await capture.open("/");
    await toTheWords(capture);
    await quota.isReached();
    await capture.page.getByRole("textbox").fill(FULL);
    await choose(capture, [picture]);
    await capture.says(/^This phone has no room for the photo\. Your words are kept\./);
    assert.equal(await isKept(phone.page, "draft", FULL), 1, "the words that are told to be kept");
    assert.deepEqual(await part(phone.page, "photo"), [], "nothing is left of the photo");
    assert.ok(!(await hasBallast(phone.page)), "the ballast was given up");
    await capture.press("Continue");
    await capture.save();
    await capture.says(KEPT);
    await capture.waits(2);
    for (const words of [BEFORE, FULL]) assert.equal(await isKept(phone.page, "event", words), 1, words);

    // It opens on the full phone too.
    await phone.reopen();
    await capture.waits(2);
    await quota.isLifted();
    await toTheWords(capture);
    await capture.page.getByRole("textbox").fill("Written when there was room again.");
    await choose(capture, [picture]);
    await added(capture, 1);
    await capture.press("Continue");
    await capture.save();
    wire.up();
    await capture.sendNow();
    for (const words of [BEFORE, FULL, "Written when there was room again."]) assert.equal(await arrived(place.admin, words), 1, words);
    await until(phone.page, async () => (await keptPhotos(place.server)).length === 2, "the photo and the small one");
  });
});

test("f05: a phone without any room gives up its ballast, says that nothing was saved, and saves it when there is room", async () => {
  await onePhone(async ({ place, wire, phone, capture, quota }) => {
    await capture.open("/");
    await capture.follow("Quick record");
    await capture.page.getByRole("main").getByRole("link", { name: /^Medicines/ }).click();
    await capture.is("What nearly happened?");
    const box = capture.page.getByRole("textbox");
    await box.fill("Written before it was full");
    await capture.wroteDown("Written before it was full");
    const [before] = await texts(phone.page, "draft");
    await quota.isPassed();
    await box.fill(FULL);
    await capture.press(SAVE);
    await capture.says(/This phone has no room left, so nothing was saved/);
    assert.equal(await box.inputValue(), FULL, "it can be read and copied");
    assert.equal(await isKept(phone.page, "event", FULL), 0, "as it is told");
    assert.deepEqual(await texts(phone.page, "draft"), [before], "the draft is as it was");
    assert.equal(await isKept(phone.page, "event", BEFORE), 1);
    assert.ok(!(await hasBallast(phone.page)), "the ballast was given up");
    await capture.pressAgain("Choose a photo");
    await capture.says(/This phone has no room left, so nothing was saved/);

    await quota.isLifted();
    await capture.pressAgain(SAVE);
    await capture.is("Saved. Details needed.");
    assert.deepEqual(await texts(phone.page, "draft"), [], "the report took the place of its draft");
    wire.up();
    await capture.sendNow();
    for (const words of [BEFORE, FULL]) assert.equal(await arrived(place.admin, words), 1, words);
  });
});
