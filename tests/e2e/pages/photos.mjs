// Photos beside a report: on the way to them, choosing them, and seeing that they are there.

import { until } from "../fixtures/store.mjs";
import { SHORT } from "./capture.mjs";

export const WORDS = "Tell us what happened (optional)";
const { [WORDS]: last, ...BEFORE } = SHORT["Place or equipment"];
/** What is written beside a photo. */
export const SAID = last;

/** From Home to the question beside which photos are added. */
export async function toTheWords(capture) {
  await capture.begin("Place or equipment");
  await capture.walk(BEFORE);
  await capture.asked(WORDS);
}

/** Chooses pictures as the browser's own chooser does. */
export async function choose(capture, files) {
  const chooser = capture.page.waitForEvent("filechooser");
  await capture.press("Choose a photo");
  await (await chooser).setFiles(files);
}

/** Waits until the page shows so many photos that this person added. */
export async function added(capture, number) {
  const thumbs = capture.page.getByRole("img", { name: /^Photo \d of slip or trip surface, added by you$/ });
  await until(capture.page, async () => (await thumbs.count()) === number, `${number} photos`);
}
