// A new version comes while somebody is answering: nothing is lost, and it takes over only when the form is closed.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import { copyOfBuild, makeNewBuild, markOf } from "../fixtures/builds.mjs";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Capture } from "../pages/capture.mjs";
import { HOME } from "../pages/doors.mjs";

test("an open form keeps its answers while a new version waits, and the new version comes afterwards", async () => {
  const dist = await copyOfBuild();
  const story = async (place) => {
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

    await place.server.stop();
    await makeNewBuild(dist, "second");
    await place.server.resume();
    await lookForUpdate(phone.page);
    await until(phone.page, () => isWaiting(phone.page), "the new version waits");
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

    await phone.page.waitForFunction(() => document.documentElement.dataset.mark === "second", null, { timeout: 30_000 });
    await capture.up();
    await capture.is(HOME);
    await capture.nothingWaits();
    const [report] = await place.admin.events();
    assert.equal(report.record, record);
    assert.equal(report.with.text, "Two people with the same first name.");

    // The new version is whole: it opens without the server.
    await phone.hasWholeBuild();
    await place.server.stop();
    await phone.reopen();
    assert.equal(await markOf(phone.page), "second");
    await capture.begin("Place or equipment");
    await capture.asked("Is it safe now?");
  };
  try {
    await walk(story, { server: { dist } });
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
});

test("a new version with a wrong file is not taken", async () => {
  const dist = await copyOfBuild();
  const story = async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    await phone.hasWholeBuild();
    await place.server.stop();
    await makeNewBuild(dist, "second", { torn: true });
    await place.server.resume();
    const failed = await phone.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const ended = new Promise((done) => {
        registration.addEventListener("updatefound", () => {
          const worker = registration.installing;
          worker.addEventListener("statechange", () => done(worker.state));
        });
      });
      await registration.update().catch(() => {});
      return ended;
    });
    assert.equal(failed, "redundant");
    await phone.reopen();
    assert.equal(await markOf(phone.page), "first");
    await new Capture(phone).is(HOME);
  };
  try {
    await walk(story, { server: { dist } });
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
});

async function isWaiting(page) {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting));
}

async function lookForUpdate(page) {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
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
