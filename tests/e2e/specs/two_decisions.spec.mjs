// Two seniors look at the same risk without signal and without seeing each other. Nothing is overwritten: the manager
// chooses, and both see the outcome.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { Capture, SHORT } from "../pages/capture.mjs";
import { Desk } from "../pages/desk.mjs";

const WRONG_DOSE = "Medicines: wrong dose or amount";

test("f61, f66: two people decide one step without signal, and the manager keeps one", async () => {
  await walk(async (place) => {
    await place.fill();
    const carer = new Capture(await place.person("care-17"));
    await carer.begin("Medicines");
    await carer.walk(SHORT.Medicines);
    const record = await carer.save();
    await carer.nothingWaits();

    const cerys = new Desk(await place.person("snr-03"));
    const dilan = new Desk(await place.person("snr-05", { size: "tablet" }));
    const manager = new Desk(await place.person("rm-01", { size: "desktop" }));
    for (const senior of [cerys, dilan]) {
      await senior.device.hasWholeBuild();
      await senior.take(WRONG_DOSE);
    }
    await place.server.stop();
    await cerys.step(WRONG_DOSE, "Review");
    await cerys.review({ mostLikely: "Minor", worst: "Moderate", again: "Unlikely", note: "Seen by Cerys" });
    await dilan.step(WRONG_DOSE, "Review");
    await dilan.review({ mostLikely: "Serious", worst: "Death", again: "Likely", note: "Seen by Dilan" });
    await place.server.resume();
    await cerys.sendNow();
    await dilan.sendNow();
    const reviews = (await place.admin.events()).filter((event) => event.do === "review_risk");
    // Both devices send by themselves when the service is back; either may be first.
    assert.deepEqual(reviews.map((event) => event.with.note).sort(), ["Seen by Cerys", "Seen by Dilan"]);

    // Nobody can go on to the next step before the choice.
    await manager.goTo("Inbox");
    const first = manager.page.locator(".inbox section").first();
    await first.getByRole("heading", { level: 2, name: /^Urgent, or may be an incident/ }).waitFor();
    await first.getByText(/Choose one: the risk is (moderate, or the risk is extreme|extreme, or the risk is moderate)$/).waitFor();
    await first.getByText(/Potential: moderate or death, two people decided/).waitFor();
    await manager.take(WRONG_DOSE);
    await manager.says("Two decisions");
    await manager.saysNothingOf("Decide who must be told");
    await manager.settle(WRONG_DOSE, { by: "Dilan", reason: "Dilan spoke with the pharmacy" });
    await manager.is(WRONG_DOSE);
    await manager.says("Risk: extreme");
    await manager.nothingWaits();

    for (const senior of [cerys, dilan]) {
      await senior.open(`/records/${record}`);
      await senior.says("Chosen");
      await senior.says("Not chosen");
      const chosen = senior.page.locator("article").filter({ has: senior.page.getByText("Chosen", { exact: true }) });
      await chosen.getByText("Seen by Dilan").waitFor();
      const other = senior.page.locator("article").filter({ has: senior.page.getByText("Not chosen", { exact: true }) });
      await other.getByText("Seen by Cerys").waitFor();
      await senior.says("Risk: extreme");
    }
    await manager.step(WRONG_DOSE, "Decide");
    await manager.is("Who must be told?");
  });
});
