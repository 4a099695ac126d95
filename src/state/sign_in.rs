//! Joining a provider, signing in and out. Everything that only the server can grant.

use super::{
    App, Join, Kind, Problem, Session, SetUp, explain,
    keep::Opened,
    passkeys::{NEEDS_PASSKEY, PasskeyAsked},
    removed::SERVER_KEY,
    role_ended::ENDED,
    session::{Device, Me},
    welcome::Welcome,
};
use crate::{
    browser::{
        clock,
        http::{Ask, Reply},
        json,
        keys::DeviceKey,
        seal::Protection,
        service_worker, storage,
    },
    sync_loop,
};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use sync::{Hash, wire::CONTENT_TYPE};

/// Code of the server's refusal of a device that a manager removed.
const REVOKED: &str = "\"device_revoked\"";

/// The server's answer to a good code for a person, sent without a password.
const NEEDS_PASSWORD: &str = "\"needs\":\"password\"";

/// Names of notes in the store.
pub(super) const DEVICE: &str = "device";
pub(super) const ME: &str = "me";
pub(super) const OFFSET: &str = "offset_ms";
pub(super) const DIRECTORY: &str = "directory";
/// Somebody signed out without signal: the server has not heard of it yet.
const OWED: &str = "sign_out_owed";
/// Read by `rescue.js`, which works without the app; nobody can open anything with it.
pub(super) const RESCUE_KEY: &str = "rescue_key";

/// What the service tells anybody.
#[derive(Deserialize)]
struct Hello {
    set_up: bool,
    /// As the service writes it.
    server_time: String,
}

impl App {
    /// Is there a provider on this server already?
    pub async fn server_is_set_up(&self) -> Result<bool, Problem> {
        let reply = Ask::get("/v1/hello", "").send().await?;
        Ok(explain::read::<Hello>(&reply)?.set_up)
    }

    /// The first start of a provider. Signs in.
    pub async fn set_up(&self, set_up: SetUp) -> Result<(), Problem> {
        let SetUp { token, provider, site_name, name, sign_in, password, label } = set_up;
        let key = self.key_to_join_with().await?;
        let ask = json!({
            "token": token,
            "provider": provider,
            "site": { "name": site_name },
            "person": { "sign_in": sign_in, "name": name },
            "password": password,
            "device": { "label": label, "public_key": key.public_key },
        });
        let reply = self.post("/v1/setup", "", &ask).await?;
        self.enter(&reply, Some(key), None).await
    }

    /// Uses an invitation. Signs in when it was for a person.
    /// # Errors  with the field `password` when the code is good and for a person who has to choose one.
    pub async fn join(&self, join: Join) -> Result<(), Problem> {
        let key = self.key_to_join_with().await?;
        let reply = self.enrol(&join, &key).await?;
        if join.password.is_none() && reply.body.contains(NEEDS_PASSWORD) {
            return Err(Problem { field: Some("password".into()), ..Problem::new("Choose a password.") });
        }
        if !reply.body.contains(REVOKED) {
            self.enter(&reply, Some(key), None).await?;
            return self.forget_passkeys().await;
        }
        // This device was removed: it comes back as another one.
        let key = DeviceKey::make(&self.keep().opened()?.store).await?;
        let reply = self.enrol(&join, &key).await?;
        self.enter(&reply, Some(key), None).await?;
        self.forget_passkeys().await
    }

