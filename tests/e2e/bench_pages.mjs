// The heavy pages over a data folder that `cargo xtask seed --year` wrote, at a quarter of the speed; printed as one
// JSON object, nothing here passes or fails. `cargo xtask bench pages` starts the server and runs it with
// NOTICED_BENCH_LINK, one part after the other: measures, inbox, evidence.

import { Device, openBrowser } from "./fixtures/browser.mjs";
import { HOME } from "./pages/doors.mjs";

const CPU = 4;
const RUNS = 7;
const PASSWORD = "violet kettle 42";
/** No new page of rows for so long: all of the log is here. */
const QUIET_MS = 6_000;
/** A frame later than this is felt while scrolling. */
const FELT_MS = 50;

const [part, person] = process.argv.slice(2);
const PARTS = { measures, inbox, evidence };
const browser = await openBrowser();
try {
  const device = await comeIn(process.env.NOTICED_BENCH_LINK);
  const report = { [part]: { kept_in_store: await hasAll(device.page), ...(await PARTS[part](device)) } };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
}

/** From a tap on Home until the first picture of everything on this device is on the screen, and until all are drawn. */
async function measures(device) {
  await device.hasWholeBuild();
  const opened = await taps(device, "/measures", ".pictures svg");
  const whole = await taps(device, "/measures", ".pictures:not([aria-busy]) svg");
  const { value, worst } = figure("all", whole, 0).all;
  return {
    conditions: { cpu_slowdown: CPU, runs: RUNS },
    ...figure("measures_first_paint", opened, 300),
    measures_all_drawn: { unit: "ms", value, worst },
  };
}

/** The same for the inbox, then how evenly it scrolls. */
async function inbox(device) {
  const { page } = device;
  const opened = await taps(device, "/inbox?all=1", "main li");
  const drawn = await page.locator("main li").count();
  const says = await page.locator("main").evaluate((main) => /[\d,]+ waiting/.exec(main.innerText)?.[0] ?? null);
  const scrolled = await scroll(device);
  return {
    conditions: { cpu_slowdown: CPU, runs: RUNS, page_says: says, rows_drawn: drawn },
    ...figure("inbox_first_paint", opened, 200),
    scrolling: scrolled,
  };
}

/** A pack of the last twelve months of everything on this device, made without the server. */
async function evidence(device) {
  const { page } = device;
  await device.hasWholeBuild();
  await follow(page, "/evidence");
  await page.getByText("The last twelve months", { exact: true }).click();
  const otherSites = page.locator('input[name="sites"]:not(:checked)');
  for (const id of await otherSites.evaluateAll((all) => all.map((box) => box.id))) await page.locator(`label[for="${id}"]`).click();
  await page.context().setOffline(true);
  const started = Date.now();
  await page.getByRole("button", { name: "Make the pack" }).click();
  await page.getByText("The pack is ready").first().waitFor({ timeout: 120_000 });
  const took = Date.now() - started;
  const words = await page.locator(".pack-made").innerText();
  return {
    conditions: { cpu_slowdown: 1, offline: true, page_says: /[\d,]+ records?\. [\d,]+ KB/.exec(words)?.[0] ?? null },
    ...figure("evidence_pack", [took], 5_000),
  };
}

async function comeIn(link) {
  const device = await Device.open(browser, new URL(link).origin, { label: "bench", size: "desktop" });
  const { page } = device;
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Sign-in name").fill(person);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: HOME }).waitFor();
  return device;
}

/** Waits until the device has pulled everything; gives the number of rows that it keeps. */
async function hasAll(page) {
  let [rows, since] = [-1, Date.now()];
  for (;;) {
    const now = await page.evaluate(keptRows);
    if (now !== rows) [rows, since] = [now, Date.now()];
    else if (rows > 0 && Date.now() - since > QUIET_MS) return rows;
    await page.waitForTimeout(500);
  }
}

/** Rows in every store of every database of this origin. */
async function keptRows() {
  let sum = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, failed) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).count();
      sum += await new Promise((done) => (request.onsuccess = () => done(request.result)));
    }
    database.close();
  }
  return sum;
}

/** Follows a link inside the app, as a tap on it does. */
async function follow(page, path, ready = null) {
  return page.evaluate(
    ([path, ready]) =>
      new Promise((done) => {
        const words = () => document.querySelector("main h1")?.textContent;
        const before = words();
        const link = Object.assign(document.createElement("a"), { href: path });
        document.body.append(link);
        const start = performance.now();
        link.click();
        link.remove();
        const look = () => {
          const there = words() && words() !== before && (!ready || document.querySelector(ready));
          // The frame in which it stands there has been shown when the next task runs.
          if (there) setTimeout(() => done(performance.now() - start));
          else if (performance.now() - start > 60_000) done(null);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    [path, ready],
  );
}

/** Milliseconds from the tap to the paint, several times, coming from Home. */
async function taps(device, path, ready = null) {
  const { page } = device;
  const session = await device.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    times.push(await follow(page, path, ready));
    if (run + 1 < RUNS) await follow(page, "/");
  }
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return times;
}

/** Turns the wheel from the top to far down: gaps between frames, and tasks that block. */
async function scroll(device) {
  const { page } = device;
  const session = await device.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await page.mouse.move(300, 500);
  await page.evaluate(() => {
    globalThis.frames = [];
    globalThis.blocks = [];
    new PerformanceObserver((list) => globalThis.blocks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
    let last = performance.now();
    const frame = (now) => {
      globalThis.frames.push(now - last);
      last = now;
      globalThis.request = requestAnimationFrame(frame);
    };
    globalThis.request = requestAnimationFrame(frame);
  });
  for (let turn = 0; turn < 80; turn += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(30);
  }
  const { frames, blocks } = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.request);
    return { frames: globalThis.frames.slice(1), blocks: globalThis.blocks };
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  frames.sort((one, other) => one - other);
  const felt = frames.filter((gap) => gap > FELT_MS).length;
  return {
    frames: frames.length,
    gap_p50_ms: round(at(frames, 0.5)),
    gap_p95_ms: round(at(frames, 0.95)),
    gap_max_ms: round(frames.at(-1)),
    felt_gaps: felt,
    long_tasks: blocks.length,
    longest_task_ms: round(Math.max(0, ...blocks)),
    budget: { felt_share: 0.05 },
    ok: felt / frames.length <= 0.05,
  };
}

/** The middle one counts. */
function figure(name, times, budget) {
  const sorted = times.filter((time) => time !== null).sort((one, other) => one - other);
  const value = sorted.length > 0 ? round(at(sorted, 0.5)) : null;
  return { [name]: { unit: "ms", value, first: round(times[0]), worst: round(sorted.at(-1)), budget, ok: value !== null && value <= budget } };
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function round(value) {
  return Math.round(value * 10) / 10;
}
