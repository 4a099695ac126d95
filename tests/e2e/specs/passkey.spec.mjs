// A passkey as second factor: asked for after the password, refused when it is not right, and never a way to shut
// somebody out for ever.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Looker } from "../fixtures/axe.mjs";
import { PasskeyKeeper } from "../fixtures/passkeys.mjs";
import { walk } from "../fixtures/people.mjs";
import { inviteStaff, newKey, PASSWORD } from "../fixtures/provider.mjs";
import { Capture, SHORT } from "../pages/capture.mjs";
import { Doors, HOME } from "../pages/doors.mjs";

const SECOND = "Use your passkey";

class Passkeys extends Doors {
  get section() {
    return this.page.locator("#passkeys");
  }

  async openSettings() {
    await this.open("/settings");
    await this.is("Settings");
  }

  async add(name = "My phone") {
    await this.openSettings();
    await this.section.locator("summary", { hasText: "Add a passkey" }).click();
    await this.section.getByLabel("Name of this passkey").fill(name);
    await this.section.getByLabel("Your password").last().fill(PASSWORD);
    await this.section.getByRole("button", { name: "Add a passkey" }).click();
    await this.section.getByText(name, { exact: true }).waitFor();
  }

  /** In the settings. */
  async remove(name = "My phone") {
    await this.section.locator("summary", { hasText: `Remove ${name}` }).click();
    await this.section.getByLabel("Your password").first().fill(PASSWORD);
    await this.section.getByRole("button", { name: "Remove", exact: true }).click();
    await this.section.getByText(name, { exact: true }).waitFor({ state: "detached" });
  }

  /** The first half of a sign-in: password right, nobody in yet. */
  async password(name) {
    await this.is("Sign in");
    await this.type("Sign-in name", name);
    await this.type("Password", PASSWORD);
    await this.press("Sign in");
    await this.is(SECOND);
  }
}

test("f77: after the password the passkey is asked for, and nobody is in before it is unlocked", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    phone.expects(/401/);
    const doors = new Passkeys(phone);
    const keeper = await PasskeyKeeper.in(phone);
    await doors.add();
    assert.equal((await keeper.all())[0].rpId, "localhost");
    await doors.signOut();
    await doors.password("care-17");
    await keeper.unlocks(false);
    await doors.press(SECOND);
    await doors.says(/No passkey was used/);
    assert.equal((await phone.context.cookies()).length, 0, "half a sign-in is no session");
    await keeper.unlocks(true);
    await doors.pressAgain(SECOND);
    await doors.is(HOME);
    await doors.openSettings();
    await doors.section.getByText(/Last used on/).waitFor();
    const looker = new Looker();
    await looker.look(phone.page, "settings with a passkey");

    // A forged one is refused, and the person begins again with the password.
    await doors.signOut();
    await doors.password("care-17");
    await looker.look(phone.page, "the second step of a sign-in");
    assert.deepEqual(looker.faults, []);
    await keeper.forge(await privateKey());
    await doors.press(SECOND);
    await doors.is("Sign in");
    await doors.says(/could not be checked/);
  });
});

test("f77: a passkey that is gone stops no report, and a manager's new code opens again", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    phone.expects(/401/);
    const doors = new Passkeys(phone);
    const keeper = await PasskeyKeeper.in(phone);
    await doors.add();
    await doors.signOut();
    await keeper.forget();
    await doors.password("care-17");
    await doors.press(SECOND);
    await doors.says(/No passkey was used/);
    const capture = new Capture(phone);
    await doors.page.getByRole("link", { name: /^Medicines/ }).first().waitFor();

    const { code } = await inviteStaff(place.admin, "care-17");
    await doors.joinAsPerson(code);
    await doors.openSettings();
    await doors.section.locator("summary", { hasText: "Add a passkey" }).waitFor();
    assert.equal(await doors.section.getByText("My phone", { exact: true }).count(), 0);
    await doors.signOut();
    await doors.signIn("care-17");
    await capture.begin("Medicines");
    await capture.walk(SHORT.Medicines);
    const record = await capture.save();
    await capture.nothingWaits();
    assert.equal(await place.admin.reportsOf(record), 1);
  });
});

