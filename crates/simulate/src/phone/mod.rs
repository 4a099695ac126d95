//! One device: a store, tabs that live and die, people who take turns. What to send, what a reply means, what may
//! be forgotten and what to pull is decided by `sync`; this is the glue that the app has in `src/sync_loop`.

mod compare;
mod pull;
mod push;
mod start;
mod write;

pub use compare::digest_path;
pub use pull::{PullReply, path};
pub use push::PushReply;
pub use write::Unsaved;

use crate::{
    disk::{Disk, Op, Unwritten},
    prepared::Joined,
};
use chrono::Duration;
use domain::{
    decide::{Arrival, judge},
    directory::Directory,
    event::{Outcome, Received},
    register::Register,
    time::Instant,
};
use p256::ecdsa::SigningKey;
use std::{collections::BTreeSet, sync::Arc};
use sync::{
    Head, digest::Comparing, hlc::Hlc, outbox::Outbox, own::Own, pages::Tail, plan::Pace, pull::Cursor,
};

pub const SERVER_EPOCH: &str = "server_epoch";
pub const OFFSET: &str = "offset";

#[derive(Clone)]
pub struct Phone {
    pub provider: usize,
    pub tenant: String,
    pub id: String,
    pub epoch: u32,
    /// `None` while the browser cannot read it.
    pub key: Option<SigningKey>,
    /// Staff and session.
    pub people: Vec<(String, String)>,
    /// Whose turn it is.
    pub person: usize,
    pub disk: Disk,
    pub tabs: Vec<Tab>,
    /// Device clock minus true time.
    pub clock_is_off: Duration,
    /// No signal.
    pub offline: bool,
    /// Writes that fail from now on.
    pub failing: Option<Unwritten>,
    /// The page dies at the so-manieth moment from now on.
    pub fuse: Option<u32>,
    /// A manager removed this device.
    pub revoked: bool,
    /// Somebody copied the profile of this browser; both copies go on.
    pub cloned: bool,
    /// The lists, as last heard.
    pub lists: Arc<Directory>,
    /// How often another tab was first at a place of the chain.
    pub races: u64,
    /// The store was wiped: nobody uses this device any more.
    pub gone: bool,
    /// Of whom the store lost rows in silence, and nobody has noticed yet.
    pub robbed: BTreeSet<String>,
}

/// What one tab holds in memory.
#[derive(Clone, Default)]
pub struct Tab {
    pub own: Own,
    pub outbox: Outbox,
    pub cursor: Cursor,
    pub tail: Tail,
    pub base: Register,
    pub pulled: BTreeSet<String>,
    pub pace: Pace,
    pub pull_pace: Pace,
    pub head: Option<Option<Head>>,
    pub hlc: Hlc,
    pub offset_ms: Option<i64>,
    pub server_epoch: Option<String>,
    /// Pages were unreadable or the cursor is gone: the next page takes the place of all.
    pub start_over: bool,
    pub comparing: Comparing,
    /// The end of the store was cut off, and this tab noticed at its start.
    pub noticed_loss: bool,
    /// Holds the lock and does not run.
    pub frozen: bool,
}

impl Phone {
    pub fn new(joined: &Joined, server_epoch: &str, lists: Arc<Directory>) -> Phone {
        let mut disk = Disk::default();
        let note = Op::Note(SERVER_EPOCH.to_owned(), server_epoch.to_owned());
        disk.commit(&[note]).unwrap_or_default();
        Phone {
            provider: joined.provider,
            tenant: joined.tenant.clone(),
            id: joined.id.clone(),
            epoch: joined.epoch,
            key: Some(joined.key.clone()),
            people: joined.people.clone(),
            person: 0,
            disk,
            tabs: Vec::new(),
            clock_is_off: Duration::zero(),
            offline: false,
            failing: None,
            fuse: None,
            revoked: false,
            cloned: false,
            lists,
            races: 0,
            gone: false,
            robbed: BTreeSet::new(),
        }
    }

    /// What the clock of this device shows.
    pub fn clock(&self, now: Instant) -> Instant {
        now + self.clock_is_off
    }

    pub fn staff(&self) -> &str {
        self.people.get(self.person).map_or("", |(staff, _)| staff)
    }

    pub fn cookie(&self) -> Option<String> {
        self.people.get(self.person).map(|(_, cookie)| cookie.clone())
    }

    /// One transaction, with whatever goes wrong now.
    pub fn commit(&mut self, ops: &[Op]) -> Result<Option<u64>, Unwritten> {
        self.moment()?;
        if let Some(unwritten) = self.failing {
            return Err(unwritten);
        }
        let done = self.disk.commit(ops)?;
        self.moment()?;
        Ok(done)
    }

    /// Every wait of the page is a moment at which it may die.
    pub fn moment(&mut self) -> Result<(), Unwritten> {
        match &mut self.fuse {
            Some(0) => {
                self.fuse = None;
                Err(Unwritten::Cut)
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The register that the person sees: the server's rows, then this person's unsent events on a copy.
    pub fn register(&self, tab: usize, now: Instant) -> Register {
        let Some(tab) = self.tabs.get(tab) else { return Register::new(self.lists.clone()) };
        let mut register = tab.base.clone();
        let now = tab.corrected(self.clock(now));
        for own in tab.own.iter() {
            let Some(event) = &own.event else { continue };
            if tab.pulled.contains(event.id.as_str()) || !own.is_by(Some(self.staff())) {
                continue;
            }
            let judgement = match own.judgement() {
                Some(judgement) => judgement.clone(),
                None if own.is_quarantined() => continue,
                None => {
                    let offset_ms = tab.offset_ms.unwrap_or(0);
                    let arrival =
                        Arrival { seq: 0, received_at: now, offset_ms, token_for: None, online: false };
                    judge(&register, event, &arrival)
                }
            };
            if judgement.result != Outcome::Refused {
                register.take(Arc::new(Received { event: event.clone(), judgement }));
            }
        }
        register
    }
}

impl Tab {
    pub fn corrected(&self, device_time: Instant) -> Instant {
        device_time - Duration::milliseconds(self.offset_ms.unwrap_or(0))
    }
}
