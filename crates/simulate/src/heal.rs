//! The end of a seed: everything is well again. Then each promise that was made must have been kept.

use crate::{
    phone::{Phone, path},
    prepared::{PASSWORD, SITES, STAFF, staff_row},
    service::{Ask, Service},
    world::World,
};
use anyhow::Result;
use chrono::Duration;
use domain::{
    directory::{Directory, Staff},
    event::Received,
    register::Register,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use sync::{
    pull::{self, Cursor, Pulled},
    wire::PulledRow,
};

/// Twice the longest wait of a phone, and more than once: every backoff is over.
const ROUNDS: usize = 14;
const ROUND_MINUTES: i64 = 16;
/// A day, and as much as the clock of the server was ahead.
const HOURS_TO_COMPARE: i64 = 31;

impl World<'_> {
    pub fn heal(&mut self) -> Result<()> {
        self.calm = true;
        self.server_is_off = Duration::zero();
        self.late_requests_arrive(true)?;
        for phone in 0..self.phones.len() {
            while self.frozen.iter().any(|frozen| frozen.phone == phone) {
                self.thaw(phone)?;
            }
            let key = self.key_of(phone);
            let healed = &mut self.phones[phone];
            (healed.failing, healed.fuse, healed.offline, healed.key) = (None, None, false, key);
            if !healed.gone {
                self.page_dies(phone);
            }
        }
        // A new process has forgotten how often somebody tried.
        self.service.die()?;
        for _ in 0..ROUNDS {
            self.now += Duration::minutes(ROUND_MINUTES);
            self.service.set_clock(self.now);
            for phone in 0..self.phones.len() {
                self.turn(phone)?;
            }
            if self.phones.iter().all(|phone| phone.tabs.iter().all(|tab| tab.outbox.waiting() == 0)) {
                break;
            }
        }
        // A day later every phone compares what it keeps with what it was given.
        self.now += Duration::hours(HOURS_TO_COMPARE);
        self.service.set_clock(self.now);
        for phone in 0..self.phones.len() {
            self.turn(phone)?;
            self.check_phone(phone);
        }
        self.judge()
    }

    fn judge(&mut self) -> Result<()> {
        self.look(false)?;
        for (hash, promise) in self.ledger.iter() {
            let kept = self.truth.of(&promise.tenant);
            let holds = kept.is_some_and(|kept| kept.holds(*hash));
            if holds {
                let bytes = kept.and_then(|kept| kept.bytes(*hash));
                if bytes.is_some_and(|bytes| bytes != promise.signed.bytes) {
                    self.tally.lost += 1;
                    self.wrong.push(format!("{hash} is kept with other bytes"));
                }
            } else if promise.destroyed && promise.receipted {
                self.tally.twice_destroyed += 1;
            } else if promise.destroyed {
                self.tally.destroyed += 1;
            } else {
                self.tally.lost += 1;
                self.wrong.push(format!("{hash} was saved on a phone and is not on the server"));
            }
        }
        if self.tally.destroyed > 0 {
            self.tally.reached("destroyed_before_contact");
        }
        let twice = self.wrong.iter().filter(|wrong| wrong.starts_with("I4")).count();
        self.tally.duplicated += twice as u64;
        for place in 0..self.phones.len() {
            let phone = &self.phones[place];
            let waiting = phone.tabs.first().map_or(0, |tab| tab.outbox.waiting());
            if waiting > 0 {
                self.tally.wedged += 1;
                let tab = &phone.tabs[0];
                self.wrong.push(format!(
                    "liveness: {} events never left {}: {:?}",
                    waiting,
                    phone.id,
                    tab.outbox.items().first().map(|item| &item.trouble)
                ));
            }
            if !phone.gone {
                self.compare(place)?;
            }
        }
        Ok(())
    }

    /// I6: what a phone holds is what a new phone of the same person would get, and folds to the same records.
    fn compare(&mut self, place: usize) -> Result<()> {
        let phone = &self.phones[place];
        let Some(fresh) = everything(&self.service, phone)? else { return Ok(()) };
        let mut kept: Vec<Value> = Vec::new();
        for (_, rows) in phone.disk.pages(phone.staff()) {
            if let Ok(Value::Array(rows)) = serde_json::from_str(rows) {
                kept.extend(rows.into_iter().map(without_deliveries));
            }
        }
        let Some(tab) = phone.tabs.first() else { return Ok(()) };
        if tab.cursor.doubted {
            // It waits, with an alarm, until the server has what it had before; nothing was taken over.
            return Ok(());
        }
        let expected: Vec<Value> =
            fresh.iter().filter_map(|row| serde_json::to_value(row).ok().map(without_deliveries)).collect();
        if kept != expected {
            self.tally.wedged += 1;
            let differs = kept.iter().zip(&expected).find(|(kept, expected)| kept != expected);
            let differs = differs.map(|(kept, expected)| format!(": {kept} is not {expected}"));
            self.wrong.push(format!(
                "I6: {} of {} has {} rows, a new phone gets {}{}",
                phone.staff(),
                phone.id,
                kept.len(),
                expected.len(),
                differs.unwrap_or_default()
            ));
            return Ok(());
        }
        let mut register = Register::new(tab.base.shared_directory());
        fresh.into_iter().for_each(|row| register.take(Arc::new(Received::from(row))));
        let states = |register: &Register| -> Vec<_> {
            let of = |record: &domain::record::Record| {
                (
                    record.id.clone(),
                    record.version,
                    record.state,
                    record.conflicts.clone(),
                    record.facts.clone(),
                )
            };
            register.records().map(of).collect()
        };
        if states(&register) != states(&tab.base) {
            self.wrong.push(format!("I6: the records on {} are not the fold of its rows", phone.id));
        }
        Ok(())
    }

    /// After a restore the lists are those of the copy; the office repeats what it had changed.
    pub fn repeat_roles(&mut self) -> Result<()> {
        for provider in 0..self.roles.len() {
            let before = self.roles[provider].clone();
            for (staff, [elm, oak]) in &before {
                // Somebody who has left in the copy too is nobody's to change.
                let row =
                    json!({ "changes": [staff_row(staff, &words(elm), &words(oak))], "password": PASSWORD });
                self.ask_as_boss(provider, "/v1/directory", &row)?;
            }
            self.roles[provider] = self.roles_now(provider)?;
        }
        Ok(())
    }

    /// As the server has them.
    fn roles_now(&self, provider: usize) -> Result<BTreeMap<String, [Vec<String>; 2]>> {
        let boss = &self.prepared.bosses[provider];
        let ask = Ask {
            post: false,
            path: "/v1/directory".to_owned(),
            device: Some(boss.device.clone()),
            cookie: Some(boss.cookie.clone()),
            encoding: None,
            body: Vec::new(),
        };
        let reply = self.service.ask(&ask)?.json()?;
        let lists: Directory = serde_json::from_value(reply["directory"].clone())?;
        let at = |staff: &Staff, site: &str| {
            let roles = staff.roles.get(site).into_iter().flatten();
            roles.map(|role| role.code().to_owned()).collect::<Vec<_>>()
        };
        let known = |staff: &str| STAFF.iter().any(|(id, ..)| *id == staff);
        let staff = lists.staff.iter().filter(|(id, _)| known(id));
        Ok(staff.map(|(id, staff)| (id.to_string(), SITES.map(|site| at(staff, site)))).collect())
    }

    pub fn key_of(&self, phone: usize) -> Option<p256::ecdsa::SigningKey> {
        let id = &self.phones[phone].id;
        self.prepared.devices.iter().find(|joined| joined.id == *id).map(|joined| joined.key.clone())
    }
}

/// All rows that the person on a phone may see now; `None` when they are not let in.
fn everything(service: &Service, phone: &Phone) -> Result<Option<Vec<PulledRow>>> {
    let mut cursor = Cursor::default();
    let mut rows = Vec::new();
    loop {
        let path = path(&cursor.query(""));
        let ask = Ask {
            post: false,
            path,
            device: Some(phone.id.clone()),
            cookie: phone.cookie(),
            encoding: None,
            body: Vec::new(),
        };
        let answer = service.ask(&ask)?;
        match pull::read(&cursor, "", answer.status, answer.content_type.as_deref(), &answer.body) {
            Pulled::Page(page) => {
                rows.extend(page.rows);
                cursor = page.cursor;
                if !page.more {
                    return Ok(Some(rows));
                }
            }
            _ => return Ok(None),
        }
    }
}

fn words(roles: &[String]) -> Vec<&str> {
    roles.iter().map(String::as_str).collect()
}

/// How often the same bytes arrived changes after a row was pulled.
fn without_deliveries(mut row: Value) -> Value {
    if let Some(judgement) = row.get_mut("judgement").and_then(Value::as_object_mut) {
        judgement.remove("deliveries");
    }
    row
}
