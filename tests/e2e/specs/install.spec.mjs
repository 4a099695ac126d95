// The app can be installed, opens by itself afterwards, and its page says nothing wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carer } from "../fixtures/carer.mjs";
import { walk } from "../fixtures/people.mjs";
import { Doors } from "../pages/doors.mjs";

const NO_BLAME = "We look for causes, not blame.";

test("the app can be installed", async () => {
  await carer(async ({ place, phone }) => {
    await phone.hasWholeBuild();
    const session = await phone.context.newCDPSession(phone.page);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    // A window of a test is a private window, which is the one thing that cannot be installed.
    const errors = installabilityErrors.map((error) => error.errorId).filter((error) => error !== "in-incognito");
    assert.deepEqual(errors, []);
    const { url, data, errors: faults } = await session.send("Page.getAppManifest");
    assert.deepEqual(faults, []);
    assert.equal(url, `${place.server.origin}/manifest.webmanifest`);
    const manifest = JSON.parse(data);
    assert.equal(manifest.id, "/");
    assert.equal(manifest.display, "standalone");
    assert.ok(!("orientation" in manifest), "people hold devices as they need to");
    const purposes = manifest.icons.map((icon) => icon.purpose);
    assert.ok(purposes.includes("any") && purposes.includes("maskable"));
    for (const shortcut of manifest.shortcuts) {
      await new Doors(phone).open(shortcut.url);
      await phone.page.getByRole("heading", { level: 1 }).waitFor();
      assert.ok(new URL(phone.page.url()).pathname.startsWith(shortcut.url), phone.page.url());
    }
    for (const icon of [...manifest.icons, ...manifest.screenshots]) {
      const reply = await fetch(new URL(icon.src, place.server.origin));
      assert.equal(reply.headers.get("content-type"), icon.type, icon.src);
    }
  });
});

test("on a small phone the ways to record and the words about blame are in sight", async () => {
  await carer(async ({ phone }) => {
    // Without the news that this phone has joined.
    await phone.reopen();
    const bar = await phone.page.getByRole("navigation", { name: "Main" }).boundingBox();
    const main = phone.page.getByRole("main");
    const seen = [main.getByRole("link", { name: /^Distress or behaviour/ }), main.getByRole("link", { name: "Quick record" }), main.getByText(NO_BLAME, { exact: true })];
    for (const what of seen) {
      const { y, height } = await what.boundingBox();
      assert.ok(y + height <= bar.y, `${await what.textContent()} ends at ${y + height}, the bar begins at ${bar.y}`);
    }
  });
});

test("the first page can be tapped before the app is up, and the tap counts", async () => {
  await carer(async ({ phone }) => {
    await phone.page.close();
    const slow = await phone.context.newPage();
    // The app itself comes late.
    await slow.addInitScript(() => {
      const { instantiateStreaming } = WebAssembly;
      WebAssembly.instantiateStreaming = async (...args) => {
        await new Promise((go) => (globalThis.letAppStart = go));
        return instantiateStreaming(...args);
      };
    });
    await slow.goto("/");
    await slow.getByRole("heading", { level: 1, name: "What did you notice?" }).waitFor();
    await slow.getByText(NO_BLAME, { exact: true }).filter({ visible: true }).waitFor();
    await slow.getByRole("link", { name: /^Place or equipment/ }).click();
    assert.equal(await slow.evaluate(() => document.documentElement.dataset.app), undefined);
    await slow.waitForFunction(() => globalThis.letAppStart);
    await slow.evaluate(() => globalThis.letAppStart());
    await slow.getByRole("heading", { level: 1, name: "Is it safe now?" }).waitFor();
  });
});

test("pages that do not need the app open without it", async () => {
  await walk(async (place) => {
    const phone = await place.device();
    for (const [address, heading] of [
      ["/paper.html", /near miss/i],
      ["/rescue.html", /.+/],
    ]) {
      await phone.page.goto(address);
      await phone.page.getByRole("heading", { level: 1, name: heading }).waitFor();
    }
  });
});