    /// `draft` is what the person was writing when they were asked to sign in. Gives what a passkey has to sign before
    /// somebody is signed in who has one.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        draft: Option<&str>,
    ) -> Result<Option<PasskeyAsked>, Problem> {
        let device = self.session.read_untracked().device().cloned();
        let device = device.ok_or_else(|| Problem::new("This device has not joined a provider yet."))?;
        let key = self.keep().key.borrow().clone();
        let key = key.ok_or_else(|| {
            Problem::new("This device has lost its key. Ask your manager to invite it again.")
        })?;
        // The clock of this device may be wrong, and what is signed is good for minutes only.
        let sent_at = explain::read::<Hello>(&Ask::get("/v1/hello", "").send().await?)?.server_time;
        let proof = ["nm.signin.v2", &device.id, name, &sent_at].join("\n");
        let sig = key.sign(&Hash::of(&[proof.as_bytes()])).await?;
        let ask = json!({ "device": device.id, "sign_in": name, "password": password, "sent_at": sent_at, "sig": sig });
        let reply = self.post("/v1/sign-in", &device.id, &ask).await?;
        if reply.body.contains(NEEDS_PASSKEY) {
            return explain::read(&reply).map(Some);
        }
        self.came_in(&reply, draft).await?;
        self.forget_passkeys().await?;
        Ok(None)
    }

    /// The server let somebody in, after whatever it asked for.
    pub(super) async fn came_in(&self, reply: &Reply, draft: Option<&str>) -> Result<(), Problem> {
        self.enter(reply, None, draft).await?;
        self.lock.open_after_sign_in().await
    }

    /// Unsent reports stay and are sent by the device; what this person could see is hidden,
    /// and on a shared device taken away.
    pub async fn sign_out(&self) -> Result<(), Problem> {
        let Some(device) = self.session.read_untracked().device().cloned() else { return Ok(()) };
        let keep = self.keep();
        let person = keep.owner();
        let opened = keep.opened()?;
        let shelf = opened.shelf;
        shelf.remove_note(ME).await?;
        opened.ring.sign_out(&person).await?;
        if device.shared {
            shelf.drop_pages(&person, &cursor_note(&person)).await?;
            self.forget_site();
        }
        self.show_nobody(device).await
    }

    /// Nobody is signed in here any more, and the service hears of it.
    pub(super) async fn show_nobody(&self, device: Device) -> Result<(), Problem> {
        let keep = self.keep();
        let shelf = keep.opened()?.shelf;
        keep.person.replace(None);
        keep.empty_base();
        keep.cursor.take();
        keep.tail.take();
        // Without signal the server hears of it with the next contact, also when the app ends in this moment.
        let owed = shelf.set_note(OWED, &true).await;
        self.session.set(Session::SignedOut { device });
        self.drafts.load().await?;
        self.seen.load().await?;
        self.practice.load().await?;
        self.forms.load().await?;
        self.refold();
        self.lock.person_changed().await;
        keep.tell_tabs("session");
        owed?;
        self.settle_sign_out().await;
        Ok(())
    }

    /// Tells the server of a sign-out that it has not heard of. Nobody else's session is touched: whoever signs in
    /// ends the one before.
    pub(crate) async fn settle_sign_out(&self) {
        let keep = self.keep();
        let Ok(opened) = keep.opened() else { return };
        let Ok(Some(true)) = opened.shelf.note::<bool>(OWED).await else { return };
        let device = match &*self.session.read_untracked() {
            Session::SignedOut { device } => device.id.clone(),
            _ => return,
        };
        let told = Ask::post("/v1/sign-out", &device, "{}").within(5_000).send().await;
        // Our own server says that the session is over, or that it was over before. A refusal for another reason, such
        // as too many requests, ends nothing.
        let heard = told.is_ok_and(|reply| {
            matches!(reply.status, 200 | 401) && reply.content_type.starts_with(CONTENT_TYPE)
        });
        if heard {
            // What cannot be written down is told once more, which harms nobody.
            opened.shelf.remove_note(OWED).await.unwrap_or_default();
        }
    }

    /// Shows a person: their rows, their drafts, their site. What cannot be read does not hide the rest.
    /// # Errors  The first that could not be read.
    pub(super) async fn show(&self, device: Device, me: Option<Me>) -> Result<(), Problem> {
        let keep = self.keep();
        let person = me.as_ref().map(|me| me.staff.to_string());
        if keep.person.replace(person.clone()) != person {
            keep.empty_base();
        }
        let read = self.read_person().await;
        self.lock.person_changed().await;
        self.session.set(match me {
            Some(me) => Session::SignedIn { device, me },
            None => Session::SignedOut { device },
        });
        self.refold();
        read
    }

    /// What this person has here. Behind the lock nothing of it can be read.
    /// # Errors  The first that could not be read.
    pub(super) async fn read_person(&self) -> Result<(), Problem> {
        let rows = self.load_rows().await;
        let drafts = self.drafts.load().await;
        let seen = self.seen.load().await;
        let practice = self.practice.load().await;
        let forms = self.forms.load().await;
        rows.and(drafts).and(seen).and(practice).and(forms)
    }

    async fn enter(&self, reply: &Reply, key: Option<DeviceKey>, draft: Option<&str>) -> Result<(), Problem> {
        let welcome: Welcome = explain::read(reply)?;
        let keep = self.keep();
        let Opened { ring, shelf, .. } = keep.opened()?;
        let (device, me) = (welcome.device(), welcome.me());
        let offset_ms = welcome.offset_ms(reply);
        let joins = key.is_some();
        if let Some(key) = key {
            key.keep(&keep.opened()?.store).await?;
            keep.key.replace(Some(key));
        }
        keep.offset_ms.set(Some(offset_ms));
        let had_lost_key = ring.protection() == Protection::Lost;
        match &me {
            Some(me) => {
                let forget_pin = self.lock.is_tried_out(&me.staff).await;
                ring.admit(&me.staff, welcome.share().as_deref(), forget_pin).await?;
            }
            None => ring.begin_again().await?,
        }
        if let Err(problem) = self.close_old_chain(&device).await {
            // Nothing of it is lost, and it is tried again at the next start: nobody is kept out for that.
            self.notices.show(Kind::Warning, problem.sentence);
        }
        keep.pen.begin(&keep.opened()?.log, &device.id, device.epoch).await?;
        shelf.set_note(DEVICE, &device).await?;
        keep.opened()?.log.beside.set_device(&json::write(&device));
        shelf.set_note(OFFSET, &offset_ms).await?;
        self.was_answered().await?;
        self.lock.away.set(false);
        if let Some(key) = &welcome.rescue_key {
            shelf.set_note(RESCUE_KEY, key).await?;
        }
        if let Some(key) = &welcome.server_key {
            shelf.set_note(SERVER_KEY, key).await?;
        }
        if let Some(me) = &me {
            self.remember_person(&me.staff).await?;
            self.drafts.claim(&me.staff, |kept| !device.shared || Some(&*kept.id) == draft).await?;
        }
        match &me {
            Some(me) => {
                shelf.set_note(ME, me).await?;
                shelf.remove_note(OWED).await?;
                shelf.remove_note(ENDED).await?;
            }
            None => shelf.remove_note(ME).await?,
        }
        keep.reached.set(true);
        keep.pace.borrow_mut().nudge();
        storage::set_enrolled(true);
        self.tick();
        self.session.set(Session::SignedOut { device: device.clone() });
        // Not before: whoever was known until then would be led away from the form.
        self.sync.set_session_ended(false);
        if let Some(lists) = &welcome.directory {
            self.lists.keep_for_tablet(lists).await?;
            keep.lists_asked_at.set(Some(clock::now()));
        } else if me.is_some() {
            // The lists come again with the first pull when this contact breaks off.
            self.lists.fetch().await.unwrap_or_default();
        }
        self.show(device, me).await?;
        keep.tell_tabs("session");
        if had_lost_key {
            // What could not be read at the start can be now, reports that wait included.
            if joins {
                service_worker::start_again();
            } else {
                service_worker::reload();
            }
            return Ok(());
        }
        // Copies of unsent reports may open now.
        self.look_after_copies();
        sync_loop::wake(*self);
        Ok(())
    }

    /// This was another device before, whose key is gone: what its copies still have is put back, and the service
    /// hears what is lost of it.
    async fn close_old_chain(&self, device: &Device) -> Result<(), Problem> {
        let before = self.session.read_untracked().device().cloned();
        let Some(before) = before.filter(|before| before.id != device.id) else { return Ok(()) };
        let keep = self.keep();
        let log = keep.opened()?.log;
        log.mend().await?;
        keep.load_own(&log).await?;
        sync_loop::close_chain(&keep, &before).await
    }

    async fn enrol(&self, join: &Join, key: &DeviceKey) -> Result<Reply, Problem> {
        let ask = json!({
            "code": join.code.trim(),
            "password": join.password,
            "device": { "label": join.label, "public_key": key.public_key },
        });
        self.post("/v1/enrol", "", &ask).await
    }

    /// A device that has joined stays the same device; a try whose answer was lost is the same try.
    async fn key_to_join_with(&self) -> Result<DeviceKey, Problem> {
        let kept = self.keep().key.borrow().clone();
        match kept {
            Some(key) if self.session.read_untracked().device().is_some() => Ok(key),
            _ => Ok(DeviceKey::on_trial(&self.keep().opened()?.store).await?),
        }
    }

    async fn post(&self, path: &str, device: &str, ask: &Value) -> Result<Reply, Problem> {
        let body = ask.to_string();
        Ok(Ask::post(path, device, &body).send().await?)
    }
}

pub(crate) fn cursor_note(person: &str) -> String {
    format!("cursor/{person}")
}
