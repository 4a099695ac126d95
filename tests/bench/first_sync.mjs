// The first sync of an empty device, beside PouchDB that replicates the same bytes from its own server into the same
// browser: one document for each record, with the rows of that record, so that PouchDB has as few documents as it can.
// Printed as one JSON object; nothing here passes or fails. `cargo xtask bench first-sync` runs it with
// NOTICED_BENCH_LINKS, one for each run.

import { Device, openBrowser } from "../e2e/fixtures/browser.mjs";
import { HOME } from "../e2e/pages/doors.mjs";
import { PouchServer } from "./pouch_server.mjs";

const PASSWORD = "violet kettle 42";
const PATIENCE_MS = 15 * 60_000;

const [person] = process.argv.slice(2);
const links = process.env.NOTICED_BENCH_LINKS.split(" ");
const browser = await openBrowser();
try {
  const [noticed, pouchdb] = [[], []];
  let documents;
  let server;
  for (const link of links) {
    const { device, ...measured } = await syncOfNoticed(link);
    noticed.push(measured);
    documents ??= await documentsOf(device);
    await device.context.close();
    server ??= await PouchServer.start(documents);
    pouchdb.push(await syncOfPouch(server));
  }
  await server.stop();
  const rows = documents.reduce((sum, document) => sum + document.rows.length, 0);
  const report = { documents: documents.length, rows, bytes: JSON.stringify(documents).length, noticed, pouchdb };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
}
// Connections that PouchDB keeps open would hold up the end.
process.exit(0);

/** From the first question for rows until all of them are on the disk, and shown. */
async function syncOfNoticed(link) {
  const device = await Device.open(browser, new URL(link).origin, { label: "bench", size: "desktop" });
  const { page } = device;
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Sign-in name").fill(person);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.evaluate(() => performance.setResourceTimingBufferSize(5_000));
  page.on("request", (request) => (device.asks ??= new URL(request.url()).pathname === "/v1/pull" ? request : undefined));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: HOME }).waitFor();
  const measured = await page.evaluate(untilFilled, PATIENCE_MS);
  return { device, ...measured };
}

/** The cursor lies open in the store: written in one transaction with the rows that it counts. */
async function untilFilled(patience) {
  const store = await new Promise((done, failed) => {
    const request = indexedDB.open("noticed");
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const cursor = async () => {
    const range = IDBKeyRange.bound("cursor", "cursor\uffff");
    const request = store.transaction("meta").objectStore("meta").getAll(range);
    const kept = await new Promise((done) => (request.onsuccess = () => done(request.result)));
    return kept.map((text) => JSON.parse(text)).find((cursor) => cursor.next > 0);
  };
  const asked = () => performance.getEntriesByType("resource").filter((entry) => new URL(entry.name).pathname === "/v1/pull");
  const until = performance.now() + patience;
  for (;;) {
    const reached = await cursor();
    if (reached && !reached.filling) break;
    if (performance.now() > until) throw new Error("the device is not filled");
    await new Promise((done) => setTimeout(done, 25));
  }
  // The tasks that were waiting: folding the rows, and drawing them.
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const ended = performance.now();
  store.close();
  const pages = asked();
  const waited = pages.reduce((sum, page) => sum + page.duration, 0);
  return {
    ms: Math.round(ended - Math.min(...pages.map((page) => page.startTime))),
    pages: pages.length,
    waiting_for_answers_ms: Math.round(waited),
    kilobytes_packed: Math.round(pages.reduce((sum, page) => sum + page.encodedBodySize, 0) / 1024),
    kilobytes: Math.round(pages.reduce((sum, page) => sum + page.decodedBodySize, 0) / 1024),
  };
}

/** The same rows once more, by record. What is of no record, such as an audit, fills documents of the usual length. */
async function documentsOf(device) {
  const headers = await device.asks.allHeaders();
  const [records, others] = [new Map(), []];
  const path = new URL(device.asks.url());
  let [cursor, scope] = [0, ""];
  for (;;) {
    path.search = new URLSearchParams({ cursor, scope, limit: 500 });
    const reply = await device.context.request.get(path.href, { headers: { "x-noticed-device": headers["x-noticed-device"], accept: headers.accept } });
    const page = await reply.json();
    for (const row of page.rows) {
      const { record } = row.event;
      if (!record) others.push(row);
      else if (records.has(record)) records.get(record).push(row);
      else records.set(record, [row]);
    }
    [cursor, scope] = [page.next, page.scope];
    if (!page.more) break;
  }
  const documents = Array.from(records, ([_id, rows]) => ({ _id, rows }));
  const usual = Math.ceil(documents.reduce((sum, { rows }) => sum + rows.length, 0) / documents.length);
  for (let from = 0; from < others.length; from += usual) {
    documents.push({ _id: `others-${from}`, rows: others.slice(from, from + usual) });
  }
  return documents;
}

async function syncOfPouch(server) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${server.origin}/page`);
  const measured = await page.evaluate(async (database) => {
    performance.setResourceTimingBufferSize(20_000);
    const here = new PouchDB("records");
    await here.info();
    const started = performance.now();
    const result = await PouchDB.replicate(database, here);
    return { ms: Math.round(performance.now() - started), written: result.docs_written, requests: performance.getEntriesByType("resource").length };
  }, server.database);
  await context.close();
  return measured;
}
