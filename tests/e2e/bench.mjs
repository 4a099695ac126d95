// Measures in a real browser, printed as one JSON object; nothing here passes or fails.
// `cargo xtask bench walks` runs it, with NOTICED_BINARY and NOTICED_DIST as for the walks. The time that saving takes
// is measured in a build with the feature `bench`, in NOTICED_BENCH_DIST.

import { Device, openBrowser } from "./fixtures/browser.mjs";
import { CountingWire } from "./fixtures/counting_wire.mjs";
import { fillProvider, inviteStaff } from "./fixtures/provider.mjs";
import { Server } from "./fixtures/server.mjs";
import { Capture } from "./pages/capture.mjs";
import { Doors, HOME } from "./pages/doors.mjs";

const CPU = 4;
/** Slow 4G: bytes a second, milliseconds. */
const NETWORK = { offline: false, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, latency: 150 };
/** Each part takes a minute; a browser that answers nothing must not be waited for all day. */
const STANDS_STILL_MS = 300_000;
const RUNS = 5;
const WALKS = 4;
/** Measured by others in the same conditions, in milliseconds. */
const ENKETO = { cold_ms: 2_100, warm_ms: 700 };
const ODK_WEB_FORMS = { cold_ms: 7_100 };

const browser = await openBrowser();
try {
  const report = {
    ...(await inTime("saving and rules", savingAndRules)),
    ...(await inTime("starts", starts)),
    first_visit: await inTime("the first visit", firstVisit),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
}

async function inTime(name, part) {
  const timer = setTimeout(() => {
    console.error(`The browser stood still for five minutes at ${name}. Run it again.`);
    process.exit(1);
  }, STANDS_STILL_MS);
  try {
    return await part();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Validate, seal, chain, sign and commit, beside a raw write of the same bytes; then fold long logs, and take one
 * record more, with every rule running.
 */
async function savingAndRules() {
  const dist = process.env.NOTICED_BENCH_DIST;
  if (!dist) return { saving_not_measured: "NOTICED_BENCH_DIST names no build with the feature bench" };
  return withServer({ dist }, async (server) => {
    const device = await Device.open(browser, server.origin, { label: "bench" });
    await device.page.goto("/bench");
    await device.page.locator("#bench[data-done=true]").waitFor({ timeout: 300_000 });
    const result = JSON.parse(await device.page.locator("#bench").textContent());
    await device.context.close();
    const { ratio_p50, ratio_p95, ...saving } = result.saving;
    return { saving: { ...saving, ratio_p50: atMost(ratio_p50, 2.0), ratio_p95: atMost(ratio_p95, 2.5) }, rules_in_browser: result.rules, pack_in_browser: result.pack, pages_in_browser: result.pages };
  });
}

/** How long it takes until Home can be used, and from a tap to the next question. */
async function starts() {
  return withServer({}, async (server) => {
    const admin = await fillProvider(server);
    const { code } = await inviteStaff(admin, "care-17");
    const device = await Device.open(browser, server.origin, { label: "bench" });
    await new Doors(device).joinAsPerson(code);
    await device.hasWholeBuild();
    const [cold, warm] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      await forgetBuild(device);
      cold.push(await start(device));
      await device.hasWholeBuild();
      warm.push(await start(device));
    }
    const taps = await tapsToNextQuestion(device);
    await device.context.close();
    return {
      conditions: { cpu_slowdown: CPU, down_mbps: 1.6, up_mbps: 0.75, latency_ms: NETWORK.latency, runs: RUNS },
      cold_start: { ...middle(cold), target_ms: 4_000, enketo_ms: ENKETO.cold_ms, odk_web_forms_ms: ODK_WEB_FORMS.cold_ms },
      warm_start: { ...middle(warm), target_ms: 1_500, enketo_ms: ENKETO.warm_ms },
      tap_to_next_question: { ...taps, target_ms: 50 },
    };
  });
}

/** The build, not what the person kept: as after the browser made room. */
async function forgetBuild(device) {
  const session = await device.context.newCDPSession(device.page);
  const { origin } = device;
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "service_workers,cache_storage" });
  await session.send("Network.clearBrowserCache");
}

