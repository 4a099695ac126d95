// The service worker: the whole build on the device, so that Noticed opens without signal.
// It never touches what a page sends, never takes over while a form is open, and always answers. Where the browser
// wakes it when the signal is back, it sends what waits (docs/decisions/028).

const BUILD = /*PRECACHE*/{"id":"dev","files":[],"whole":[],"apart":[]}/*END*/;
const CACHE = `noticed-build-${BUILD.id}`;
const STATE = "noticed-state";
// Pages that work without the app. They are kept whatever becomes of a build.
const APART = "noticed-apart";
// A build that was opened so often and never started gives way to the one before.
const MOST_TRIES = 3;

const TYPES = {
  css: "text/css",
  html: "text/html",
  js: "text/javascript",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

// How it opens what is sealed: the same script as that of the rescue page.
const SEALED = "/sealed.js";
const policy = globalThis.trustedTypes?.createPolicy("nm-sw", { createScriptURL: (url) => (url === SEALED ? url : null) });
importScripts(policy ? policy.createScriptURL(SEALED) : SEALED);

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(hear(event)));
addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(wake()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(isTheServers(pathname) ? live(event.request) : page(event.request, pathname));
  else if (!isTheServers(pathname)) event.respondWith(file(event.request));
});

// Pages for people outside are the server's, also in a browser that has the app.
function isTheServers(pathname) {
  return /^\/(v1|read|calendar)\//.test(pathname) || pathname === "/healthz";
}

