//! Every role of the person who is signed in has ended, and the service has said so: what they could read goes from this
//! device, and the way to it. What they wrote here and was not sent stays and is sent.

use super::{App, Kind, Problem, keep::Opened, sign_in::ME};
use leptos::prelude::*;
use serde_json::Value;

/// Note: the last person here was signed out because of it. It is said at each start until somebody signs in.
pub(super) const ENDED: &str = "role_ended";
const SAID: &str = "You have no role at any site now, so the records of the service were removed from this device. What you saved here is still sent, and kept for the Registered Manager. If this is wrong, ask your manager.";

impl App {
    /// # Errors  What this device could not do; it is done with the next answer that says so.
    pub(crate) async fn role_ended(&self, person: &str) -> Result<(), Problem> {
        let device = self.session.read_untracked().device().cloned();
        let keep = self.keep();
        let (Some(device), true) = (device, keep.person.borrow().as_deref() == Some(person)) else {
            return Ok(());
        };
        let Opened { ring, shelf, .. } = keep.opened()?;
        shelf.drop_pages(person, &super::cursor_note(person)).await?;
        let drafts = shelf.drafts::<Value>(person).await?;
        let forms = shelf.forms::<Value>(person).await?;
        let own_words = drafts.rows.len() + drafts.unreadable + drafts.locked + forms.len();
        ring.revoke(person, own_words > 0).await?;
        self.photos.forget_sent_of(person).await?;
        self.lists.forget_those_of(person, &self.people_here().await).await?;
        shelf.set_note(ENDED, &true).await?;
        shelf.remove_note(ME).await?;
        self.show_nobody(device).await?;
        self.notices.show(Kind::Warning, SAID);
        Ok(())
    }

    /// At a start: why nobody is signed in.
    pub(super) async fn say_role_ended(&self) {
        let Ok(opened) = self.keep().opened() else { return };
        if let Ok(Some(true)) = opened.shelf.note::<bool>(ENDED).await {
            self.notices.show(Kind::Warning, SAID);
        }
    }
}
