// What somebody outside believes: a pack that is made without signal and checked by a program that is not ours, a link
// that shows one pack until it is ended, and both laid out by a framework that the provider loaded.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { HOME } from "../fixtures/provider.mjs";
import { Screen } from "../pages/screen.mjs";

const VERIFIER = resolve(import.meta.dirname, "../../evidence/verify_pack.py");
const STATEMENTS = resolve(import.meta.dirname, "../../../crates/evidence/src/framework/quality-statements.json");
/** Prints every file of a zip. */
const UNPACK = `
import sys, zipfile
pack = zipfile.ZipFile(sys.argv[1])
print(*(pack.read(name).decode("latin-1") for name in pack.namelist()))`;
const run = promisify(execFile);

/** The built-in statements with something changed, as a file that somebody chooses. */
async function frameworkFile(change) {
  const framework = JSON.parse(await readFile(STATEMENTS, "utf8"));
  change(framework);
  return { name: "ours.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(framework)) };
}

test("a pack is made without signal, is honest, and a changed one is found out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-pack-"));
  try {
    await walk(async (place) => {
      await place.fill();
      const records = await fillRecords(place);
      const manager = await place.person("rm-01", { size: "desktop" });
      const screen = new Screen(manager);
      const looker = new Looker();
      await manager.hasWholeBuild();
      await screen.open(`/records/${records.closed}/story`);
      await manager.page.getByText("De-identified: people are letters").waitFor();
      await looker.look(manager.page, "the story of one record");
      const story = () => manager.page.getByRole("main").innerText();
      assert.ok(!(await story()).includes("R-014"), "people are letters");
      await screen.press("Show names and words");
      await screen.press("Show them");
      await screen.says("Write why names and words are needed, or leave them out.");
      await looker.look(manager.page, "a story with names and no reason");
      assert.ok(!(await story()).includes("R-014"), "no name without a reason");
      await screen.type("Why are names and words needed?", "The inspector asked for them");
      await screen.pressAgain("Show them");
      await screen.says("Reason given: The inspector asked for them");
      assert.ok((await story()).includes("R-014"), "codes of people, once there is a reason");
      await screen.press("Leave out names and words");
      await manager.page.getByText("De-identified: people are letters").waitFor();
      await screen.open(`/records/${records.closed}`);
      await screen.says(`Reference ${records.closed.replaceAll("-", "").slice(-6).toUpperCase()}`);

      await screen.open("/evidence");
      await screen.is("Evidence");
      await screen.press("Say what happened in your own words");
      const about = manager.page.getByLabel("What happened, in your own words, without names").first();
      await about.fill("R-021 nearly got the wrong tablet.");
      await looker.look(manager.page, "what a pack is made of");
      await place.server.stop();
      await screen.press("Make the pack");
      await screen.says("Take out \u{201c}R-021\u{201d}: a pack without names holds none.");
      await about.fill("Somebody nearly got the wrong tablet.");
      await screen.pressAgain("Make the pack");
      await manager.page.getByText("The pack is ready").first().waitFor();
      await looker.look(manager.page, "a pack that is ready");
      const [saved] = await Promise.all([manager.page.waitForEvent("download"), screen.press("Save the pack")]);
      const pack = join(folder, "pack.zip");
      await saved.saveAs(pack);
      const { stdout } = await run("python3", [VERIFIER, pack]);
      assert.match(stdout, /as it was made/);
      const hashes = Number(/(\d+) event hashes/.exec(stdout)[1]);
      assert.ok(hashes >= 20, `others wrote the events, and the pack has ${hashes} hashes of them`);

      const { stdout: files } = await run("python3", ["-c", UNPACK, pack], { maxBuffer: 64 << 20 });
      assert.ok(files.includes("Written for this pack by the Registered Manager on "), "who wrote it, and when");
      assert.ok(files.includes("Somebody nearly got the wrong tablet."));
      assert.match(files, /"name": "first-part\.pdf"/, "a few pages that stand alone are checked with the rest");

      const bytes = await readFile(pack);
      const at = bytes.indexOf("PK\u0003\u0004", 4);
      bytes[at - 40] ^= 1;
      const doctored = join(folder, "doctored.zip");
      await writeFile(doctored, bytes);
      await assert.rejects(run("python3", [VERIFIER, doctored]));
      await screen.open("/evidence/check");
      await manager.page.getByLabel("Pack file").setInputFiles(doctored);
      await manager.page.getByText("This is not the pack that was made").first().waitFor();
      await manager.page.getByLabel("Pack file").setInputFiles(pack);
      await manager.page.getByText("Nothing was changed").first().waitFor();
      await looker.look(manager.page, "a pack that was checked");
      await place.server.resume();
      assert.deepEqual(looker.faults, []);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a person who asks gets all that is recorded about them, and nothing about others", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-person-"));
  try {
    await walk(async (place) => {
      await place.fill();
      const records = await fillRecords(place);
      const manager = await place.person("rm-01", { size: "desktop" });
      const screen = new Screen(manager);
      const looker = new Looker();
      await manager.hasWholeBuild();
      await screen.open("/evidence");
      await screen.choose("What is the pack for?", /^What we hold about one person/);
      await screen.says("Everything, from the first record on");
      await screen.saysNothingOf("Which categories?");
      await screen.press("Make the pack");
      await screen.says("Choose which person it is about.");
      await looker.look(manager.page, "a pack about one person without the person");
      await manager.page.getByLabel("Which person?").selectOption("R-014");
      await screen.choose("Names of staff", /^Put them in/);
      await screen.pressAgain("Make the pack");
      await screen.says("Write why the names of staff are needed, or leave them out.");
      await screen.choose("Names of staff", /^Leave them out/);
      await screen.pressAgain("Make the pack");
      await manager.page.getByText("The pack is ready").first().waitFor();
      await screen.press("Look at it here");
      await screen.says(/^Read it before you hand it over/);
      await screen.says("Took out 5 mg, the record said 3 mg.");
      await looker.look(manager.page, "a pack about one person");
      const told = await manager.page.getByRole("main").innerText();
      assert.ok(told.includes("Person R-014") && told.includes(records.closed), "the own code and records");
      for (const other of ["S-03", "HOIST-07", "Unfamiliar driver", records.new, records.hoist]) {
        assert.ok(!told.includes(other), `${other} is about somebody else`);
      }
      const [saved] = await Promise.all([manager.page.waitForEvent("download"), screen.press("Save the pack")]);
      const pack = join(folder, "pack.zip");
      await saved.saveAs(pack);
      assert.match((await run("python3", [VERIFIER, pack])).stdout, /as it was made/);
      const files = await run("python3", ["-c", UNPACK, pack], { maxBuffer: 64 << 20 });
      const staff = HOME.staff.map(([code]) => code);
      for (const other of ["S-03", "Unfamiliar driver", records.new, records.hoist, ...staff]) {
        assert.ok(!files.stdout.includes(other), `${other} is in a file of the pack`);
      }

      await screen.open("/evidence/links?new=1");
      await screen.saysNothingOf("What we hold about one person");
      assert.deepEqual(looker.faults, []);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a link shows one pack to somebody outside, says how often, and is ended", async () => {
  await walk(async (place) => {
    await place.fill();
    await fillRecords(place);
    const manager = await place.person("rm-01", { size: "desktop" });
    const screen = new Screen(manager);
    const looker = new Looker();
    await screen.open("/evidence/links");
    await screen.is("Links for people outside");
    // Until the service has answered, the way to a new link stands in another place.
    await screen.says("Nobody outside has a link.");
    await looker.look(manager.page, "no links yet");
    await screen.follow("Make a link");
    await screen.is("Make a link");
    await looker.look(manager.page, "what a link shows");
    await screen.press("Make a link");
    await manager.page.getByRole("alert").first().waitFor();
    await screen.type("Who is it for?", "Inspector of the regulator");
    await screen.pressAgain("Make a link");
    await manager.page.getByText("The link is ready").first().waitFor();
    const link = await manager.page.locator("code").innerText();
    // It is shown once: news that comes while somebody copies it does not take it away.
    await Promise.all([
      manager.page.waitForResponse((answer) => answer.url().includes("/v1/pull?")),
      manager.page.evaluate(() => window.dispatchEvent(new Event("online"))),
    ]);
    await manager.page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    assert.equal(await manager.page.locator("code").innerText({ timeout: 1_000 }), link);

    const outside = await place.device({ size: "tablet", label: "outside" });
    await outside.page.goto(link);
    await outside.page.getByRole("heading", { level: 1, name: /Evidence for an inspection/ }).waitFor();
    await outside.page.getByText("Read-only copy for Inspector of the regulator").first().waitFor();
    await looker.look(manager.page, "a link that was made");
    // Who has ten minutes prints the first part: what is seen is what is printed.
    const rest = outside.page.getByRole("heading", { level: 2, name: "Every record of this pack" });
    await rest.waitFor();
    await outside.page.getByRole("link", { name: /^Print the first part \(about \d+ pages\)$/ }).click();
    await rest.waitFor({ state: "hidden" });
    await outside.page.getByRole("heading", { level: 2, name: "How to check that nothing was changed" }).waitFor();
    await outside.page.getByRole("link", { name: /^Print all/ }).click();
    await rest.waitFor();

    await screen.open("/evidence/links");
    await manager.page.getByText(/^Once/).waitFor();
    await looker.look(manager.page, "the list of links");
    await screen.press(/^End/);
    await manager.page.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();
    await manager.page.getByText(/^Ended/).first().waitFor();
    outside.expects(/410/);
    await outside.page.goto(link);
    await outside.page.getByText("This link has ended.").waitFor();

    await screen.open("/calendar");
    await screen.is("Your calendar");
    await screen.press("Make an address");
    await manager.page.locator("code").waitFor();
    const feed = await (await fetch(await manager.page.locator("code").innerText())).text();
    assert.match(feed, /^BEGIN:VCALENDAR\r\n/);
    assert.deepEqual(looker.faults, []);
  });
});

test("a framework is loaded once: packs use it without signal, links keep it when it is taken away", async () => {
  const folder = await mkdtemp(join(tmpdir(), "noticed-framework-"));
  try {
    await walk(async (place) => {
      await place.fill();
      await fillRecords(place);
      const manager = await place.person("rm-01", { size: "desktop" });
      const deputy = await place.person("dep-01", { size: "desktop" });
      const [screen, desk] = [new Screen(manager), new Screen(deputy)];
      const looker = new Looker();
      await manager.hasWholeBuild();
      await deputy.hasWholeBuild();
      await screen.open("/admin");
      await screen.follow(/^Inspection frameworks/);
      await screen.is("Inspection frameworks");
      await screen.says("You have no framework of your own.");
      const [copy] = await Promise.all([manager.page.waitForEvent("download"), screen.press(/^Save a copy.*quality statements$/)]);
      const start = join(folder, "start.json");
      await copy.saveAs(start);
      assert.equal(await readFile(start, "utf8"), await readFile(STATEMENTS, "utf8"), "the file to start from is the built-in one");

      await screen.follow("Load a framework");
      await screen.is("Load a framework");
      const file = manager.page.getByLabel("Framework file");
      await file.setInputFiles(start);
      await screen.says("Version 2026-11 of quality-statements is built in. Give your file a version of its own.");
      await file.setInputFiles(await frameworkFile((bad) => {
        bad.title = "";
        bad.entries[0].evidence[0].figures = ["sunshine"];
      }));
      await screen.says("The file names no title.");
      await screen.says(/“sunshine” is not a figure that this app knows\./);
      await looker.look(manager.page, "a framework with faults");
      const ours = (version) => frameworkFile((own) => Object.assign(own, { id: "ours", version, title: "Our own questions", status: "own" }));
      await file.setInputFiles(await ours("1"));
      await screen.says("It is one more that can be chosen.");
      await looker.look(manager.page, "a framework before it is loaded");
      await screen.pressAgain("Load it for everybody");
      await screen.is("Inspection frameworks");
      await screen.says("Your own");
      await looker.look(manager.page, "frameworks with one of their own");

      await desk.open("/evidence");
      await desk.choose("Laid out by", /^Our own questions/);
      await looker.look(deputy.page, "a pack by a framework of their own");
      await place.server.stop();
      await desk.open("/evidence");
      await desk.choose("Laid out by", /^Our own questions/);
      await desk.press("Make the pack");
      await deputy.page.getByText("The pack is ready").first().waitFor();
      await desk.press("Look at it here");
      await desk.says("Our own questions, version 1");
      const [saved] = await Promise.all([deputy.page.waitForEvent("download"), desk.press("Save the pack")]);
      const pack = join(folder, "pack.zip");
      await saved.saveAs(pack);
      assert.match((await run("python3", [VERIFIER, pack])).stdout, /as it was made/);
      await place.server.resume();

      await screen.open("/evidence/links?new=1");
      await screen.type("Who is it for?", "Inspector of the regulator");
      await screen.choose("Laid out by", /^Our own questions/);
      await looker.look(manager.page, "a link by a framework of their own");
      await screen.press("Make a link");
      await manager.page.getByText("The link is ready").first().waitFor();
      const link = await manager.page.locator("code").innerText();
      await screen.open("/admin/frameworks?new=1");
      await file.setInputFiles(await ours("2"));
      await screen.says(/^It takes the place of “Our own questions”, version 1 \(your own\)/);
      await screen.press("Load it for everybody");
      await screen.is("Inspection frameworks");
      const outside = await place.device({ size: "tablet", label: "outside" });
      await outside.page.goto(link);
      await outside.page.getByText("Our own questions, version 1").waitFor();
      await outside.page.getByText(/The service uses another one now: version 2\. This is the one that was kept: version 1\./).first().waitFor();

      await screen.press(/^Take away.*Our own questions$/);
      await manager.page.getByRole("dialog").getByRole("button", { name: "Take away", exact: true }).click();
      await screen.says("Load its file again to use it.");
      await looker.look(manager.page, "a framework that was taken away");
      await outside.page.goto(link);
      await outside.page.getByText(/The service has taken this framework away since/).first().waitFor();
      await screen.open("/evidence/links");
      await screen.says(/Laid out by Our own questions, version 1\. The service has taken this framework away/);
      await looker.look(manager.page, "a link that keeps its framework");
      await screen.open("/evidence");
      await screen.saysNothingOf("Our own questions");
      assert.deepEqual(looker.faults, []);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
