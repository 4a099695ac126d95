//! Pulling: rows and cursor are saved in one transaction, and shown after that.

use super::{Phone, SERVER_EPOCH, Tab, start::cursor_note};
use crate::{
    disk::{Op, Unwritten},
    service::Answer,
};
use domain::{event::Received, register::Register, time::Instant};
use std::sync::Arc;
use sync::{
    pages::Tail,
    plan,
    pull::{self, Earlier, Pulled},
    receipt::Failure,
    wire::PullQuery,
};

/// The address of a page.
pub fn path(query: &PullQuery) -> String {
    let witness = query.witness.map(|seq| format!("&witness={seq}")).unwrap_or_default();
    let PullQuery { cursor, scope, limit, ask, .. } = query;
    format!("/v1/pull?cursor={cursor}&scope={scope}&limit={limit}&ask={ask}{witness}")
}

/// What one page came to.
#[derive(Clone, Debug, PartialEq)]
pub enum PullReply {
    Page { more: bool, reset: bool, offered_again: bool, lists_changed: bool },
    Doubted { offered_again: bool },
    Failed(Failure),
}

impl Phone {
    /// The question for the next page, when the tab may try.
    pub fn next_pull(&self, place: usize, ask: &str, now: Instant) -> Option<PullQuery> {
        let tab = self.tabs.get(place)?;
        if self.offline || !tab.pull_pace.may_try(self.clock(now)) {
            return None;
        }
        Some(tab.cursor.query(ask))
    }

    /// # Errors  `Cut` when the page dies, and what the store could not write.
    pub fn take_pull(
        &mut self,
        place: usize,
        ask: &str,
        answer: Result<Answer, Failure>,
        random: f64,
        now: Instant,
    ) -> Result<PullReply, Unwritten> {
        self.moment()?;
        let device_now = self.clock(now);
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        let pulled = match &answer {
            Ok(answer) => {
                pull::read(&tab.cursor, ask, answer.status, answer.content_type.as_deref(), &answer.body)
            }
            Err(failure) => Pulled::Failed(*failure),
        };
        match pulled {
            Pulled::Failed(failure) => {
                let refused = answer.as_ref().ok().filter(|_| failure == Failure::SignIn);
                let life = refused.and_then(|answer| answer.life.clone());
                let asked = answer.ok().and_then(|answer| plan::retry_after(answer.retry_after.as_deref()?));
                tab.pull_pace.failed(failure, asked, device_now, random);
                if let Some(told) = life {
                    if tab.knows_another_life(Some(&told)) {
                        self.offer_again(place)?;
                    }
                    self.hear_of(place, told)?;
                }
                Ok(PullReply::Failed(failure))
            }
            Pulled::Doubted { cursor, offer_again, .. } => {
                if offer_again {
                    self.offer_again(place)?;
                }
                if let Some(tab) = self.tabs.get_mut(place) {
                    tab.cursor = cursor;
                }
                Ok(PullReply::Doubted { offered_again: offer_again })
            }
            Pulled::Page(page) => {
                tab.pull_pace.succeeded();
                tab.offset_ms = Some((device_now - page.server_time).num_milliseconds());
                let told = page.cursor.server_epoch.clone();
                let offer_again = page.offer_again || tab.knows_another_life(told.as_deref());
                let reply = PullReply::Page {
                    more: page.more,
                    reset: page.earlier == Earlier::Replace,
                    offered_again: offer_again,
                    lists_changed: page.directory_changed,
                };
                if offer_again {
                    self.offer_again(place)?;
                }
                if let Some(told) = told {
                    self.hear_of(place, told)?;
                }
                self.save_page(place, page)?;
                Ok(reply)
            }
        }
    }

    fn hear_of(&mut self, place: usize, told: String) -> Result<(), Unwritten> {
        if self.disk.note(SERVER_EPOCH) != Some(&told) {
            self.commit(&[Op::Note(SERVER_EPOCH.to_owned(), told.clone())])?;
            if let Some(tab) = self.tabs.get_mut(place) {
                tab.server_epoch = Some(told);
            }
        }
        Ok(())
    }

    /// Saves first, then shows: what is shown is on the disk.
    fn save_page(&mut self, place: usize, page: pull::Page) -> Result<(), Unwritten> {
        let person = self.staff().to_owned();
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        let starts_again = page.earlier != Earlier::Keep || tab.start_over;
        let tail = if starts_again { Tail::default() } else { tab.tail.clone() };
        let (pages, tail) = tail.filled(page.texts);
        let mut ops = Vec::with_capacity(pages.len() + 2);
        if starts_again {
            ops.push(Op::DropPages(person.clone()));
        }
        ops.extend(pages.into_iter().map(|page| Op::Page(person.clone(), page)));
        ops.push(Op::Note(cursor_note(&person), serde_json::to_string(&page.cursor).unwrap_or_default()));
        self.commit(&ops)?;
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        if starts_again {
            tab.base = Register::new(tab.base.shared_directory());
            tab.pulled.clear();
            tab.start_over = false;
            self.robbed.remove(&person);
        }
        tab.take_rows(page.rows.into_iter().map(Received::from));
        tab.tail = tail;
        tab.cursor = page.cursor;
        for other in 0..self.tabs.len() {
            if other != place && !self.tabs[other].frozen {
                let mut tab = std::mem::take(&mut self.tabs[other]);
                self.load_rows(&mut tab);
                self.tabs[other] = tab;
            }
        }
        Ok(())
    }
}

impl Tab {
    /// Of the device, not of a person: who signs in later has never heard of the server before.
    fn knows_another_life(&self, told: Option<&str>) -> bool {
        self.server_epoch.is_some() && self.server_epoch.as_deref() != told
    }

    /// Takes rows from the server, in order of arrival.
    pub fn take_rows(&mut self, rows: impl IntoIterator<Item = Received>) {
        for row in rows {
            self.pulled.insert(row.event.id.to_string());
            self.base.take(Arc::new(row));
        }
    }
}