// A build with a hole is worse than yesterday's build. A device that uses the whole app keeps it too.
async function install() {
  await keepAll(APART, BUILD.apart);
  try {
    await keepAll(CACHE, (await usesWhole()) ? [...BUILD.files, ...BUILD.whole] : BUILD.files);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

// All files or none: nothing is put before every one of them is here and right.
async function keepAll(name, files) {
  const cache = await caches.open(name);
  const answers = await Promise.all(files.map(get));
  await Promise.all(files.map(({ url }, at) => cache.put(url, answers[at])));
}

async function get({ url, integrity }) {
  const here = await caches.match(url, { ignoreVary: true });
  if (here && (await isWhole(here.clone(), integrity))) return here;
  // What the page has just loaded is still in the browser's own cache; only a wrong file is asked for again.
  return load(url, integrity, "default").catch(() => load(url, integrity, "reload"));
}

async function load(url, integrity, mode) {
  const answer = await fetch(url, { cache: mode, credentials: "same-origin", redirect: "error" });
  const type = TYPES[/\.(\w+)$/.exec(url)?.[1] ?? "html"];
  const given = answer.headers.get("content-type") ?? "";
  if (answer.status !== 200) throw new Error(`${url}: status ${answer.status}`);
  if (type && !given.startsWith(type)) throw new Error(`${url}: is ${given}, not ${type}`);
  if (!(await isWhole(answer.clone(), integrity))) throw new Error(`${url}: is not the file of this build`);
  return answer;
}

async function isWhole(answer, integrity) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return integrity === `sha256-${btoa(String.fromCharCode(...hash))}`;
}

// The build before this one stays until this one has started well.
async function activate() {
  const before = await builds();
  const state = await remembered();
  if (state.build !== BUILD.id) {
    const last = state.started ?? state.before ?? before.filter((name) => name !== CACHE).at(-1);
    await remember({ build: BUILD.id, before: last, tries: 0 });
  }
  await clients.claim();
}

async function hear({ data, source }) {
  if (data?.type === "take_over") {
    const busy = await isFormOpen();
    if (!busy) await skipWaiting();
    source?.postMessage({ type: "take_over", done: !busy });
  }
  if (data?.type === "keep_whole") {
    // The page may have been loaded while this worker was coming.
    await clients.claim();
    await keepWhole();
  }
  if (data?.type === "started_badly") {
    const state = await remembered();
    if (state.build === BUILD.id && state.started !== CACHE) await remember({ ...state, tries: MOST_TRIES });
  }
  if (data?.type === "started_well") {
    const state = await remembered();
    if (state.build !== BUILD.id || state.fallen_back) return;
    await remember({ build: BUILD.id, started: CACHE, tries: 0 });
    const waiting = registration.waiting ?? registration.installing;
    const old = (await builds()).filter((name) => name !== CACHE);
    if (!waiting) await Promise.all(old.map((name) => caches.delete(name)));
  }
}

// Each tab with an open form holds the lock `editing`, shared.
async function isFormOpen() {
  if (!navigator.locks) return (await clients.matchAll({ type: "window" })).length > 1;
  const { held } = await navigator.locks.query();
  return held.some((lock) => lock.name === "editing" && lock.mode === "shared");
}

// Every address of the app is the same page. The pages that work without it come first: `/rescue`, `/rescue.html`.
async function page(request, pathname) {
  try {
    const apart = await caches.match(pathname.replace(/(\.html)?$/, ".html"), { ignoreVary: true, cacheName: APART });
    if (apart) return apart;
    return (await caches.match("/", { ignoreVary: true, cacheName: await buildToUse() })) ?? (await fetch(request));
  } catch {
    return noSignal();
  }
}

async function live(request) {
  return fetch(request).catch(noSignal);
}

async function noSignal() {
  const said = await caches.match("/no-signal.html", { ignoreVary: true, cacheName: APART });
  return said ?? plain("There is no signal. Open this page again when there is.");
}

// This build, or the one before when this one was opened three times and never started.
async function buildToUse() {
  const state = await remembered();
  if (state.build !== BUILD.id || state.started === CACHE) return CACHE;
  const tries = (state.tries ?? 0) + 1;
  const fallen_back = tries > MOST_TRIES && Boolean(state.before) && (await caches.has(state.before));
  await remember({ ...state, tries, fallen_back });
  return fallen_back ? state.before : CACHE;
}

async function file(request) {
  try {
    const options = { ignoreVary: true, ignoreSearch: true };
    const kept =
      (await caches.match(request, { ...options, cacheName: CACHE })) ??
      (await caches.match(request, { ...options, cacheName: APART })) ??
      (await caches.match(request, options));
    return kept ?? (await ofTheWhole(request)) ?? (await fetch(request));
  } catch {
    return plain("Not on this device.");
  }
}

// The whole app is kept from its first use on, and with each later build.
async function ofTheWhole(request) {
  const { pathname } = new URL(request.url);
  const wanted = BUILD.whole.find(({ url }) => url === pathname);
  if (!wanted) return undefined;
  await keepWhole();
  return caches.match(wanted.url, { cacheName: CACHE });
}

async function keepWhole() {
  const [state, cache] = await Promise.all([caches.open(STATE), caches.open(CACHE)]);
  await state.put("/whole", new Response("yes"));
  const kept = await Promise.all(BUILD.whole.map(({ url }) => cache.match(url)));
  await keepAll(CACHE, BUILD.whole.filter((_, at) => !kept[at]));
}

async function usesWhole() {
  return Boolean(await caches.match("/whole", { cacheName: STATE }));
}

// ---- The signal is back ----

// Entries together in one request, far below what the server takes.
const TOGETHER = 20;

// A window that somebody looks at sends by itself, and writes down what became of each entry.
async function wake() {
  const windows = await clients.matchAll({ type: "window" });
  for (const one of windows) one.postMessage({ type: "outbox" });
  if (!windows.some((one) => one.visibilityState === "visible")) await sendWaiting();
}

// Sends entries word for word as they were signed, and writes nothing here: the app sends them again at its next start,
// hears that they have arrived, and writes that down. A failure is for the browser, which tries again.
async function sendWaiting() {
  const database = await sealed.open();
  database.onversionchange = () => database.close();
  const { device, entries } = await waiting(database).finally(() => database.close());
  while (entries.length) await push(device, entries.splice(0, TOGETHER));
}

async function waiting(database) {
  const notes = await sealed.read(database, "meta");
  const device = sealed.parsed(notes.find(({ key }) => key === "device")?.value);
  const keys = await sealed.keysHere(database);
  const rows = device && keys ? await sealed.read(database, "event") : [];
  const read = await Promise.all(rows.map((row) => sealed.event(keys, row).catch(() => undefined)));
  // Of this enrolment, and without an answer of the server yet.
  const isOwn = ({ slot, note }) => slot.startsWith(`${device.id}/${device.epoch}/`) && !sealed.parsed(note)?.outcome;
  return { device, entries: read.map((row) => row?.value).filter((value) => value && isOwn(value)) };
}

async function push({ id, tenant, epoch }, entries) {
  const events = entries.map(({ bytes, sig }) => ({ bytes, sig }));
  const request = { protocol: 1, tenant, device: id, epoch, server_epoch: null, sent_at: new Date(), nonce: crypto.randomUUID(), events };
  const headers = { "content-type": "application/vnd.noticed+json", "x-noticed-device": id };
  const answer = await fetch("/v1/push", { method: "POST", headers, body: JSON.stringify(request), redirect: "error" });
  if (!answer.ok) throw new Error(`push: status ${answer.status}`);
}

function plain(words) {
  return new Response(words, { status: 503, headers: { "content-type": "text/plain; charset=utf-8" } });
}

async function builds() {
  // The second kind of name is that of the first releases. Caches of other names are not builds.
  return (await caches.keys()).filter((name) => /^noticed-(build-.+|[0-9a-f]{16})$/.test(name));
}

async function remembered() {
  try {
    const kept = await (await caches.open(STATE)).match("/state");
    return kept ? await kept.json() : {};
  } catch {
    return {};
  }
}

async function remember(state) {
  const cache = await caches.open(STATE);
  await cache.put("/state", new Response(JSON.stringify(state)));
}
