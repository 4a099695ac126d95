//! The screen lock: six digits of this person on this device, which open what they have here. While it is locked,
//! reports can be written and are sent; what this person could read is sealed.

use super::{
    App, Notices, Problem, contact,
    damage::KEY_LOST,
    easy_pin::is_easy,
    keep::{Kept, Opened},
};
use crate::{
    browser::{
        clock::Moment,
        events,
        locks::{self, Mode},
        passkey,
        seal::{Protection, Ring},
        storage,
    },
    sync_loop,
};
use leptos::prelude::*;
use std::rc::Rc;

pub const MINUTES: [u32; 3] = [1, 5, 15];
const TRIES: u32 = 10;
const LOOK_EVERY_MS: i32 = 5_000;
const NO_PASSKEY: &str = "No passkey was used. Press the button again, or use your password.";
const OTHER_PASSKEY: &str = "This passkey does not open what is here. Use your password.";
const LONG_AWAY: &str =
    "This device was not in contact for 14 days. Go where there is signal and sign in with your password.";
/// Of all tabs, one at a time counts a try.
const TRYING: &str = "noticed-pin";
const PIN_IS_GONE: &str = "Your old PIN is gone. Choose a new one in the settings.";
const LAST_TRY: &str = "That PIN is not right. One more wrong PIN and you need your password and signal to read what is here. You can always record.";

#[derive(Clone, Copy)]
pub struct Lock {
    pub locked: RwSignal<bool>,
    pub has_pin: RwSignal<bool>,
    /// A passkey opens what is here.
    pub has_passkey: RwSignal<bool>,
    /// The device alone still opens what is here, because the service holds no share yet: the PIN hides the page.
    pub hides_only: RwSignal<bool>,
    /// Locks by itself after this long without a touch.
    pub minutes: RwSignal<u32>,
    /// The device was not in contact for so long that only a sign-in opens it.
    pub away: RwSignal<bool>,
    /// 0: sign in with the password instead.
    pub tries_left: RwSignal<u32>,
    /// It was tried too often and taken off: nothing locks here until there is a new one.
    pub pin_is_gone: RwSignal<bool>,
    notices: Notices,
    touched_at: StoredValue<Moment>,
    keep: Kept,
}

impl Lock {
    pub(super) fn new(keep: Kept, notices: Notices) -> Self {
        Self {
            locked: RwSignal::default(),
            has_pin: RwSignal::default(),
            has_passkey: RwSignal::default(),
            hides_only: RwSignal::default(),
            away: RwSignal::default(),
            minutes: RwSignal::new(storage::lock_minutes().unwrap_or(MINUTES[1])),
            tries_left: RwSignal::new(TRIES),
            pin_is_gone: RwSignal::default(),
            notices,
            touched_at: StoredValue::new(Moment::now()),
            keep,
        }
    }

