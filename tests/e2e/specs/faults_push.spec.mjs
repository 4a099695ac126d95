// Sending over bad networks and past bad answers: nothing is lost, nothing is doubled, nothing blocks the rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, until } from "../fixtures/store.mjs";
import { HTML, walkOverWire } from "../fixtures/wire.mjs";
import { Capture, arrived, quickly } from "../pages/capture.mjs";

const OURS = "application/vnd.noticed+json";

/** A carer at a phone whose every request goes through the wire. */
async function carer(place) {
  const phone = await place.person("care-17");
  // The browser itself reports answers that the walk makes up.
  phone.expects(/Failed to load resource/);
  return new Capture(phone);
}

/** The answer to a push, with one receipt for another event. */
function forAnother(text) {
  const reply = JSON.parse(text);
  reply.receipts[0].hash = "0".repeat(64);
  return JSON.stringify(reply);
}

for (const deed of ["cut", "twice"]) {
  test(`f33: a push whose ${deed === "cut" ? "reply is lost" : "request arrives twice"} after the commit is one record`, async () => {
    await walkOverWire(async (place, wire) => {
      const capture = await carer(place);
      wire.onPush(deed, 3);
      await quickly(capture, "Two tablets in one pot.");
      await capture.sendNow();
      assert.equal(await arrived(place.admin, "Two tablets in one pot."), 1);
      assert.equal((await place.admin.events()).length, 1);
    });
  });
}

test("f35: no status and no page of another makes the outbox forget anything", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    wire.onPush("refuse", Infinity);
    await quickly(capture, "The dose was written twice.");
    await capture.waits(1);
    await capture.sendingLine.click();
    const statuses = [201, 204, 301, 304, 400, 404, 409, 410, 413, 422, 429, 500, 502, 503, 504, 511, 599];
    for (const [number, status] of statuses.entries()) {
      for (const type of [number % 2 ? "text/html" : OURS]) {
        let asked = 0;
        const body = [204, 304].includes(status) ? "" : `{"nonce":"","receipts":[]}`;
        const answer = { status, type, body, headers: status === 301 ? { location: "/paper.html" } : {} };
        wire.rule = ({ path }) => (path === "/v1/push" ? ((asked += 1), answer) : undefined);
        await capture.pressAgain("Try now");
        await until(capture.page, () => asked > 0, `a push that is answered ${status}`);
        await capture.waits(1);
      }
    }
    wire.up();
    await capture.pressAgain("Try now");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "The dose was written twice."), 1);
  });
});

test("f36: the page of a Wi-Fi, half an answer and somebody else's receipt are no receipt", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    const lies = {
      "a page": HTML,
      "a page that claims to be ours": { ...HTML, type: OURS },
      "nothing": { status: 204 },
      "half an answer": (text) => text.slice(0, -20),
      "a receipt for another event": forAnother,
      "an old answer": (text) => text.replace(/"nonce":"[^"]*"/, `"nonce":"of-yesterday"`),
    };
    wire.onPush("refuse", Infinity);
    await quickly(capture, "The strip was not opened.");
    await capture.sendingLine.click();
    for (const [what, deed] of Object.entries(lies)) {
      let asked = 0;
      wire.rule = ({ path }) => (path === "/v1/push" ? ((asked += 1), deed) : undefined);
      await capture.pressAgain("Try now");
      await until(capture.page, () => asked > 0, `a push that is answered with ${what}`);
      await capture.waits(1);
    }
    wire.up();
    await capture.pressAgain("Try now");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "The strip was not opened."), 1);
  });
});

test("f38: an entry that the service cannot take, first, in the middle or last, holds up no other", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    wire.down();
    const words = ["First poison.", "Second.", "Third poison.", "Fourth.", "Fifth poison."];
    for (const word of words) await quickly(capture, word);
    await capture.waits(5);
    wire.rule = ({ path, text }) => (path === "/v1/push" && text.includes("poison") ? { status: 500 } : undefined);
    await capture.sendingLine.click();
    await capture.press("Try now");
    await until(capture.page, async () => wire.pushes.some(({ events }) => events.length === 1 && !events[0].bytes.includes("poison")), "the good ones go alone");
    await capture.waits(3);
    wire.up();
    await capture.sendNow();
    for (const word of words) assert.equal(await arrived(place.admin, word), 1, word);
  });
});