test("f77: a passkey that its owner removed is not asked for any more", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("rm-01", { size: "desktop" });
    phone.expects(/422/);
    const doors = new Passkeys(phone);
    await doors.openSettings();
    await doors.section.getByText(/keeps others out of your account/).waitFor();
    await PasskeyKeeper.in(phone);
    await doors.add();
    // With another password nothing is removed.
    await doors.section.locator("summary", { hasText: "Remove My phone" }).click();
    await doors.section.getByLabel("Your password").first().fill("not my password");
    await doors.section.getByRole("button", { name: "Remove", exact: true }).click();
    await doors.section.getByText(/is not right/).first().waitFor();
    await doors.openSettings();
    await doors.remove();
    await doors.signOut();
    await doors.signIn("rm-01");
  });
});

test("f77: where the phone gives a secret for it, the passkey opens the lock after ten wrong PINs, without signal", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    const doors = new Passkeys(phone);
    await PasskeyKeeper.in(phone, { hasPrf: true });
    await doors.add();
    await doors.signOut();
    await doors.password("care-17");
    await doors.press(SECOND);
    await doors.is(HOME);
    await doors.turnLockOn();
    await phone.hasWholeBuild();
    await place.server.stop();
    for (let tries = 0; tries < 10; tries += 1) {
      await doors.type("PIN", "860324");
      await doors.pressAgain("Unlock");
      await doors.says(tries < 9 ? /That PIN is not right/ : /wrong too often/);
    }
    await doors.pressAgain("Use my passkey");
    await doors.is("Settings");
    await doors.says(/Your old PIN is gone/);
    await doors.turnLockOn();
    await doors.unlock();
    await doors.is("Settings");

    // Removed, it opens the lock no longer.
    await place.server.resume();
    await doors.open("/settings");
    await doors.unlock();
    await doors.is("Settings");
    await doors.remove();
    await doors.press("Lock now");
    await doors.is("Noticed is locked");
    assert.equal(await doors.page.getByRole("button", { name: "Use my passkey" }).count(), 0);
    await doors.unlock();
    await doors.is("Settings");
  });
});

test("f77: where it gives none, the lock asks for the PIN or the password as before", async () => {
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    const doors = new Passkeys(phone);
    await PasskeyKeeper.in(phone, { hasPrf: false });
    await doors.add();
    await doors.signOut();
    await doors.password("care-17");
    await doors.press(SECOND);
    await doors.is(HOME);
    await doors.turnLockOn();
    assert.equal(await doors.page.getByRole("button", { name: "Use my passkey" }).count(), 0);
    await doors.follow("Use my password");
    await doors.password("care-17");
    await doors.press(SECOND);
    await doors.page.getByRole("heading", { level: 1, name: SECOND }).waitFor({ state: "detached" });
  });
});

test("passkeys are not offered where they do not work, and the page says why", async () => {
  const port = 20_000 + (process.pid % 20_000);
  const number = { server: { port, origin: `http://127.0.0.1:${port}` } };
  await walk(async (place) => {
    await place.fill();
    const doors = new Passkeys(await place.person("care-17"));
    await doors.openSettings();
    await doors.section.getByText(/They need an address with a name/).waitFor();
    assert.equal(await doors.section.locator("summary").count(), 0);
  }, number);
  await walk(async (place) => {
    await place.fill();
    const phone = await place.person("care-17");
    await phone.context.addInitScript(() => delete globalThis.PublicKeyCredential);
    const doors = new Passkeys(phone);
    await doors.openSettings();
    await doors.section.getByText("This phone cannot keep passkeys. Your password is enough.").waitFor();
    assert.equal(await doors.section.locator("summary").count(), 0);
  });
});

async function privateKey() {
  const pair = await newKey();
  return Buffer.from(await crypto.subtle.exportKey("pkcs8", pair.privateKey)).toString("base64");
}
