//! One seed: phones, a server, people, time, and everything that goes wrong.

use crate::{
    chance::Chance,
    disk::Unwritten,
    ledger::Ledger,
    phone::{Phone, PullReply, PushReply, path},
    prepared::{Prepared, STAFF, start, temp},
    service::{Answer, Ask, Service},
    tally::Tally,
    truth::Truth,
};
use anyhow::Result;
use chrono::Duration;
use domain::{
    directory::Directory,
    event::{Mark, Outcome},
    time::Instant,
};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};
use sync::{
    Envelope,
    receipt::Failure,
    wire::{PullQuery, PushOutcome, PushRequest},
};
use tempfile::TempDir;

/// Pages or batches of one turn, at most.
const TURN: usize = 12;

/// A tab that froze between a question and its answer.
pub struct Frozen {
    pub phone: usize,
    pub tab: usize,
    pub request: PushRequest,
    pub answer: Result<Answer, Failure>,
}

pub struct World<'a> {
    pub prepared: &'a Prepared,
    pub chance: Chance,
    pub now: Instant,
    /// Clock of the server minus true time.
    pub server_is_off: Duration,
    pub service: Service,
    pub truth: Truth,
    pub phones: Vec<Phone>,
    pub ledger: Ledger,
    pub tally: Tally,
    pub late: Vec<Ask>,
    pub stale: BTreeMap<(usize, bool), Answer>,
    /// The answer that came last was an old one.
    pub is_stale: bool,
    pub frozen: Vec<Frozen>,
    pub copies: Vec<PathBuf>,
    /// Of each provider: staff -> roles at elm, roles at oak.
    pub roles: Vec<BTreeMap<String, [Vec<String>; 2]>>,
    /// Nothing goes wrong any more.
    pub calm: bool,
    /// A piece of the one report that a firewall stops.
    pub disliked: Option<String>,
    pub wrong: Vec<String>,
    _folder: TempDir,
}

