// Worked example: the boom of a hoist drops with nobody in the sling. Nobody was hurt, and it must still be reported.
// The carer and the senior work without signal; the lead may not check their own work.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { Capture, KEPT } from "../pages/capture.mjs";
import { Desk } from "../pages/desk.mjs";
import { Reports } from "../pages/reports.mjs";

const HOIST = "Place or equipment: hoist";
const RIDDOR = "Health and Safety Executive (RIDDOR)";
const YELLOW_CARD = "Yellow Card (MHRA)";
const ACTUATOR = "Engineer replaced actuator, load tested, examined both same-model hoists";
const REGISTER = "Asset register drives examination dates with 30, 14 and 1 day alerts";
const THANKS = "Thank you. Both hoists of this model were examined because you tested before use.";

test("a dropped hoist boom is told to the safety bodies, put right, checked by somebody else and closed", async () => {
  await walk(async (place) => {
    await place.fill();
    const [carer, senior, manager, lead, deputy] = [
      await place.person("care-22"),
      await place.person("snr-05", { theme: "dark" }),
      await place.person("rm-01", { size: "desktop" }),
      await place.person("maint-01", { size: "tablet" }),
      await place.person("dep-01", { size: "desktop" }),
    ];

    const writing = new Capture(carer);
    await carer.hasWholeBuild();
    await place.server.kill();
    await writing.begin("Place or equipment");
    await writing.walk({
      "Is it safe now?": "Yes, taken out of use",
      "Did it reach anyone?": "No, it was stopped in time",
      "What is the danger?": "Equipment",
      Equipment: "Hoist",
      "Where was it?": "Bathroom 2",
      "Which piece of equipment?": "Hoist 7",
      "How was it noticed?": "A check before use",
      "What did you do?": ["Told the senior", "Used other equipment"],
      "Tell us what happened (optional)": {
        say: "Boom dropped about 10 cm when I tested the lift before use. Nobody was in the sling.",
      },
    });
    await writing.add("How worried", "How worried are you?", "Very worried");
    const record = await writing.save();
    await writing.says(KEPT);
    await writing.says("The Registered Manager sees it as soon as it is sent.");
    await carer.reopen(`/reports/${record}`);
    await writing.says("Waiting to send");

    await place.server.resume();
    await writing.sendNow();
    const looking = new Desk(senior);
    await senior.hasWholeBuild();
    await looking.take(HOIST);
    await place.server.kill();
    await looking.step(HOIST, "Review");
    await looking.review({
      mostLikely: "Serious",
      worst: "Death",
      again: "Possible",
      interim: "HOIST-03 from ground floor, two-carer check",
    });
    await senior.reopen("/inbox");
    await looking.waits(1);
    await place.server.resume();
    await looking.sendNow();

    const deciding = new Desk(manager);
    await deciding.step(HOIST, "Decide");
    await deciding.says("Reporter is very worried.");
    await deciding.decide({
      yes: [/^Did a load-bearing part of lifting equipment fail/, /^Could the product, its label or the device itself/],
      bodies: { [YELLOW_CARD]: ["Tell them", "Device fault"] },
      outcome: "Tell them now",
      wider: "Two hoists of the same model in use",
      found: "Thorough examination was due and is late",
    });
    await deciding.toldThem(RIDDOR, { how: "Online form", reference: "TEST-HSE-1" });
    await deciding.toldThem(YELLOW_CARD, { how: "Online form", reference: "TEST-MHRA-1" });

    const acting = new Desk(lead);
    await acting.step(HOIST, "Act");
    await acting.plan({ what: ACTUATOR, who: "Hugh", by: "Today", strength: "Stronger" });
    await acting.plan({ what: REGISTER, who: "Hugh", by: "In 7 days", strength: "In between", kind: "Stops it next time" });
    await acting.done(ACTUATOR, { evidence: ["Maintenance log"] });
    await acting.done(REGISTER);
    await acting.says("2 actions have to be checked by another person.");
    await acting.saysNothingOf(/^Check the work/);
    await acting.nothingWaits();

    const closing = new Desk(deputy);
    await closing.open(`/records/${record}`);
    await closing.check(ACTUATOR, "Lifted 120 kg three times");
    await closing.check(REGISTER);
    await closing.nothingWaits();

    await acting.step(HOIST, "Act");
    await acting.finishActions({ factors: ["Equipment and supplies", "How we organise work"] });
    await acting.nothingWaits();

    await closing.step(HOIST, "Record the result");
    await closing.outcome({
      counted: "Lifting equipment within examination date",
      before: [6, 9],
      after: [9, 9],
      unit: "Items",
      looked: "At 28 days",
      worked: "Better",
      evidence: ["Maintenance log", "Other audit"],
    });
    await closing.close(THANKS);
    await closing.nothingWaits();

    const reading = new Reports(carer);
    await reading.read("Hoist");
    await reading.says("Learned");
    await reading.says(THANKS);
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});
