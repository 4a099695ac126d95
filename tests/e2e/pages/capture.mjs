// Recording a near miss: one question per screen, then check, save, and what is said afterwards.

import { holds } from "../fixtures/store.mjs";
import { HOME } from "./doors.mjs";
import { Screen, ending, starting } from "./screen.mjs";

export const KEPT = "Kept on this phone. It will be sent when there is signal.";

export class Capture extends Screen {
  async begin(category) {
    await this.is(HOME);
    await this.follow(starting(category));
  }

  async asked(question) {
    await this.is(ending(question));
  }

  /** One tap on a tile. */
  async answer(question, tile) {
    await this.asked(question);
    await this.page.getByRole("main").getByRole("button", { name: starting(tile) }).click();
  }

  async tick(question, answers) {
    await this.asked(question);
    await this.tickAll(ending(question), answers);
    await this.press("Continue");
  }

  /** Answers out of the whole list behind "Something else". */
  async tickInList(question, answers) {
    await this.asked(question);
    await this.press("Something else");
    await this.page.getByLabel("Find in this list").waitFor();
    for (const answer of answers) await this.tap(this.page.getByRole("checkbox", { name: answer, exact: true }));
    await this.press("Continue");
  }

  async say(question, words) {
    await this.asked(question);
    await this.page.getByRole("textbox", { name: question }).fill(words);
    await this.press("Continue");
  }

  async skip(question) {
    await this.asked(question);
    await this.press("Skip this question");
  }

  /** Answers questions in their order: a text taps a tile, a list ticks, `say` writes, null skips. */
  async walk(answers) {
    for (const [question, answer] of Object.entries(answers)) {
      if (answer === null) await this.skip(question);
      else if (Array.isArray(answer)) await this.tick(question, answer);
      else if (typeof answer === "object") await this.say(question, answer.say);
      else await this.answer(question, answer);
    }
  }

  /** Waits until words that were typed without going on are in the draft on the disk. */
  async wroteDown(words) {
    await holds(this.page, "draft", words);
  }

  async checking() {
    await this.is("Check your answers");
  }

  /** Adds an answer that the walk did not ask, from the check-answers page. */
  async add(name, question, answer) {
    await this.checking();
    await this.page.getByRole("main").getByRole("link", { name: starting(name) }).click();
    await this.walk({ [question]: answer });
    await this.checking();
  }

  /** The place has a row already: the site, until somebody says more. */
  async place(answer) {
    await this.change("Place");
    await this.walk({ "Where was it?": answer });
    await this.checking();
  }

  async change(key) {
    await this.checking();
    await this.follow(`Change ${key.toLowerCase()}`);
  }

  async happened(answer) {
    await this.change("When");
    await this.answer("When did it happen?", answer);
  }

  async happenedYesterday(time) {
    await this.happened("Yesterday");
    await this.asked("About what time?");
    await this.type("About what time?", time);
    await this.press("Continue");
    await this.checking();
  }

  async happenedOn({ day, month, year, time }) {
    await this.happened("Another day");
    await this.asked("What day was it?");
    await this.type("Day", String(day));
    await this.type("Month", String(month));
    await this.type("Year", String(year));
    await this.type("About what time?", time);
    await this.press("Continue");
    await this.checking();
  }

  /** A whole report from Home on, as short as it can be. Gives the id of the record. */
  async report(kind) {
    await this.begin(kind);
    await this.walk(SHORT[kind]);
    return this.save();
  }

  /** Saves, and gives the id of the record. */
  async save() {
    await this.checking();
    await this.press("Save near miss");
    return this.saved();
  }

  async saved() {
    await this.is("Saved. Thank you.");
    return new URL(this.page.url()).pathname.split("/").pop();
  }

  async home() {
    await this.follow("Go to Home");
    await this.is(HOME);
  }
}

/** The shortest honest report of each kind. */
export const SHORT = {
  Medicines: {
    "Did the wrong medicine reach the person?": "No, it was stopped in time",
    "What nearly happened?": "Wrong dose or amount",
    "Which kind of medicine?": null,
    "Who was it about?": "R-014",
    "How was it noticed?": "I checked the label",
    "What did you do?": ["Told the senior"],
    "Tell us what happened (optional)": { say: "Took out 5 mg, the record said 3 mg." },
  },
  "Place or equipment": {
    "Is it safe now?": "Yes, put right",
    "Did it reach anyone?": "Nothing has happened yet",
    "What is the danger?": "Slip or trip",
    "Slip or trip": "Slip or trip surface",
    "Where was it?": "Bathroom 2",
    "How was it noticed?": "A check before use",
    "What did you do?": ["Cleaned or cleared it"],
    "Tell us what happened (optional)": { say: "Water on the floor by the door." },
  },
  "Distress or behaviour": {
    "Was anyone hurt?": "No, it was settled in time",
    "Did anyone hold, block or restrict the person?": "No",
    "Who was it about?": "S-03",
    "What nearly happened?": "Shouting or threats",
    "What was happening before?": ["Noise"],
    "What helped?": ["Time and space"],
    "Tell us what happened (optional)": { say: "The hoover was on. It was turned off." },
  },
};

/** A quick record from Home: the fewest taps to something that is saved. Its words find it again. */
export async function quickly(capture, words) {
  await capture.open("/");
  await capture.follow("Quick record");
  await capture.is("What is it about?");
  await capture.page.getByRole("main").getByRole("link", { name: starting("Medicines") }).click();
  await capture.is("What nearly happened?");
  await capture.page.getByRole("textbox").fill(words);
  await capture.press(/^Save (and send )?now$/);
  await capture.is("Saved. Details needed.");
}

/** How often the server has a report with these words. */
export async function arrived(admin, words) {
  return (await admin.events()).filter((event) => event.with.text === words).length;
}
