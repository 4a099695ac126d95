// A tablet that several people use: whoever stands at it can record, and each report carries the right name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { PASSWORD, inviteStaff } from "../fixtures/provider.mjs";
import { part } from "../fixtures/store.mjs";
import { Capture, SHORT } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";

test("a tablet that nobody has signed in on yet records without a name", async () => {
  await walk(async (place) => {
    await place.fill();
    const tablet = await place.sharedDevice();
    const capture = new Capture(tablet);
    await begin(capture, "Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.checking();
    await capture.follow("Choose your name");
    await capture.asked("Who are you?");
    await capture.press("Do not store my name");
    await capture.checking();
    const record = await capture.save();
    await capture.says(/looks at it within 12 hours/);
    await capture.nothingWaits();
    const [report] = await place.admin.events();
    assert.deepEqual([report.record, report.by, report.site], [record, "anonymous", "meadow"]);
  });
});

test("what was begun while nobody was signed in stands on the door, and goes with whoever signs in out of it", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17"]);
    const tablet = await place.sharedDevice();
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await doors.signIn("care-17");
    await doors.signOut();
    await begin(capture, "Medicines");
    const { "What did you do?": last, "Tell us what happened (optional)": words, ...first } = SHORT.Medicines;
    await capture.walk(first);
    await capture.asked("What did you do?");
    await capture.press("Save and finish later");
    await capture.is("Sign in");
    await capture.says("Not finished");
    await capture.saysNothingOf("Wrong dose");
    await capture.follow(/^Continue/);
    await capture.walk({ "What did you do?": last, "Tell us what happened (optional)": words });
    await capture.follow("Choose your name");
    await capture.asked("Who are you?");
    await tablet.page.getByText("My name is not here").click();
    await tablet.page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
    await doors.is("Sign in");
    await doors.type("Sign-in name", "care-17");
    await doors.type("Password", PASSWORD);
    await doors.press("Sign in");
    await capture.save();
    await capture.nothingWaits();
    assert.deepEqual(await part(tablet.page, "draft"), []);
    assert.equal((await place.admin.events())[0].by, "care-17");
  });
});

test("the name of one report is never that of the next", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17", "care-22"]);
    const tablet = await place.sharedDevice();
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    for (const who of ["care-17", "care-22"]) {
      await doors.signIn(who);
      await doors.signOut();
    }
    await begin(capture, "Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.follow("Choose your name");
    await capture.answer("Who are you?", "Ama");
    await capture.change("Your name");
    await capture.answer("Who sees your name?", "Do not store my name");
    await capture.save();

    await quick(capture, "Two tablets in one pot.");
    // "Save" was pressed before: whoever tapped their name walks away.
    await capture.answer("Who are you?", "Bilal");
    await capture.saved();
    await capture.nothingWaits();
    const events = await place.admin.events();
    assert.deepEqual(events.map((event) => event.by).sort(), ["anonymous", "care-22"]);
  });
});

test("a locked tablet asks who writes, and can be given to somebody else", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17", "care-22"]);
    const tablet = await place.sharedDevice();
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await doors.signIn("care-22");
    await doors.signOut();
    await doors.signIn("care-17");
    await doors.turnLockOn();
    await begin(capture, "Place or equipment");
    await capture.walk(SHORT["Place or equipment"]);
    await capture.follow("Choose your name");
    await capture.answer("Who are you?", "Bilal");
    await capture.save();
    await capture.nothingWaits();
    assert.equal((await place.admin.events())[0].by, "care-22");

    await capture.follow("Go to Home");
    await doors.is("Noticed is locked");
    await doors.press("Not you? Sign out");
    await tablet.page.getByRole("dialog").getByRole("button", { name: "Sign out", exact: true }).click();
    await doors.is("Sign in");
    await doors.signIn("care-22");

    await doors.signOut();
    await doors.is("Sign in");
    await doors.type("Sign-in name", "care-17");
    await doors.type("Password", PASSWORD);
    await doors.press("Sign in");
    await doors.is(HOME);
    await doors.open("/");
    await doors.is("Noticed is locked");
    await doors.follow("Use my password");
    await doors.signIn("care-17");
  });
});

