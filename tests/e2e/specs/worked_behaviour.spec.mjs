// Worked example: the third time that somebody the person does not know upsets them. It counts once the shift lead
// confirms it. The carer and the shift lead work without signal.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { Capture, KEPT } from "../pages/capture.mjs";
import { Desk } from "../pages/desk.mjs";
import { Reports } from "../pages/reports.mjs";

const SHOUTING = "Distress or behaviour: shouting or threats";
const HITTING = "Distress or behaviour: hitting or pushing";
const CARD = "Photo card of who is coming shown one hour before, with a plan B card";
const BOOKING = "Agency booking for S-03 accepts named drivers only";
const THANKS = "Thank you. There is a photo card of who is coming now, because you saw what was different.";

test("distress before a trip is confirmed, linked, acted on and closed", async () => {
  await walk(async (place) => {
    await place.fill();
    const [carer, shift, manager, lead, deputy] = [
      await place.person("care-17"),
      await place.person("sl-02", { size: "tablet" }),
      await place.person("rm-01", { size: "desktop" }),
      await place.person("beh-01"),
      await place.person("dep-01", { size: "desktop", theme: "dark" }),
    ];
    const writing = new Capture(carer);
    const looking = new Desk(shift);
    for (const days of [13, 7]) {
      await reports(writing, daysAgo(days));
      await writing.nothingWaits();
      await looking.step(SHOUTING, "Review");
      await looking.review({ confirms: "Yes, a near miss", mostLikely: "Minor", worst: "Moderate", again: "Possible" });
      await looking.nothingWaits();
    }

    await carer.hasWholeBuild();
    await place.server.stop();
    await writing.begin("Distress or behaviour");
    await writing.walk({
      "Was anyone hurt?": "No, it was settled in time",
      "Did anyone hold, block or restrict the person?": "No",
      "Who was it about?": "S-03",
      "What nearly happened?": "Hitting or pushing",
      "What was happening before?": ["Staff they do not know", "Change of routine"],
      "What helped?": ["Time and space", "A walk or fresh air"],
      "Tell us what happened (optional)": {
        say: "Unfamiliar agency driver, trip cancelled at the door. Raised fist toward another tenant, no contact.",
      },
    });
    await writing.add("Early signs", "What did you see first?", ["Walking up and down", "Clenched hands", "Louder voice"]);
    await writing.add("How it ended", "How did it end?", "Settled with support");
    const record = await writing.save();
    await writing.says(KEPT);
    await place.server.resume();
    await writing.sendNow();

    await shift.hasWholeBuild();
    await looking.take(HITTING);
    await place.server.stop();
    await looking.step(HITTING, "Review");
    await looking.review({
      confirms: "Yes, a near miss",
      mostLikely: "Moderate",
      worst: "Serious",
      again: "Likely",
      note: "Other tenant asked; not frightened",
    });
    await looking.waits(1);
    await place.server.resume();
    await looking.sendNow();

    const deciding = new Desk(manager);
    await deciding.step(HITTING, "Decide");
    await deciding.says("Risk: high");
    await deciding.says("2 similar records in the last 90 days.");
    await deciding.decide({
      bodies: { "Council safeguarding": ["Need not be told", "Below threshold text OAK-2026 v2"] },
      outcome: "A risk to watch",
      reason: "Third event with the same trigger in 14 days.",
    });
    await deciding.open(`/records/${record}`);
    await deciding.link(1);
    await deciding.link(2);
    await deciding.nothingWaits();

    const acting = new Desk(lead);
    await acting.step(HITTING, "Act");
    await acting.plan({ what: CARD, who: "Ines", by: "In 3 days", strength: "In between" });
    await acting.plan({ what: BOOKING, who: "Ines", by: "In 7 days", strength: "Stronger", kind: "Stops it next time" });
    await acting.done(CARD, { evidence: ["Care or support plan"] });
    await acting.done(BOOKING);
    await acting.finishActions({
      fill: { "Which part of the support plan changed? (optional)": "Transitions", "New version of the support plan (optional)": "4" },
      choose: {
        "Did the person take part? (optional)": "Yes",
        "Was the family told? (optional)": "Yes",
        "Must medicine for mood or behaviour be reviewed (STOMP)? (optional)": "No",
      },
      factors: ["How we organise work", "Passing on information", "The job itself"],
    });
    await acting.nothingWaits();

    const closing = new Desk(deputy);
    await closing.step(HITTING, "Record the result");
    await closing.outcome({
      counted: "Events with this trigger",
      before: [3, 14],
      after: [1, 28],
      looked: "At 28 days",
      worked: "Better",
      evidence: ["Behaviour log", "Supervision", "Watching practice"],
      supervision: { who: "Ama", result: "Practice observation 1 of 1 met" },
    });
    await closing.close(THANKS);
    await closing.nothingWaits();

    const reading = new Reports(carer);
    await reading.read("Hitting or pushing");
    await reading.says("Learned");
    await reading.says(THANKS);
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

/** An earlier event with the same trigger. */
async function reports(capture, { day, month, year }) {
  await capture.begin("Distress or behaviour");
  await capture.walk({
    "Was anyone hurt?": "No, it was settled in time",
    "Did anyone hold, block or restrict the person?": "No",
    "Who was it about?": "S-03",
    "What nearly happened?": "Shouting or threats",
    "What was happening before?": ["Staff they do not know"],
    "What helped?": ["Listening and calm talk"],
    "Tell us what happened (optional)": { say: "Somebody new at the door." },
  });
  await capture.happenedOn({ day, month, year, time: "14:30" });
  await capture.save();
  await capture.home();
}

function daysAgo(days) {
  const date = new Date(Date.now() - days * 86_400_000);
  return { day: date.getDate(), month: date.getMonth() + 1, year: date.getFullYear() };
}
