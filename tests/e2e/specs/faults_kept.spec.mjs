// What a phone keeps of others is compared with what it was given: rows that a store lost in silence come back, nothing
// that was not sent is touched, and nobody asks for ever.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { carerOverWire } from "../fixtures/carer.mjs";
import { changeNote, holds, loseRows, opened, until } from "../fixtures/store.mjs";
import { arrived, quickly } from "../pages/capture.mjs";

const DIGEST = "/v1/pull/digest";
const CURSOR = "cursor/care-17";
const LOST = "Lost by the store.";

/** How often the phone asked what it should have, and pulled from the first row. */
function counted(wire, deed = () => undefined) {
  const asked = { digests: 0, anew: 0, pulls: 0 };
  wire.rule = ({ path, address }) => {
    if (path === DIGEST) asked.digests += 1;
    if (path === "/v1/pull") asked.pulls += 1;
    if (path === "/v1/pull" && new URL(address, "http://x").searchParams.get("cursor") === "0") asked.anew += 1;
    return deed(path);
  };
  return asked;
}

async function keepsRow(page, words) {
  return (await opened(page, "page")).some(([, rows]) => rows.includes(words));
}

async function isCompared(page) {
  await until(page, async () => JSON.parse(await changeNote(page, CURSOR)).compared, "the first comparison");
}

/** As if the last comparison was two days ago. */
async function anotherDay(page) {
  const at = new Date(Date.now() - 48 * 3_600_000).toISOString();
  await changeNote(page, CURSOR, { compared: { at, misses: false } });
}

/** Two reports are sent and their rows are here; then the app is closed. */
async function twoRows({ phone, capture }) {
  await quickly(capture, "Stays in the store.");
  await quickly(capture, LOST);
  await capture.nothingWaits();
  await holds(phone.page, "page", LOST);
  await isCompared(phone.page);
  await phone.hasWholeBuild();
  await phone.page.goto("/paper.html");
}

async function reported(place) {
  const { doubts } = await place.admin.send("GET", "/v1/log");
  return doubts.map(({ doubt }) => doubt);
}

test("f52: a row that the store lost in silence is noticed the next day and comes back, and what waits is sent", async () => {
  await carerOverWire(async (all) => {
    const { place, wire, phone, capture } = all;
    await twoRows(all);
    wire.down();
    await quickly(capture, "Not sent yet.");
    await phone.page.goto("/paper.html");
    assert.equal(await loseRows(phone.page, LOST), 1);

    let asked = counted(wire, (path) => (path === "/v1/push" ? "refuse" : undefined));
    await capture.open("/");
    await until(phone.page, async () => asked.pulls > 0, "a pull");
    await phone.page.waitForTimeout(1_000);
    assert.deepEqual([asked.digests, asked.anew], [0, 0], "it has compared today");
    assert.ok(!(await keepsRow(phone.page, LOST)));

    await phone.page.goto("/paper.html");
    await anotherDay(phone.page);
    asked = counted(wire, (path) => (path === "/v1/push" ? "refuse" : undefined));
    await capture.open("/");
    await holds(phone.page, "page", LOST);
    await holds(phone.page, "page", "Stays in the store.");
    await until(phone.page, async () => asked.digests === 2, "a look whether it is mended");
    assert.equal(asked.anew, 1);
    await capture.waits(1);
    await until(phone.page, async () => (await reported(place)).length > 0, "the report");
    assert.deepEqual(await reported(place), ["kept_rows_missed"]);

    asked = counted(wire);
    await capture.sendNow();
    for (const words of ["Not sent yet.", "Stays in the store.", LOST]) assert.equal(await arrived(place.admin, words), 1, words);
    assert.deepEqual([asked.digests, asked.anew], [0, 0], "not again today");
    await capture.open("/sync");
    await capture.saysNothingOf(/are missing here/);
  });
});

test("f52: pages that are gone from the store are noticed at the start", async () => {
  await carerOverWire(async (all) => {
    const { place, phone, capture, wire } = all;
    await twoRows(all);
    assert.equal(await loseRows(phone.page), 2);
    const asked = counted(wire);
    await capture.open("/");
    await holds(phone.page, "page", LOST);
    await until(phone.page, async () => asked.digests === 2, "a look whether it is mended");
    assert.equal(asked.anew, 1);
    await until(phone.page, async () => (await reported(place)).length > 0, "the report");
    assert.deepEqual(await reported(place), ["kept_rows_missed"]);
  });
});

/** The same answer about one row more. */
function oneMore(text) {
  const reply = JSON.parse(text);
  delete reply.digest;
  reply.given.rows += 1;
  const told = JSON.stringify(reply).slice(0, -1);
  const digest = createHash("sha256").update("nm.reply.v1").update(told).digest("hex");
  return `${told},"digest":"${digest}"}`;
}

test("f52: a phone that still differs asks once, says so in words, and takes no number over", async () => {
  await carerOverWire(async (all) => {
    const { place, phone, capture, wire } = all;
    await twoRows(all);
    await anotherDay(phone.page);
    const asked = counted(wire, (path) => (path === DIGEST ? oneMore : undefined));
    await capture.open("/");
    await until(phone.page, async () => asked.digests === 2, "the second look");
    await until(phone.page, async () => (await reported(place)).length === 2, "both reports");
    assert.deepEqual((await reported(place)).sort(), ["kept_rows_missed", "kept_rows_still_missed"]);
    await capture.open("/sync");
    await capture.says(/Some entries that the service has are missing here/);
    await capture.sendNow();
    await phone.page.waitForTimeout(1_000);
    assert.deepEqual([asked.digests, asked.anew], [2, 1], "not again before tomorrow");
    assert.ok((await keepsRow(phone.page, LOST)) && (await keepsRow(phone.page, "Stays in the store.")));
  });
});
