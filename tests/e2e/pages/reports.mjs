// My reports: where each stands, and what changed because of it.

import { until } from "../fixtures/store.mjs";
import { Screen } from "./screen.mjs";

export class Reports extends Screen {
  async list() {
    await this.goTo("My reports");
    await this.is("My reports");
  }

  /** Waits until the list has so many reports. */
  async has(number) {
    await this.list();
    const cards = this.page.getByRole("main").getByRole("heading", { level: 2 });
    await until(this.page, async () => (await cards.count()) === number, `${number} reports in the list`);
  }

  async read(title) {
    await this.list();
    await this.page.getByRole("main").getByRole("link", { name: title, exact: true }).click();
    await this.is(title);
  }
}
