// The session, the password and the policy of the page: what ends, what is refused, and what never gets in the way of
// a report.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { carer } from "../fixtures/carer.mjs";
import { heardInDays } from "../fixtures/disk.mjs";
import { walk } from "../fixtures/people.mjs";
import { PASSWORD, HOME as PLACE } from "../fixtures/provider.mjs";
import { part, until } from "../fixtures/store.mjs";
import { KEPT, SHORT } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";
import { Reports } from "../pages/reports.mjs";

const NEW = "seven blue buckets";

test("f74: a session that ran out long ago stops nobody from recording, and nothing on the phone goes", async () => {
  await carer(async ({ place, phone, capture }) => {
    phone.expects(/401/);
    const doors = new Doors(phone);
    const before = await capture.report("Medicines");
    await capture.nothingWaits();
    await phone.hasWholeBuild();
    await place.server.stop();
    // Sixty days: the browser has thrown its cookie away.
    await phone.context.clearCookies();
    await phone.reopen();
    const after = await capture.report("Place or equipment");
    await capture.says(KEPT);

    await place.server.resume();
    await phone.reopen();
    await until(phone.page, async () => (await place.admin.reportsOf(after)) === 1, "the report arrives without a session");
    assert.equal(await place.admin.reportsOf(before), 1);
    // Both are still on the phone.
    await new Reports(phone).has(2);
    await doors.says("Sign in again");
    await doors.follow("Sign in");
    await doors.is("Sign in");
    await doors.type("Sign-in name", "care-17");
    // It tries again while somebody types, as after a lift without signal, and loses the signal too.
    const asked = phone.page.waitForResponse((reply) => reply.url().includes("/v1/pull"));
    await phone.page.evaluate(() => dispatchEvent(new Event("online")));
    assert.equal((await asked).status(), 401);
    await phone.page.evaluate(() => dispatchEvent(new Event("offline")));
    await phone.page.waitForTimeout(500);
    assert.equal(await phone.page.getByLabel("Sign-in name").inputValue(), "care-17", "what was typed stays");
    await doors.signIn("care-17");
    await capture.nothingWaits();
    await new Reports(phone).has(2);
  });
});

test("a phone that was away for 14 days reads nothing before a sign-in, and records meanwhile", async () => {
  await carer(async ({ place, phone, capture }) => {
    phone.expects(/401/);
    const doors = new Doors(phone);
    await capture.report("Medicines");
    await capture.nothingWaits();
    await until(phone.page, async () => (await part(phone.page, "meta")).some(([key]) => key === "heard_at"), "it knows when it was heard");
    await phone.hasWholeBuild();
    await place.server.stop();
    await phone.context.clearCookies();
    await heardInDays(phone.page, -13);
    await phone.reopen();
    await new Reports(phone).has(1);
    await heardInDays(phone.page, -15);
    await phone.reopen();
    await doors.is("Noticed is locked");
    await doors.says("This device was not in contact for 14 days.");
    const looker = new Looker();
    await looker.look(phone.page, "locked after 14 days");
    assert.deepEqual(looker.faults, []);
    await doors.open("/reports");
    await doors.is("Noticed is locked");
    await phone.page.getByRole("main").getByRole("link", { name: /^Place or equipment/ }).click();
    await capture.walk(SHORT["Place or equipment"]);
    const meanwhile = await capture.save();
    await capture.says(KEPT);

    await place.server.resume();
    await phone.reopen();
    await until(phone.page, async () => (await place.admin.reportsOf(meanwhile)) === 1, "the report arrives without a session");
    await doors.is("Noticed is locked");
    await doors.follow("Use my password");
    await doors.signIn("care-17");
    await new Reports(phone).has(2);
    await phone.reopen();
    await new Reports(phone).has(2);
  });
});

test("a phone on which the app is never closed reads nothing after 14 days either", async () => {
  await carer(async ({ place, phone, capture }) => {
    const doors = new Doors(phone);
    await capture.report("Medicines");
    await capture.nothingWaits();
    await until(phone.page, async () => (await part(phone.page, "meta")).some(([key]) => key === "heard_at"), "it knows when it was heard");
    await phone.hasWholeBuild();
    await place.server.stop();
    await heardInDays(phone.page, -13);
    await phone.reopen();
    const reports = new Reports(phone);
    await reports.has(1);
    // Two days later, by its own clock, without a start in between.
    await phone.page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 2 * 24 * 3600 * 1000;
    });
    await doors.is("Noticed is locked");
    await doors.says("This device was not in contact for 14 days.");
  });
});

