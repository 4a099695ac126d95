// A phone that its manager took off the list: it sends what is only on it, and then nothing is left of the app. Never
// before, and never because somebody else said so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PASSWORD, inviteStaff } from "../fixtures/provider.mjs";
import { file, photo } from "../fixtures/pictures.mjs";
import { part, until } from "../fixtures/store.mjs";
import { walkOverWire } from "../fixtures/wire.mjs";
import { Capture, KEPT, SHORT } from "../pages/capture.mjs";
import { Doors } from "../pages/doors.mjs";

const REMOVED = "This phone was removed";
const WORDS = "Tell us what happened (optional)";
const SAID = SHORT.Medicines[WORDS].say;

async function phoneOf(place) {
  const phone = await place.person("care-17");
  // The browser names each refusal; they are what this walk is about.
  phone.expects(/status of (401|403|409|503)/);
  return { phone, capture: new Capture(phone) };
}

async function remove(place, phone) {
  const { devices } = await place.admin.send("GET", "/v1/devices");
  const { id } = devices.find((device) => device.people.some((person) => person.id === "care-17"));
  await place.admin.send("POST", `/v1/devices/${id}/revoke`, {});
  await ask(phone);
  return id;
}

/** As when the signal comes back. */
const ask = (phone) => phone.page.evaluate(() => window.dispatchEvent(new Event("online")));

/** What the browser still has of this address. */
const traces = (phone) =>
  phone.page.evaluate(async () => {
    const files = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      notes: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      files,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    };
  });

const NOTHING = { databases: [], caches: [], notes: [], files: [], workers: 0 };

test("a removed phone sends what it has, then forgets all", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await phoneOf(place);
    await phone.hasWholeBuild();
    await capture.begin("Place or equipment");
    await capture.walk(SHORT["Place or equipment"]);
    const sent = await capture.save();
    await capture.nothingWaits();
    await capture.home();
    wire.down();
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.save();
    await capture.says(KEPT);

    // The service hears it and cannot keep it: nothing is deleted, however often it says so.
    wire.rule = ({ path }) => (path === "/v1/push" ? { status: 503 } : undefined);
    await remove(place, phone);
    await capture.is(REMOVED);
    await capture.says("1 entry is still to send. Nothing is deleted before.");
    await capture.saysNothingOf("Slip or trip");
    await ask(phone);
    await phone.page.waitForTimeout(1_000);
    assert.equal((await part(phone.page, "event")).length, 2);
    await phone.reopen();
    await ask(phone);
    await capture.is(REMOVED);
    assert.equal((await part(phone.page, "event")).length, 2);

    wire.up();
    await until(phone.page, async () => (await ask(phone), (await phone.page.getByText("Every report that was saved on it was sent first").count()) > 0), "forgotten");
    assert.deepEqual(await traces(phone), NOTHING);
    const { items } = await place.admin.send("GET", "/v1/attention");
    assert.deepEqual(items.map(({ reason, with: said }) => [reason, said.text]), [["device_revoked", SAID]]);
    assert.equal(await place.admin.reportsOf(sent), 1);

    // The phone can join again, as another one, and has nothing of the old one.
    await capture.follow("Enter a code");
    const { code } = await inviteStaff(place.admin, "care-22");
    await new Doors(phone).joinAsPerson(code);
    await phone.page.goto("/reports");
    await capture.saysNothingOf("Slip or trip");
  });
});

test("f74: an order that the service did not sign wipes nothing", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await phoneOf(place);
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.save();
    await capture.nothingWaits();
    const [, told] = (await part(phone.page, "meta")).find(([key]) => key === "device");
    const { id: device, epoch } = JSON.parse(told);
    const wipe = { device, epoch, at: 1_790_000_000_000_000, sig: Buffer.alloc(64, 7).toString("base64url") };
    const body = JSON.stringify({ code: "device_revoked", sentence: "This device was removed.", wipe });
    wire.rule = ({ path }) => (path === "/v1/pull" ? { status: 403, type: "application/vnd.noticed+json", body } : undefined);
    const before = (await part(phone.page, "event")).length;
    await ask(phone);
    await capture.says("nothing on it was deleted");
    assert.equal((await part(phone.page, "event")).length, before);
    assert.ok((await part(phone.page, "key")).length > 0, "the keys are there");
    wire.up();
    await phone.reopen();
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    assert.equal(await place.admin.reportsOf(await capture.save().then(async (id) => (await capture.nothingWaits(), id))), 1);
  });
});

test("a photo that does not get through is waited for, and not for ever", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await phoneOf(place);
    wire.rule = ({ path }) => (path.startsWith("/v1/blob/") ? { status: 503 } : undefined);
    await capture.begin("Medicines");
    const { [WORDS]: say, ...before } = SHORT.Medicines;
    await capture.walk(before);
    await capture.asked(WORDS);
    const chooser = phone.page.waitForEvent("filechooser");
    await capture.press("Choose a photo");
    await (await chooser).setFiles([file("one.jpg", await photo(phone.page))]);
    await phone.page.getByRole("img", { name: /^Photo 1 of/ }).waitFor();
    await capture.say(WORDS, say.say);
    await capture.save();
    await capture.says(/^Sent at /);
    await remove(place, phone);
    await capture.is(REMOVED);
    await capture.says("1 photo is still to send. What is not sent after 10 minutes is deleted.");
    const since = async () => (await part(phone.page, "meta")).some(([key]) => key === "words_sent_at");
    await until(phone.page, since, "it counts from when the words were sent");
    await phone.page.evaluate(async () => {
      const done = (request) => new Promise((yes, no) => Object.assign(request, { onsuccess: () => yes(request.result), onerror: () => no(request.error) }));
      const database = await done(indexedDB.open("noticed"));
      const earlier = JSON.stringify(new Date(Date.now() - 11 * 60_000).toISOString());
      await done(database.transaction("meta", "readwrite").objectStore("meta").put(earlier, "words_sent_at"));
      database.close();
    });
    await ask(phone);
    await capture.says("1 photo could not be sent in time. The words are kept.");
    assert.deepEqual(await traces(phone), NOTHING);
  });
});