test("f39: what failed once is sent without anybody doing anything", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    wire.onPush({ status: 503, headers: { "retry-after": "2" } });
    await quickly(capture, "Told the night senior.");
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Told the night senior."), 1);
  });
});

test("f45: every attempt sends the same bytes of an event", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    // Until the end: the app also tries by itself, and what has got through is not tried again.
    wire.onPush({ status: 500 }, Infinity);
    await quickly(capture, "The label was torn.");
    for (let times = 0; times < 3; times += 1) {
      const before = wire.pushes.length;
      await capture.open("/sync");
      await capture.press(/^(Try now|Sending)$/);
      await until(capture.page, () => wire.pushes.length > before, "another attempt");
    }
    wire.up();
    await capture.sendNow();
    const sent = wire.pushes.flatMap(({ events }) => events.map(({ bytes, sig }) => bytes + sig));
    assert.ok(sent.length >= 3, `${sent.length} attempts`);
    assert.equal(new Set(sent).size, 1, "nothing in an event changes between attempts");
    assert.equal(new Set(wire.pushes.map(({ nonce }) => nonce)).size, wire.pushes.length, "each attempt has its own nonce");
    assert.equal(await arrived(place.admin, "The label was torn."), 1);
  });
});

test("f46: a line that takes only small requests gets them one by one", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    wire.down();
    const words = ["one", "two", "three", "four"].map((word) => `Entry ${word}: ${word.repeat(200)}.`);
    for (const word of words) await quickly(capture, word);
    wire.rule = ({ path, text }) => (path === "/v1/push" && text.length > 3_000 ? { status: 413 } : undefined);
    await capture.sendNow();
    for (const word of words) assert.equal(await arrived(place.admin, word), 1);
  });
});

test("f53: an old answer out of somebody's cache is not taken for news", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    const kept = new Map();
    wire.rule = ({ method, address }) => {
      if (method !== "GET" || !address.startsWith("/v1/pull")) return undefined;
      if (kept.has(address)) return { status: 200, type: OURS, body: kept.get(address) };
      return (text) => (kept.set(address, text), text);
    };
    await quickly(capture, "Seen by the cache.");
    await capture.nothingWaits();
    const [report] = await place.admin.events();
    const senior = await place.quietPerson("snr-05");
    await senior.write("ask", report.record, { text: "Which pot was it?" }, { seen: await senior.version(report.record) });
    await capture.sendNow();
    await capture.open(`/reports/${report.record}`);
    await capture.says("Which pot was it?");
  });
});

test("f58: an emptied service makes the phone delete nothing of its own", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    await quickly(capture, "Before the service was emptied.");
    let pulls = 0;
    wire.rule = ({ path }) => void (pulls += path === "/v1/pull");
    await capture.sendNow();
    await until(capture.page, () => pulls > 0, "the phone knows how much the service has");
    await capture.says("Everything is sent");
    await holds(capture.page, "page", "Before the service was emptied.");
    // As a server that was set up anew under the old name: whole, and without its seal.
    const empty = { rows: [], next: 0, more: false, head: { seq: 0, chain: "0".repeat(64) }, digest: undefined };
    let asked = 0;
    wire.rule = ({ path }) => {
      if (path !== "/v1/pull") return undefined;
      asked += 1;
      return (text) => JSON.stringify({ ...JSON.parse(text), ...empty });
    };
    await capture.pressAgain("Try now");
    await until(capture.page, () => asked > 0, "a pull from the empty service");
    await capture.says(/The service shows an older copy/);
    const [report] = await place.admin.events();
    await capture.open(`/reports/${report.record}`);
    await capture.says("Before the service was emptied.");
    wire.up();
    await capture.sendNow();
    assert.equal(await arrived(place.admin, "Before the service was emptied."), 1);
  });
});

test("f60: what was cut off by closing the app goes on at the next start", async () => {
  await walkOverWire(async (place, wire) => {
    const capture = await carer(place);
    await capture.device.hasWholeBuild();
    wire.onPush("hold", Infinity);
    await quickly(capture, "Closed while it was sending.");
    await until(capture.page, () => wire.pushes.length > 0, "it began to send");
    await capture.device.kill();
    wire.up();
    await capture.device.openAfterKill();
    await capture.nothingWaits();
    assert.equal(await arrived(place.admin, "Closed while it was sending."), 1);
  });
});
