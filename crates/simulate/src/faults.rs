//! Everything that goes wrong beside the network: with the server, with a phone, with people.

use crate::{disk::Unwritten, world::World};
use anyhow::Result;
use chrono::Duration;

#[derive(Clone, Copy, Debug)]
enum Fault {
    KilledServer,
    Copied,
    Restored,
    ServerClock,
    Signal,
    NewTab,
    ClosedTab,
    KilledPage,
    Fuse,
    Thaw,
    Quota,
    Aborted,
    Mended,
    TailLost,
    RowsLost,
    Wiped,
    Cloned,
    Clock,
    Key,
    HandedOver,
    TwoDecide,
    ReportedTwice,
    Roles,
    Removed,
    Firewall,
}

const FAULTS: [(Fault, u32); 25] = [
    (Fault::KilledServer, 2),
    (Fault::Copied, 2),
    (Fault::Restored, 2),
    (Fault::ServerClock, 2),
    (Fault::Signal, 14),
    (Fault::NewTab, 8),
    (Fault::ClosedTab, 5),
    (Fault::KilledPage, 5),
    (Fault::Fuse, 9),
    (Fault::Thaw, 8),
    (Fault::Quota, 4),
    (Fault::Aborted, 4),
    (Fault::Mended, 10),
    (Fault::TailLost, 2),
    (Fault::RowsLost, 4),
    (Fault::Wiped, 1),
    (Fault::Cloned, 2),
    (Fault::Clock, 5),
    (Fault::Key, 2),
    (Fault::HandedOver, 6),
    (Fault::TwoDecide, 8),
    (Fault::ReportedTwice, 3),
    (Fault::Roles, 7),
    (Fault::Removed, 1),
    (Fault::Firewall, 4),
];

/// Tabs of one phone at the same time.
const MOST_TABS: usize = 4;