test("whoever goes round by signing in is told that the report is not saved yet", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17"]);
    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await quick(capture, "Two tablets in one pot.");
    await capture.asked("Who are you?");
    await tablet.page.getByRole("main").getByRole("link", { name: "Sign in", exact: true }).click();
    await doors.is("Sign in");
    await doors.type("Sign-in name", "care-17");
    await doors.type("Password", PASSWORD);
    await doors.press("Sign in");
    await capture.is("What nearly happened?");
    await capture.says("Not saved yet");
    await capture.says("Press Save and send now.");
    await capture.press("Save and send now");
    await capture.is("Saved. Details needed.");
    await capture.nothingWaits();
    assert.deepEqual((await place.admin.events()).map((event) => event.by), ["care-17"]);
  });
});

test("a tablet on which one person is retired stays of use to the others", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17", "care-22"]);
    const tablet = await place.sharedDevice({ size: "tablet" });
    tablet.expects(/status of (401|403)/);
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await doors.signIn("care-22");
    await doors.signOut();
    await doors.signIn("care-17");
    await capture.nothingWaits();
    await place.admin.send("POST", "/v1/directory", { changes: [{ kind: "staff", id: "care-17", value: { name: "Ama", roles: {} } }] });
    await tablet.page.evaluate(() => dispatchEvent(new Event("online")));
    await doors.is("Sign in");
    await doors.says("You have no role at any site now");
    for (const again of [false, true]) {
      if (again) await doors.open("/sign-in");
      await tablet.page.getByRole("banner").getByText("Meadow House").waitFor();
      await doors.open("/sync");
      await doors.is("Everything is sent");
      await doors.press("Try now");
      await tablet.page.waitForTimeout(1_000);
      await doors.saysNothingOf("Ask your manager to give you one");
    }
    await doors.open("/sign-in");
    await begin(capture, "Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.follow("Choose your name");
    await capture.asked("Who are you?");
    assert.equal(await tablet.page.getByRole("main").getByRole("button", { name: "Ama" }).count(), 0, "Ama has no role");
    await capture.answer("Who are you?", "Bilal");
    await capture.save();
    await capture.nothingWaits();
    assert.deepEqual((await place.admin.events()).map((event) => event.by), ["care-22"]);
  });
});

test("a report that the screen locks in the middle of asks one thing: whose it is", async () => {
  await walk(async (place) => {
    await place.fill();
    await givePasswords(place, ["care-17"]);
    const tablet = await place.sharedDevice({ size: "tablet" });
    const doors = new Doors(tablet);
    const capture = new Capture(tablet);
    await doors.signIn("care-17");
    await doors.turnLockOn();
    const news = tablet.page.locator("[data-tone]").filter({ hasText: "The lock is on now." });
    assert.equal(await news.count(), 0, "it is for whoever was here");
    await begin(capture, "Medicines");
    await capture.walk(SHORT.Medicines);
    await capture.checking();
    await capture.says("Who you are");
    await capture.saysNothingOf("Use my name");
    assert.equal(await tablet.page.getByRole("button", { name: "Save near miss" }).count(), 0);
    await capture.follow("Choose your name");
    await capture.answer("Who are you?", "Ama");
    await capture.checking();
    await capture.says("Use my name");
    await capture.save();
    await capture.nothingWaits();
  });
});

test("the settings, the lists and Help can be reached from every screen", async () => {
  await walk(async (place) => {
    await place.fill();
    const { code } = await inviteStaff(place.admin, "rm-01");
    const desk = await place.device({ size: "desktop", label: "rm-01" });
    const doors = new Doors(desk);
    await doors.open("/join");
    await doors.goTo("Help");
    await doors.is("Help");
    await doors.joinAsPerson(code);
    await doors.goTo("Manage");
    await doors.is("Manage");
    await desk.page.getByRole("banner").getByRole("link", { name: "Settings" }).click();
    await doors.is("Settings");
  });
});

async function begin(capture, category) {
  await capture.page.getByRole("main").getByRole("link", { name: new RegExp(`^${category}`) }).click();
}

async function quick(capture, words) {
  await capture.open("/");
  await capture.follow("Quick record");
  await capture.is("What is it about?");
  await begin(capture, "Medicines");
  await capture.is("What nearly happened?");
  await capture.page.getByRole("textbox").fill(words);
  await capture.press("Save and send now");
}

/** People who have a password, from a device of their own. */
async function givePasswords(place, staff) {
  for (const who of staff) await place.quietPerson(who);
}
