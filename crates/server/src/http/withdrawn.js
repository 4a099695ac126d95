// Stands in for the service worker while the app that devices keep is withdrawn (`noticed serve --withdraw`). It takes
// away what was kept of the app, and then itself. What people wrote lies in a database that it never opens.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(withdraw()));

async function withdraw() {
  const kept = (await caches.keys()).filter((name) => name.startsWith("noticed-"));
  await Promise.all(kept.map((name) => caches.delete(name)));
  await registration.unregister();
  // The app asks for its worker at each start. Only the first time is there something to take away, and a page to load anew.
  if (kept.length > 0 && !(await isFormOpen())) await loadAnew();
}

// A form that is open stays as it is; its page loads anew when it is closed.
async function isFormOpen() {
  const { held } = (await navigator.locks?.query()) ?? { held: [] };
  return held.some((lock) => lock.name === "editing" && lock.mode === "shared");
}

async function loadAnew() {
  const windows = await clients.matchAll({ type: "window" });
  await Promise.all(windows.map((one) => one.navigate(one.url).catch(() => {})));
}
