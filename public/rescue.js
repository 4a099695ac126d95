// Reads the device's database without the app, and saves what was written here as one file. Changes nothing.
// The file is encrypted to the care provider (crates/sync/src/rescue.rs has its form); no key of the device is in it.

const byId = (id) => document.getElementById(id);
const text = new TextEncoder();
const words = new TextDecoder();
const { subtle } = crypto;

const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

// Without a version the database opens as it is, also one of a newer app; one that does not exist is not made.
function open() {
  const request = indexedDB.open("noticed");
  request.onupgradeneeded = () => request.transaction.abort();
  return answered(request);
}

async function read(database, part) {
  if (!database.objectStoreNames.contains(part)) return [];
  const store = database.transaction(part, "readonly").objectStore(part);
  const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
  return keys.map((key, index) => ({ key, value: values[index] }));
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

// ---- What is sealed on this device (src/browser/seal) ----

function aes(bytes) {
  return subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);
}

async function unsealed(key, place, bytes) {
  const how = { name: "AES-GCM", iv: bytes.subarray(0, 12), additionalData: text.encode(`${place}|1`) };
  return new Uint8Array(await subtle.decrypt(how, key, bytes.subarray(12)));
}

// The key of what has to be sent: wrapped with a key that the browser keeps and nobody can read.
// A person without a PIN has a key that opens the same way.
async function keysHere(database) {
  const kept = Object.fromEntries((await read(database, "key")).map(({ key, value }) => [key, value]));
  if (!kept.device || !kept.outbox) return null;
  const device = kept.device instanceof Uint8Array ? await aes(kept.device) : kept.device;
  const outbox = await aes(await unsealed(device, "key|outbox", kept.outbox));
  const own = async (person) => aes(await unsealed(device, `key|person/${person}/device`, kept[`person/${person}`].device));
  return { 1: () => outbox, 2: own };
}

// A value as text; `undefined` for what only a person can open, or nobody.
async function opened(keys, place, value) {
  if (typeof value === "string") return value;
  try {
    const key = await keys[value[0]](place.split(/[|/]/)[1]);
    return words.decode(await unsealed(key, place, value.subarray(1)));
  } catch {
    return undefined;
  }
}

// ---- What is on this device ----

async function event(keys, row) {
  const { slot, hash, sig, sealed } = row.value;
  const whole = sealed ? await opened(keys, `event|${hash}`, unbase64url(sealed)) : `${row.value.bytes}\0${row.value.note ?? ""}`;
  if (whole === undefined) return undefined;
  const [bytes, note] = whole.split("\0");
  return { key: row.key, value: { slot, hash, sig, bytes, note: note || null } };
}

async function plain(keys, part, row) {
  const value = await opened(keys, `${part}|${row.key}`, row.value);
  return value === undefined ? undefined : { key: row.key, value };
}

async function everything(database) {
  const keys = await keysHere(database).catch(() => null);
  const found = { locked: { event: 0, draft: 0, letter: 0 } };
  for (const part of ["event", "draft", "letter"]) {
    const one = (row) => (part === "event" ? event(keys, row) : plain(keys, part, row));
    const rows = await read(database, part);
    found[part] = (await Promise.all(rows.map((row) => one(row).catch(() => undefined)))).filter(Boolean);
    found.locked[part] = rows.length - found[part].length;
  }
  // Letters that were sent stay with their author, who holds the token that came back.
  found.letter = found.letter.filter(({ value }) => parsed(value)?.state === "waiting");
  const meta = await read(database, "meta");
  const note = (name) => parsed(meta.find(({ key }) => key === name)?.value);
  found.provider = note("rescue_key") ?? (await askForKey(note("device")?.id));
  return found;
}

// A device that joined long ago may not have the key of its provider yet.
async function askForKey(device) {
  if (!device) return null;
  try {
    const answer = await fetch("/v1/directory", { headers: { "x-noticed-device": device }, cache: "no-store" });
    return answer.ok ? ((await answer.json()).rescue_key ?? null) : null;
  } catch {
    return null;
  }
}

