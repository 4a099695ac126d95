//! The log read again from its first event: when a change of the rules comes to be known after events that it governs.

use super::Register;
use crate::{directory::Directory, event::Received, time::Instant};
use std::sync::Arc;

impl Register {
    /// Everything that was taken in, in order of arrival; what is only on this device stands last.
    pub fn log(&self) -> Vec<Arc<Received>> {
        let mut log: Vec<Arc<Received>> =
            self.events.values().chain(self.attention.iter()).cloned().collect();
        log.sort_by(|one, other| order(one).cmp(&order(other)));
        log
    }

    /// Events were taken in after a change of the rules that was not known then. On the server this never happens.
    pub(super) fn knew_too_little(&self, directory: &Directory) -> bool {
        let Some(clock) = self.clock else { return false };
        directory.sites.iter().any(|(id, site)| {
            let known = self.directory.sites.get(id).map_or(0, |site| site.rule_changes.len());
            site.rule_changes.iter().skip(known).any(|change| change.at <= clock)
        })
    }

    pub(super) fn fold_again(&mut self, directory: Arc<Directory>) {
        let (log, clock) = (self.log(), self.clock);
        *self = Register::new(directory);
        for received in log {
            self.take(received);
        }
        if let Some(clock) = clock {
            self.settle_before(clock);
        }
    }
}

fn order(received: &Received) -> (bool, u64, Instant, &str) {
    let judgement = &received.judgement;
    (judgement.seq == 0, judgement.seq, judgement.corrected_at, received.event.id.as_str())
}

#[cfg(test)]
mod tests {
    use crate::{
        directory::RuleChange,
        patterns::tests::{Home, noon, report},
        register::Register,
    };
    use serde_json::json;
    use std::sync::Arc;

    #[test]
    fn a_change_of_the_rules_that_comes_late_gives_the_same_alerts_as_at_the_server() {
        let hoist = |asset: &str| report("environment", json!({"asset": asset}));
        let mut server = Home::new();
        server.reports(noon("2026-06-01"), "a", hoist("H1"));
        server.reports(noon("2026-06-02"), "b", hoist("H1"));
        let old = server.register.shared_directory();
        let mut lists = (*old).clone();
        let numbers = [("same_asset".to_owned(), json!({"threshold": 3, "days": 90}))];
        let site = lists.sites.entry("meadow".into()).or_default();
        site.settings.rules = numbers.clone().into();
        site.rule_changes.push(RuleChange {
            at: noon("2026-06-10"),
            by: "boss".into(),
            reason: "Two is normal here".into(),
            before: [].into(),
            after: numbers.into(),
        });
        let lists = Arc::new(lists);
        server.register.set_directory(lists.clone());
        server.reports(noon("2026-06-20"), "c", hoist("H2"));
        server.reports(noon("2026-06-21"), "d", hoist("H2"));
        let names = |register: &Register| {
            register
                .alerts("meadow")
                .map(|alert| alert.name())
                .filter(|name| name.starts_with("same_asset"))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&server.register), ["same_asset|H1"]);

        // The lists come last, as a device gets them.
        let mut device = Register::new(old);
        server.log.iter().for_each(|received| device.take(received.clone()));
        assert_eq!(names(&device), ["same_asset|H1", "same_asset|H2"]);
        device.set_directory(lists.clone());
        assert_eq!(names(&device), names(&server.register));
        assert_eq!(device.log(), server.log);

        // A device that starts again has the new lists first.
        let mut again = Register::new(lists);
        server.log.iter().for_each(|received| again.take(received.clone()));
        assert_eq!(names(&again), names(&server.register));
    }
}
