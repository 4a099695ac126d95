(function () {
  var d = document, h = d.documentElement, s = h.dataset;
  function kept(key) { try { return JSON.parse(localStorage.getItem("noticed." + key)); } catch (e) { return null; } }
  var theme = kept("theme"), size = kept("text_size"), enrolled = kept("enrolled") === true;
  s.boot = "yes";
  if (theme === "light" || theme === "dark") s.theme = theme;
  if (size === "large" || size === "largest") s.textSize = size;
  s.enrolled = enrolled;
  s.first = location.pathname !== "/" ? "plain" : enrolled ? "home" : "welcome";

  // The square of an invitation is the only thing that is written as text and read as HTML.
  if (window.trustedTypes) trustedTypes.createPolicy("default", {
    createHTML: function (x) { return /^<svg [^<]*(<(rect|path) [^<]*>)*<\/svg>$/.test(x) && !/\son\w+\s*=/i.test(x) ? x : null; },
    createScriptURL: function (x) { return x === "/sw.js" ? x : null; }
  });

  // A tap before the app is up is kept; the app acts on it.
  addEventListener("click", function (e) {
    var a = e.target.closest && e.target.closest("a[data-early]"), old = d.querySelector("[data-tapped]");
    if (!a || s.app) return;
    e.preventDefault();
    if (old) delete old.dataset.tapped;
    a.dataset.tapped = "true";
    try { sessionStorage.setItem("noticed.tap", a.getAttribute("href")); } catch (e) { location.href = a.href; }
  }, true);

  // When the app itself breaks, what was saved is safe: say so, and offer the way on.
  function broke(e) {
    var error = e.error || e.reason;
    if (typeof WebAssembly !== "object" || !(error instanceof WebAssembly.RuntimeError)) return;
    try { localStorage.setItem("noticed.last_crash", String(error.stack || error)); } catch (e) { /* Nowhere to keep it. */ }
    if (s.app !== "up") startedBadly();
    s.app = "broken";
    var title = d.getElementById("broken-title");
    if (title) title.focus();
  }
  addEventListener("error", broke);
  addEventListener("unhandledrejection", broke);

  // The app sends what is in a form. Where it broke, the browser would: its words would stand in an address.
  addEventListener("submit", function (e) { e.preventDefault(); }, true);

  // A new build that does not start gives way to the one before (sw.js).
  function startedBadly() {
    var worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (worker) worker.postMessage({ type: "started_badly" });
  }

  function fail(why) { if (s.app !== "up") { s.app = "failed"; s.why = why; } }
  setTimeout(function () { s.slow = "yes"; }, 8000);
  // A carer's device starts the small build. One that asked for the whole app starts that, and the small one where
  // the whole one is not at hand.
  function start(build) {
    s.wasm = build.wasm;
    return import(build.js).then(function (app) {
      return app.default({ module_or_path: fetch(build.wasm, { integrity: build.integrity }) });
    });
  }
  addEventListener("DOMContentLoaded", function () {
    var js = d.querySelector("link[rel=modulepreload]"), wasm = d.querySelector("link[as=fetch]");
    var whole = kept("whole") === true && d.querySelector("meta[name=noticed-whole]");
    var first = { js: js.href, wasm: wasm.href, integrity: wasm.integrity };
    if (typeof WebAssembly !== "object") return fail("wasm");
    (whole ? start(whole.dataset).catch(function () { return start(first); }) : start(first))
      .then(function () { setTimeout(fail, 15000, "start"); }, function (e) { console.error(e); startedBadly(); fail("load"); });
  });
})();
