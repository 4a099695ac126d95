// Every screen, empty and filled, with and without errors: WCAG 2.2 AA, targets of 44 pixels, no scrolling sideways.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { fillRecords } from "../fixtures/filled.mjs";
import { walk } from "../fixtures/people.mjs";
import { HOME as FILLED, inviteStaff } from "../fixtures/provider.mjs";
import { until } from "../fixtures/store.mjs";
import { Capture, SHORT } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";

/** The questions of each kind, and the screens that all kinds have. */
const SCREENS = {
  medication: ["reached", "what", "harm", "medicine", "who", "noticed", "did", "words", "where", "stage", "worried", "when", "name"],
  environment: ["safe", "reached", "what", "where", "equipment", "noticed", "did", "words", "who", "worried"],
  behaviour: ["hurt", "held", "restricted", "who", "what", "before", "helped", "words", "signs", "ended"],
};

/** Goes from screen to screen without loading the app again, and looks at each. */
class Tour extends Capture {
  looker = new Looker();

  async visit(address, where = address) {
    await this.page.evaluate((address) => {
      const link = Object.assign(document.createElement("a"), { href: address });
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
    await this.page.waitForURL((url) => url.pathname + url.search === address);
    await this.settled();
    await this.looker.look(this.page, where);
  }

  /** The heading is there and nothing is being drawn any more. */
  async settled() {
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
    await this.page.evaluate(stillness);
  }

  async look(where) {
    await this.settled();
    await this.looker.look(this.page, where);
  }

  /** The same screen with every error that an empty form can have. */
  async lookAtErrors(button, where) {
    await this.press(button);
    await this.says("There is a problem");
    const summary = this.page.locator(".error-summary");
    await until(this.page, async () => (await summary.boundingBox()).y > -1, `${where}: the first line of what is wrong is in sight`);
    await this.look(`${where} with errors`);
  }

  ends() {
    assert.equal(this.looker.faults.length, 0, this.looker.faults.join("\n"));
  }
}

/** Three frames in which nothing on the page changed. */
function stillness() {
  return new Promise((done) => {
    let frames = 0;
    const watch = new MutationObserver(() => (frames = 0));
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = () => {
      frames += 1;
      if (frames < 3) return requestAnimationFrame(look);
      watch.disconnect();
      done();
    };
    requestAnimationFrame(look);
  });
}

test("the ways in are accessible", async () => {
  await walk(async (place) => {
    const first = await place.device();
    const tour = new Tour(first);
    await tour.open("/");
    await tour.look("welcome");
    await tour.open("/set-up");
    await tour.look("set-up without a link");
    await tour.open(`/set-up#${place.server.setUpToken}`);
    await tour.look("set-up");
    await tour.lookAtErrors("Set up", "set-up");
    tour.ends();

    await place.fill({ ...FILLED, places: [], people: [], assets: [] });
    const tablet = await place.sharedDevice();
    tablet.expects(/status of 4\d\d/);
    const doors = new Tour(tablet);
    await doors.look("sign in");
    await doors.lookAtErrors("Sign in", "sign in");
    await doors.visit("/join");
    await doors.lookAtErrors("Continue", "join");
    const { code } = await inviteStaff(place.admin, "rm-01");
    await doors.type("Code", code);
    await doors.pressAgain("Continue");
    await doors.look("choose a password");
    await doors.pressAgain("Join");
    await doors.look("choose a password with errors");
    doors.ends();
  });
});

test("the screens of an empty home are accessible", async () => {
  await walk(async (place) => {
    await place.fill({ ...FILLED, places: [], people: [], assets: [] });
    const tour = new Tour(await place.person("rm-01"));
    for (const address of ["/", "/reports", "/drafts", "/inbox", "/actions", "/decisions", "/sync", "/quick", "/help", "/settings", "/admin", "/apart"]) {
      await tour.visit(address, `empty ${address}`);
    }
    for (const list of ["sites", "places", "people", "assets", "staff", "councils", "contracts", "ideas", "frameworks", "devices"]) await tour.visit(`/admin/${list}`, `empty ${list}`);
    await tour.visit("/new/medication/who?draft=a", "nobody to choose");
    await tour.visit("/new/environment/where?draft=b", "no place to choose");
    await tour.visit("/records/unknown");
    await tour.visit("/no/such/page", "page not found");
    await tour.visit("/new/newer/first?draft=c", "a kind that is newer");
    await tour.visit("/cannot-run");
    tour.ends();
  });
});

test("recording is accessible on every screen", async () => {
  await walk(async (place) => {
    await place.fill();
    const tour = new Tour(await place.person("care-17"));
    await tour.is(HOME);
    for (const [category, questions] of Object.entries(SCREENS)) {
      for (const question of questions) await tour.visit(`/new/${category}/${question}?draft=${category}`);
    }
    await tour.visit("/new/medication/what?draft=medication&show=list", "all answers");
    await tour.visit("/new/medication/who?draft=medication&show=find", "find somebody");
    await tour.visit("/new/medication/reached?draft=medication&show=help", "get help first");
    await tour.visit("/new/environment/safe?draft=environment&show=advice-4", "make it safe first");
    await tour.visit("/new/behaviour/before?draft=behaviour&show=list", "all triggers");
    await tour.visit("/new/medication/did?draft=other", "a question with ticks");
    await tour.lookAtErrors("Continue", "a question with ticks");
    await tour.visit("/new/medication/when?draft=other&show=day", "another day");
    await tour.lookAtErrors("Continue", "another day");
    await tour.visit("/quick?category=medication&draft=quick", "quick record");
    await tour.lookAtErrors("Save and send now", "quick record");

    await tour.open("/");
    await tour.begin("Medicines");
    await tour.answer("Did the wrong medicine reach the person?", "Nothing has happened yet");
    await tour.asked("What nearly happened?");
    await tour.open("/");
    await tour.look("home with a draft");
    await tour.visit("/drafts", "drafts");
    await tour.page.getByRole("button", { name: /^Delete/ }).click();
    await tour.page.getByRole("dialog").waitFor();
    await tour.look("delete a draft");
    await tour.page.getByRole("button", { name: "Keep it" }).click();
    await place.server.stop();
    await tour.open("/");
    await tour.begin("Place or equipment");
    await tour.walk(SHORT["Place or equipment"]);
    await tour.checking();
    await tour.look("check answers");
    await tour.save();
    await tour.look("saved");
    await tour.visit("/sync", "sending, with something waiting");
    tour.ends();
  });
});

test("the screens of the reporter are accessible", async () => {
  await walk(async (place) => {
    await place.fill();
    const records = await fillRecords(place);
    const tour = new Tour(await place.person("care-17"));
    await tour.nothingWaits();
    await tour.visit("/", "home with news");
    await tour.visit("/reports", "my reports");
    for (const name of ["new", "returned", "asked", "action", "closed"]) await tour.visit(`/reports/${records[name]}`, `my report, ${name}`);
    await tour.visit("/settings", "settings");
    await new Doors(tour.device).turnLockOn();
    await tour.look("locked");
    tour.ends();
  });
});

test("the screens of the manager are accessible", async () => {
  await walk(async (place) => {
    await place.fill();
    const records = await fillRecords(place);
    const tour = new Tour(await place.person("rm-01"));
    await tour.nothingWaits();
    await tour.visit("/inbox", "inbox");
    await tour.visit("/inbox?all=1", "inbox of everybody");
    await tour.visit(`/inbox?record=${records.hoist}`, "inbox with a record");
    for (const name of ["hoist", "rivals", "action", "finished", "closed"]) await tour.visit(`/records/${records[name]}`, `record, ${name}`);
    const steps = [
      [records.new, "review", "Save and pass to the Registered Manager"],
      [records.reviewed, "decide", "Save the decision"],
      [records.action, "act", "Add the action"],
      [records.finished, "outcome", "Save the result"],
      [records.rivals, "settle", "Keep this decision"],
    ];
    for (const [record, step, button] of steps) {
      await tour.visit(`/records/${record}/${step}`, step);
      await tour.lookAtErrors(button, step);
    }
    await tour.visit(`/records/${records.finished}/outcome?do=close`, "finish the record");
    for (const form of ["ask", "return", "tell", "note", "sent", "outage", "link", "reference", "duplicate", "withdraw", "amend"]) {
      await tour.visit(`/records/${records.reviewed}?do=${form}`, `form ${form}`);
    }
    await tour.visit(`/records/${records.action}/act?do=done&about=${records.openAction}`, "form done");
    await tour.visit(`/records/${records.finished}/act`, "a step that is not open");
    await tour.visit("/actions?all=1", "actions");
    tour.ends();
  });
});

test("what was kept apart is accessible", async () => {
  await walk(async (place) => {
    await place.fill();
    const carer = await place.quietPerson("care-17");
    await place.admin.send("POST", `/v1/devices/${carer.device}/revoke`, {});
    const report = { category: "medication", happened: "something_happened", reached: "no", error_type: "wrong_dose", text: "5 mg and not 3 mg" };
    await assert.rejects(carer.write("report", randomUUID(), report), /device_revoked/);
    const { items: [{ kind, id }] } = await place.admin.send("GET", "/v1/attention");
    const tour = new Tour(await place.person("rm-01"));
    await tour.nothingWaits();
    await tour.visit("/inbox", "inbox with something kept apart");
    await tour.says("Kept but not used");
    await tour.look("what was kept apart");
    await tour.press(/^Record it again/);
    await tour.checking();
    await tour.look("check answers of a report that is recorded again");
    await tour.visit(`/apart/${kind}/${id}`, "mark as dealt with");
    await tour.lookAtErrors("Save", "mark as dealt with");
    await tour.type("What was done?", "Asked Ama, it is in the record.");
    await tour.pressAgain("Save");
    await tour.says("Show 1 that was dealt with");
    await tour.look("inbox with something dealt with");
    await tour.visit("/apart", "dealt with");
    tour.ends();
  });
});

test("the lists of the manager are accessible", async () => {
  await walk(async (place) => {
    await place.fill();
    const tour = new Tour(await place.person("rm-01"));
    await tour.nothingWaits();
    for (const list of ["sites", "places", "people", "assets", "staff", "councils", "contracts"]) {
      await tour.visit(`/admin/${list}`, `list of ${list}`);
      await tour.visit(`/admin/${list}?new=1`, `new entry of ${list}`);
      await tour.lookAtErrors("Save", `new entry of ${list}`);
    }
    await tour.visit("/admin/ideas?new=behaviour", "new idea");
    await tour.lookAtErrors("Save", "new idea");
    await tour.visit("/admin/ideas?import=1", "import ideas");
    await tour.visit("/admin/frameworks", "list of frameworks");
    await tour.visit("/admin/frameworks?new=1", "load a framework");
    await tour.lookAtErrors("Load it for everybody", "load a framework");
    await tour.visit("/admin/staff?edit=care-17", "change an entry");
    await tour.press("Retire this member of staff");
    await tour.page.getByRole("dialog").waitFor();
    await tour.look("retire an entry");
    await tour.page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await tour.visit("/admin/places?import=1", "import");
    await tour.type("Or paste the rows here", "code,name\nroom-1,Room 1\nroom-2,");
    await tour.lookAtErrors(/^Import 2 rows$/, "import");
    await tour.visit("/admin/staff?invite=care-22", "invite");
    await tour.press("Make a code");
    await tour.is(/^Code for /);
    await tour.look("an invitation");
    await tour.visit("/admin/devices", "devices");
    await tour.visit("/admin/devices?invite=device", "add a shared device");
    await tour.lookAtErrors("Make a code", "add a shared device");
    tour.ends();
  });
});
