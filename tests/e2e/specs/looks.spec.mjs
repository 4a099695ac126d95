// Every look at a sensitive record is kept, also without signal; the Registered Manager reads who looked, and says that
// a record must be kept.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { walk } from "../fixtures/people.mjs";
import { holds, part, until } from "../fixtures/store.mjs";
import { Screen } from "../pages/screen.mjs";

test("a look without signal reaches the manager, and a record is put on legal hold", async () => {
  await walk(async (place) => {
    await place.fill();
    const carer = await place.quietPerson("care-17");
    const [secret, plain] = [randomUUID(), randomUUID()];
    const report = { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose" };
    await carer.write("report", secret, { ...report, identity: "confidential", text: "He shouted at her.", occurred_at: new Date().toISOString() });
    await carer.write("report", plain, { ...report, occurred_at: new Date().toISOString() });
    const deputy = await place.person("dep-01", { size: "desktop" });
    const theirs = new Screen(deputy);
    await deputy.hasWholeBuild();
    await theirs.open(`/records/${plain}`);
    await deputy.page.getByRole("heading", { level: 1 }).waitFor();
    await holds(deputy.page, "page", "He shouted at her.");
    await place.server.stop();
    await theirs.open(`/records/${secret}`);
    await deputy.page.getByText("He shouted at her.").first().waitFor();
    assert.equal(await deputy.page.getByText("Who looked").count(), 0, "only the manager reads who looked");
    await until(deputy.page, async () => (await part(deputy.page, "meta")).some(([key]) => key.startsWith("view/")), "the look is kept");
    await place.server.resume();
    await deputy.reopen();

    const manager = await place.person("rm-01", { size: "desktop" });
    const screen = new Screen(manager);
    const looker = new Looker();
    await screen.open(`/records/${secret}`);
    await manager.page.getByRole("heading", { name: "Who looked" }).waitFor();
    const looks = async (record) => (await place.admin.send("GET", `/v1/records/${record}/views`)).views;
    await until(manager.page, async () => (await looks(secret)).some((view) => view.name === "Jonah"), "the look of the deputy");
    await screen.press("Show who looked");
    await manager.page.getByRole("main").getByText("Jonah").first().waitFor();
    await looker.look(manager.page, "who looked");
    assert.deepEqual(await looks(plain), [], "a look at an ordinary record is nobody's business");

    // A file with its words is noted as well, and told from a look.
    await screen.open("/exchange");
    await screen.tap(manager.page.getByRole("radio", { name: /^With people/ }));
    await screen.type("Why are names and words needed?", "The coroner asked");
    const coming = manager.page.waitForEvent("download");
    await screen.press("Save records.csv");
    await coming;
    await until(manager.page, async () => (await looks(secret)).some((view) => view.name === "Farah" && view.in_file), "the file of the manager");
    assert.deepEqual(await looks(plain), [], "nor is a file with it");
    await screen.open(`/records/${secret}`);
    await screen.press("Show who looked");
    await manager.page.getByRole("cell", { name: "Put it into a file" }).first().waitFor();
    await screen.follow("Put on legal hold");
    await manager.page.getByRole("heading", { level: 1, name: "Put on legal hold" }).waitFor();
    await screen.press("Put on legal hold");
    await manager.page.getByRole("link", { name: "Say in a few words why it must be kept longer" }).waitFor();
    await looker.look(manager.page, "a legal hold without a reason");
    await screen.type("Why must it be kept longer?", "A claim is open.");
    await screen.press("Put on legal hold");
    await manager.page.getByText("Farah put it on legal hold").waitFor();
    await manager.page.locator(".status-tag", { hasText: "On legal hold" }).waitFor();
    await manager.page.locator(".timeline").getByText("Put on legal hold").waitFor();
    await looker.look(manager.page, "a record on legal hold");
    assert.deepEqual(looker.faults, []);
  });
});
