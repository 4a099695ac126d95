// The service worker: the whole build on the device, so that Noticed opens without signal.
// It never touches what is sent, never takes over while a form is open, and always answers.

const BUILD = /*PRECACHE*/{"id":"dev","files":[],"whole":[]}/*END*/;
const CACHE = `noticed-${BUILD.id}`;
const STATE = "noticed-state";

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

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(hear(event)));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || isTheServers(pathname)) return;
  event.respondWith(mode === "navigate" ? page(event.request, pathname) : file(event.request));
});

// Pages for people outside are the server's, also in a browser that has the app.
function isTheServers(pathname) {
  return /^\/(v1|read|calendar)\//.test(pathname) || pathname === "/healthz";
}

// All files or none: a build with a hole is worse than yesterday's build. A device that uses the whole app keeps it too.
async function install() {
  const cache = await caches.open(CACHE);
  try {
    const wanted = (await usesWhole()) ? [...BUILD.files, ...BUILD.whole] : BUILD.files;
    await Promise.all(wanted.map((file) => keep(cache, file)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, { url, integrity }) {
  const here = await caches.match(url, { ignoreVary: true });
  if (here && (await isWhole(here.clone(), integrity))) return cache.put(url, here);
  // What the page has just loaded is still in the browser's own cache; only a wrong file is asked for again.
  const answer = await load(url, integrity, "default").catch(() => load(url, integrity, "reload"));
  return cache.put(url, answer);
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
    const last = state.started ?? before.filter((name) => name !== CACHE).at(-1);
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

// Every address of the app is the same page. Files that are pages of their own come first.
async function page(request, pathname) {
  try {
    const own = pathname.endsWith(".html") && (await caches.match(pathname, { ignoreVary: true, cacheName: CACHE }));
    if (own) return own;
    const kept = await caches.match("/", { ignoreVary: true, cacheName: await buildToUse() });
    return kept ?? (await fetch(request));
  } catch {
    return (await caches.match("/rescue.html", { ignoreVary: true })) ?? plain("Noticed cannot be opened without signal.");
  }
}

// This build, or the one before when this one was opened three times and never started.
async function buildToUse() {
  const state = await remembered();
  if (state.build !== BUILD.id || state.started === CACHE) return CACHE;
  const tries = (state.tries ?? 0) + 1;
  const fallen_back = tries > 3 && Boolean(state.before) && (await caches.has(state.before));
  await remember({ ...state, tries, fallen_back });
  return fallen_back ? state.before : CACHE;
}

async function file(request) {
  try {
    const options = { ignoreVary: true, ignoreSearch: true };
    const kept =
      (await caches.match(request, { ...options, cacheName: CACHE })) ?? (await caches.match(request, options));
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
  const missing = async ({ url }) => !(await cache.match(url));
  await Promise.all(BUILD.whole.map(async (file) => (await missing(file)) && keep(cache, file)));
}

async function usesWhole() {
  return Boolean(await caches.match("/whole", { cacheName: STATE }));
}

function plain(words) {
  return new Response(words, { status: 503, headers: { "content-type": "text/plain; charset=utf-8" } });
}

async function builds() {
  return (await caches.keys()).filter((name) => name.startsWith("noticed-") && name !== STATE);
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
