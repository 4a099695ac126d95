//! The index counts what the measures count, and every number is the length of its list.

use super::*;
use crate::{
    directory::Site,
    measures::{
        Scope, What, count, luck_share, monthly_counts, rate, time_to_step, times_of, times_to_steps,
    },
    patterns::tests::{Home, directory, medication, noon, report, risk},
    time::parse_date,
};
use serde_json::json;

fn date(text: &str) -> NaiveDate {
    parse_date(text).unwrap_or_else(|| panic!("{text}"))
}

fn june(site: Option<&str>, category: Option<&str>) -> Filter {
    Filter {
        site: site.map(Into::into),
        category: category.map(str::to_owned),
        from: date("2026-06-01"),
        to: date("2026-06-30"),
    }
}

fn everything(home: &Home) -> Index {
    Index::of(&home.register, |_| true)
}

/// Near misses, an incident, one without harm, one taken back, one behaviour record that nobody confirmed.
fn home() -> Home {
    let mut home = Home::new();
    let when = |time: &str| json!({"occurred_at": time, "caught_by": "chance", "location": "hall"});
    for (record, time) in [
        ("r1", "2026-05-31T23:59+01:00"),
        ("r2", "2026-06-01T00:00+01:00"),
        ("r3", "2026-06-30T23:59+01:00"),
        ("r4", "2026-06-09T14:20+01:00"),
    ] {
        home.reports(noon("2026-07-01"), record, medication(when(time)));
    }
    let on = |day: &str| json!({"occurred_at": format!("2026-06-{day}T08:00+01:00")});
    let with = |day: &str, fields: &[(&str, &str)]| {
        let mut with = on(day);
        for (name, value) in fields {
            with[*name] = json!(value);
        }
        with
    };
    home.reports(noon("2026-07-01"), "r5", medication(with("02", &[("reached", "yes"), ("harm", "some")])));
    home.reports(noon("2026-07-01"), "r6", medication(with("03", &[("reached", "yes"), ("harm", "none")])));
    home.reports(noon("2026-07-01"), "r7", medication(on("04")));
    home.reports(noon("2026-07-01"), "r8", report("behaviour", on("05")));
    home.reports(noon("2026-07-01"), "r9", report("environment", on("08")));
    home.does("boss", noon("2026-07-02"), "withdraw", "r7", json!({"reason": "x"}));
    home.does("senior", noon("2026-07-02"), "review_risk", "r2", risk(4, 4));
    home
}

#[test]
fn the_index_counts_as_the_measures_do() {
    let home = home();
    let index = everything(&home);
    for category in [None, Some("medication"), Some("environment"), Some("behaviour")] {
        let filter = june(Some("meadow"), category);
        let scope = Scope { site: Some("meadow"), category };
        let pairs =
            [(Which::All, What::All), (Which::NearMiss, What::NearMiss), (Which::Incident, What::Incident)];
        for (which, what) in pairs {
            let expected = count(&home.register, &scope, what, filter.from, filter.to);
            assert_eq!(index.rows(&filter, which).len(), expected as usize, "{category:?} {what:?}");
        }
        let luck = luck_share(&home.register, &scope, filter.from, filter.to);
        assert_eq!(index.rows(&filter, Which::Luck).len(), luck.n as usize);
        let since = filter.on(date("2026-04-01"), filter.to);
        let months = series(&index.rows(&since, Which::NearMiss), Grain::Month, since.from, since.to);
        let counts: Vec<u32> = months.iter().map(|point| point.rows.len() as u32).collect();
        let expected = monthly_counts(&home.register, &scope, What::NearMiss, since.from, since.to);
        assert_eq!(counts, expected.into_iter().map(|(_, count)| count).collect::<Vec<_>>());
    }
}

#[test]
fn every_live_record_is_prevented_or_without_harm_or_an_incident_or_something_else() {
    let home = home();
    let index = everything(&home);
    let filter = june(None, None);
    let counted = |which| index.rows(&filter, which).len();
    assert_eq!([Which::Prevented, Which::NoHarm, Which::Incident, Which::Other].map(counted), [4, 1, 1, 1]);
    assert_eq!(counted(Which::All), 7);
    assert_eq!((counted(Which::Reviewed), counted(Which::Serious), counted(Which::Nameless)), (1, 1, 0));
}