// ---- The file ----

function joined(...parts) {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function unbase64url(letters) {
  const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

async function encrypted(provider, json) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const point = unbase64url(provider);
  const theirs = await subtle.importKey("raw", point, curve, false, []);
  const own = await subtle.generateKey(curve, false, ["deriveBits"]);
  const id = new Uint8Array(await subtle.digest("SHA-256", point));
  const ownPoint = new Uint8Array(await subtle.exportKey("raw", own.publicKey));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = joined(text.encode("NMRESCUE"), [1], id, ownPoint, iv);
  const secret = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const base = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: head, info: text.encode("nm.rescue.v1") };
  const key = await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return [head, await subtle.encrypt({ name: "AES-GCM", iv, additionalData: head }, key, text.encode(json))];
}

async function save({ event, draft, letter, provider }) {
  const made_at = new Date().toISOString();
  const letters = byId("letters").checked ? letter : [];
  const json = JSON.stringify({ noticed_rescue: 1, made_at, event, draft, letter: letters });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(provider ? await encrypted(provider, json) : [json]));
  link.download = `noticed-${made_at.slice(0, 16).replace("T", "-").replace(":", "")}.nmrescue`;
  link.click();
  byId("name").textContent = link.download;
  byId(provider ? "sealed" : "lies-open").hidden = false;
  byId("after").hidden = false;
  byId("after").focus();
}

// ---- The page ----

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

const KINDS = { report: "Near miss report", amend: "Correction", add_note: "Note", answer: "Answer to a question" };

// The app notes the server's receipt beside each entry.
function isSent({ value }) {
  return /"(accepted|duplicate)"/.test(JSON.stringify(parsed(value.note)?.outcome ?? ""));
}

function line({ value }) {
  const { kind = "entry", recorded_at } = parsed(value.bytes) ?? {};
  const at = recorded_at ? new Date(recorded_at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" }) : "";
  const name = KINDS[kind] ?? kind.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
  return at ? `${name}, ${at}` : name;
}

function items(list, lines) {
  list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

function show(found) {
  const { event, draft, letter, locked, provider } = found;
  const waiting = event.filter((row) => !isSent(row));
  const only = waiting.length + letter.length;
  byId("found").textContent = only
    ? `${count(only, "entry is", "entries are")} only on this device.`
    : "Everything that can be read here has been sent.";
  items(byId("waiting"), waiting.slice(-20).map(line));
  const more = [
    [letter.length, count(letter.length, "report", "reports") + " without a name, not sent yet"],
    [event.length - waiting.length, count(event.length - waiting.length, "entry", "entries") + " sent before"],
    [draft.length, count(draft.length, "form", "forms") + " not finished"],
    [locked.draft, count(locked.draft, "form", "forms") + " that only their author can open, in Noticed"],
    [locked.event + locked.letter, count(locked.event + locked.letter, "entry", "entries") + " that cannot be opened here"],
  ];
  items(byId("more"), more.filter(([number]) => number > 0).map(([, words]) => words));
  byId("no-name").hidden = !letter.length;
  if (!event.length && !draft.length && !letter.length) return;
  byId("no-key").hidden = Boolean(provider);
  byId("save").hidden = false;
  byId("save").addEventListener("click", () =>
    save(found).catch(() => {
      byId("failed").hidden = false;
    }),
  );
}

async function start() {
  let database;
  try {
    database = await open();
  } catch (error) {
    // The look itself ended it: there is no database. Anything else is not knowing.
    byId("found").textContent =
      error?.name === "AbortError"
        ? "There are no reports on this device, or this browser does not let us read them."
        : "This device does not open what Noticed saved on it. Nobody can say now if reports are still here. Restart the device and open this page again. If that does not help, tell your manager.";
    return;
  }
  try {
    show(await everything(database));
  } catch {
    byId("found").textContent = "The reports on this device cannot be read here. Keep the device, and tell your manager.";
  } finally {
    database.close();
  }
}

start();
