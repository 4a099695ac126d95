// Data in and out: files for other programs, and a long list of the past read in without a name or a fault lost.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { choosePast, importedOf, listOf } from "../fixtures/past.mjs";
import { walk } from "../fixtures/people.mjs";
import { Screen } from "../pages/screen.mjs";

const GOOD = 400;
/** Can be read in, and names somebody. */
const NAMED = "05/05/2023,10:00,Medicines,Wrong dose or amount,near miss,,,Told Mrs Example NHS 943 476 5919,none,,";

test("files for other programs are saved on the device, without people unless they are asked for", async () => {
  await walk(async (place) => {
    await place.fill();
    await fillRecords(place);
    const manager = await place.person("rm-01", { size: "desktop" });
    const screen = new Screen(manager);
    const looker = new Looker();
    await manager.hasWholeBuild();
    await screen.open("/exchange");
    await screen.says(/^\d+ records from /);
    await looker.look(manager.page, "data in and out");
    await place.server.stop();

    const records = await saved(manager, "Save records.csv");
    const [head, ...rows] = records.trim().split("\r\n");
    assert.match(head, /^\uFEFF?record,/);
    assert.ok(rows.length > 0, "there are rows");
    assert.ok(!records.includes("R-014"), "people are stand-ins");
    const bundle = JSON.parse(await saved(manager, "Save the FHIR bundle"));
    assert.equal(bundle.resourceType, "Bundle");
    assert.match(await saved(manager, "Save the calendar"), /^BEGIN:VCALENDAR\r\n/);
    assert.ok((await saved(manager, "Save the LFPSE sheet")).split("\r\n").length > 3);

    await screen.tap(manager.page.getByRole("radio", { name: /^With people/ }));
    await screen.says("These files tell who it was");
    // The same button, pressed within a second of the first time, would be a double tap.
    await screen.secondPasses();
    await screen.press("Save records.csv");
    await screen.says("Write why names and words are needed, or leave them out.");
    await looker.look(manager.page, "data in and out asks why people are needed");
    await screen.type("Why are names and words needed?", "The coroner asked");
    await screen.secondPasses();
    const named = await saved(manager, "Save records.csv");
    assert.ok(named.includes("R-014"), "people are named by their code when asked for");
    const because = named.trim().split("\r\n").filter((row) => row.includes("The coroner asked (Registered Manager, "));
    assert.equal(because.length, rows.length, "each row says why");
    assert.match(await saved(manager, "Save the FHIR bundle"), /"The coroner asked \(Registered Manager, /);
    await place.server.resume();
    assert.deepEqual(looker.faults, []);
  });
});

test("a long list with faults is looked at first, then read in once, and sent", async () => {
  await walk(async (place) => {
    await place.fill();
    const manager = await place.person("rm-01", { size: "desktop" });
    const screen = new Screen(manager);
    const looker = new Looker();
    await manager.hasWholeBuild();
    await screen.open("/exchange/import");
    await looker.look(manager.page, "nothing chosen yet");
    await choosePast(manager, "what is this?\r\n");
    await manager.page.getByRole("alert").first().waitFor();

    const list = `${listOf(GOOD)}\r\n${NAMED}`;
    await choosePast(manager, list);
    await screen.says("What would happen");
    await screen.says("Rows that are not read in");
    await looker.look(manager.page, "what a list would do");
    assert.equal(await place.admin.events().then(importedOf), 0, "a look saves nothing");
    await screen.says("This may name somebody: 1 row");
    await screen.says(`Row ${GOOD + 5}. An NHS number: 943 476 5919; A name: Mrs Example`);
    const press = `Read in ${GOOD + 1} rows and leave out 3 rows`;
    await screen.press(press);
    await screen.says("Look at these rows, then say that you did.");
    await screen.tap(manager.page.getByRole("checkbox", { name: "I have looked at these rows" }));
    await screen.pressAgain(press);
    await manager.page.getByText(`${GOOD + 1} past incidents read in`).first().waitFor({ timeout: 120_000 });
    assert.match(await saved(manager, "Save the list of rows to mend"), /^\uFEFF?row,column,what_to_do\r\n/);
    await looker.look(manager.page, "past incidents are in");
    await manager.page.getByText("All of them are sent.").waitFor({ timeout: 180_000 });
    assert.equal(await place.admin.events().then(importedOf), GOOD + 1);

    await screen.open("/exchange/import");
    await choosePast(manager, list);
    await screen.says("No row can be read in.");
    assert.deepEqual(looker.faults, []);
  });
});

/** What stands in a file that a button saves. */
async function saved(device, button) {
  const [download] = await Promise.all([
    device.page.waitForEvent("download"),
    device.page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path(), "utf8");
}
