// Any screen of the app: what it is called, what can be pressed, what is said about sending.
// Everything is found by role and label, as a person finds it.

import assert from "node:assert/strict";

/** Words as a pattern that only allows more after them: the hint of a tile, "Selected". */
export function starting(words) {
  return new RegExp(`^${plain(words)}(?=\\s|$)`);
}

/** Words as a pattern that only allows more before them: the caption of a question. */
export function ending(words) {
  return new RegExp(`(?:^|\\s)${plain(words)}$`);
}

/** A link that says for those who only hear it what it is about. */
export function about(words, what) {
  return new RegExp(`^${plain(words)}\\s?: ${plain(what)}$`);
}

function plain(words) {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export class Screen {
  constructor(device) {
    this.device = device;
  }

  get page() {
    return this.device.page;
  }

  /** Opens an address as a person does with a bookmark. */
  async open(address) {
    await this.page.goto(address);
    await this.up();
  }

  async up() {
    await this.page.waitForFunction(() => document.documentElement.dataset.app === "up");
  }

  /** Waits until this is the screen. */
  async is(heading) {
    await this.page.getByRole("heading", { level: 1, name: heading, exact: typeof heading === "string" }).waitFor();
  }

  async press(name) {
    await this.page.getByRole("button", { name, exact: typeof name === "string" }).click();
  }

  /** A second press within a second is taken for a shaking hand, so a person who means it waits that long. After an error
   * nobody has to: there `press` does. */
  async pressAgain(name) {
    await this.secondPasses();
    await this.press(name);
  }

  /** On the clock of the page: its own timer, which was set at the first press, ends before this one on a slow machine too. */
  async secondPasses() {
    await this.page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
  }

  async follow(name) {
    await this.page.getByRole("link", { name, exact: typeof name === "string" }).click();
  }

  async type(label, words) {
    await this.page.getByLabel(label, { exact: true }).fill(words);
  }

  /** Opens a place of the navigation; its name may be followed by a count. */
  async goTo(place) {
    await this.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: starting(place) }).click();
  }

  group(legend) {
    return this.page.getByRole("group", { name: legend, exact: typeof legend === "string" });
  }

  async choose(legend, answer) {
    await this.tap(this.group(legend).getByRole("radio", { name: answer, exact: typeof answer === "string" }));
  }

  async tickAll(legend, answers) {
    for (const answer of answers) await this.tap(this.group(legend).getByRole("checkbox", { name: answer, exact: true }));
  }

  /** Taps the words beside a small input, as people do. */
  async tap(input) {
    const id = await input.getAttribute("id");
    await this.page.locator(`label[for="${id}"]`).click();
    assert.ok(await input.isChecked(), `${id} is not chosen after a tap`);
  }

  /** Waits until these words stand on the screen. */
  async says(words) {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor();
  }

  async saysNothingOf(words) {
    assert.equal(await this.page.getByText(words).filter({ visible: true }).count(), 0, `${words} should not be on the screen`);
  }

  /** The line about sending at the top of every screen. */
  get sendingLine() {
    return this.page.getByRole("banner").getByRole("link", { name: /sent|waiting to send/i });
  }

  async nothingWaits() {
    await this.page.getByRole("banner").getByRole("link", { name: "All sent", exact: true }).waitFor({ timeout: 60_000 });
  }

  async waits(count) {
    await this.page.getByRole("banner").getByRole("link", { name: new RegExp(`^${count} waiting to send`) }).waitFor();
  }

  /** Sends at once instead of waiting for the next try. */
  async sendNow() {
    await this.sendingLine.click();
    await this.page.getByRole("button", { name: /^(Try now|Sending)$/ }).waitFor();
    const now = this.page.getByRole("button", { name: "Try now", exact: true });
    await now.click();
    await this.nothingWaits();
  }
}