/** The answer to a push, if the service had kept every entry apart. */
const keptApart = (told) => {
  // Without the stamp of the text, as of an older service.
  const { digest: _, ...reply } = JSON.parse(told);
  const apart = { outcome: "quarantined", reason: "actor_not_on_device", sentence: "The person named as its author has never signed in on that device." };
  return JSON.stringify({ ...reply, receipts: reply.receipts.map(({ hash }) => ({ hash, ...apart })) });
};

test("f37: a report that is kept apart promises no senior, and its author finds it", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await phoneOf(place);
    const rule = ({ path }) => (path === "/v1/push" ? keptApart : path === "/v1/pull" ? "refuse" : undefined);
    wire.rule = rule;
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    const record = await capture.save();
    const TRUTH = "It arrived, and is kept for the Registered Manager, who decides what becomes of it.";
    for (const address of [`/saved/${record}`, "/reports", `/reports/${record}`, "/sync"]) {
      if (address !== `/saved/${record}`) await capture.open(address);
      await capture.says(TRUTH);
      await capture.saysNothingOf(/looks at it|Sent at|You will see what was decided/);
    }
    await capture.open(`/reports/${record}`);
    await capture.says(SAID);
  });
});

test("f37: what a manager dealt with is over for whoever wrote it", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await phoneOf(place);
    wire.down();
    const changes = [
      { kind: "site", id: "oak", value: { name: "Oak House" } },
      { kind: "staff", id: "care-17", value: { name: "Ama", roles: { oak: ["reporter"] } } },
    ];
    await place.admin.send("POST", "/v1/directory", { changes, password: PASSWORD });
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    const record = await capture.save();
    wire.up();
    await ask(phone);
    const APART = "It arrived, and is kept for the Registered Manager, who decides what becomes of it.";
    await capture.says(APART);
    await capture.open("/reports");
    await capture.says("Kept apart");

    const { items } = await place.admin.send("GET", "/v1/attention");
    const { kind, id } = items.find((item) => item.record === record);
    await place.admin.send("POST", "/v1/attention", { kind, id, said: "Nobody else is to read this" });
    await capture.open("/reports");
    for (const address of ["/reports", `/reports/${record}`]) {
      if (address !== "/reports") await capture.open(address);
      await capture.says(/^The Registered Manager dealt with it /);
      await capture.says("Dealt with");
      await capture.saysNothingOf(APART);
      await capture.saysNothingOf(/Nobody else is to read this/);
    }
    await capture.says(SAID);
    await capture.open("/sync");
    await capture.saysNothingOf("Kept apart");
  });
});

test("f47, f57: whose every role has ended keeps nothing that they could read, and what they wrote is sent", async () => {
  await walkOverWire(async (place, wire) => {
    const { phone, capture } = await phoneOf(place);
    const roles = (roles) => place.admin.send("POST", "/v1/directory", { changes: [{ kind: "staff", id: "care-17", value: { name: "Ama", roles } }] });
    await phone.hasWholeBuild();
    await capture.begin("Place or equipment");
    await capture.walk(SHORT["Place or equipment"]);
    await capture.save();
    await capture.nothingWaits();
    await until(phone.page, async () => (await part(phone.page, "page")).length > 0, "its own report came back");
    await capture.home();
    wire.down();
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    const unsent = await capture.save();
    await capture.home();

    // Words that nobody stamped take nothing away.
    const body = JSON.stringify({ code: "no_role_now", sentence: "You have no role." });
    wire.rule = ({ path }) => (path.startsWith("/v1/") ? { status: 403, type: "application/vnd.noticed+json", body } : undefined);
    await ask(phone);
    await phone.page.waitForTimeout(1_000);
    assert.ok((await part(phone.page, "page")).length > 0, "the pages are there");

    wire.down();
    await roles({});
    wire.rule = ({ path }) => (path === "/v1/push" ? "refuse" : undefined);
    await ask(phone);
    await capture.is("Sign in");
    await capture.says("You have no role at any site now");
    const left = async (name) => (await part(phone.page, name)).map(([key]) => key);
    assert.deepEqual(await left("page"), []);
    assert.deepEqual((await left("meta")).filter((key) => /^(me|directory|cursor\/.*)$/.test(key)), []);
    const [, row] = (await part(phone.page, "key")).find(([key]) => key === "person/care-17");
    assert.doesNotMatch(row, /"(device|pin|passkey)"/, "nothing here opens their key");
    assert.equal((await left("event")).length, 2, "what they wrote is there");
    await phone.reopen();
    await capture.says("You have no role at any site now");

    wire.up();
    await until(phone.page, async () => (await ask(phone), await phone.page.waitForTimeout(200), (await place.admin.send("GET", "/v1/attention")).items.length + (await place.admin.reportsOf(unsent)) > 0), "what was not sent arrives");
    assert.deepEqual(await left("page"), []);
  });
});
