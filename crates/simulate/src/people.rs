//! What people do: they write, decide at the same time, change roles, remove devices.

use crate::{
    acts::{self, Act, Who},
    disk::Unwritten,
    phone::Unsaved,
    prepared::{PASSWORD, STAFF, staff_row},
    service::Ask,
    world::World,
};
use anyhow::Result;
use domain::{
    decide::{Moment, decide},
    event::{Author, Event},
    pathway::State,
};
use serde_json::{Value, json};

/// Tries to find something that the rules allow.
const TRIES: usize = 5;

impl World<'_> {
    pub fn somebody_writes(&mut self, phone: usize) -> Result<()> {
        if self.phones[phone].gone {
            return Ok(());
        }
        let tabs = self.phones[phone].tabs.len();
        let tab = self.chance.below(tabs);
        if tabs == 0 || self.phones[phone].tabs[tab].frozen {
            return Ok(());
        }
        let register = self.phones[phone].register(tab, self.now);
        for _ in 0..TRIES {
            let staff = self.phones[phone].staff().to_owned();
            let date = domain::time::london_date(self.now);
            let sites: Vec<String> =
                register.directory().sites_of(&staff, date).map(ToString::to_string).collect();
            let Some(site) = self.chance.pick(&sites).cloned() else { return Ok(()) };
            let who =
                Who { provider: self.phones[phone].provider, staff: &staff, site: &site, now: self.now };
            let records: Vec<_> = register.of_site(&site).collect();
            let act = match self.chance.pick(&records) {
                Some(record) if self.chance.happens(70) => {
                    acts::step(who, &register, record, &mut self.chance)
                }
                _ => acts::report(who, &mut self.chance),
            };
            let Some(act) = act else { continue };
            if let Some(event) = self.decided(phone, tab, &register, act) {
                self.save(phone, tab, &event);
                return Ok(());
            }
        }
        Ok(())
    }

    /// The event, when the rules on this phone allow it.
    fn decided(
        &mut self,
        phone: usize,
        tab: usize,
        register: &domain::register::Register,
        act: Act,
    ) -> Option<Event> {
        let id = self.chance.id();
        let (phone, tab) = (&self.phones[phone], self.phones[phone].tabs.get(tab)?);
        let device_time = phone.clock(self.now);
        let seen = tab.base.record(&act.record).map_or(0, |record| record.version);
        let event = Event {
            id: id.into(),
            verb: act.verb.to_owned(),
            site: act.site.into(),
            record: Some(act.record),
            by: Author::from(phone.staff()),
            device: phone.id.as_str().into(),
            with: act.with.into(),
            seen,
            device_time,
            offset_ms: tab.offset_ms,
        };
        let moment = Moment { corrected_at: tab.corrected(device_time), token_for: None };
        decide(register, event, &moment).ok()
    }

    /// "Saved on this phone" is said, or an error is.
    fn save(&mut self, phone: usize, tab: usize, event: &Event) {
        let (before, races) = (self.phones[phone].disk.events().len(), self.phones[phone].races);
        match self.phones[phone].write(tab, event, self.now) {
            Ok(stored) => {
                let tenant = self.phones[phone].tenant.clone();
                self.ledger.promise(&stored.entry.signed, &tenant);
                self.tally.acknowledged += 1;
            }
            Err(Unsaved::Store(Unwritten::Cut)) => {
                let after = self.phones[phone].disk.events().len();
                let name = if after > before { "died_after_the_write" } else { "died_before_the_write" };
                self.tally.reached(name);
                self.page_dies(phone);
            }
            Err(_) => self.tally.reached("write_failed_and_said_so"),
        }
        if self.phones[phone].races > races {
            self.tally.reached("two_tabs_one_place");
        }
    }

    /// Two people with the same task decide about one record, each without having seen the other.
    pub fn two_decide(&mut self, first: usize) {
        if self.phones[first].gone || self.phones[first].tabs.is_empty() {
            return;
        }
        let mine = self.phones[first].register(0, self.now);
        let waiting = |state: State| state.step().is_some_and(|step| step > 1);
        let open: Vec<_> = mine.records().filter(|record| waiting(record.state)).collect();
        let Some(record) = self.chance.pick(&open).map(|record| record.id.clone()) else { return };
        let provider = self.phones[first].provider;
        let others: Vec<usize> = (0..self.phones.len())
            .filter(|other| *other != first && self.phones[*other].provider == provider)
            .filter(|other| !self.phones[*other].gone && !self.phones[*other].tabs.is_empty())
            .collect();
        let Some(second) = self.chance.pick(&others).copied() else { return };
        for phone in [first, second] {
            let register = self.phones[phone].register(0, self.now);
            let Some(known) = register.record(&record) else { continue };
            for place in 0..self.phones[phone].people.len() {
                let staff = self.phones[phone].people[place].0.clone();
                if self.phones[phone].staff() != staff {
                    continue;
                }
                let site = known.site.to_string();
                let who = Who { provider, staff: &staff, site: &site, now: self.now };
                for _ in 0..TRIES {
                    let Some(act) = acts::step(who, &register, known, &mut self.chance) else { continue };
                    if let Some(event) = self.decided(phone, 0, &register, act) {
                        self.save(phone, 0, &event);
                        break;
                    }
                }
            }
        }
    }

    /// The same near miss, reported by two people on two phones.
    pub fn reported_twice(&mut self, phone: usize) {
        let provider = self.phones[phone].provider;
        let act = {
            let site = self.chance.pick(&crate::prepared::SITES).copied().unwrap_or("elm");
            let staff = self.phones[phone].staff().to_owned();
            acts::report(Who { provider, staff: &staff, site, now: self.now }, &mut self.chance)
        };
        let Some(act) = act else { return };
        for other in 0..self.phones.len() {
            if self.phones[other].provider != provider
                || self.phones[other].tabs.is_empty()
                || self.phones[other].gone
            {
                continue;
            }
            let mut act = act.clone();
            act.record = self.chance.id().into();
            // Each in their own words: by these the promise about rows knows its author.
            if let Some(Value::String(text)) = act.with.get_mut("text") {
                *text = text.replace(
                    &format!(":{}:", self.phones[phone].staff()),
                    &format!(":{}:", self.phones[other].staff()),
                );
            }
            let register = self.phones[other].register(0, self.now);
            if let Some(event) = self.decided(other, 0, &register, act) {
                self.save(other, 0, &event);
            }
            if self.chance.happens(50) {
                break;
            }
        }
    }

    /// Somebody moves to the other home, loses a role, leaves, or comes back.
    pub fn roles_change(&mut self) -> Result<()> {
        let provider = self.chance.below(2);
        let Some((staff, elm, oak)) = self.chance.pick(&STAFF).copied() else { return Ok(()) };
        let choice = self.chance.below(6);
        if choice == 5 {
            return self.last_day(provider, staff, elm, oak);
        }
        let (fault, elm, oak): (&'static str, Vec<&str>, Vec<&str>) = match choice {
            0 => ("person_left", Vec::new(), Vec::new()),
            1 => ("moved_to_another_site", oak.to_vec(), elm.to_vec()),
            2 => {
                ("role_revoked", elm.iter().skip(1).copied().collect(), oak.iter().skip(1).copied().collect())
            }
            3 => ("role_granted", [elm, &["senior"]].concat(), oak.to_vec()),
            _ => ("role_granted", elm.to_vec(), oak.to_vec()),
        };
        self.tally.fault(fault);
        let body = json!({ "changes": [staff_row(staff, &elm, &oak)], "password": PASSWORD });
        if self.ask_as_boss(provider, "/v1/directory", &body)? {
            self.roles[provider].insert(staff.to_owned(), [words(&elm), words(&oak)]);
        }
        Ok(())
    }

    /// Today is the last day of somebody: what they write today and send tomorrow comes after their role.
    fn last_day(&mut self, provider: usize, staff: &str, elm: &[&str], oak: &[&str]) -> Result<()> {
        self.tally.fault("last_day");
        let mut row = staff_row(staff, elm, oak);
        row["value"]["to"] = json!(domain::time::london_date(self.now));
        if self.ask_as_boss(provider, "/v1/directory", &json!({ "changes": [row], "password": PASSWORD }))? {
            // Until tonight, also for somebody who had left; after that nobody lets them in.
            self.roles[provider].insert(staff.to_owned(), [elm, oak].map(words));
        }
        Ok(())
    }

    pub fn device_is_removed(&mut self, phone: usize) -> Result<()> {
        let path = format!("/v1/devices/{}/revoke", self.phones[phone].id);
        if self.ask_as_boss(self.phones[phone].provider, &path, &json!({}))? {
            self.tally.fault("device_removed");
            let id = self.phones[phone].id.clone();
            self.phones.iter_mut().filter(|phone| phone.id == id).for_each(|phone| phone.revoked = true);
        }
        Ok(())
    }

    pub fn ask_as_boss(&mut self, provider: usize, path: &str, body: &Value) -> Result<bool> {
        let boss = &self.prepared.bosses[provider];
        let ask = Ask {
            post: true,
            path: path.to_owned(),
            device: Some(boss.device.clone()),
            cookie: Some(boss.cookie.clone()),
            encoding: None,
            body: serde_json::to_vec(body)?,
        };
        Ok(self.service.ask(&ask)?.status == 200)
    }
}

fn words(roles: &[&str]) -> Vec<String> {
    roles.iter().map(|role| (*role).to_owned()).collect()
}
