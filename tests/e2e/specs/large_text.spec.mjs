// Words twice as large as usual, as many phones are set, and the largest size of the app: nothing stands beside the
// screen, and the top line leaves room for the page and keeps the words of the home's name whole.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { Screen } from "../pages/screen.mjs";

const NARROW = { width: 320, height: 640 };
const USUAL = 16;

test("a carer and a senior read every screen with words twice as large", async () => {
  await walk(async (place) => {
    await place.fill();
    const record = randomUUID();
    const carer = await place.person("care-17");
    const senior = await place.person("snr-03");
    const writer = await place.quietPerson("care-22");
    await writer.write("report", record, { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose", occurred_at: new Date().toISOString() });

    const capture = ["words", "did", "who", "when"].map((question) => `/new/medication/${question}?draft=${randomUUID()}`);
    const faults = [
      ...(await read(carer, ["/", ...capture, "/quick?category=medication", "/reports", "/drafts", "/sync", "/help", "/settings"])),
      ...(await read(senior, ["/inbox", `/records/${record}`, `/records/${record}/review`, "/actions", "/learning"])),
    ];
    assert.deepEqual(faults, []);
  });
});

/** Every address with the words of the phone twice as large, and with the largest of the app; gives what does not fit. */
async function read(device, addresses) {
  const screen = new Screen(device);
  const browser = await device.context.newCDPSession(device.page);
  const faults = [];
  await device.page.setViewportSize(NARROW);
  for (const address of addresses) {
    for (const [size, standard, ofApp] of [["twice as large", 2 * USUAL, "normal"], ["largest of the app", USUAL, "largest"]]) {
      await browser.send("Page.setFontSizes", { fontSizes: { standard } });
      await screen.open(address);
      await device.page.getByRole("heading", { level: 1 }).first().waitFor();
      await device.page.evaluate((size) => (document.documentElement.dataset.textSize = size), ofApp);
      faults.push(...(await device.page.evaluate(fit)).map((fault) => `${address}, ${size}: ${fault}`));
    }
  }
  return faults;
}

function fit() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const top = document.querySelector(".shell__top").getBoundingClientRect().height;
  const site = document.querySelector(".shell__site");
  const lines = Math.round(site.getBoundingClientRect().height / parseFloat(getComputedStyle(site).lineHeight));
  return [
    ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`] : []),
    ...(top > innerHeight / 2 ? [`the top line is ${Math.round(top)} px high`] : []),
    ...(lines > site.textContent.split(" ").length ? [`the name of the home breaks into ${lines} lines`] : []),
  ];
}
