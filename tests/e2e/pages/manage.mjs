// The lists that a manager keeps, and invitations.

import { Screen, starting } from "./screen.mjs";

export class Manage extends Screen {
  async begin() {
    await this.open("/settings");
    await this.is("Settings");
    await this.follow("Manage sites, people and staff");
    await this.is("Manage");
  }

  async list(title) {
    await this.page.getByRole("main").getByRole("link", { name: starting(title) }).click();
    await this.is(title);
  }

  /** Fills a new entry of the list that is open, field by field. */
  async add(one, { fill, tick = {}, select = {}, password }) {
    await this.follow(`Add a ${one}`);
    await this.is(`Add a ${one}`);
    for (const [label, words] of Object.entries(fill)) await this.type(label, words);
    for (const [legend, answers] of Object.entries(tick)) await this.tickAll(legend, answers);
    for (const [label, option] of Object.entries(select)) await this.page.getByLabel(label, { exact: true }).selectOption({ label: option });
    await this.press("Save");
    if (password) await this.#prove(password, "Save", "Type your own password to give somebody this role.");
    await this.says("Saved.");
  }

  /** Types the own password that the page asks for after all, and presses again. */
  async #prove(password, button, asked) {
    await this.says(asked);
    await this.type("Your password", password);
    await this.pressAgain(button);
  }

  async import(rows, password) {
    await this.follow("Import a CSV file");
    await this.is("Import a CSV file");
    await this.type("Or paste the rows here", rows);
    await this.press(/^Import \d+ rows?$/);
    if (password) await this.#prove(password, /^Import \d+ rows?$/, "Type your own password to give somebody this role.");
    await this.says(/^\d+ rows? imported\.$/);
  }

  /** Gives the code and the link of an invitation of somebody on the staff list. */
  async invite(staff, name, password) {
    await this.page.getByRole("link", { name: `Invite ${name}`, exact: true }).click();
    await this.is(`Invite ${name}`);
    if (password) await this.type("Your password", password);
    return this.#code(name);
  }

  /** Hands in a rescue file, of which everything is taken. */
  async handIn(bytes) {
    await this.begin();
    await this.list("Rescue file");
    const file = { name: "phone.nmrescue", mimeType: "application/octet-stream", buffer: bytes };
    await this.page.getByLabel("Choose the rescue file").setInputFiles(file);
    await this.says("Everything in the file is here");
  }

  async inviteSharedDevice(label) {
    await this.follow("Add a shared device");
    await this.is("Add a shared device");
    await this.type("What is the device called?", label);
    return this.#code(label);
  }

  async #code(of) {
    await this.press("Make a code");
    await this.is(`Code for ${of}`);
    await this.page.getByRole("img", { name: "The link as a square to scan" }).waitFor();
    const code = await this.page.locator(".invite-code").textContent();
    const link = await this.page.locator("code").textContent();
    return { code: code.trim(), link: link.trim() };
  }
}
