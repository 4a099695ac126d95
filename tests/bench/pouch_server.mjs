// The server of PouchDB's own people, with documents in it, and a page with PouchDB for a browser: the yardstick.

import express from "express";
import expressPouchDB from "express-pouchdb";
import PouchDB from "pouchdb";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const NAME = "records";
const TOGETHER = 500;
const SCRIPT = join(dirname(createRequire(import.meta.url).resolve("pouchdb/package.json")), "dist/pouchdb.min.js");

export class PouchServer {
  static async start(documents) {
    const server = new PouchServer();
    server.folder = await mkdtemp(join(tmpdir(), "noticed-pouch-"));
    const Database = PouchDB.defaults({ prefix: `${server.folder}/` });
    const app = express();
    app.get("/page", (_, response) => response.type("html").send("<!doctype html><title>PouchDB</title><script src=/pouchdb.js></script>"));
    app.get("/pouchdb.js", (_, response) => response.sendFile(SCRIPT));
    app.use("/db", expressPouchDB(Database, { mode: "minimumForPouchDB", inMemoryConfig: true }));
    // After the server has taken hold of `Database`, so that it knows of the new one.
    const store = new Database(NAME);
    for (let from = 0; from < documents.length; from += TOGETHER) {
      const answers = await store.bulkDocs(documents.slice(from, from + TOGETHER));
      const refused = answers.find((answer) => answer.error);
      if (refused) throw new Error(`PouchDB does not take a document: ${JSON.stringify(refused)}`);
    }
    server.listener = app.listen(0, "127.0.0.1");
    await new Promise((done) => server.listener.once("listening", done));
    server.origin = `http://localhost:${server.listener.address().port}`;
    server.database = `${server.origin}/db/${NAME}`;
    return server;
  }

  async stop() {
    this.listener.closeAllConnections();
    this.listener.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
