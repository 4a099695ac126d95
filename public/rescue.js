// Reads the device's database without the app, and saves what was written here as one file. Changes nothing.
// The file is encrypted to the care provider (crates/sync/src/rescue.rs has its form); no key of the device is in it.

const byId = (id) => document.getElementById(id);
const text = new TextEncoder();
const { subtle } = crypto;
const { bytesOf, keysHere, opened, parsed, read, unbase64url } = sealed;
// Bytes of photos in one file: the server takes 16 MB of all.
const ROOM = 12e6;

// ---- What is on this device ----

async function plain(keys, part, row) {
  const value = await opened(keys, `${part}|${row.key}`, row.value);
  return value === undefined ? undefined : { key: row.key, value };
}

// Letters that were sent stay with their author, who holds the token. A refused one goes as one that waits.
function unsent({ key, value }) {
  const letter = parsed(value);
  if (letter?.state === "waiting") return { key, value };
  return letter?.state?.refused && { key, value: JSON.stringify({ ...letter, state: "waiting" }) };
}

// Photos that an entry names and that wait: ways to the bytes of each and of its small picture.
async function photos(keys, found, rows) {
  const kept = new Map(rows.map(({ key, value }) => [key, value]));
  const notes = rows.filter(({ key }) => key.startsWith("note/"));
  const read = (await Promise.all(notes.map((row) => plain(keys, "photo", row)))).filter(Boolean);
  found.locked.photo = notes.length - read.length;
  const waits = ({ value }) => {
    const { sent, refused, about } = parsed(value) ?? {};
    return about && !sent && !refused && found.event.some((row) => row.value.bytes.includes(about.sha256));
  };
  const both = ({ key }) => ["full", "thumb"].map((part) => key.replace("note", part));
  return read.filter(waits).map((row) => () => Promise.all(both(row).map((key) => bytesOf(keys, `photo|${key}`, kept.get(key)))));
}

async function everything(database) {
  const keys = await keysHere(database).catch(() => null);
  const found = { locked: { event: 0, draft: 0, letter: 0 } };
  for (const part of ["event", "draft", "letter"]) {
    const one = (row) => (part === "event" ? sealed.event(keys, row) : plain(keys, part, row));
    const rows = await read(database, part);
    found[part] = (await Promise.all(rows.map((row) => one(row).catch(() => undefined)))).filter(Boolean);
    found.locked[part] = rows.length - found[part].length;
  }
  found.letter = found.letter.map(unsent).filter(Boolean);
  found.photo = await photos(keys, found, await read(database, "photo"));
  const meta = await read(database, "meta");
  const note = (name) => parsed(meta.find(({ key }) => key === name)?.value);
  found.provider = note("rescue_key") ?? (await askForKey(note("device")?.id));
  return found;
}

// A device that joined long ago may not have the key of its provider yet.
async function askForKey(device) {
  if (!device) return null;
  try {
    const answer = await fetch("/v1/rescue-key", { headers: { "x-noticed-device": device }, cache: "no-store" });
    return answer.ok ? ((await answer.json()).rescue_key ?? null) : null;
  } catch {
    return null;
  }
}

// ---- The file ----

function joined(...parts) {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

async function encrypted(provider, version, content) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const point = unbase64url(provider);
  const theirs = await subtle.importKey("raw", point, curve, false, []);
  const own = await subtle.generateKey(curve, false, ["deriveBits"]);
  const id = new Uint8Array(await subtle.digest("SHA-256", point));
  const ownPoint = new Uint8Array(await subtle.exportKey("raw", own.publicKey));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = joined(text.encode("NMRESCUE"), [version], id, ownPoint, iv);
  const secret = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const base = await subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: head, info: text.encode("nm.rescue.v1") };
  const key = await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  return [head, await subtle.encrypt({ name: "AES-GCM", iv, additionalData: head }, key, await content.arrayBuffer())];
}

async function save(found) {
  const { event, draft, letter, photo, provider } = found;
  const made_at = new Date().toISOString();
  const letters = byId("letters").checked ? letter : [];
  const bytes = [];
  for (let room = ROOM; photo.length && room > 0; ) {
    const both = await photo.shift()().catch(() => []);
    both.forEach((one) => (room -= one.length));
    bytes.push(...both);
  }
  const version = bytes.length ? 2 : 1;
  const json = JSON.stringify({ noticed_rescue: version, made_at, event, draft, letter: letters, photo: bytes.map((one) => one.length) });
  const content = new Blob(bytes.length ? [json, "\0", ...bytes] : [json]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(provider ? new Blob(await encrypted(provider, version, content)) : content);
  link.download = `noticed-${made_at.slice(0, 16).replace("T", "-").replace(":", "")}.nmrescue`;
  link.click();
  byId("name").textContent = link.download;
  byId(provider ? "sealed" : "lies-open").hidden = false;
  byId("rest").hidden = !photo.length;
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
  const at = recorded_at ? new Date(recorded_at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", hourCycle: "h12" }).replace(/0?(\S+)\s(.m)$/, "$1$2") : "";
  const name = KINDS[kind] ?? kind.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
  return at ? `${name}, ${at}` : name;
}

function items(list, lines) {
  list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

function show(found) {
  const { event, draft, letter, photo, locked, provider } = found;
  const waiting = event.filter((row) => !isSent(row));
  const only = [[waiting.length + letter.length, "entry", "entries"], [photo.length, "photo", "photos"]];
  const here = only.filter(([number]) => number).map((one) => count(...one));
  byId("found").textContent = here.length
    ? `Only on this device: ${here.join(" and ")}.`
    : "Everything that can be read here has been sent.";
  items(byId("waiting"), waiting.slice(-20).map(line));
  const more = [
    [letter.length, count(letter.length, "report", "reports") + " without a name, not sent yet"],
    [event.length - waiting.length, count(event.length - waiting.length, "entry", "entries") + " sent before"],
    [draft.length, count(draft.length, "form", "forms") + " not finished"],
    [locked.draft, count(locked.draft, "form that only its author", "forms that only their author") + " can open, in Noticed"],
    [locked.event + locked.letter, count(locked.event + locked.letter, "entry", "entries") + " that cannot be opened here"],
    [locked.photo, count(locked.photo, "photo", "photos") + " that cannot be opened here"],
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
    database = await sealed.open();
  } catch (error) {
    // The look ended it: there is no database.
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
