// The ways in: the first set-up, joining with a code, signing in and out, the screen lock.

import assert from "node:assert/strict";
import { PASSWORD } from "../fixtures/provider.mjs";
import { Screen } from "./screen.mjs";

/** Of who records, and of who only reads. */
export const HOME = /^What (did you notice\?|this service noticed)$/;
export const PIN = "274951";

export class Doors extends Screen {
  async setUp({ token, provider, site, name, signIn, password = PASSWORD }) {
    await this.open(`/set-up#${token}`);
    await this.is("Set up Noticed");
    await this.type("Name of your organisation", provider);
    await this.type("Name of your first site", site);
    await this.type("Your name", name);
    await this.type("Sign-in name", signIn);
    await this.type("Choose a password", password);
    await this.press("Set up");
    await this.is("Manage");
  }

  /** Types the code of an invitation, and says nothing about what comes of it. */
  async enterCode(code) {
    await this.is(/Welcome to Noticed|This device has joined already/);
    await this.type("Code", code);
    await this.press("Continue");
  }

  async joinAsPerson(code, { password = PASSWORD, device = "" } = {}) {
    await this.open("/join");
    await this.enterCode(code);
    await this.is("Choose your password");
    await this.type("Choose a password", password);
    await this.type("Name of this device (optional)", device);
    await this.press("Join");
    await this.is(HOME);
  }

  async joinAsSharedDevice(code) {
    await this.open("/join");
    await this.enterCode(code);
    await this.is("Sign in");
  }

  async signIn(name, password = PASSWORD) {
    await this.is("Sign in");
    await this.type("Sign-in name", name);
    await this.type("Password", password);
    await this.press("Sign in");
    await this.is(HOME);
  }

  async signOut() {
    await this.open("/settings");
    await this.is("Settings");
    await this.press("Sign out");
    await this.page.getByRole("dialog").getByRole("button", { name: "Sign out", exact: true }).click();
    await this.is("Sign in");
    assert.equal(new URL(this.page.url()).search, "", "the next person is not sent where this one was");
  }

  async turnLockOn() {
    await this.open("/settings");
    await this.is("Settings");
    await this.type("Choose a PIN", PIN);
    await this.type("The same PIN again", PIN);
    await this.press("Turn the lock on");
    await this.press("Lock now");
    await this.is("Noticed is locked");
  }

  async unlock() {
    await this.type("PIN", PIN);
    await this.press("Unlock");
  }
}