    /// # Errors  Not six digits, six that anybody tries first, or what this phone could not do.
    pub async fn set_pin(&self, pin: &str) -> Result<(), Problem> {
        if pin.len() != 6 || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem { field: Some("pin".into()), ..Problem::new("Enter 6 digits.") });
        }
        if is_easy(pin) {
            let sentence =
                "This PIN is easy to guess. Choose 6 digits that are not in a row and do not repeat.";
            return Err(Problem { field: Some("pin".into()), ..Problem::new(sentence) });
        }
        let (ring, person) = (self.ring()?, self.owner());
        ring.set_pin(&person, pin).await?;
        self.hides_only.set(ring.opens_alone(&person).await);
        self.set_tries(TRIES).await?;
        self.know_pin_is_gone().await?;
        // Last: with it "Lock now" appears, and what is said of the new PIN comes before that can be pressed.
        self.has_pin.set(true);
        Ok(())
    }

    /// The same person still holds this device: asked again before a signature.
    /// # Errors  The wrong digits, with the tries that are left.
    pub async fn confirm(&self, pin: &str) -> Result<(), Problem> {
        self.prove(pin, Why::Confirm).await
    }

    pub async fn remove(&self, pin: &str) -> Result<(), Problem> {
        self.prove(pin, Why::Remove).await?;
        self.has_pin.set(false);
        self.locked.set(false);
        Ok(())
    }

    /// They know that nothing locks here: a new PIN, or none, is their choice.
    pub async fn know_pin_is_gone(&self) -> Result<(), Problem> {
        self.opened()?.shelf.remove_note(&gone_note(&self.owner())).await?;
        self.pin_is_gone.set(false);
        Ok(())
    }

    /// It was tried too often. Kept, because who closes the app may not have read it.
    async fn lose_pin(&self) -> Result<(), Problem> {
        self.pin_is_gone.set(true);
        Ok(self.opened()?.shelf.set_note(&gone_note(&self.owner()), &true).await?)
    }

    /// What is on the screen is hidden and stays as it is; the key goes.
    pub fn lock_now(&self) {
        if self.has_pin.get_untracked() {
            self.locked.set(true);
            // Good news of the person who was here is nobody's business now.
            self.notices.clear_good_news();
            if let Ok(ring) = self.ring() {
                ring.close();
            }
        }
    }

    pub fn set_minutes(&self, minutes: u32) {
        storage::set_lock_minutes(minutes);
        self.minutes.set(minutes);
    }

    /// Another person is shown, or nobody. Somebody whose things cannot be opened is shown locked.
    pub(super) async fn person_changed(&self) {
        let person = self.keep.get_value().person.borrow().clone();
        let (mut tries, mut has_pin, mut hides_only, mut is_locked) = (TRIES, false, false, false);
        let mut is_gone = false;
        if let (Some(person), Ok(ring)) = (person, self.ring()) {
            tries = self.tries_of(&person).await;
            has_pin = ring.has_pin(&person).await;
            hides_only = ring.opens_alone(&person).await;
            is_locked = !ring.is_open(&person);
            is_gone = !has_pin && self.has_lost_pin(&person).await;
        }
        self.look_at_passkeys().await;
        self.pin_is_gone.set(is_gone);
        self.tries_left.set(tries);
        self.has_pin.set(has_pin);
        self.hides_only.set(hides_only);
        self.locked.set(is_locked);
    }

    pub(super) async fn look_at_passkeys(&self) {
        let person = self.keep.get_value().person.borrow().clone();
        let some = match (person, self.ring()) {
            (Some(person), Ok(ring)) => !ring.passkeys(&person).await.is_empty(),
            _ => false,
        };
        self.has_passkey.set(some);
    }

    /// The PIN of this person was tried too often.
    pub(super) async fn is_tried_out(&self, person: &str) -> bool {
        self.tries_of(person).await == 0
    }

    /// The password opens the lock; a PIN that was tried too often is gone.
    pub(super) async fn open_after_sign_in(&self) -> Result<(), Problem> {
        if self.locked.get_untracked() {
            // What is here opens with the PIN only.
            return Ok(());
        }
        self.touched_at.set_value(Moment::now());
        if self.kept_tries(&self.owner()).await? == 0 {
            self.lose_pin().await?;
        }
        self.set_tries(TRIES).await
    }

    pub(super) fn watch(&self) {
        let lock = *self;
        events::on_touch(move || {
            // A touch after a long pause must not keep an expired lock open.
            if !lock.is_due() {
                lock.touched_at.set_value(Moment::now());
            }
        });
        let look = move || {
            lock.look_at_contact();
            if lock.is_due() {
                lock.lock_now();
            }
        };
        events::every(LOOK_EVERY_MS, look);
        events::on_visible(look);
    }

    /// An app that is never closed must not go on showing what a start would not.
    fn look_at_contact(&self) {
        let keep = self.keep.get_value();
        let somebody = keep.person.borrow().is_some();
        if somebody && !self.away.get_untracked() && contact::is_too_long_ago(keep.heard_at.get()) {
            self.away.set(true);
            self.locked.set(true);
            if let Ok(ring) = self.ring() {
                ring.close();
            }
        }
    }

    fn is_due(&self) -> bool {
        let idle_ms = Moment::now().ms_since(self.touched_at.get_value());
        !self.locked.get_untracked()
            && self.has_pin.get_untracked()
            && idle_ms > f64::from(self.minutes.get_untracked()) * 60_000.0
    }

    async fn prove(&self, pin: &str, why: Why) -> Result<(), Problem> {
        let (ring, person) = (self.ring()?, self.owner());
        // Another tab may have tried since: what is kept counts, and nobody else counts until this try is through.
        let _alone = locks::hold(TRYING, Mode::Alone).await;
        let left = self.kept_tries(&person).await?;
        self.tries_left.set(left);
        if left == 0 {
            return Err(Problem::new(
                "There were too many wrong tries. Sign in with your password. Your drafts are safe.",
            ));
        }
        if !ring.has_pin(&person).await {
            return match why {
                Why::Unlock => Err(Problem::new("Sign in with your password to open this.")),
                Why::Confirm | Why::Remove => Ok(()),
            };
        }
        if ring.protection() == Protection::Lost {
            return Err(Problem::new(KEY_LOST));
        }
        // Counted before the answer, so that closing the app does not give a try back.
        self.set_tries(left - 1).await?;
        let is_right = match why {
            Why::Unlock => ring.unlock(&person, pin).await?,
            Why::Confirm => ring.fits(&person, pin).await?,
            Why::Remove => ring.remove_pin(&person, pin).await?,
        };
        if is_right {
            return self.set_tries(TRIES).await;
        }
        let sentence = match left - 1 {
            0 => "That PIN is not right.".to_owned(),
            1 => LAST_TRY.to_owned(),
            left => format!("That PIN is not right. You can try {left} more times."),
        };
        Err(Problem { field: Some("pin".into()), ..Problem::new(sentence) })
    }

    async fn set_tries(&self, tries: u32) -> Result<(), Problem> {
        self.opened()?.shelf.set_note(&tries_note(&self.owner()), &tries).await?;
        self.tries_left.set(tries);
        Ok(())
    }

    async fn tries_of(&self, person: &str) -> u32 {
        self.kept_tries(person).await.unwrap_or(TRIES)
    }

    async fn has_lost_pin(&self, person: &str) -> bool {
        let Ok(opened) = self.opened() else { return false };
        matches!(opened.shelf.note(&gone_note(person)).await, Ok(Some(true)))
    }

    /// # Errors  What this phone could not read.
    async fn kept_tries(&self, person: &str) -> Result<u32, Problem> {
        Ok(self.opened()?.shelf.note(&tries_note(person)).await?.unwrap_or(TRIES))
    }

    fn must_be_in_contact(&self) -> Result<(), Problem> {
        self.look_at_contact();
        if self.away.get_untracked() { Err(Problem::new(LONG_AWAY)) } else { Ok(()) }
    }

    fn opened(&self) -> Result<Opened, Problem> {
        self.keep.get_value().opened()
    }

    fn ring(&self) -> Result<Rc<Ring>, Problem> {
        Ok(self.opened()?.ring)
    }

    fn owner(&self) -> String {
        self.keep.get_value().owner()
    }
}

