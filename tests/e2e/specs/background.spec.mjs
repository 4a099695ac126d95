// Browsers that wake the service worker when the signal is back: what waits goes without a window, once, and the phone
// learns of it later. The browser is told to wake it here, as it would by itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carer, carerWithoutSignal } from "../fixtures/carer.mjs";
import { part, until } from "../fixtures/store.mjs";

const TAG = "outbox";

/** The browser's own wake-up call for the worker of this device, from a page that is not of the app. */
async function wakeWorker(page, origin) {
  const session = await page.context().newCDPSession(page);
  const known = new Promise((done) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(origin) && !isDeleted);
      if (own) done(own.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await known;
  return () => session.send("ServiceWorker.dispatchSyncEvent", { origin, registrationId, tag: TAG, lastChance: false });
}

test("with no window of the app open, what waits is sent by the worker, and only once", async () => {
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    await phone.reopen();
    const records = [];
    for (const kind of ["Medicines", "Place or equipment"]) {
      records.push(await capture.report(kind));
      await capture.home();
    }
    const before = await part(phone.page, "event");
    await phone.page.close();
    phone.page = await phone.context.newPage();
    const wake = await wakeWorker(phone.page, place.server.origin);
    // No signal after all: the worker fails, and nothing is lost.
    await wake();
    await phone.page.waitForTimeout(500);
    await place.server.resume();
    await wake();
    await until(phone.page, async () => (await place.admin.events()).length === 2, "both reports are there");
    for (const record of records) assert.equal(await place.admin.reportsOf(record), 1);
    // Nothing was written on the phone: it still has to hear of it.
    await phone.page.goto("/rescue");
    assert.deepEqual(await part(phone.page, "event"), before);
    await phone.page.goto("/");
    await capture.up();
    await capture.sendNow();
    await capture.open("/");
    await capture.nothingWaits();
    assert.equal((await place.admin.events()).length, 2, "nothing twice");
  });
});

test("a window that somebody looks at is told, and sends by itself", async () => {
  await carerWithoutSignal(async ({ place, phone, capture }) => {
    await phone.reopen();
    const record = await capture.report("Medicines");
    const wake = await wakeWorker(phone.page, place.server.origin);
    await place.server.resume();
    await wake();
    await capture.says(/^Sent at /);
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

test("a report that is saved without signal asks the browser to wake the worker", async () => {
  await carer(async ({ phone, capture }) => {
    await phone.hasWholeBuild();
    await phone.page.addInitScript(() => {
      window.asked = [];
      SyncManager.prototype.register = async (tag) => void window.asked.push(tag);
    });
    await phone.page.reload();
    await capture.up();
    await phone.context.setOffline(true);
    await capture.report("Medicines");
    await until(phone.page, () => phone.page.evaluate((tag) => window.asked.includes(tag), TAG), "the browser was asked");
  });
});
