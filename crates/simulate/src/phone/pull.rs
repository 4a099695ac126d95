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
    format!("/v1/pull?cursor={}&scope={}&limit={}{witness}", query.cursor, query.scope, query.limit)
}

/// What one page came to.
#[derive(Clone, Debug, PartialEq)]
pub enum PullReply {
    Page { more: bool, reset: bool, offered_again: bool, lists_changed: bool },
    Doubted { offered_again: bool },
    Failed(Failure),
}

impl Phone {
    /// Path of the next page, when the tab may try.
    pub fn next_pull(&self, place: usize, now: Instant) -> Option<String> {
        let tab = self.tabs.get(place)?;
        if self.offline || !tab.pull_pace.may_try(self.clock(now)) {
            return None;
        }
        let query = tab.cursor.query();
        Some(path(&query))
    }

    /// # Errors  `Cut` when the page dies, and what the store could not write.
    pub fn take_pull(
        &mut self,
        place: usize,
        answer: Result<Answer, Failure>,
        random: f64,
        now: Instant,
    ) -> Result<PullReply, Unwritten> {
        self.moment()?;
        let device_now = self.clock(now);
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        let pulled = match &answer {
            Ok(answer) => {
                pull::read(&tab.cursor, answer.status, answer.content_type.as_deref(), &answer.body)
            }
            Err(failure) => Pulled::Failed(*failure),
        };
        match pulled {
            Pulled::Failed(failure) => {
                let asked = answer.ok().and_then(|answer| plan::retry_after(answer.retry_after.as_deref()?));
                tab.pull_pace.failed(failure, asked, device_now, random);
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
                // Of the device, not of a person: who signs in later has never heard of the server before.
                let another = tab.server_epoch.is_some() && tab.server_epoch != told;
                let offer_again = page.offer_again || another;
                let reply = PullReply::Page {
                    more: page.more,
                    reset: page.earlier == Earlier::Replace,
                    offered_again: offer_again,
                    lists_changed: page.directory_changed,
                };
                if offer_again {
                    self.offer_again(place)?;
                }
                if let Some(told) = told.filter(|told| self.disk.note(SERVER_EPOCH) != Some(told)) {
                    self.commit(&[Op::Note(SERVER_EPOCH.to_owned(), told.clone())])?;
                    if let Some(tab) = self.tabs.get_mut(place) {
                        tab.server_epoch = Some(told);
                    }
                }
                self.save_page(place, page)?;
                Ok(reply)
            }
        }
    }

    /// Saves first, then shows: what is shown is on the disk.
    fn save_page(&mut self, place: usize, page: pull::Page) -> Result<(), Unwritten> {
        let person = self.staff().to_owned();
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        let starts_again = page.earlier != Earlier::Keep || tab.start_over;
        let mut texts = Vec::with_capacity(page.rows.len() + page.unread.len());
        texts.extend(page.rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default()));
        texts.extend(page.unread.iter().map(ToString::to_string));
        let tail = if starts_again { Tail::default() } else { tab.tail.clone() };
        let (pages, tail) = tail.filled(texts);
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
    /// Takes rows from the server, in order of arrival.
    pub fn take_rows(&mut self, rows: impl IntoIterator<Item = Received>) {
        for row in rows {
            self.pulled.insert(row.event.id.to_string());
            self.base.take(Arc::new(row));
        }
    }
}
