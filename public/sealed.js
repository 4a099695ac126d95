// Opens what this device keeps sealed (src/browser/seal), for what must work without the app. It only reads.
const sealed = (() => {
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

  // What does not begin with the number of a key lies open.
  async function bytesOf(keys, place, value) {
    if (value[0] > 3) return value;
    const key = await keys[value[0]](place.split(/[|/]/)[1]);
    return unsealed(key, place, value.subarray(1));
  }

  // A value as text; `undefined` for what only a person can open, or nobody.
  async function opened(keys, place, value) {
    if (typeof value === "string") return value;
    try {
      return words.decode(await bytesOf(keys, place, value));
    } catch {
      return undefined;
    }
  }

  async function event(keys, row) {
    const { slot, hash, sig, sealed } = row.value;
    const whole = sealed ? await opened(keys, `event|${hash}`, unbase64url(sealed)) : `${row.value.bytes}\0${row.value.note ?? ""}`;
    if (whole === undefined) return undefined;
    const [bytes, note] = whole.split("\0");
    return { key: row.key, value: { slot, hash, sig, bytes, note: note || null } };
  }

  function unbase64url(letters) {
    const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  }

  return { bytesOf, event, keysHere, open, opened, parsed, read, unbase64url };
})();