test("what lies behind the lock names nothing in the window and asks the service for nothing", async () => {
  await carer(async ({ phone, capture }) => {
    const doors = new Doors(phone);
    const record = await capture.report("Medicines");
    await capture.nothingWaits();
    await doors.turnLockOn();
    await doors.unlock();
    await until(phone.page, async () => (await phone.page.title()) === "Settings – Noticed", "it has its name again");
    await doors.pressAgain("Lock now");
    await doors.is("Noticed is locked");
    await phone.page.addInitScript(() => {
      globalThis.titles = [];
      addEventListener("DOMContentLoaded", () => {
        const note = () => titles.push(document.title);
        new MutationObserver(note).observe(document.head, { subtree: true, childList: true, characterData: true });
      });
    });
    const asked = [];
    phone.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    for (const address of [`/reports/${record}`, `/records/${record}`, "/measures", "/audits", "/apart"]) {
      await doors.open(address);
      await doors.is("Noticed is locked");
      await phone.page.waitForTimeout(500);
      assert.equal(await phone.page.title(), "Noticed is locked – Noticed", address);
      const others = (await phone.page.evaluate(() => titles)).filter((title) => !/^Noticed( is locked – Noticed)?$/.test(title));
      assert.deepEqual(others, [], address);
    }
    assert.ok(!asked.includes("/v1/attention"), "nothing is asked for a page that nobody sees");
    await doors.open(`/reports/${record}`);
    await doors.unlock();
    await until(phone.page, async () => !(await phone.page.title()).includes("locked"), "the page names the window once it is open");
  });
});

test("who only reads is told so before they write a report", async () => {
  await walk(async (place) => {
    await place.fill({ ...PLACE, staff: [...PLACE.staff, ["insp-01", "Owen", ["inspector"]]] });
    const doors = new Doors(await place.person("insp-01"));
    for (const address of ["/quick", "/new/medication", "/drafts", "/inbox"]) {
      await doors.open(address);
      await doors.page.getByRole("heading", { level: 1 }).waitFor();
      await doors.says("You can read what you were invited to see. You cannot change anything.");
      await doors.page.getByRole("main").getByRole("link", { name: "Learning and oversight" }).waitFor();
      assert.equal(await doors.page.getByRole("main").getByRole("textbox").count(), 0, address);
    }
  });
});

test("f79: a sign-out without signal is told later, and the token is refused after that", async () => {
  await carer(async ({ place, phone }) => {
    phone.expects(/401/);
    const doors = new Doors(phone);
    await doors.is(HOME);
    await phone.hasWholeBuild();
    const cookies = await phone.context.cookies();
    const [, kept] = (await part(phone.page, "meta")).find(([key]) => key === "device");
    const ask = () =>
      fetch(`${place.server.origin}/v1/me`, {
        headers: {
          cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
          "x-noticed-device": JSON.parse(kept).id,
        },
      });
    assert.equal((await ask()).status, 200, "the copy of the token is good");
    await place.server.stop();
    await doors.signOut();
    // The door is shown before the note is on the disk.
    await until(phone.page, async () => (await part(phone.page, "meta")).some(([key]) => key === "sign_out_owed"), "the sign-out is still to be told");
    await place.server.resume();
    await phone.reopen();
    await until(phone.page, async () => (await ask()).status === 401, "the server has heard of the sign-out");
  });
});

test("a password is changed in the settings, and an easy one is refused in words", async () => {
  await carer(async ({ phone }) => {
    phone.expects(/422/);
    const doors = new Doors(phone);
    await doors.open("/settings");
    await doors.is("Settings");
    await phone.page.getByText("Change your password", { exact: true }).first().click();
    await doors.type("Your password now", "violet-kettle-42");
    await doors.type("Choose a password", "password2026");
    await doors.press("Change your password");
    await doors.says(/is easy to guess/);
    await doors.type("Choose a password", NEW);
    await doors.pressAgain("Change your password");
    await doors.says("Your password is changed.");
    await doors.signOut();
    await doors.signIn("care-17", NEW);
  });
});