impl<'a> World<'a> {
    pub fn new(prepared: &'a Prepared, seed: u64) -> Result<World<'a>> {
        let mut chance = Chance::new(seed);
        let folder = TempDir::with_prefix_in("noticed-seed-", temp())?;
        let now = start();
        let service = Service::start(&prepared.data(), folder.path().to_path_buf(), now)?;
        let most = prepared.devices.len();
        // Most seeds are a few phones; some are all of them.
        let count = match chance.below(10) {
            0 => most,
            1 | 2 => most.min(16),
            _ => most.min(2 + chance.below(6)),
        };
        let names = |roles: &[&str]| roles.iter().map(|role| (*role).to_owned()).collect::<Vec<_>>();
        let staff: BTreeMap<String, [Vec<String>; 2]> =
            STAFF.iter().map(|(id, elm, oak)| ((*id).to_owned(), [names(elm), names(oak)])).collect();
        let mut world = World {
            prepared,
            chance,
            now,
            server_is_off: Duration::zero(),
            service,
            truth: Truth::default(),
            phones: Vec::new(),
            ledger: Ledger::default(),
            tally: Tally { seeds: 1, ..Tally::default() },
            late: Vec::new(),
            stale: BTreeMap::new(),
            is_stale: false,
            frozen: Vec::new(),
            copies: Vec::new(),
            roles: vec![staff.clone(), staff],
            disliked: None,
            calm: false,
            wrong: Vec::new(),
            _folder: folder,
        };
        for joined in prepared.devices.iter().take(count.max(2)) {
            world.phones.push(Phone::new(joined, &prepared.server_epoch, Arc::default()));
        }
        for phone in 0..world.phones.len() {
            world.fetch_lists(phone)?;
            world.phones[phone].open_tab();
        }
        Ok(world)
    }

    /// One step of the story.
    pub fn step(&mut self) -> Result<()> {
        self.tally.steps += 1;
        self.now += Duration::seconds(self.chance.between(1, 1_500));
        self.service.set_clock(self.now + self.server_is_off);
        self.late_requests_arrive(false)?;
        let phone = self.chance.below(self.phones.len());
        match self.chance.below(100) {
            0..45 => self.somebody_writes(phone)?,
            45..80 => self.turn(phone)?,
            _ => self.something_happens(phone)?,
        }
        self.check_phone(phone);
        Ok(())
    }

    /// A tab sends what waits, then pulls, as `src/sync_loop` does.
    pub fn turn(&mut self, phone: usize) -> Result<()> {
        if self.phones[phone].gone {
            return Ok(());
        }
        let Some(tab) = self.leader(phone) else { return Ok(()) };
        for _ in 0..TURN {
            let nonce = self.chance.id();
            let Some(request) = self.phones[phone].next_push(tab, nonce, self.now) else { break };
            match self.push(phone, tab, &request)? {
                Some(PushReply::Settled(_) | PushReply::OfferedAgain) => {}
                Some(PushReply::Failed(_)) => break,
                None => return Ok(()),
            }
        }
        for _ in 0..TURN {
            let ask = self.chance.id();
            let Some(query) = self.phones[phone].next_pull(tab, &ask, self.now) else { break };
            match self.pull(phone, tab, &query)? {
                Some(PullReply::Page { more: true, .. }) => {}
                Some(PullReply::Page { .. }) if self.compare_kept(phone, tab)? => {}
                _ => break,
            }
        }
        Ok(())
    }

    /// The tab whose turn it is. One that is frozen is overtaken by another.
    fn leader(&mut self, phone: usize) -> Option<usize> {
        let tabs = &self.phones[phone].tabs;
        let awake = tabs.iter().position(|tab| !tab.frozen);
        let overtakes = tabs.iter().any(|tab| tab.frozen);
        if overtakes {
            self.tally.reached("frozen_tab_overtaken");
        }
        match awake {
            Some(tab) => Some(tab),
            None => Some(self.phones[phone].open_tab()),
        }
    }

    fn push(&mut self, phone: usize, tab: usize, request: &PushRequest) -> Result<Option<PushReply>> {
        let ask = Ask {
            post: true,
            path: "/v1/push".to_owned(),
            device: Some(request.device.to_string()),
            cookie: self.phones[phone].cookie(),
            encoding: None,
            body: serde_json::to_vec(request)?,
        };
        let answer = self.exchange(phone, &ask)?;
        if !self.calm && self.frozen.len() < 3 && self.chance.happens(3) {
            self.tally.fault("leader_frozen");
            self.phones[phone].tabs[tab].frozen = true;
            self.frozen.push(Frozen { phone, tab, request: request.clone(), answer });
            return Ok(None);
        }
        self.take_push(phone, tab, request, answer)
    }

    pub fn take_push(
        &mut self,
        phone: usize,
        tab: usize,
        request: &PushRequest,
        answer: Result<Answer, Failure>,
    ) -> Result<Option<PushReply>> {
        let random = self.chance.fraction();
        let asked_to_wait = answer.as_ref().is_ok_and(|answer| answer.retry_after.is_some());
        match self.phones[phone].take_push(tab, request, answer, random, self.now) {
            Ok(reply) => {
                match &reply {
                    PushReply::Settled(receipts) => {
                        for (hash, outcome) in receipts {
                            self.settled(phone, request, *hash, outcome);
                        }
                    }
                    PushReply::Failed(failure) => {
                        self.failed(*failure, asked_to_wait);
                        if request.events.len() > 1 && failure.blames_the_batch() {
                            self.tally.reached("batch_halved");
                        }
                    }
                    PushReply::OfferedAgain => self.tally.reached("offered_again"),
                }
                Ok(Some(reply))
            }
            Err(unwritten) => {
                self.unwritten(phone, unwritten);
                Ok(None)
            }
        }
    }

    fn pull(&mut self, phone: usize, tab: usize, query: &PullQuery) -> Result<Option<PullReply>> {
        let ask = Ask {
            post: false,
            path: path(query),
            device: Some(self.phones[phone].id.clone()),
            cookie: self.phones[phone].cookie(),
            encoding: None,
            body: Vec::new(),
        };
        let answer = self.exchange(phone, &ask)?;
        let rows_before = self.phones[phone].tabs[tab].pulled.len();
        let random = self.chance.fraction();
        match self.phones[phone].take_pull(tab, &query.ask, answer, random, self.now) {
            Ok(reply) => {
                match reply {
                    PullReply::Page { more, reset, offered_again, lists_changed } => {
                        if reset && rows_before > 0 {
                            self.tally.reached("scope_started_again");
                        }
                        if offered_again {
                            self.tally.reached("offered_again");
                        }
                        if lists_changed {
                            self.tally.reached("lists_changed");
                            self.fetch_lists(phone)?;
                        }
                        // From an old answer it has not heard of any change.
                        if !more && !self.is_stale {
                            let rows = self.phones[phone].tabs[tab].pulled.len();
                            if reset && rows < rows_before {
                                self.tally.reached("scope_lost_rows");
                            }
                            self.check_scope(phone);
                            self.check_sight(phone);
                        }
                    }
                    PullReply::Doubted { .. } => {}
                    PullReply::Failed(failure) => self.failed(failure, false),
                }
                Ok(Some(reply))
            }
            Err(unwritten) => {
                self.unwritten(phone, unwritten);
                Ok(None)
            }
        }
    }

    /// The lists of the provider as this person may see them. Not part of what is proved here: always fine weather.
    pub fn fetch_lists(&mut self, phone: usize) -> Result<()> {
        let ask = Ask {
            post: false,
            path: "/v1/directory".to_owned(),
            device: Some(self.phones[phone].id.clone()),
            cookie: self.phones[phone].cookie(),
            encoding: None,
            body: Vec::new(),
        };
        let answer = self.service.ask(&ask)?;
        self.must_not_leak(phone, &answer);
        let Ok(reply) = answer.json() else { return Ok(()) };
        if let Ok(lists) = serde_json::from_value::<Directory>(reply["directory"].clone()) {
            let lists = Arc::new(lists);
            for tab in &mut self.phones[phone].tabs {
                tab.base.set_directory(lists.clone());
            }
            self.phones[phone].lists = lists;
        }
        Ok(())
    }

    /// A receipt: the server must hold what it says that it holds.
    fn settled(&mut self, phone: usize, request: &PushRequest, hash: sync::Hash, outcome: &PushOutcome) {
        let tenant = self.phones[phone].tenant.clone();
        if !outcome.is_stored() {
            return;
        }
        if !self.truth.holds(&tenant, hash) && !self.truth.was_restored {
            self.wrong.push(format!("I3: a receipt for {hash}, which the server does not hold: {outcome:?}"));
        }
        self.ledger.receipted(hash);
        match outcome {
            PushOutcome::Accepted { judgement } => {
                self.tally.reached("accepted");
                if judgement.result == Outcome::Conflict {
                    self.tally.reached("conflict");
                }
                if judgement.marks.contains(&Mark::LateSync) {
                    self.tally.reached("late_sync_marked");
                }
                if judgement.marks.contains(&Mark::ClockSkew) {
                    self.tally.reached("clock_skew_marked");
                }
                let signed = request.events.iter().find(|signed| signed.hash() == hash);
                let kind =
                    signed.and_then(|signed| Envelope::open(&signed.bytes).ok()).map(|event| event.kind);
                match kind.as_deref() {
                    Some("close") => self.tally.reached("record_closed"),
                    Some("reopen") => self.tally.reached("record_reopened"),
                    Some("resolve") => self.tally.reached("conflict_settled"),
                    _ => {}
                }
            }
            PushOutcome::Duplicate { .. } => self.tally.reached("duplicate_receipt"),
            PushOutcome::Held { .. } => self.tally.reached("held_for_a_gap"),
            PushOutcome::Quarantined { reason, judgement, .. } => match reason.as_str() {
                "forked" => self.tally.reached("forked"),
                "bad_signature" => self.tally.reached("signed_by_nobody"),
                "device_revoked" => self.tally.reached("pushed_after_removal"),
                "role_ended" => self.tally.reached("role_ended"),
                _ if judgement.is_some() => self.tally.reached("set_aside"),
                _ => {}
            },
            PushOutcome::Retry { .. } => {}
        }
    }

    fn failed(&mut self, failure: Failure, asked_to_wait: bool) {
        if asked_to_wait {
            self.tally.reached("waited_as_asked");
        }
        match failure {
            Failure::NotOurs => self.tally.reached("not_ours_refused"),
            Failure::Mismatch => self.tally.reached("wrong_nonce_refused"),
            _ => {}
        }
    }

    /// The page could not write: it says so, or it died.
    pub fn unwritten(&mut self, phone: usize, unwritten: Unwritten) {
        if unwritten == Unwritten::Cut {
            self.page_dies(phone);
        } else {
            self.tally.reached("write_failed_and_said_so");
        }
    }

    /// Every tab of a phone dies; the app is opened again.
    pub fn page_dies(&mut self, phone: usize) {
        self.frozen.retain(|frozen| frozen.phone != phone);
        self.phones[phone].kill();
        self.phones[phone].open_tab();
    }

    /// Reads what the server holds now.
    pub fn look(&mut self, restored: bool) -> Result<()> {
        let wrong = self.truth.look(&self.service, restored)?;
        self.wrong.extend(wrong);
        Ok(())
    }
}