/// What the digits are asked for.
#[derive(Clone, Copy)]
enum Why {
    Unlock,
    Confirm,
    Remove,
}

impl App {
    /// Opens the lock, and reads what could not be read behind it.
    /// # Errors  The wrong digits, with the tries that are left.
    pub async fn unlock(&self, pin: &str) -> Result<(), Problem> {
        let lock = self.lock;
        lock.must_be_in_contact()?;
        lock.prove(pin, Why::Unlock).await?;
        self.lock_is_open().await;
        Ok(())
    }

    /// Opens the lock with a passkey, without signal. A PIN that was tried too often is gone.
    /// # Errors  None was unlocked, or it opens nothing here.
    pub async fn unlock_with_passkey(&self) -> Result<(), Problem> {
        let lock = self.lock;
        lock.must_be_in_contact()?;
        let (ring, person) = (lock.ring()?, lock.owner());
        if ring.protection() == Protection::Lost {
            return Err(Problem::new(KEY_LOST));
        }
        let secret = passkey::secret_of(&ring.passkeys(&person).await).await;
        let secret = secret.map_err(|_| Problem::new(NO_PASSKEY))?;
        let forget_pin = lock.is_tried_out(&person).await;
        if !ring.unlock_by_passkey(&person, &secret, forget_pin).await? {
            return Err(Problem::new(OTHER_PASSKEY));
        }
        if forget_pin {
            lock.lose_pin().await?;
        }
        lock.set_tries(TRIES).await?;
        self.lock_is_open().await;
        if forget_pin {
            lock.has_pin.set(false);
            self.notices.say(PIN_IS_GONE);
        }
        Ok(())
    }

    async fn lock_is_open(&self) {
        let lock = self.lock;
        if self.keep().unread.get() {
            if let Err(problem) = self.read_person().await {
                self.notices.warn(problem.sentence);
            }
            self.refold();
        }
        lock.touched_at.set_value(Moment::now());
        lock.locked.set(false);
        sync_loop::wake(*self);
    }
}

fn tries_note(person: &str) -> String {
    format!("pin_tries/{person}")
}

/// Their PIN was taken off, and they have not said that they know.
fn gone_note(person: &str) -> String {
    format!("pin_gone/{person}")
}
