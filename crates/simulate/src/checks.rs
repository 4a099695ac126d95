//! Promises that are cheap enough to be looked at after each step.

use crate::{acts::mark, prepared::SITES, service::Answer, world::World};
use std::collections::BTreeSet;

impl World<'_> {
    /// I1, I2: what waits in the store is what the awake tabs will send; the number shown is the true one.
    pub fn check_phone(&mut self, phone: usize) {
        let phone = &self.phones[phone];
        for tab in phone.tabs.iter().filter(|tab| !tab.frozen) {
            let waits: BTreeSet<_> =
                tab.own.iter().filter(|own| own.is_waiting()).map(|own| own.entry.hash).collect();
            let sends: BTreeSet<_> = tab.outbox.items().iter().map(|item| item.hash).collect();
            if waits != sends && phone.failing.is_none() {
                self.wrong.push(format!(
                    "I2: {}: {} events wait and {} are in the outbox",
                    phone.id,
                    waits.len(),
                    sends.len()
                ));
            }
        }
    }

    /// I9: nothing of another provider is in an answer.
    pub fn must_not_leak(&mut self, phone: usize, answer: &Answer) {
        let phone = &self.phones[phone];
        let foreign = format!("taint:{}:", 1 - phone.provider);
        if find(&answer.body, foreign.as_bytes()) {
            self.tally.leaked += 1;
            self.wrong.push(format!("I9: {} was sent words of another provider", phone.id));
        }
    }

    /// I8: after a pull that ended, no row of this person is of a site where they hold no role, or of another provider.
    pub fn check_scope(&mut self, phone: usize) {
        let phone = &self.phones[phone];
        let staff = phone.staff();
        let Some(roles) = self.roles[phone.provider].get(staff) else { return };
        let mut forbidden = vec![format!("taint:{}:", 1 - phone.provider)];
        for (site, roles) in SITES.iter().zip(roles) {
            if roles.is_empty() {
                forbidden.push(mark(phone.provider, site));
            }
        }
        let own = format!("{staff}:");
        for (_, rows) in phone.disk.pages(staff) {
            // What somebody wrote and the rules set aside stays in their own sight, also without a role there.
            let others =
                |mark: &&String| rows.split(mark.as_str()).skip(1).any(|rest| !rest.starts_with(&own));
            if let Some(found) = forbidden.iter().find(others) {
                self.tally.leaked += 1;
                self.wrong.push(format!("I8: {staff} on {} still has rows with {found}", phone.id));
                return;
            }
        }
    }
}

fn find(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}
