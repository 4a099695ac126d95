//! The months by which a pack judges its months are those of the app, whatever days the pack is about.

use crate::life::{HOMES, Life, event, request, staff_of};
use chrono::Months;
use domain::time::{from_london, parse_date};
use evidence::{PackKind, Request, html};
use serde_json::json;
use std::sync::Arc;

/// Two years in one home from 10 June 2024 on: five near misses a month, and ten from June 2025 on. One was read in
/// from before.
fn two_years() -> Life {
    two_years_beside("2024-06-10")
}

/// The same; the other home of the provider began on this day and has no near miss.
fn two_years_beside(live_from: &str) -> Life {
    let mut life = Life::of(0);
    let mut directory = (*life.register.shared_directory()).clone();
    for (home, site) in directory.sites.iter_mut() {
        site.live_from = parse_date(if home.as_str() == HOMES[0] { "2024-06-10" } else { live_from });
    }
    life.register.set_directory(Arc::new(directory));
    let by = staff_of("reporter", HOMES[0]);
    let first = parse_date("2024-05-12").expect("a date");
    for month in 0..26 {
        let many = [1, 5, 10][usize::from(month > 0) + usize::from(month > 12)];
        for number in 0..many {
            let day = first + Months::new(month) + chrono::Days::new(number);
            let when = from_london(day.and_hms_opt(12, 0, 0).expect("noon"));
            let with = json!({"category": "medication", "happened": "something_happened", "reached": "no",
                "error_type": "wrong_dose", "occurred_at": when.to_rfc3339()});
            let id = format!("report-{month}-{number}");
            life.arrive(
                event(&id, "report", HOMES[0], &format!("record-{month}-{number}"), &by, when, with),
                when,
            );
        }
    }
    life
}

fn request_of(from: &str, to: &str) -> Request {
    let (from, to) = (parse_date(from).expect(from), parse_date(to).expect(to));
    Request { from, to, ..request(PackKind::Inspector) }
}

#[test]
fn packs_of_other_days_have_their_limits_from_the_same_months() {
    let life = two_years();
    for (from, to, whole) in
        [("2024-05-01", "2026-06-30", 24), ("2025-01-01", "2026-03-31", 15), ("2026-01-01", "2026-03-31", 3)]
    {
        let page = html(&life.register, &request_of(from, to), None);
        let said =
            "The mean and the usual limits come from the first 12 months, July 2024 to June 2025, whatever";
        assert!(page.contains(said), "{from} to {to}");
        assert!(page.contains(&format!("in {whole} whole months")), "{from} to {to}");
        assert!(page.contains("lie outside the usual limits."), "{from} to {to}");
    }
    // Of a time with fewer months there are no limits to tell of.
    let early = request_of("2024-06-01", "2024-12-31");
    assert!(!html(&life.register, &early, None).contains("The mean and the usual limits"));
}

#[test]
fn months_in_which_a_site_was_not_there_yet_give_no_limits() {
    let page = html(&two_years_beside("2024-12-10").register, &request_of("2024-05-01", "2026-06-30"), None);
    assert!(page.contains("come from the first 12 months, January 2025 to December 2025, whatever"));
}
