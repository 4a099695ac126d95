// The first day: the printed link, the lists, an invitation, and a second device that joins with it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { walk } from "../fixtures/people.mjs";
import { Doors, HOME } from "../pages/doors.mjs";
import { Manage } from "../pages/manage.mjs";

test("a provider is set up from the printed link, and a second device joins", async () => {
  await walk(async (place) => {
    const office = await place.device({ size: "desktop", label: "office" });
    const doors = new Doors(office);
    await doors.open("/");
    await doors.is("Welcome to Noticed");
    await doors.setUp({
      token: place.server.setUpToken,
      provider: "Rowan Care",
      site: "Rose House",
      name: "Adele",
      signIn: "adele",
    });
    await doors.says("Noticed is ready.");
    const manage = new Manage(office);
    await manage.says("Next: add your staff");
    await manage.follow("Add your staff");
    await manage.is("Staff and roles");
    await manage.begin();
    await manage.list("Places");
    await manage.add("place", { fill: { Code: "bathroom-2", Name: "Bathroom 2" } });
    await manage.import("code,name\nlounge,Lounge\nroom-4,Room 4");
    for (const name of ["Bathroom 2", "Lounge", "Room 4"]) await manage.says(name);
    await manage.begin();
    await manage.list("People you support");
    await manage.add("person", { fill: { Code: "R-014" }, select: { "Place (optional)": "Room 4" } });
    await manage.begin();
    await manage.list("Staff and roles");
    await manage.add("member of staff", {
      fill: { "Sign-in name": "ama", Name: "Ama" },
      tick: { "Roles here": ["Care staff"] },
    });
    await manage.says("Next: a code for each person");
    await manage.says(/^1 person has no device yet\./);
    await office.page.getByRole("link", { name: "Make a code for Ama", exact: true }).waitFor();
    const { code, link } = await manage.invite("ama", "Ama");
    await manage.says("Nobody after this person in the list needs a code.");
    await manage.follow("Done, go to Manage");
    await manage.is("Manage");
    await manage.follow("Make a code for Ama");
    await manage.is("Invite Ama");
    assert.match(code.replace(" ", ""), /^[A-Z0-9]{8}$/);
    assert.ok(link.startsWith(`${place.server.origin}/join#`), link);

    const phone = await place.device({ label: "ama's phone" });
    const ama = new Doors(phone);
    await ama.joinAsPerson(code.toLowerCase(), { device: "Blue phone" });
    await ama.open("/settings");
    await ama.says("Blue phone");
    await ama.says("Ama");
    await ama.nothingWaits();

    // Somebody who does more than report gets in with the manager's own password only.
    office.expects(/status of 422/);
    await manage.begin();
    await manage.list("Staff and roles");
    await manage.add("member of staff", {
      fill: { "Sign-in name": "cerys", Name: "Cerys" },
      tick: { "Roles here": [/^Senior/] },
      password: "violet-kettle-42",
    });
    await manage.import("code,name,roles\nowen,Owen,Deputy manager", "violet-kettle-42");
    await manage.invite("cerys", "Cerys", "violet-kettle-42");
    // Ama has joined; the next one in the list has not.
    await manage.follow("Next: Owen");
    await manage.is("Invite Owen");

    await manage.begin();
    await manage.list("Devices");
    await manage.says("Blue phone");
    await manage.press("Remove Blue phone");
    await manage.says("Used by: Ama.");
    await office.page.getByRole("dialog", { name: "Remove “Blue phone”?" }).getByRole("button", { name: "Remove", exact: true }).click();
    await manage.says(/^“Blue phone” is removed\./);
    await office.page.getByRole("heading", { level: 2, name: "Removed", exact: true }).waitFor();
    assert.equal(await office.page.evaluate(() => document.activeElement.textContent), "In use");

    await manage.begin();
    await manage.list("Places");
    await manage.follow("Room 4");
    await manage.press("Retire this place");
    const sure = office.page.getByRole("dialog", { name: "Retire Room 4?" });
    await sure.getByText("This place is not offered any more.").waitFor();
    await sure.getByRole("button", { name: "Retire", exact: true }).click();
    await manage.says(/^Room 4 is retired\./);
    await manage.is("Places");
    assert.equal(await office.page.evaluate(() => document.activeElement.textContent), "Places");

    await manage.open("/admin/anything-unknown");
    await manage.is("Page not found");
  });
});

test("a code that was used or is unknown says so, and how to get another", async () => {
  await walk(async (place) => {
    await place.fill();
    const { code } = await place.admin.send("POST", "/v1/invites", { staff: "care-17" });
    const first = await place.device({ label: "first" });
    await new Doors(first).joinAsPerson(code);

    const second = await place.device({ label: "second" });
    second.expects(/status of (404|410|409|422|403)/);
    const doors = new Doors(second);
    await doors.open("/join");
    await doors.enterCode("AAAA2222");
    await second.page.getByRole("alert").filter({ hasText: /code is not right/ }).waitFor();

    await doors.type("Code", "ABC");
    await doors.pressAgain("Continue");
    await doors.says("Enter all 8 letters and numbers of the code");

    await doors.type("Code", code);
    await doors.pressAgain("Continue");
    await second.page.getByText(/used/i).first().waitFor();
    await second.page.locator("summary", { hasText: "How to get another code" }).click();
    await doors.says("Ask your manager.");
  });
});

test("the link of an invitation brings its code with it", async () => {
  await walk(async (place) => {
    await place.fill();
    const { link } = await place.admin.send("POST", "/v1/invites", { staff: "care-17" });
    const phone = await place.device();
    const doors = new Doors(phone);
    await doors.open(link);
    await doors.press("Continue");
    await doors.is("Choose your password");
    await doors.type("Choose a password", "violet-kettle-42");
    await doors.press("Join");
    await doors.is(HOME);
  });
});
