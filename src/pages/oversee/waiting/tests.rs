//! What of learning and oversight waits, and for whom.

use super::*;
use crate::testing::{Sent, at};
use domain::{
    directory::{Directory, Site},
    time::parse_date,
};
use serde_json::{Value, json};
use std::sync::Arc;

fn take(register: &mut Register, verb: &str, with: Value) {
    Sent { verb, by: "pru", at: "2026-11-20T12:00+00:00", with, ..Sent::default() }.arrives(register);
}

#[test]
fn each_role_is_told_of_what_is_theirs() {
    let mut directory = Directory::default();
    directory.sites.insert("elm".into(), Site { live_from: parse_date("2026-07-01"), ..Site::default() });
    let mut register = Register::new(Arc::new(directory));
    take(
        &mut register,
        "ask_manager",
        json!({"text": "Why?", "category": "medication", "period": "2026-Q3"}),
    );
    take(&mut register, "ask_manager", json!({"text": "How?"}));
    take(&mut register, "answer_provider", json!({"question": "e2", "text": "Well"}));
    let (site, now) = (SiteId::from("elm"), at("2026-11-25T12:00+00:00"));
    let work = |role| of_site(&register, &site, Roles::of(&[role]), now, |_| false);
    let manager = work(RegisteredManager);
    // July to October of two categories, and one quarter.
    assert_eq!((manager.audits.number, manager.oversights, manager.questions.len()), (9, 0, 1));
    // Raised, so that it stands on the Home of a phone too.
    let before = at("2026-11-10T12:00+00:00");
    let manager = of_site(&register, &site, Roles::of(&[RegisteredManager]), before, |_| false);
    let line = manager.raised().next().expect("a line");
    assert_eq!((line.words.as_str(), line.href.as_str()), ("9 audits to do, 7 late", "/audits"));
    assert_eq!(manager.questions[0].address(now), "/oversight?site=elm&category=medication&period=2026-Q3");
    // Nobody opened one yet.
    assert_eq!((work(DeputyManager).audits.number, work(DeputyManager).questions.len()), (0, 1));
    let provider = work(Provider);
    assert_eq!((provider.oversights, provider.answers.len(), provider.questions.len()), (2, 1, 0));
    // July to September of two categories; October is late and not missed.
    assert_eq!(provider.missed, [(site.clone(), 6)].into());
    assert_eq!(provider.missed_address(), "/provider?site=elm&list=audits");
    let line = provider.missed_line().expect("a line");
    assert_eq!((line.words.as_str(), line.href), ("6 missed audits", provider.missed_address()));
    assert!(manager.missed.is_empty() && manager.missed_line().is_none());
    assert!(of_site(&register, &site, Roles::of(&[Provider]), now, |_| true).answers.is_empty());
    assert_eq!(work(domain::roles::Role::MedicationLead).raised().count(), 0);
    assert_eq!(work(domain::roles::Role::Senior), SiteWork::default());
}

/// Whatever step the record is in.
#[test]
fn who_must_still_be_told_is_raised_to_managers_and_to_the_provider() {
    let mut directory = Directory::default();
    directory.sites.insert("elm".into(), Site::default());
    let mut register = Register::new(Arc::new(directory));
    let floor = json!({"category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface"});
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    let tell =
        json!({"answers": {"service_threat": "y"}, "outcome": "notify_now", "suggests": {"cqc": "needed"}});
    for (verb, with) in [("report", floor), ("review_risk", risk), ("assess_notification", tell)] {
        Sent { verb, by: "pru", record: "r1", at: "2026-11-21T12:00+00:00", with, ..Sent::default() }
            .arrives(&mut register);
    }
    let (site, now) = (SiteId::from("elm"), at("2026-11-25T12:00+00:00"));
    let raised = |role| {
        let work = of_site(&register, &site, Roles::of(&[role]), now, |_| false);
        work.raised().map(|line| format!("{}: {}", line.words, line.href)).collect::<Vec<_>>()
    };
    let untold = "In 1 record somebody must still be told";
    assert_eq!(raised(DeputyManager), [format!("{untold}: /decisions?only=untold")]);
    assert_eq!(raised(Provider), [format!("{untold}: /provider?site=elm&list=untold")]);
    assert_eq!(raised(domain::roles::Role::Senior), [""; 0]);
}