#[test]
fn only_what_somebody_may_see_is_counted() {
    let home = home();
    let index = Index::of(&home.register, |record| record.facts.category() == "environment");
    assert_eq!(index.rows(&june(None, None), Which::All).len(), 1);
    assert_eq!(index.rows(&june(Some("oak"), None), Which::All).len(), 0);
    assert_eq!(index.span(&june(None, None)), Some((date("2026-06-08"), date("2026-06-08"))));
    assert_eq!(index.span(&june(None, Some("medication"))), None);
}

#[test]
fn groups_hold_the_records_that_they_count() {
    let home = home();
    let index = everything(&home);
    let rows = index.rows(&june(None, None), Which::NearMiss);
    let counts = |by| {
        let groups = group(&rows, by).into_iter();
        groups.map(|(key, rows)| (key, rows.len())).collect::<Vec<_>>()
    };
    assert_eq!(counts(By::Subtype), [("environment/hoist".into(), 1), ("medication/mar_gap".into(), 3)]);
    assert_eq!(counts(By::Place), [(String::new(), 1), ("hall".into(), 3)]);
    assert_eq!(counts(By::PlaceOfCategory), [("environment/".into(), 1), ("medication/hall".into(), 3)]);
    // 1 June 2026 is a Monday; the London clock counts.
    assert_eq!(
        counts(By::Hour),
        [("0/0".into(), 1), ("0/8".into(), 1), ("1/14".into(), 1), ("1/23".into(), 1)]
    );
    assert_eq!(counts(By::Hours)[2], ("1/12".into(), 1));
    let all = index.rows(&june(None, None), Which::All);
    assert_eq!(group(&all, By::Trigger)["noise"].len(), 1);
}

#[test]
fn weeks_and_months_hold_their_zeros() {
    let home = home();
    let index = everything(&home);
    let filter = june(None, Some("medication")).on(date("2026-05-25"), date("2026-06-14"));
    let weeks = series(&index.rows(&filter, Which::NearMiss), Grain::Week, filter.from, filter.to);
    let shown: Vec<_> = weeks.iter().map(|point| (point.first.to_string(), point.rows.len())).collect();
    assert_eq!(shown, [("2026-05-25".into(), 1), ("2026-06-01".into(), 1), ("2026-06-08".into(), 1)]);
    assert_eq!(Grain::Month.whole(3, date("2026-06-30")), (date("2026-03-01"), date("2026-05-31")));
    assert_eq!(Grain::Week.whole(1, date("2026-06-10")), (date("2026-06-01"), date("2026-06-07")));
    assert_eq!(series(&[], Grain::Month, date("2026-01-05"), date("2026-03-01")).len(), 3);
}

#[test]
fn rare_events_have_days_and_cases_between() {
    let home = home();
    let index = everything(&home);
    let filter = june(None, None).on(date("2026-05-01"), date("2026-06-30"));
    let lucky = index.rows(&filter, Which::Luck);
    let days: Vec<f64> = gaps(&lucky).iter().map(|gap| gap.days).collect();
    assert_eq!(days, [1.0, 8.0, 21.0]);
    let all = index.rows(&filter, Which::All);
    let between: Vec<usize> = cases(&lucky, &all).iter().map(|cases| cases.rows.len()).collect();
    assert_eq!(between, [0, 4, 0]);
    let same_day = [all[0], all[0]];
    assert!(gaps(&same_day)[0].days > 0.0);
    assert!(gaps(&lucky[..1]).is_empty());
}

#[test]
fn many_months_have_the_rate_of_each() {
    let mut directory = directory();
    directory.sites.insert("oak".into(), Site::default());
    let mut home = Home::with(directory);
    for record in 0..7 {
        home.reports(noon("2026-06-10"), &format!("r{record}"), medication(json!({})));
    }
    home.reports(noon("2026-06-10"), "hoist", report("environment", json!({})));
    for measure in ["occupied_bed_days", "administrations"] {
        for (month, value) in [("2026-05", 900), ("2026-06", 960)] {
            let with = json!({"measure": measure, "month": month, "value": value});
            home.does("administrator", noon("2026-07-01"), "record_denominator", "", with);
        }
    }
    let index = everything(&home);
    let sites = [None, Some("meadow"), Some("oak")];
    let both = |site| ["occupied_bed_days", "administrations"].map(|measure| (site, measure));
    for (site, measure) in sites.into_iter().flat_map(both) {
        let filter = june(site, None).on(date("2026-04-01"), date("2026-06-30"));
        let months = series(&index.rows(&filter, Which::NearMiss), Grain::Month, filter.from, filter.to);
        let rates = rates(&home.register, filter.site.as_ref(), months, measure);
        assert_eq!(rates.len(), 3);
        for got in rates {
            let scope = Scope { site, category: None }.per(measure).expect("any category");
            let expected = rate(&home.register, &scope, measure, &got.month.to_string());
            let told = (got.value, got.rows.len(), got.denominator);
            let expected = (expected.value, expected.n as usize, expected.denominator);
            assert_eq!(told, expected, "{site:?} {measure}");
            let filter = filter.per(measure).expect("any category").on(got.month.first(), got.month.last());
            assert_eq!(index.rows(&filter, Which::NearMiss).len(), got.rows.len(), "the list that it opens");
        }
    }
}