test("who left a tablet open signs out there from their own phone", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    const tablet = await place.sharedDevice();
    const [doors, left] = [new Doors(phone), new Doors(tablet)];
    await left.signIn("care-17");
    await doors.open("/settings");
    await doors.is("Settings");
    const section = phone.page.locator("#sessions");
    await section.getByText(/^Shared device\. Signed in/).waitFor();
    assert.equal(await section.getByRole("listitem").count(), 2);
    await section.getByText(/^Sign out on /).click();
    await section.getByLabel("Your password").fill("not this one at all");
    phone.expects(/422/);
    await section.getByRole("button", { name: "Sign out there" }).click();
    await section.getByText(/is not right/).first().waitFor();
    await section.getByLabel("Your password").fill(PASSWORD);
    const looker = new Looker();
    await looker.look(phone.page, "settings with another device");
    assert.deepEqual(looker.faults, []);
    await section.getByRole("button", { name: "Sign out there" }).click();
    await doors.says("You are signed out there.");
    await section.getByText("You are signed in on this device only.").waitFor();

    tablet.expects(/401/);
    await tablet.reopen();
    await left.says("Sign in again");
  });
});

test("a PIN that everybody tries first is refused", async () => {
  await walk(async (place) => {
    await place.fill();
    const doors = new Doors(await place.person("care-17"));
    await doors.open("/settings");
    await doors.is("Settings");
    await doors.type("Choose a PIN", "123456");
    await doors.type("The same PIN again", "123456");
    await doors.page.getByRole("button", { name: "Turn the lock on" }).evaluate((button) => scrollBy(0, button.getBoundingClientRect().y - 100));
    await doors.press("Turn the lock on");
    const refused = doors.page.getByRole("alert").filter({ hasText: "easy to guess" });
    await refused.waitFor();
    await until(doors.page, async () => (await refused.boundingBox()).y >= 0, "the refusal above the screen is scrolled to");
    await doors.type("The same PIN again", "654321");
    await doors.press("Turn the lock on");
    await doors.says("There is a problem");
    assert.equal(await doors.page.getByText(/easy to guess/).count(), 0, "what was wrong before is said no more");
    await doors.turnLockOn();
  });
});

test("words that become part of a page stay words, and no code but the app's own runs", async () => {
  await carer(async ({ phone }) => {
    phone.expects(/policy: |[Cc]ontent [Ss]ecurity [Pp]olicy|Trusted ?Types?|'Trusted(HTML|Script|ScriptURL)'/);
    const refused = await phone.page.evaluate(async () => {
      globalThis.ran = [];
      const tried = (work) => {
        try {
          work();
          return "done";
        } catch (error) {
          return error.name;
        }
      };
      const script = (fill) => {
        const element = document.createElement("script");
        fill(element);
        document.head.append(element);
      };
      const answers = {
        html: tried(() => document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\"ran.push('html')\">")),
        svg: tried(() => document.body.insertAdjacentHTML("beforeend", "<svg onload=\"ran.push('svg')\"></svg>")),
        timer: tried(() => setTimeout("ran.push('timer')")),
        text: tried(() => script((element) => (element.text = "ran.push('text')"))),
        address: tried(() => script((element) => (element.src = "/evil.js"))),
        policy: tried(() => trustedTypes.createPolicy("mine", { createHTML: (words) => words })),
        worker: await navigator.serviceWorker.register("/other.js").then(() => "done", (error) => error.name),
      };
      // Not while the tool that drives the browser looks: it may do more than the page.
      const code = (done) => setTimeout(() => done(tried(() => new Function("ran.push('code')")())));
      answers.code = await new Promise(code);
      const image = document.createElement("img");
      answers.attribute = tried(() => image.setAttribute("onerror", "ran.push('attribute')"));
      image.src = "data:,x";
      document.body.append(image);
      await new Promise((done) => setTimeout(done, 500));
      return { answers, ran: globalThis.ran };
    });
    assert.deepEqual(refused.ran, []);
    for (const [what, answer] of Object.entries(refused.answers)) assert.notEqual(answer, "done", what);
  });
});
