//! The screen lock: six digits of this person on this device. Reports can be written while it is locked.

use super::{Problem, easy_pin::is_easy, keep::Kept};
use crate::browser::{
    clock, events,
    pin::{self, PinMark},
    storage,
};
use leptos::prelude::*;

pub const MINUTES: [u32; 3] = [1, 5, 15];
const TRIES: u32 = 10;
const LOOK_EVERY_MS: i32 = 5_000;

#[derive(Clone, Copy)]
pub struct Lock {
    pub locked: RwSignal<bool>,
    pub has_pin: RwSignal<bool>,
    /// Locks by itself after this long without a touch.
    pub minutes: RwSignal<u32>,
    /// 0: sign in with the password instead.
    pub tries_left: RwSignal<u32>,
    /// Of the page's own clock, in milliseconds.
    touched_at: StoredValue<f64>,
    keep: Kept,
}

impl Lock {
    pub(super) fn new(keep: Kept) -> Self {
        Self {
            locked: RwSignal::default(),
            has_pin: RwSignal::default(),
            minutes: RwSignal::new(storage::lock_minutes().unwrap_or(MINUTES[1])),
            tries_left: RwSignal::new(TRIES),
            touched_at: StoredValue::new(clock::monotonic_ms()),
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
        let mark = pin::mark(pin).await?;
        self.keep.get_value().opened()?.shelf.set_note(&self.note(), &mark).await?;
        self.has_pin.set(true);
        self.set_tries(TRIES).await
    }

    /// # Errors  The wrong digits, with the tries that are left.
    pub async fn unlock(&self, pin: &str) -> Result<(), Problem> {
        self.prove(pin).await?;
        self.touched_at.set_value(clock::monotonic_ms());
        self.locked.set(false);
        Ok(())
    }

    /// The same person still holds this device: asked again before a signature.
    /// # Errors  The wrong digits, with the tries that are left.
    pub async fn confirm(&self, pin: &str) -> Result<(), Problem> {
        self.prove(pin).await
    }

    pub async fn remove(&self, pin: &str) -> Result<(), Problem> {
        self.prove(pin).await?;
        self.forget().await
    }

    pub fn lock_now(&self) {
        if self.has_pin.get_untracked() {
            self.locked.set(true);
        }
    }

    pub fn set_minutes(&self, minutes: u32) {
        storage::set_lock_minutes(minutes);
        self.minutes.set(minutes);
    }

    /// Another person is shown, or nobody. Somebody with a PIN is shown locked.
    pub(super) async fn person_changed(&self) {
        let keep = self.keep.get_value();
        let person = keep.person.borrow().is_some();
        let mark = match keep.opened() {
            Ok(opened) if person => opened.shelf.note::<PinMark>(&self.note()).await.ok().flatten(),
            _ => None,
        };
        let tries = match keep.opened() {
            Ok(opened) => opened.shelf.note(&self.tries_note()).await.ok().flatten(),
            Err(_) => None,
        };
        self.tries_left.set(tries.unwrap_or(TRIES));
        self.has_pin.set(mark.is_some());
        self.locked.set(mark.is_some());
    }

    /// The password opens the lock, and takes away a PIN that was tried too often.
    pub(super) async fn open_after_sign_in(&self) -> Result<(), Problem> {
        if self.tries_left.get_untracked() == 0 {
            self.forget().await?;
        }
        self.set_tries(TRIES).await?;
        self.touched_at.set_value(clock::monotonic_ms());
        self.locked.set(false);
        Ok(())
    }

    pub(super) fn watch(&self) {
        let lock = *self;
        events::on_touch(move || {
            // A touch after a long pause must not keep an expired lock open.
            if !lock.is_due() {
                lock.touched_at.set_value(clock::monotonic_ms());
            }
        });
        let look = move || {
            if lock.is_due() {
                lock.lock_now();
            }
        };
        events::every(LOOK_EVERY_MS, look);
        events::on_visible(look);
    }

    fn is_due(&self) -> bool {
        let idle_ms = clock::monotonic_ms() - self.touched_at.get_value();
        !self.locked.get_untracked()
            && self.has_pin.get_untracked()
            && idle_ms > f64::from(self.minutes.get_untracked()) * 60_000.0
    }

    async fn prove(&self, pin: &str) -> Result<(), Problem> {
        let left = self.tries_left.get_untracked();
        if left == 0 {
            return Err(Problem::new(
                "There were too many wrong tries. Sign in with your password. Your drafts are safe.",
            ));
        }
        let mark: Option<PinMark> = self.keep.get_value().opened()?.shelf.note(&self.note()).await?;
        let Some(mark) = mark else { return Ok(()) };
        // Counted before the answer, so that closing the app does not give a try back.
        self.set_tries(left - 1).await?;
        if pin::fits(pin, &mark).await? {
            return self.set_tries(TRIES).await;
        }
        let sentence = format!("That PIN is not right. You can try {} more times.", left - 1);
        Err(Problem { field: Some("pin".into()), ..Problem::new(sentence) })
    }

    async fn forget(&self) -> Result<(), Problem> {
        self.keep.get_value().opened()?.shelf.remove_note(&self.note()).await?;
        self.has_pin.set(false);
        self.locked.set(false);
        Ok(())
    }

    async fn set_tries(&self, tries: u32) -> Result<(), Problem> {
        self.keep.get_value().opened()?.shelf.set_note(&self.tries_note(), &tries).await?;
        self.tries_left.set(tries);
        Ok(())
    }

    fn note(&self) -> String {
        format!("pin/{}", self.keep.get_value().owner())
    }

    fn tries_note(&self) -> String {
        format!("pin_tries/{}", self.keep.get_value().owner())
    }
}
