// My reports: where each stands, and what changed because of it.

import { Screen } from "./screen.mjs";

export class Reports extends Screen {
  async list() {
    await this.goTo("My reports");
    await this.is("My reports");
  }

  async titles() {
    await this.list();
    const cards = this.page.getByRole("main").getByRole("heading", { level: 2 });
    return (await cards.allTextContents()).map((title) => title.trim());
  }

  async read(title) {
    await this.list();
    await this.page.getByRole("main").getByRole("link", { name: title, exact: true }).click();
    await this.is(title);
  }
}
