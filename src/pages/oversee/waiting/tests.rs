//! What of learning and oversight waits, and for whom.

use super::*;
use crate::testing::{Sent, at};
use domain::{
    directory::{Directory, Site},
    event::SecondLook,
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
    let line = manager.lines(before).pop().expect("a line");
    assert_eq!((line.words.as_str(), line.href.as_str()), ("9 audits to do, 7 late", "/audits"));
    let page = "/oversight?site=elm&category=medication&period=2026-Q3";
    assert_eq!(manager.questions[0].address(now), format!("{page}&question=e1"));
    // Nobody opened one yet.
    assert_eq!((work(DeputyManager).audits.number, work(DeputyManager).questions.len()), (0, 1));
    let provider = work(Provider);
    assert_eq!((provider.oversights, provider.answers.len(), provider.questions.len()), (2, 1, 0));
    // July to October of two categories, and one quarter. What is late comes before whom a person waits for.
    let lines = provider.lines(now);
    let words: Vec<&str> = lines.iter().map(|line| line.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "elm: 9 late audits, up to 103 days. The oldest: Medicines audit, July 2026",
            "1 answer from a manager",
            "2 oversights to sign, 2 late",
        ]
    );
    assert_eq!(lines[0].href, "/provider?site=elm&list=audits");
    assert!(manager.late.is_empty());
    assert!(of_site(&register, &site, Roles::of(&[Provider]), now, |_| true).answers.is_empty());
    assert_eq!(work(domain::roles::Role::MedicationLead).lines(now).len(), 0);
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
        work.lines(now).into_iter().map(|line| format!("{}: {}", line.words, line.href)).collect::<Vec<_>>()
    };
    let untold = "In 1 record somebody must still be told";
    assert_eq!(raised(DeputyManager), [format!("{untold}: /decisions?only=untold")]);
    assert_eq!(raised(Provider), [format!("{untold}: /provider?site=elm&list=untold")]);
    assert_eq!(raised(domain::roles::Role::Senior), [""; 0]);
}

#[test]
fn it_is_said_in_how_many_the_time_to_tell_is_over() {
    let mut directory = Directory::default();
    let settings = domain::directory::Settings { contract_hours: Some(24), ..Default::default() };
    directory.sites.insert("elm".into(), Site { settings, ..Site::default() });
    let mut register = Register::new(Arc::new(directory));
    let floor = json!({"category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface"});
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    let tell = json!({"answers": {"contract": "y"}, "outcome": "notify_now", "suggests": {"commissioner": "needed"}});
    for (record, day) in [("r1", "20"), ("r2", "24")] {
        let at = format!("2026-11-{day}T12:00+00:00");
        for (verb, with) in [("report", &floor), ("review_risk", &risk), ("assess_notification", &tell)] {
            Sent { verb, by: "pru", record, at: &at, with: with.clone(), ..Sent::default() }
                .arrives(&mut register);
        }
    }
    let words = |now: &str| {
        let work = of_site(&register, &"elm".into(), Roles::of(&[RegisteredManager]), at(now), |_| false);
        work.lines(at(now)).into_iter().map(|line| line.words).collect::<Vec<_>>()
    };
    assert_eq!(words("2026-11-20T13:00+00:00"), ["In 2 records somebody must still be told"]);
    assert_eq!(words("2026-11-24T13:00+00:00"), ["In 2 records somebody must still be told, 1 late"]);
}

/// Opened and left, and not one that waits for the next to be late too.
#[test]
fn an_audit_is_raised_to_the_provider_from_the_day_on_which_it_is_late() {
    let mut directory = Directory::default();
    let elm = Site { name: "Elm".into(), live_from: parse_date("2026-10-01"), ..Site::default() };
    directory.sites.insert("elm".into(), elm);
    let mut register = Register::new(Arc::new(directory));
    for category in ["medication", "behaviour"] {
        take(&mut register, "open_audit", json!({"category": category, "period": "2026-10"}));
    }
    take(&mut register, "sign_audit", json!({"audit": "e2"}));
    let raised = |site: &str, now: &str| {
        let work = of_site(&register, &site.into(), Roles::of(&[Provider]), at(now), |_| false);
        work.lines(at(now)).into_iter().map(|line| line.words).collect::<Vec<_>>()
    };
    assert_eq!(raised("elm", "2026-11-14T12:00+00:00"), [""; 0], "not late on its date");
    assert_eq!(
        raised("elm", "2026-11-15T12:00+00:00"),
        ["Elm: 1 late audit, 1 day. Medicines audit, October 2026"]
    );
    assert_eq!(
        raised("elm", "2027-01-20T12:00+00:00")[0],
        "Elm: 6 late audits, up to 67 days. The oldest: Medicines audit, October 2026",
        "opened and left"
    );
}

#[test]
fn late_audits_of_many_sites_are_one_line() {
    let mut directory = Directory::default();
    for (site, from) in
        [("ash", "2026-09-01"), ("elm", "2026-07-01"), ("oak", "2026-09-01"), ("yew", "2026-09-01")]
    {
        directory.sites.insert(site.into(), Site { live_from: parse_date(from), ..Site::default() });
    }
    let register = Register::new(Arc::new(directory.clone()));
    let late: BTreeMap<SiteId, LateAudits> = directory
        .sites
        .keys()
        .filter_map(|site| {
            Some((site.clone(), LateAudits::of(&register, site, at("2026-11-25T12:00+00:00"))?))
        })
        .collect();
    let lines = late::lines(&late);
    assert_eq!(lines.len(), 1);
    assert_eq!(
        lines[0].words,
        "21 late audits at 4 sites, up to 103 days. The oldest: Medicines audit, July 2026, at elm"
    );
    assert_eq!(lines[0].href, routes::PROVIDER);
}

/// It goes away when somebody decides again, and not by itself.
#[test]
fn what_the_service_suggests_otherwise_is_told_to_the_manager_until_it_is_decided_again() {
    let mut directory = Directory::default();
    directory.sites.insert("elm".into(), Site::default());
    let mut register = Register::new(Arc::new(directory));
    let (site, now) = (SiteId::from("elm"), at("2026-11-25T12:00+00:00"));
    let raised = |register: &Register, role| {
        let work = of_site(register, &site, Roles::of(&[role]), now, |_| false);
        work.lines(now).into_iter().map(|line| format!("{}: {}", line.words, line.href)).collect::<Vec<_>>()
    };
    let sent = |verb, with| Sent {
        verb,
        by: "pru",
        record: "r1",
        at: "2026-11-21T12:00+00:00",
        with,
        ..Sent::default()
    };
    let floor = json!({"category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface"});
    sent("report", floor).arrives(&mut register);
    let nobody = || json!({"answers": {"harm": "n"}, "outcome": "not_notifiable", "reason": "No harm"});
    let second = SecondLook {
        suggests: [("council_safeguarding".to_owned(), "consider".to_owned())].into(),
        rows: vec!["P1".into()],
    };
    sent("assess_notification", nobody()).arrives_seen(&mut register, second);
    assert_eq!(
        raised(&register, RegisteredManager),
        ["The service suggests something else for 1 decision: /decisions?only=differs"]
    );
    assert_eq!(raised(&register, DeputyManager), [""; 0]);
    sent("revise_notification", nobody()).arrives(&mut register);
    assert_eq!(raised(&register, RegisteredManager), [""; 0]);
}