impl World<'_> {
    pub fn something_happens(&mut self, phone: usize) -> Result<()> {
        let Some(fault) = self.chance.weighted(&FAULTS) else { return Ok(()) };
        match fault {
            Fault::KilledServer => {
                self.tally.fault("server_killed");
                self.service.die()?;
            }
            Fault::Copied => {
                let name = format!("copy-{}", self.copies.len());
                let copy = self.service.copy_to(&name)?;
                self.copies.push(copy);
            }
            Fault::Restored => self.server_is_put_back()?,
            Fault::ServerClock => {
                self.tally.fault("server_clock_jumped");
                self.server_is_off = Duration::minutes(self.chance.between(-360, 360));
            }
            Fault::Roles => self.roles_change()?,
            Fault::Removed => self.device_is_removed(phone)?,
            Fault::TwoDecide => {
                self.tally.fault("two_decide");
                self.two_decide(phone);
            }
            Fault::ReportedTwice => {
                self.tally.fault("reported_twice");
                self.reported_twice(phone);
            }
            Fault::Firewall => self.firewall_dislikes(phone),
            _ if !self.phones[phone].gone => self.at_a_phone(phone, fault)?,
            _ => {}
        }
        self.look(false)
    }

    fn at_a_phone(&mut self, phone: usize, fault: Fault) -> Result<()> {
        match fault {
            Fault::Signal => {
                self.tally.fault("signal_lost_or_back");
                self.phones[phone].offline = !self.phones[phone].offline;
            }
            Fault::NewTab if self.phones[phone].tabs.len() < MOST_TABS => {
                self.phones[phone].open_tab();
            }
            Fault::ClosedTab if self.phones[phone].tabs.len() > 1 => {
                self.tally.fault("tab_closed");
                self.frozen.retain(|frozen| frozen.phone != phone);
                self.phones[phone].tabs.retain(|tab| !tab.frozen);
                self.phones[phone].tabs.pop();
                if self.phones[phone].tabs.is_empty() {
                    self.phones[phone].open_tab();
                }
            }
            Fault::KilledPage => {
                self.tally.fault("page_killed");
                self.page_dies(phone);
            }
            Fault::Fuse => {
                self.tally.fault("killed_at_a_moment");
                self.phones[phone].fuse = u32::try_from(self.chance.below(9)).ok();
            }
            Fault::Thaw => self.thaw(phone)?,
            Fault::Quota => {
                self.tally.fault("quota");
                self.phones[phone].failing = Some(Unwritten::Full);
            }
            Fault::Aborted => {
                self.tally.fault("transaction_aborted");
                self.phones[phone].failing = Some(Unwritten::Aborted);
            }
            Fault::Mended => {
                self.phones[phone].failing = None;
                self.phones[phone].offline = false;
            }
            Fault::TailLost => self.tail_is_lost(phone),
            Fault::RowsLost => self.rows_are_lost(phone),
            Fault::Wiped if self.phones.len() > 2 => self.store_is_wiped(phone),
            Fault::Cloned if !self.phones[phone].cloned && self.phones.len() < 60 => {
                self.tally.fault("profile_cloned");
                self.phones[phone].cloned = true;
                let mut copy = self.phones[phone].clone();
                copy.kill();
                copy.open_tab();
                self.phones.push(copy);
            }
            Fault::Clock => {
                self.tally.fault("phone_clock_jumped");
                let minutes = match self.chance.below(3) {
                    0 => self.chance.between(-10, 10) * 366 * 24 * 60,
                    1 => self.chance.between(-180, 180),
                    _ => 0,
                };
                self.phones[phone].clock_is_off = Duration::minutes(minutes);
            }
            Fault::Key => {
                self.tally.fault("key_unreadable");
                let key = self.key_of(phone);
                let there = self.phones[phone].key.is_some();
                self.phones[phone].key = key.filter(|_| !there);
            }
            Fault::HandedOver => {
                self.tally.fault("handed_over");
                self.frozen.retain(|frozen| frozen.phone != phone);
                let to = self.chance.below(self.phones[phone].people.len());
                self.phones[phone].hand_over(to);
            }
            _ => {}
        }
        Ok(())
    }

    fn server_is_put_back(&mut self) -> Result<()> {
        let Some(copy) = self.chance.pick(&self.copies).cloned() else { return Ok(()) };
        self.tally.fault("server_restored_from_a_copy");
        self.service.restore(&copy)?;
        self.look(true)?;
        // Whoever was removed or changed since the copy is so again: that is the operator's list to repeat.
        let removed: Vec<usize> =
            (0..self.phones.len()).filter(|phone| self.phones[*phone].revoked).collect();
        for phone in removed {
            self.device_is_removed(phone)?;
        }
        self.repeat_roles()
    }

    /// A tab that was frozen goes on where it stopped, with an answer from before.
    pub fn thaw(&mut self, phone: usize) -> Result<()> {
        let Some(place) = self.frozen.iter().position(|frozen| frozen.phone == phone) else { return Ok(()) };
        let frozen = self.frozen.swap_remove(place);
        if let Some(tab) = self.phones[phone].tabs.get_mut(frozen.tab) {
            tab.frozen = false;
        }
        self.take_push(phone, frozen.tab, &frozen.request, frozen.answer)?;
        Ok(())
    }

    /// One report of a phone that waits, or nothing any more.
    fn firewall_dislikes(&mut self, phone: usize) {
        self.tally.fault("one_report_blocked");
        let waiting: Vec<String> = match self.phones[phone].tabs.first() {
            Some(tab) => tab.outbox.items().iter().map(|item| item.signed.sig.clone()).collect(),
            None => Vec::new(),
        };
        self.disliked = self.chance.pick(&waiting).cloned();
    }

    fn tail_is_lost(&mut self, phone: usize) {
        let events = usize::try_from(self.chance.between(1, 4)).unwrap_or(1);
        let lost = self.phones[phone].disk.lose_tail(events);
        if lost.is_empty() {
            return;
        }
        self.tally.fault("end_of_store_lost");
        self.page_dies(phone);
        self.are_destroyed(phone, &lost);
        if self.phones[phone].tabs.iter().all(|tab| tab.noticed_loss) {
            self.tally.reached("tail_loss_noticed");
        } else if self.phones[phone]
            .disk
            .witness
            .is_some_and(|(_, dseq)| lost.iter().any(|entry| entry.dseq == dseq))
        {
            self.wrong.push("F08: the end of a store was lost and nobody noticed".to_owned());
        }
    }

    /// Rows that were pulled, of whoever has the phone now. No tab notices: what it shows is in memory.
    fn rows_are_lost(&mut self, phone: usize) {
        let person = self.phones[phone].staff().to_owned();
        let pages = self.phones[phone].disk.pages(&person).len();
        if pages == 0 {
            return;
        }
        let page = self.chance.below(pages);
        let each = self.chance.pick(&[5, 40, 100]).copied().unwrap_or(100);
        let chance = &mut self.chance;
        if self.phones[phone].disk.lose_rows(&person, page, || chance.happens(each)) > 0 {
            self.tally.fault("kept_rows_lost");
            self.phones[phone].robbed.insert(person);
        }
    }

    fn store_is_wiped(&mut self, phone: usize) {
        self.tally.fault("store_wiped");
        let lost = self.phones[phone].disk.wipe();
        self.frozen.retain(|frozen| frozen.phone != phone);
        self.phones[phone].kill();
        self.phones[phone].gone = true;
        self.are_destroyed(phone, &lost);
    }

    /// Unless a copy of the profile still has them.
    fn are_destroyed(&mut self, phone: usize, lost: &[sync::Entry]) {
        for entry in lost {
            let elsewhere = self
                .phones
                .iter()
                .enumerate()
                .any(|(place, other)| place != phone && other.disk.holds(entry.hash));
            if !elsewhere {
                self.ledger.destroyed(entry.hash);
            }
        }
    }
}
