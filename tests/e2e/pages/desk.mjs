// Steps 2 to 5: the inbox, a record, and the forms of each step.

import { Screen, about, starting } from "./screen.mjs";

export class Desk extends Screen {
  /** Opens a record from the inbox. */
  async take(title) {
    await this.goTo("Inbox");
    await this.page.getByRole("main").getByRole("link", { name: title, exact: true }).first().click();
    await this.is(title);
  }

  /** Opens the step that a record waits for. */
  async step(title, button) {
    await this.take(title);
    await this.page.getByRole("main").getByRole("link", { name: button, exact: true }).click();
  }

  async review({ confirms, mostLikely, worst, again, interim, note }) {
    await this.is("How bad could it be?");
    if (confirms) await this.choose("Is this a near miss?", confirms);
    await this.choose("What would most likely have happened?", mostLikely);
    await this.choose("What could have happened at worst?", worst);
    await this.choose("How likely is it to happen again?", again);
    if (interim) await this.type("What was done straight away? (optional)", interim);
    if (note) await this.type("Note (optional)", note);
    await this.press("Save and pass to the Registered Manager");
    await this.says(/^Saved\. Written in:/);
  }

  /** `yes`: questions answered with yes; the rest is no. `bodies`: name to `[answer, reason]`. */
  async decide({ yes = [], bodies = {}, outcome, reason, wider, found }) {
    await this.is("Who must be told?");
    for (const question of yes) await this.choose(question, "Yes");
    await this.press(/^No to all the others/);
    // The button goes, and the focus stays in the form.
    await this.page.waitForFunction(() => document.activeElement.matches("input:checked"));
    for (const [name, [answer, why]] of Object.entries(bodies)) {
      await this.choose(name, answer);
      if (why) await this.whyOf(name).fill(why);
    }
    await this.choose("What do you decide?", outcome);
    if (reason) await this.type("Why?", reason);
    if (wider) await this.type("Is there a wider risk? (optional)", wider);
    if (found) {
      await this.unfold("Finding and advice (optional)");
      await this.type("What did you find?", found);
    }
    await this.press("Save the decision");
    await this.says(/^(The decision is saved|Saved\. Now tell them)/);
  }

  /** Changes a decision: `yes` and `bodies` as in `decide`. */
  async revise({ yes = [], bodies = {}, reason }) {
    await this.follow("Change who must be told");
    await this.is("Change who must be told");
    for (const question of yes) await this.choose(question, "Yes");
    for (const [name, [answer, why]] of Object.entries(bodies)) {
      await this.choose(name, answer);
      if (why) await this.whyOf(name).fill(why);
    }
    await this.type("Why?", reason);
    await this.press("Save the change");
    await this.says(/^(The decision is saved|Saved\. Now tell them)/);
  }

  whyOf(name) {
    return this.page.getByRole("textbox", { name: new RegExp(`^Why.*\\(${name.replace(/[()]/g, "\\$&")}\\)$`) });
  }

  async unfold(summary) {
    await this.page.locator("summary", { hasText: summary }).click();
  }

  /** Bodies for which the page shows this suggestion. */
  async suggested(word) {
    const choices = this.page.locator(`.body-choice[data-suggestion=${word}]`);
    return choices.getByRole("group").evaluateAll((groups) => groups.map((group) => group.querySelector("legend").textContent.trim()));
  }

  async toldThem(body, { how, reference, proof }) {
    await this.follow(about("Record that they were told", body));
    await this.is("Record that they were told");
    if (how) await this.type("How? (optional)", how);
    if (reference) await this.type("Their reference (optional)", reference);
    if (proof) await this.type("Where is the proof? (optional)", proof);
    await this.press("Save");
    await this.says("It is recorded that they were told.");
  }

