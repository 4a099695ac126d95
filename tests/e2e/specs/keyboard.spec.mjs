// A whole report without touching the screen: Tab, Enter, Space and the arrow keys.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { until } from "../fixtures/store.mjs";
import { Capture } from "../pages/capture.mjs";
import { Doors, HOME, PIN } from "../pages/doors.mjs";
import { ending, starting } from "../pages/screen.mjs";

/** Somebody who only has a keyboard, and sees where the focus is. */
class Keys extends Capture {
  titles = [];

  async press(name) {
    await this.tabTo("button", name);
    await this.page.keyboard.press("Enter");
  }

  /** Tabs on until this is focused; every stop on the way must be seen. */
  async tabTo(role, name) {
    const wanted = this.page.getByRole(role, { name, exact: typeof name === "string" }).first();
    await wanted.waitFor();
    let last = null;
    for (let stops = 0; stops < 60; stops += 1) {
      await this.page.keyboard.press("Tab");
      const stop = await this.page.evaluate(lookAtFocus);
      assert.ok(stop.outline >= 3, `focus on ${stop.what} is not seen: outline ${stop.outline}`);
      assert.ok(stop.uncovered, `focus on ${stop.what} is covered`);
      if (last?.inMain && stop.inMain) {
        assert.ok(stop.y >= last.y - 1 || stop.column !== last.column, `focus goes up from ${last.what} to ${stop.what}`);
      }
      last = stop;
      if (await wanted.evaluate((node) => node === document.activeElement)) return;
    }
    assert.fail(`Tab never comes to ${name}`);
  }

  /** The screen of a question: its heading has the focus, its title is its own. */
  async arrives(heading) {
    await this.is(heading);
    await this.page.waitForFunction(() => document.activeElement?.closest("h1"));
    const title = await this.page.title();
    assert.ok(!this.titles.includes(title), `two screens have the title ${title}`);
    this.titles.push(title);
  }

  async answer(question, tile) {
    await this.arrives(ending(question));
    await this.tabTo("button", starting(tile));
    await this.page.keyboard.press("Enter");
  }

  async tick(question, answers) {
    await this.arrives(ending(question));
    for (const answer of answers) {
      await this.tabTo("checkbox", answer);
      await this.page.keyboard.press("Space");
    }
    await this.press("Continue");
  }

  async say(question, words) {
    await this.arrives(ending(question));
    await this.tabTo("textbox", question);
    await this.page.keyboard.type(words);
    await this.press("Continue");
  }

  async skip(question) {
    await this.arrives(ending(question));
    await this.press("Skip this question");
  }

  /** Radios instead of tiles: one stop, arrows inside. */
  async arrowTo(question, answer) {
    await this.arrives(ending(question));
    const radios = this.group(ending(question)).getByRole("radio");
    for (let stops = 0; stops < 30; stops += 1) {
      await this.page.keyboard.press("Tab");
      if (await radios.first().evaluate((node) => node === document.activeElement)) break;
    }
    await this.page.keyboard.press("Space");
    const wanted = this.group(ending(question)).getByRole("radio", { name: answer, exact: true });
    for (let steps = 0; steps < 20 && !(await wanted.isChecked()); steps += 1) await this.page.keyboard.press("ArrowDown");
    assert.ok(await wanted.isChecked(), `the arrows never come to ${answer}`);
    await this.press("Continue");
  }
}

test("a medicines near miss is recorded with the keyboard alone", async () => {
  await walk(async (place) => {
    await place.fill();
    const device = await place.person("care-17", { size: "desktop" });
    const keys = new Keys(device);
    await keys.open("/");
    await keys.is(HOME);
    await keys.tabTo("link", starting("Medicines"));
    await device.page.keyboard.press("Enter");
    await keys.walk({
      "Did the wrong medicine reach the person?": "No, it was stopped in time",
      "What nearly happened?": "Stock or storage",
      "Stock or storage": "Tablet found",
      "Which kind of medicine?": null,
      "Who was it about?": "No one person",
      "How was it noticed?": "A colleague saw it",
      "What did you do?": ["Told the senior", "Put the medicine aside"],
      "Tell us what happened (optional)": { say: "A white tablet on the floor by the chair." },
    });
    await keys.arrives("Check your answers");
    await keys.press("Save near miss");
    await keys.arrives("Saved. Thank you.");
    await keys.nothingWaits();
    const [report] = await place.admin.events();
    assert.equal(report.with.error_type, "found_tablet");
    assert.deepEqual(report.with.immediate_actions, ["Told the senior", "Put the medicine aside"]);
    assert.equal(report.with.text, "A white tablet on the floor by the chair.");
  });
});

test("with Continue asked for, the arrow keys choose and nothing moves by itself", async () => {
  await walk(async (place) => {
    await place.fill();
    const device = await place.person("care-17");
    const keys = new Keys(device);
    await keys.open("/settings");
    await keys.choose("Answering questions", "Ask me to press Continue");
    await keys.open("/");
    await keys.tabTo("link", starting("Medicines"));
    await device.page.keyboard.press("Enter");
    await keys.arrowTo("Did the wrong medicine reach the person?", "Nothing has happened yet");
    await keys.arrowTo("What nearly happened?", "Wrong time");
    await keys.arrives("Which kind of medicine?");
    // Back keeps the answer.
    await device.page.goBack();
    await keys.is("What nearly happened?");
    assert.ok(await keys.group(ending("What nearly happened?")).getByRole("radio", { name: "Wrong time", exact: true }).isChecked());
  });
});

