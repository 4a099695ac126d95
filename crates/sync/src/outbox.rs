//! What is only on this device, and what to send of it next. Events leave it by a receipt, never otherwise:
//! not by age, not by the number of attempts, not by what a status code says.

use crate::{
    envelope::Signed,
    hash::Hash,
    log::Entry,
    plan::is_waiting,
    receipt::{Delivery, Failure},
    wire::{MAX_BATCH_BYTES, MAX_EVENTS, PROTOCOL, PushOutcome, PushRequest},
};
use chrono::Duration;
use domain::{ids::DeviceId, time::Instant};
use serde::{Deserialize, Serialize};

/// Room for the other fields of a push request.
const REQUEST_BYTES: usize = 1024;
const RESCUE_FAILURES: u32 = 8;
const RESCUE_AFTER: Duration = Duration::hours(24);
const LONGEST_REST_S: i64 = 300;
/// Answers of something else in a row, after which one event may be the reason.
const STRANGE_TRIES: u32 = 2;
/// Delivered events are kept for this long, to be offered again after a restore of the server.
pub const OFFER_AGAIN_DAYS: i64 = 30;

/// The unsent events, each device and enrolment in the order written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outbox {
    items: Vec<Item>,
    /// How many events go together; halved when a batch does not get through, doubled when one does.
    together: usize,
    /// How often in a row something else than the service answered.
    strange: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub device: DeviceId,
    pub epoch: u32,
    pub dseq: u64,
    pub hash: Hash,
    pub signed: Signed,
    pub trouble: Trouble,
    /// Bytes inside the JSON of a push request.
    size: usize,
}

/// What went wrong with an event when it was sent alone. Stored beside it, to survive a restart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    pub failures: u32,
    pub since: Option<Instant>,
    pub rest_until: Option<Instant>,
}

/// Events that go in one request: of one device and enrolment, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    pub device: DeviceId,
    pub epoch: u32,
    pub events: Vec<Signed>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self { items: Vec::new(), together: MAX_EVENTS, strange: 0 }
    }
}

impl Outbox {
    /// Adds an event, new or read back from the store. The same event twice is one.
    pub fn add(&mut self, entry: Entry, trouble: Trouble) {
        let hash = entry.signed.hash();
        if self.items.iter().any(|item| item.hash == hash) {
            return;
        }
        let Entry { device, epoch, dseq, signed, .. } = entry;
        let size = size_in_request(&signed);
        let item = Item { device, epoch, dseq, hash, signed, trouble, size };
        let place = self.items.partition_point(|other| other.place() <= item.place());
        self.items.insert(place, item);
    }

    /// Offers kept events again, after the server was restored or spoke as an older one. All of them: what is older
    /// than 30 days by the clock of the server was let go before, and the clock of the device decides nothing.
    pub fn offer_again(&mut self, kept: impl IntoIterator<Item = Entry>) {
        kept.into_iter().for_each(|entry| self.add(entry, Trouble::default()));
    }

