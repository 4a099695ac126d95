// Reads the device's database without the app, and offers what is in it as a file. Writes nothing.
// Only own events, drafts and letters leave the device; never its key, and nothing pulled from the server.

const PARTS = ["event", "draft", "letter"];
const byId = (id) => document.getElementById(id);

const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

// Without a version the database opens as it is; one that does not exist is not made.
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

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// The app notes the server's receipt beside each entry.
function isSent({ note }) {
  const outcome = JSON.stringify(parsed(note ?? "{}").outcome ?? "");
  return /"(accepted|duplicate)"/.test(outcome);
}

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

function show({ event, draft, letter }) {
  const waiting = event.filter(({ value }) => !isSent(value));
  const forms = draft.filter(({ key }) => String(key).includes("/form/"));
  const lines = [
    `${count(event.length, "entry", "entries")} written on this device, ${waiting.length} not sent yet`,
    count(draft.length - forms.length, "report that is not finished", "reports that are not finished"),
    count(forms.length, "form that is not finished", "forms that are not finished"),
    `${count(letter.length, "report", "reports")} without a name`,
  ];
  for (const { value } of waiting.slice(-20)) {
    const { kind = "entry", recorded_at } = parsed(value.bytes);
    const when = recorded_at ? new Date(recorded_at).toLocaleString("en-GB") : "at an unknown time";
    lines.push(`Not sent: ${kind.replaceAll("_", " ")}, ${when}`);
  }
  byId("found").textContent = "This device holds:";
  byId("list").replaceChildren(
    ...lines.map((words) => Object.assign(document.createElement("li"), { textContent: words })),
  );
}

function save(parts) {
  const made_at = new Date().toISOString();
  const file = new Blob([JSON.stringify({ noticed_rescue: 1, made_at, ...parts }, null, 1)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `noticed-reports-${made_at.slice(0, 10)}.json`;
  link.click();
  byId("after").hidden = false;
}

async function start() {
  let database;
  try {
    database = await open();
  } catch {
    byId("found").textContent = "There are no reports on this device, or this browser does not let us read them.";
    return;
  }
  const parts = {};
  const unreadable = [];
  for (const part of PARTS) {
    try {
      parts[part] = await read(database, part);
    } catch {
      parts[part] = [];
      unreadable.push(part);
    }
  }
  database.close();
  show(parts);
  if (unreadable.length) byId("found").textContent = "Some of it cannot be read. This device holds:";
  if (PARTS.some((part) => parts[part].length)) {
    byId("save").hidden = false;
    byId("save").addEventListener("click", () => save(parts));
  }
}

start();
