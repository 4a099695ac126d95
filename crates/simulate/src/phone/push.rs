//! Sending: one batch, one answer, and what is written down because of it.

use super::{OFFSET, Phone, SERVER_EPOCH, start::cursor_note};
use crate::{
    disk::{Op, Unwritten},
    service::Answer,
};
use domain::time::Instant;
use sync::{
    Hash, plan,
    receipt::{Failure, Settlement, settle},
    wire::{PushOutcome, PushRequest},
};

/// What one push came to.
#[derive(Clone, Debug)]
pub enum PushReply {
    /// Each hash with its outcome.
    Settled(Vec<(Hash, PushOutcome)>),
    Failed(Failure),
    /// The server was restored: everything of the last 30 days waits again.
    OfferedAgain,
}

impl Phone {
    /// The next request of a tab, when it may try and there is something to send.
    pub fn next_push(&self, tab: usize, nonce: String, now: Instant) -> Option<PushRequest> {
        let (tab, now) = (self.tabs.get(tab)?, self.clock(now));
        if self.offline || !tab.pace.may_try(now) {
            return None;
        }
        let batch = tab.outbox.next_batch(now)?;
        Some(batch.request(&self.tenant, tab.server_epoch.clone(), now, nonce))
    }

    /// Takes the answer to a push; `Err` names the failure where there was none.
    /// # Errors  `Cut` when the page dies, and what the store could not write.
    pub fn take_push(
        &mut self,
        place: usize,
        request: &PushRequest,
        answer: Result<Answer, Failure>,
        random: f64,
        now: Instant,
    ) -> Result<PushReply, Unwritten> {
        self.moment()?;
        let now = self.clock(now);
        let settlement = match &answer {
            Ok(answer) => settle(request, answer.status, answer.content_type.as_deref(), &answer.body),
            Err(failure) => Settlement::Failed(*failure),
        };
        match settlement {
            Settlement::Delivered(delivery) => {
                let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
                tab.pace.succeeded();
                tab.offset_ms = Some((now - delivery.server_time).num_milliseconds());
                tab.server_epoch = Some(delivery.server_epoch.clone());
                let outcomes =
                    delivery.receipts.iter().map(|receipt| (receipt.hash, receipt.outcome.clone()));
                let outcomes = outcomes.collect();
                let settled = tab.outbox.settle(&delivery, now);
                let at = delivery.server_time;
                let mut ops: Vec<Op> = tab.own.settle(&settled, at).into_iter().map(Op::Put).collect();
                ops.push(Op::Note(OFFSET.to_owned(), tab.offset_ms.unwrap_or(0).to_string()));
                ops.push(Op::Note(SERVER_EPOCH.to_owned(), delivery.server_epoch));
                let old = tab.own.old(at);
                self.commit(&ops)?;
                let forget: Vec<Op> = old.into_iter().map(Op::Forget).collect();
                self.commit(&forget)?;
                self.other_tabs_reload(place);
                Ok(PushReply::Settled(outcomes))
            }
            Settlement::Failed(failure) => {
                let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
                let asked = answer.ok().and_then(|answer| plan::retry_after(answer.retry_after.as_deref()?));
                tab.pace.failed(failure, asked, now, random);
                let own = &mut tab.own;
                let troubled =
                    tab.outbox.failed(request, failure, now).and_then(|item| own.note_trouble(item));
                if let Some(troubled) = troubled {
                    self.commit(&[Op::Put(troubled)])?;
                }
                Ok(PushReply::Failed(failure))
            }
            Settlement::OtherEpoch { server_epoch } => {
                self.take_other_epoch(place, &server_epoch, random, now)
            }
        }
    }

    fn take_other_epoch(
        &mut self,
        place: usize,
        server_epoch: &str,
        random: f64,
        now: Instant,
    ) -> Result<PushReply, Unwritten> {
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        let Ok(adopted) = tab.cursor.adopt(server_epoch) else {
            tab.pace.failed(Failure::Mismatch, None, now, random);
            return Ok(PushReply::Failed(Failure::Mismatch));
        };
        self.offer_again(place)?;
        let text = serde_json::to_string(&adopted).unwrap_or_default();
        let notes = [
            Op::Note(cursor_note(self.staff()), text),
            Op::Note(SERVER_EPOCH.to_owned(), server_epoch.to_owned()),
        ];
        self.commit(&notes)?;
        if let Some(tab) = self.tabs.get_mut(place) {
            tab.cursor = adopted;
            tab.server_epoch = Some(server_epoch.to_owned());
        }
        Ok(PushReply::OfferedAgain)
    }

    /// Own events of the last 30 days wait again, also after a restart.
    pub fn offer_again(&mut self, place: usize) -> Result<(), Unwritten> {
        let Some(tab) = self.tabs.get_mut(place) else { return Err(Unwritten::Cut) };
        // From the store: a tab that was frozen has not heard what others wrote and sent.
        let mut tab = std::mem::take(tab);
        self.load_own(&mut tab);
        let waiting = tab.own.to_wait_again();
        self.tabs[place] = tab;
        let ops: Vec<Op> = waiting.iter().cloned().map(Op::Put).collect();
        self.commit(&ops)?;
        if let Some(tab) = self.tabs.get_mut(place) {
            tab.own.wait_again(&waiting);
            let kept: Vec<_> = tab.own.iter().map(|own| own.entry.clone()).collect();
            tab.outbox.offer_again(kept);
        }
        self.other_tabs_reload(place);
        Ok(())
    }

    /// The other tabs read their own events again, and how far the server is known.
    fn other_tabs_reload(&mut self, from: usize) {
        for place in 0..self.tabs.len() {
            if place == from || self.tabs[place].frozen {
                continue;
            }
            let mut tab = std::mem::take(&mut self.tabs[place]);
            self.load_own(&mut tab);
            tab.server_epoch = self.disk.note(SERVER_EPOCH).map(str::to_owned);
            self.tabs[place] = tab;
        }
    }
}
