// The page that saves what is on a device as a file, without the app.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Screen } from "./screen.mjs";

export class Rescue extends Screen {
  async here() {
    await this.is("Save the reports on this device");
    await this.page.getByRole("button", { name: "Save as a file" }).waitFor();
  }

  /** Gives the bytes of the file. */
  async save() {
    const coming = this.page.waitForEvent("download");
    await this.press("Save as a file");
    const download = await coming;
    assert.match(download.suggestedFilename(), /^noticed-\d{4}-\d\d-\d\d-\d{4}\.nmrescue$/);
    await this.page.getByRole("heading", { name: "The file is saved" }).waitFor();
    return readFile(await download.path());
  }
}
