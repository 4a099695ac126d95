// Audits and oversight: the year, the questions about one record, the signatures, questions of the provider.

import { Screen } from "./screen.mjs";

export const ITEMS = [
  "Was it recorded and reviewed on time?",
  "Does the decision give a reason?",
  "Was the action strong enough?",
  "Is the result shown with evidence?",
  "Was the reporter told?",
];

export class Audits extends Screen {
  async begin() {
    await this.goTo("Oversight");
    await this.is("Learning and oversight");
    await this.page.getByRole("main").getByRole("link", { name: /^Audits\b/ }).click();
    await this.is("Audits");
  }

  async openAudit(title) {
    await this.page.getByRole("button", { name: new RegExp(`^Open the audit\\s?: ${title}$`) }).first().click();
    await this.is(title);
  }

  /** Answers one question and waits until it is saved. */
  async answer(item, answer, note) {
    await this.choose(item, answer);
    const section = this.section(item);
    if (answer === "No") {
      await section.getByLabel("What was missing?", { exact: true }).fill(note);
      await section.getByRole("button", { name: /^Save this answer/ }).click();
    }
    await section.getByText(new RegExp(`^Saved( on this device)?: ${answer}, by `)).waitFor();
  }

  /** What a record says about a question, with the question. */
  section(item) {
    return this.page.locator(".audit-item").filter({ hasText: item });
  }

  async oversight(title) {
    await this.goTo("Oversight");
    await this.is("Learning and oversight");
    await this.page.getByRole("main").getByRole("link", { name: /^Oversight sign-off\b/ }).click();
    await this.is("Oversight sign-off");
    await this.page.getByRole("main").getByRole("link", { name: title, exact: true }).click();
    await this.is(title);
  }

  async ask(question) {
    await this.page.locator("summary", { hasText: "Ask the manager" }).click();
    await this.type("Your question", question);
    await this.press("Ask this question");
    await this.says("Waits for an answer");
  }
}