#[test]
fn all_sites_have_no_rate_where_a_silent_site_in_use_has_no_number() {
    let mut directory = directory();
    directory.sites.insert("oak".into(), Site { live_from: parse_date("2026-06-15"), ..Site::default() });
    let mut home = Home::with(directory);
    home.reports(noon("2026-06-10"), "r1", medication(json!({"occurred_at": "2026-05-10T08:00+01:00"})));
    home.reports(noon("2026-06-10"), "r2", medication(json!({})));
    for month in ["2026-05", "2026-06"] {
        let with = json!({"measure": "occupied_bed_days", "month": month, "value": 500});
        home.does("administrator", noon("2026-07-01"), "record_denominator", "", with);
    }
    let index = everything(&home);
    let filter = june(None, None).on(date("2026-05-01"), date("2026-06-30"));
    let months = series(&index.rows(&filter, Which::NearMiss), Grain::Month, filter.from, filter.to);
    let rates = rates(&home.register, None, months, "occupied_bed_days");
    // Oak had not begun in May; in June it had, reported nothing, and nobody knows how many days it offered.
    assert_eq!(rates.iter().map(|month| month.value).collect::<Vec<_>>(), [Some(2.0), None]);
    for got in rates {
        let scope = Scope { site: None, category: None };
        let expected = rate(&home.register, &scope, "occupied_bed_days", &got.month.to_string());
        assert_eq!(got.value, expected.value, "{}", got.month);
    }
}

#[test]
fn late_items_actions_and_steps_name_their_records() {
    let mut home = home();
    let plan = json!({"text": "Fix", "owner": "boss", "due": "2026-07-10", "strength": "stronger"});
    home.does("boss", noon("2026-07-03"), "assess_notification", "r2", {
        let record = home.record("r2");
        crate::patterns::tests::no_to_all(record)
    });
    home.does("boss", noon("2026-07-04"), "plan_action", "r2", plan);
    let index = everything(&home);
    let july = june(None, None).on(date("2026-07-01"), date("2026-07-31"));
    let acts = actions(&index, &july);
    assert_eq!(acts.iter().map(|line| line.action.strength.as_str()).collect::<Vec<_>>(), ["stronger"]);
    assert!(actions(&index, &june(None, None)).is_empty());

    let steps = step_lines(&index, home.register.directory(), &july);
    for step in 2..=5 {
        let scope = Scope { site: Some("meadow"), category: None };
        let expected = time_to_step(&home.register, &scope, step, july.from, july.to);
        let of_step = steps.iter().map(|line| &line.done).filter(|done| done.step == step);
        assert_eq!(times_of(of_step), expected, "step {step}");
    }
    assert_eq!(steps.len(), 3);

    let now = noon("2026-07-12");
    let lines = late(&index, home.register.directory(), &july, now);
    let expected = crate::due::overdue(&home.register, "meadow", now).len();
    let live = |line: &&Late| line.record.state.is_live();
    assert_eq!((lines.len(), lines.iter().filter(live).count()), (expected, expected));
    let of_plan = lines.iter().find(|line| &*line.record.id == "r2").expect("the plan is late");
    assert_eq!((of_plan.days, LateFor::of(of_plan.days)), (2, LateFor::Week));
    assert_eq!(
        [0, 7, 8, 30, 31].map(LateFor::of).map(LateFor::code),
        ["week", "week", "month", "month", "longer"]
    );
}