  async plan({ what, who, by = "Today", strength, kind }) {
    await this.is("Put it right");
    await this.type("What will be done?", what);
    await this.page.getByLabel("Who does it?", { exact: true }).selectOption({ label: who });
    await this.choose("By when?", by);
    await this.choose("How strong is it?", strength);
    if (kind) await this.choose("What kind of action is it? (optional)", kind);
    // One form for all actions, so the press for the one before may still count as the same.
    await this.pressAgain("Add the action");
    await this.page.getByRole("main").getByRole("heading", { level: 3, name: what, exact: true }).waitFor();
  }

  /** On the page of step 4 or in the list of actions. */
  async done(what, { note, evidence = [] } = {}) {
    await this.follow(about("Mark as done", what));
    await this.is("Mark as done");
    if (note) await this.type("What was the result? (optional)", note);
    if (evidence.length > 0) {
      await this.unfold("How do you know? (optional)");
      await this.tickAll("How do you know?", evidence);
    }
    await this.press("Mark as done");
    await this.says("The action is done.");
  }

  async check(what, note) {
    await this.follow(about("Check the work", what));
    await this.is("Check the work");
    await this.choose("Is it fixed?", "Checked and fixed");
    if (note) await this.type("What did you see? (optional)", note);
    await this.press("Save the check");
    await this.says("The check is saved.");
  }

  async finishActions({ factors = [], fill = {}, choose = {} } = {}) {
    await this.follow("Finish this step");
    await this.is("Finish the actions");
    for (const [label, words] of Object.entries(fill)) await this.type(label, words);
    for (const [legend, answer] of Object.entries(choose)) await this.choose(legend, answer);
    if (factors.length > 0) {
      await this.unfold("What made it more likely (optional)");
      await this.tickAll("What made it more likely", factors);
    }
    await this.press("Finish and pass on");
    await this.says("The actions are finished.");
  }

  async tell(words) {
    await this.follow("Tell the reporter");
    await this.is("Tell the reporter");
    await this.type("Your message", words);
    await this.press("Send the message");
    await this.says("The reporter is told.");
  }

  async link(other) {
    await this.follow("Link to another record");
    await this.is("Link to another record");
    await this.page.getByLabel("Which record?", { exact: true }).selectOption({ index: other });
    await this.press("Link");
    await this.says("The records are linked.");
  }

  /** `before` and `after`: `[count, per]`. */
  async outcome({ counted, before, after, unit, looked, worked, evidence, supervision }) {
    await this.is("Did it work?");
    await this.type("What did you count?", counted);
    const per = unit ? "Out of how many" : "In how many days";
    if (unit) {
      await this.unfold("Count by something other than days (optional)");
      await this.choose("Count by", unit);
    }
    await this.type("How many before?", String(before[0]));
    await this.type(`${per} before? (optional)`, String(before[1]));
    await this.type("How many after?", String(after[0]));
    await this.type(`${per} after? (optional)`, String(after[1]));
    await this.choose("When did you look?", looked);
    await this.choose("Did it work?", worked);
    await this.tickAll("How do you know? (optional)", evidence);
    if (supervision) {
      await this.unfold("Supervision (optional)");
      await this.page.getByLabel("With whom?", { exact: true }).selectOption({ label: supervision.who });
      await this.type("What came of it?", supervision.result);
    }
    await this.press("Save the result");
    // The actions were finished today, so a look that is named by its days is asked about.
    if (/^At \d+ days$/.test(looked)) await this.press("Yes, save it");
    await this.is("Finish the record");
  }

  async close(message) {
    await this.is("Finish the record");
    await this.type("Message to the reporter", message);
    await this.press("Finish and tell the reporter");
    await this.says("Finished. The reporter is told.");
  }

  async settle(title, { by, reason }) {
    await this.step(title, "Choose one");
    await this.is("Choose one of two decisions");
    await this.choose("Which decision counts?", starting(`The one by ${by},`));
    await this.type("Why this one?", reason);
    await this.press("Keep this decision");
    await this.says("One decision is chosen. The other stays visible.");
  }
}