test("the first Tab of a screen leads past the navigation", async () => {
  await walk(async (place) => {
    await place.fill();
    const device = await place.person("care-17", { size: "tablet" });
    const keys = new Keys(device);
    await keys.open("/reports");
    await keys.is("My reports");
    await device.page.keyboard.press("Tab");
    const skip = device.page.getByRole("link", { name: "Skip to main content" });
    assert.ok(await skip.evaluate((node) => node === document.activeElement));
    await device.page.keyboard.press("Enter");
    // As a person does: the next key comes after the page has moved.
    await device.page.waitForURL(/#main$/);
    await device.page.waitForTimeout(500);
    await device.page.keyboard.press("Tab");
    assert.ok(await device.page.evaluate(() => Boolean(document.activeElement.closest("main"))));
  });
});

test("the lock shows the keyboard the way in, and leads back to where it was", async () => {
  await walk(async (place) => {
    await place.fill();
    const device = await place.person("care-17");
    const { page } = device;
    const doors = new Doors(device);
    await doors.turnLockOn();
    await page.getByRole("link", { name: "Skip to main content" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#main$/);
    await page.waitForTimeout(500);
    await page.keyboard.press("Tab");
    await hasFocus(page.getByLabel("PIN", { exact: true }));
    await page.keyboard.type(PIN);
    await page.keyboard.press("Enter");
    await hasFocus(page.getByRole("button", { name: "Lock now" }));

    await doors.type("Your PIN", PIN);
    await doors.press("Turn the lock off");
    await hasFocus(page.getByRole("heading", { name: "Screen lock" }));
  });
});

async function hasFocus(wanted) {
  await wanted.waitFor();
  await wanted.page().waitForFunction((node) => node === document.activeElement, await wanted.elementHandle());
}

/** Where the focus is, if a person can see it, and how it is marked. */
function lookAtFocus() {
  const node = document.activeElement;
  const label = node.id && document.querySelector(`label[for="${CSS.escape(node.id)}"]`);
  const small = node.matches("input[type=radio], input[type=checkbox]");
  const shown = small && label ? label : node;
  const box = shown.getBoundingClientRect();
  const styles = [node, shown, ...shown.children].flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::before"), getComputedStyle(one, "::after")]);
  const outline = Math.max(...styles.map((style) => (style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth))));
  const points = [
    [box.x + box.width / 2, box.y + box.height / 2],
    [box.x + 3, box.y + 3],
    [box.right - 3, box.bottom - 3],
  ];
  const uncovered = points.some(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top && (shown.contains(top) || top.contains(shown) || node.contains(top));
  });
  const inMain = Boolean(node.closest("main"));
  return { what: `${node.tagName} ${node.textContent.trim().slice(0, 30)}`, outline, uncovered, inMain, y: Math.round(box.y + scrollY), column: Math.round(box.x) };
}

test("what takes the focus away gives it to where a person goes on", async () => {
  await walk(async (place) => {
    await place.fill();
    const carer = await place.quietPerson("care-17");
    for (const error_type of ["wrong_dose", "wrong_time"]) {
      await carer.write("report", randomUUID(), { category: "medication", happened: "something_happened", reached: "no", error_type });
    }
    const device = await place.person("snr-03", { size: "desktop" });
    const keys = new Keys(device);
    const focused = () => device.page.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.id);

    // Back from a record beside the inbox: on the card that led there.
    await keys.open("/inbox");
    const card = device.page.locator(".inbox a[href*='record=']").nth(1);
    await card.focus();
    const left = await focused();
    await device.page.keyboard.press("Enter");
    await keys.arrives(/^Medicines/);
    await device.page.goBack();
    await until(device.page, async () => (await focused()) === left, "the card that was left has the focus");

    // What is wrong inside a closed section: the section opens at Save, and again at the link to it.
    const office = new Keys(await place.person("rm-01", { size: "desktop" }));
    const { page } = office;
    const at = () => page.evaluate(() => document.activeElement.id);
    await office.open("/admin/sites?edit=meadow");
    const section = page.locator("details", { hasText: "Times and settings" });
    await section.locator("summary").click();
    await office.type("Hours to look at the risk", "9999");
    await section.locator("summary").click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const isOpen = () => section.evaluate((section) => section.open);
    await until(page, isOpen, "the section with the error is open");
    await section.locator("summary").click();
    await page.getByRole("main").getByRole("link", { name: "Hours to look at the risk: type a whole number from 1 to 8760" }).click();
    await until(page, async () => (await at()) === "settings.step2_hours", "the field has the focus");

    // What was typed comes back, and says so.
    await office.open("/admin/sites");
    await office.open("/admin/sites?edit=meadow");
    await office.says("You began this before");
  });
});