    /// The number shown as waiting to send.
    pub fn waiting(&self) -> usize {
        self.items.len()
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What goes next; `None` when there is nothing to send or everything rests.
    /// Events without trouble go first, so one bad event never blocks another.
    pub fn next_batch(&self, now: Instant) -> Option<Batch> {
        self.batch_of(|item| item.trouble.failures == 0 && item.is_ready(now))
            .or_else(|| self.batch_of(|item| item.is_ready(now)))
    }

    /// When the first resting event may go again; `None` when none rests.
    pub fn next_wake(&self, now: Instant) -> Option<Instant> {
        let resting = self.items.iter().filter(|item| !item.is_ready(now));
        resting.filter_map(|item| item.trouble.rest_until).min()
    }

    /// Ends every rest: somebody tapped "Send now", or the network came back.
    pub fn nudge(&mut self) {
        self.items.iter_mut().for_each(|item| item.trouble.rest_until = None);
    }

    /// Lets go of what the receipts say is durable, and gives it back with its outcome for the device to keep.
    pub fn settle(&mut self, delivery: &Delivery, now: Instant) -> Vec<(Item, PushOutcome)> {
        let mut settled = Vec::new();
        for receipt in &delivery.receipts {
            let Some(index) = self.items.iter().position(|item| item.hash == receipt.hash) else { continue };
            match &receipt.outcome {
                PushOutcome::Retry { after_s } => {
                    let wait = i64::from(*after_s).min(LONGEST_REST_S);
                    self.items[index].trouble.rest_until = Some(now + Duration::seconds(wait));
                }
                stored => settled.push((self.items.remove(index), stored.clone())),
            }
        }
        self.together = (self.together * 2).min(MAX_EVENTS);
        self.strange = 0;
        settled
    }

    /// A batch did not get through. Halves the next one; an event that failed alone rests for a while.
    /// Gives that event, for its trouble to be stored.
    pub fn failed(&mut self, request: &PushRequest, failure: Failure, now: Instant) -> Option<&Item> {
        if failure.may_blame_the_batch() {
            self.strange = self.strange.saturating_add(1);
        }
        let went_on = failure.may_blame_the_batch() && self.strange > STRANGE_TRIES;
        let is_blamed = failure.blames_the_batch() || went_on;
        if !is_blamed {
            return None;
        }
        self.together = (request.events.len() / 2).max(1);
        let [alone] = request.events.as_slice() else { return None };
        let hash = alone.hash();
        let item = self.items.iter_mut().find(|item| item.hash == hash)?;
        item.trouble.add(now);
        Some(item)
    }

    fn batch_of(&self, wanted: impl Fn(&Item) -> bool) -> Option<Batch> {
        let first = self.items.iter().find(|item| wanted(item))?;
        let mut batch = Batch { device: first.device.clone(), epoch: first.epoch, events: Vec::new() };
        let mut bytes = REQUEST_BYTES;
        let of_group =
            |item: &&Item| item.device == first.device && item.epoch == first.epoch && wanted(item);
        for item in self.items.iter().filter(of_group).take(self.together) {
            bytes += item.size;
            if bytes > MAX_BATCH_BYTES && !batch.events.is_empty() {
                break;
            }
            batch.events.push(item.signed.clone());
        }
        Some(batch)
    }
}

impl Item {
    fn place(&self) -> (&DeviceId, u32, u64) {
        (&self.device, self.epoch, self.dseq)
    }

    fn is_ready(&self, now: Instant) -> bool {
        !is_waiting(self.trouble.rest_until, now)
    }
}

impl Trouble {
    /// Failed alone at least 8 times over 24 hours: offer it as a file. It stays in the outbox too.
    pub fn offers_rescue(&self, now: Instant) -> bool {
        self.failures >= RESCUE_FAILURES && self.since.is_some_and(|since| now - since >= RESCUE_AFTER)
    }

    fn add(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        self.since.get_or_insert(now);
        let rest = 5_i64.saturating_mul(1 << self.failures.min(10)).min(LONGEST_REST_S);
        self.rest_until = Some(now + Duration::seconds(rest));
    }
}

impl Batch {
    /// `nonce` is new for each attempt; `sent_at` is the device clock.
    pub fn request(
        self,
        tenant: &str,
        server_epoch: Option<String>,
        sent_at: Instant,
        nonce: String,
    ) -> PushRequest {
        let Batch { device, epoch, events } = self;
        let tenant = tenant.to_owned();
        PushRequest { protocol: PROTOCOL, tenant, device, epoch, server_epoch, sent_at, nonce, events }
    }
}

/// The JSON of the event in a request, and the comma.
fn size_in_request(signed: &Signed) -> usize {
    let escaped =
        serde_json::to_string(signed).map_or(2 * signed.bytes.len() + signed.sig.len(), |json| json.len());
    escaped + 1
}
