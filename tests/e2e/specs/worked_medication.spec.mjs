// Worked example: a warfarin dose is caught before it is given. Five people, five devices, part of it without signal.
// The clock is today's, so the last look comes at once and the record closes with "Better".

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { Capture, KEPT } from "../pages/capture.mjs";
import { Desk } from "../pages/desk.mjs";
import { Reports } from "../pages/reports.mjs";

const WRONG_DOSE = "Medicines: wrong dose or amount";
const SHEET = "Dose-change sheet fixed in the MAR before the next round; phoned doses repeated back and signed by two";
const EMAIL = "Surgery sends INR changes by secure email before 16:00";
const REMINDER = "Reminder at handover";
const THANKS = "Thank you. A dose change sheet was added because of your report.";

test("a wrong dose goes through the five steps and its reporter reads what changed", async () => {
  await walk(async (place) => {
    await place.fill();
    const [colleague, carer, senior, manager, lead, deputy] = [
      await place.person("care-22"),
      await place.person("care-17"),
      await place.person("snr-03"),
      await place.person("rm-01", { size: "desktop" }),
      await place.person("medlead-01", { size: "tablet" }),
      await place.person("dep-01", { size: "desktop" }),
    ];

    await reportsTranscription(new Capture(colleague));

    const writing = new Capture(carer);
    await carer.hasWholeBuild();
    await place.server.stop();
    await writing.begin("Medicines");
    await writing.walk({
      "Did the wrong medicine reach the person?": "No, it was stopped in time",
      "What nearly happened?": "Wrong dose or amount",
      "Which kind of medicine?": "Blood thinner",
      "Who was it about?": "R-014",
      "How was it noticed?": "I checked the label",
      "What did you do?": ["Told the senior", "Put the medicine aside", "Gave the right dose"],
      "Tell us what happened (optional)": {
        say: "Took out 5 mg from the box. MAR said 3 mg from today after yesterday's INR call. Yellow book was not with the MAR.",
      },
    });
    await writing.place("First floor trolley");
    await writing.add("Part of the work", "When in the work was it?", "Getting it ready");
    await writing.add("How worried", "How worried are you?", "Fairly worried");
    const record = await writing.save();
    await writing.says(KEPT);
    await place.server.resume();
    await writing.sendNow();

    // The senior has pulled it, then looks at it without signal.
    const looking = new Desk(senior);
    await senior.hasWholeBuild();
    await looking.take(WRONG_DOSE);
    await place.server.stop();
    await looking.step(WRONG_DOSE, "Review");
    await looking.review({
      mostLikely: "Moderate",
      worst: "Death",
      again: "Likely",
      note: "Dose change phoned through at 17:10, written on a slip, not on the MAR until morning.",
    });
    await looking.waits(1);
    await place.server.resume();
    await looking.sendNow();
    await looking.open(`/records/${record}`);
    await looking.link(1);

    const deciding = new Desk(manager);
    await deciding.step(WRONG_DOSE, "Decide");
    await deciding.says("Risk: high");
    await deciding.decide({
      outcome: "A risk to watch",
      reason: "Two anticoagulant transcription near misses in 14 days.",
      bodies: { "Council safeguarding": ["Need not be told", "Below local threshold, consult if a third occurs"] },
    });

    const acting = new Desk(lead);
    await acting.step(WRONG_DOSE, "Act");
    await acting.plan({ what: SHEET, who: "Grace", by: "In 7 days", strength: "In between" });
    await acting.plan({ what: EMAIL, who: "Farah", by: "In 7 days", strength: "In between", kind: "Stops it next time" });
    await acting.plan({ what: REMINDER, who: "Grace", by: "Today", strength: "Weaker", kind: "Straight away" });
    await acting.done(REMINDER);
    await acting.done(SHEET, { evidence: ["MAR chart"] });
    await acting.open(`/records/${record}`);
    await acting.tell("A dose change sheet was added because of your report");
    await acting.nothingWaits();

    await deciding.goTo("Actions");
    await deciding.done(EMAIL);

    await acting.step(WRONG_DOSE, "Act");
    await acting.finishActions({
      fill: { "What will the next audit look at? (optional)": "10 warfarin MARs monthly for 3 months" },
      factors: ["Passing on information", "Policies and procedures", "The job itself"],
    });

    const closing = new Desk(deputy);
    await closing.step(WRONG_DOSE, "Record the result");
    await closing.outcome({
      counted: "Anticoagulant near misses",
      before: [2, 61],
      after: [0, 28],
      looked: "At 28 days",
      worked: "Better",
      evidence: ["MAR chart", "Watching practice", "What a professional says"],
    });
    await closing.close(THANKS);
    await closing.nothingWaits();

    const reading = new Reports(carer);
    await reading.read("Wrong dose or amount");
    await reading.says("Learned");
    await reading.says(THANKS);
    await reading.says(`Action done: ${EMAIL}`);
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

/** The earlier near miss with a blood thinner. */
async function reportsTranscription(capture) {
  await capture.begin("Medicines");
  await capture.answer("Did the wrong medicine reach the person?", "No, it was stopped in time");
  await capture.answer("What nearly happened?", "Medicine record (MAR) wrong");
  await capture.answer("Medicine record (MAR) wrong", "Copied wrongly onto the MAR");
  await capture.walk({
    "Which kind of medicine?": "Blood thinner",
    "Who was it about?": "R-021",
    "How was it noticed?": "A second checker saw it",
    "What did you do?": ["Corrected the medicine record"],
    "Tell us what happened (optional)": { say: "The new dose stood in the wrong column." },
  });
  await capture.happenedYesterday("09:10");
  await capture.save();
  await capture.nothingWaits();
}