#[test]
fn the_number_of_steps_done_is_the_list_behind_it_also_after_a_withdrawal() {
    let mut home = home();
    let decision = crate::patterns::tests::no_to_all(home.record("r2"));
    home.does("boss", noon("2026-07-03"), "assess_notification", "r2", decision);
    home.does("boss", noon("2026-07-05"), "withdraw", "r2", json!({"reason": "Not ours"}));
    let july = june(None, None).on(date("2026-07-01"), date("2026-07-31"));
    let (index, directory) = (everything(&home), home.register.directory());
    let withdrawn = |site: Option<&str>| {
        let filter = Filter { site: site.map(Into::into), ..july.clone() };
        let scope = Scope { site, category: None };
        let steps = step_lines(&index, directory, &filter);
        for (step, number) in (2..).zip(times_to_steps(&home.register, &scope, filter.from, filter.to)) {
            let listed = steps.iter().map(|line| &line.done).filter(|done| done.step == step);
            assert_eq!(times_of(listed), number, "step {step}");
        }
        steps.iter().filter(|line| !line.record.state.is_live()).count()
    };
    assert!(withdrawn(None) > 0, "what was done stays done");
    assert_eq!(withdrawn(Some("meadow")), withdrawn(None));
    assert_eq!(withdrawn(Some("oak")), 0);
    // No other number has the record.
    assert!(
        index
            .rows(&july.on(date("2026-01-01"), date("2026-12-31")), Which::All)
            .iter()
            .all(|row| row.record.state.is_live())
    );
}

#[test]
fn what_came_back_is_what_follows_and_not_what_came_first() {
    let mut home = Home::new();
    let here = |time: &str| medication(json!({"occurred_at": time, "location": "hall"}));
    home.reports(noon("2026-06-01"), "first", here("2026-06-01T08:00+01:00"));
    home.finished(noon("2026-06-03"), "first");
    home.reports(noon("2026-06-20"), "again", here("2026-06-20T08:00+01:00"));
    home.reports(noon("2026-06-21"), "other", report("environment", json!({})));
    let index = everything(&home);
    let ids = |home: &Home, filter| {
        let rows = came_back(&index, &home.register, &filter).into_iter();
        rows.map(|row| row.record.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&home, june(None, None)), ["again"]);
    assert!(ids(&home, june(Some("oak"), None)).is_empty());
    assert!(ids(&home, june(None, None).on(date("2026-06-01"), date("2026-06-19"))).is_empty());
    let dismissal = json!({"alert": "recurrence_after_close|first", "reason": "Another cause"});
    home.does("registered_manager", noon("2026-06-22"), "dismiss_alert", "", dismissal);
    assert!(ids(&home, june(None, None)).is_empty());
}

#[test]
fn a_small_cell_is_one_or_two() {
    assert_eq!([0, 1, 2, 3].map(is_small_cell), [false, true, true, false]);
}

#[test]
fn who_reads_in_the_past_is_no_reporter_and_what_was_read_in_counts() {
    let mut home = Home::new();
    home.reports(noon("2026-06-10"), "r1", medication(json!({"occurred_at": "2026-06-09T08:00+01:00"})));
    for (record, day) in [("old1", "02"), ("old2", "03")] {
        let with = medication(json!({"occurred_at": format!("2026-06-{day}T08:00+01:00")}));
        home.does("registered_manager", noon("2026-06-20"), "import_past", record, with);
    }
    let index = everything(&home);
    let rows = index.rows(&june(None, None), Which::All);
    let reporters: Vec<String> = group(&rows, By::Reporter).into_keys().collect();
    assert_eq!(reporters, ["reporter"]);
    assert_eq!((rows.len(), index.rows(&june(None, None), Which::NearMiss).len()), (3, 3));
}

#[test]
fn what_nobody_was_asked_is_no_type() {
    let mut home = home();
    let said = json!({"category": "medication", "happened": "something_happened", "reached": "no",
        "occurred_at": "2026-06-11T08:00+01:00"});
    let spec = crate::category::find("medication").expect("a category");
    let quick = spec.quick(said.as_object().expect("fields"));
    assert_eq!(quick["error_type"], "other");
    home.reports(noon("2026-07-03"), "quick", json!(quick));
    let index = everything(&home);
    let rows = index.rows(&june(None, None), Which::NearMiss);
    let groups = group(&rows, By::Subtype);
    assert_eq!(groups["medication/"].len(), 1);
    assert!(!groups.contains_key("medication/other"));
}