async function start(device) {
  await device.page.close();
  device.page = await device.context.newPage();
  const session = await device.context.newCDPSession(device.page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", NETWORK);
  await device.page.addInitScript(noteWhenUsable, "What did you notice?");
  await device.page.goto("/", { waitUntil: "commit" });
  await device.page.waitForFunction(() => globalThis.usableAt, null, { timeout: 60_000 });
  const times = await device.page.evaluate(() => ({
    first_paint_ms: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null,
    usable_ms: globalThis.usableAt,
  }));
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return times;
}

/** Usable: the app has drawn Home, and the browser has shown it. */
function noteWhenUsable(heading) {
  const look = () => {
    const up = document.documentElement.dataset.app === "up";
    const drawn = [...document.querySelectorAll("h1")].some((node) => !node.closest("#first") && node.textContent.trim() === heading);
    if (up && drawn) setTimeout(() => (globalThis.usableAt = performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From the tap until the browser has shown the next question; each answer is on the disk by then. */
async function tapsToNextQuestion(device) {
  const capture = new Capture(device);
  const session = await device.context.newCDPSession(device.page);
  await session.send("Network.emulateNetworkConditions", { ...NETWORK, downloadThroughput: -1, uploadThroughput: -1, latency: 0 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  await device.page.evaluate(noteTaps);
  for (let walk = 0; walk < WALKS; walk += 1) {
    await capture.begin("Medicines");
    await capture.walk({
      "Did the wrong medicine reach the person?": "No, it was stopped in time",
      "What nearly happened?": "Wrong dose or amount",
      "Which kind of medicine?": "Blood thinner",
      "Who was it about?": "R-014",
      "How was it noticed?": "I checked the label",
    });
    await capture.asked("What did you do?");
    await capture.press("Save and finish later");
    await capture.is(HOME);
  }
  const taps = await device.page.evaluate(() => globalThis.taps);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  taps.sort((one, other) => one - other);
  return { taps: taps.length, p50_ms: round(at(taps, 0.5)), p95_ms: round(at(taps, 0.95)) };
}

function noteTaps() {
  globalThis.taps = [];
  const words = () => document.querySelector("main h1")?.textContent;
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest("button.tile")) return;
      const [from, before] = [event.timeStamp, words()];
      const look = () => {
        if (words() === before || !words()) requestAnimationFrame(look);
        else setTimeout(() => globalThis.taps.push(performance.now() - from));
      };
      requestAnimationFrame(look);
    },
    true,
  );
}

/** What goes over the wire when a phone opens the app for the first time, with what the service worker takes. */
async function firstVisit() {
  const wire = await CountingWire.open(0);
  try {
    return await withServer({ origin: `http://localhost:${wire.port}` }, async (server) => {
      wire.target = server.port;
      const device = await Device.open(browser, server.origin, { label: "bench" });
      await device.page.goto("/");
      await device.page.waitForFunction(() => document.documentElement.dataset.app === "up");
      await device.hasWholeBuild();
      await device.page.waitForLoadState("networkidle");
      await device.context.close();
      const requests = wire.requests.filter((address) => address !== "/healthz");
      return { requests: requests.length, kilobytes: round(wire.bytes / 1024), target_requests: 8, target_kilobytes: 450, addresses: requests };
    });
  } finally {
    wire.close();
  }
}

async function withServer(options, use) {
  const server = await Server.start(options);
  try {
    return await use(server);
  } finally {
    await server.remove();
  }
}

function middle(times) {
  const of = (name) => times.map((time) => time[name]).sort((one, other) => one - other);
  return { first_paint_ms: round(at(of("first_paint_ms"), 0.5)), usable_ms: round(at(of("usable_ms"), 0.5)), worst_ms: round(Math.max(...of("usable_ms"))) };
}

function atMost(value, budget) {
  return { value, at_most: budget, verdict: value <= budget ? "met" : "missed" };
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function round(value) {
  return Math.round(value * 10) / 10;
}
