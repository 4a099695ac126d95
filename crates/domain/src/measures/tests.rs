//! Charts by number, and counts, rates and times by example. The published vectors run in `cargo xtask vectors`.

use super::*;
use crate::{
    patterns::tests::{Home, at, directory, medication, no_to_all, noon, report, risk},
    time::parse_date,
};
use chrono::NaiveDate;
use serde_json::json;

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() <= 1e-6, "{got} is not {expected}");
}

fn date(text: &str) -> NaiveDate {
    parse_date(text).unwrap_or_else(|| panic!("{text}"))
}

const ALL: Scope<'_> = Scope { site: None, category: None };

#[test]
fn limits_lock_after_twelve_points_and_labels_take_the_first_signal() {
    let values = [6., 8., 5., 7., 9., 6., 7., 8., 6., 7., 5., 8., 11., 12., 10., 13., 11., 12., 14.];
    let chart = xmr(&values, None, false).expect("points");
    close(chart.mean, 6.833333);
    close(chart.upl, 12.153333);
    close(chart.near_lpl, 3.286667);
    assert_eq!((chart.trial, &*chart.signals.outside), (false, &[16, 19][..]));
    assert_eq!(chart.signals.two_of_three, [13, 14, 17, 18]);
    assert_eq!(chart.signals.shift, [12, 13, 14, 15, 16, 17, 18, 19]);
    assert_eq!(
        chart.labels[12..],
        ["two_of_three", "two_of_three", "shift", "outside", "two_of_three", "two_of_three", "outside"]
    );
    let few = xmr(&values[..5], None, false).expect("points");
    assert!(few.trial);
    assert_eq!(xmr(&[], None, false), None);
}

#[test]
fn limits_may_come_from_points_anywhere_and_a_part_keeps_its_signals() {
    let values = [0., 0., 6., 8., 5., 7., 9., 6., 7., 8., 6., 7., 5., 8., 11., 12., 10., 13., 11., 12., 14.];
    let whole = xmr(&values[2..], None, false).expect("points");
    let chart = xmr_from(&values, 2..14, false).expect("points");
    close(chart.mean, whole.mean);
    close(chart.upl, whole.upl);
    assert_eq!(chart.labels[2..], whole.labels);
    assert_eq!(xmr_from(&values, 20..40, false), None);
    // Two points are drawn that are not judged: a place further on for every signal.
    let drawn = whole.clone().shown(0, 2);
    assert_eq!((drawn.labels.len(), &drawn.labels[..2]), (21, &["none", "none"][..]));
    assert_eq!(drawn.signals.outside, [18, 21]);
    // Of a run that is cut off, the rest stays one.
    let part = whole.clone().shown(15, 0);
    assert_eq!((part.labels.as_slice(), part.signals.shift), (&whole.labels[15..], vec![1, 2, 3, 4]));
}

#[test]
fn fewer_than_two_in_each_point_are_rare() {
    assert_eq!([0.0, 0.08, 0.75, 1.99, 2.0, 6.0].map(is_rare), [true, true, true, true, false, false]);
}

#[test]
fn a_trend_has_a_way_whichever_side_of_the_mean_its_points_lie() {
    let rising = [1., 2., 3., 4., 5., 6., 7., 8.];
    assert!((0..8).all(|index| trend_of(&rising, index) == Some(Way::Up)));
    let up_and_down = [1., 2., 3., 4., 5., 6., 9., 8., 7., 6., 5., 4., 3.];
    let way = |index| trend_of(&up_and_down, index);
    assert_eq!(
        [0, 5, 6, 7, 12, 13].map(way),
        [Some(Way::Up), Some(Way::Up), None, Some(Way::Down), Some(Way::Down), None]
    );
    assert_eq!(trend_of(&rising[..6], 2), None);
}

#[test]
fn screening_leaves_large_ranges_out_once() {
    let values = [1., 2., 1., 2., 10., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1., 2., 1.];
    close(xmr(&values, Some(18), true).expect("points").upl, 4.604444);
    close(xmr(&values, Some(18), false).expect("points").upl, 6.951503);
    close(xmr(&[3.; 8], None, true).expect("points").upl, 3.0);
}

#[test]
fn a_target_beyond_a_limit_is_always_met_or_never() {
    let chart = xmr(&[4., 6., 5., 7., 3.], None, false).expect("points");
    assert_eq!(chart.assurance(12., true).code(), "consistent_fail");
    assert_eq!(chart.assurance(12., false).code(), "consistent_pass");
    assert_eq!(chart.assurance(-2., true).code(), "consistent_pass");
    assert_eq!(chart.assurance(5., true).code(), "inconsistent");
}

#[test]
fn a_run_chart_counts_useful_points_only() {
    let chart = run_chart(&[5., 5., 4., 6., 5., 7., 3., 5., 8., 2., 5., 6.]).expect("points");
    assert_eq!((chart.useful, chart.longest_run, chart.longest_run_limit), (7, 2, 6));
    assert_eq!((chart.crossings, chart.crossings_limit, chart.signal), (5, 1, false));
    let flat = run_chart(&[5.; 9]).expect("points");
    assert_eq!((flat.useful, flat.longest_run, flat.crossings_limit, flat.signal), (0, 0, 0, false));
    // So many points that 0.5 to their power is no number any more.
    let long: Vec<f64> = (0..5000).map(|point| f64::from(point % 2)).collect();
    assert_eq!(run_chart(&long).expect("points").crossings_limit, 2441);
}

#[test]
fn rare_events_and_rates_have_charts_of_their_own() {
    let cases = g_chart(&[2., 1., 3., 0., 2., 1., 14., 2.]).expect("points");
    close(cases.ucl, 13.896055);
    assert_eq!(cases.signals, [7]);
    let days = t_chart(&[2., 0.25, 4., 3., 1., 6., 2.5]).expect("points");
    close(days.centre, 2.146091);
    close(days.ucl, 26.063405);
    close(days.lcl, 0.0);
    let rates = u_chart(&[0., 1., 0., 2.], &[10., 12., 9., 11.]).expect("points");
    close(rates.centre, 0.071429);
    close(rates.ucl[3], 0.313175);
    assert_eq!(u_chart(&[1.], &[0.]), None);
}

#[test]
fn before_and_after_is_exact_for_small_and_large_counts() {
    let check = |c1, t1, c2, t2, ratio: Option<f64>, p: f64| {
        let got = before_after(c1, t1, c2, t2);
        close(got.ratio.unwrap_or(-1.0), ratio.unwrap_or(-1.0));
        close(got.p, p);
    };
    check(18, 90., 7, 90., Some(0.388889), 0.043285);
    check(9, 60., 4, 90., Some(0.296296), 0.04471);
    check(0, 30., 3, 30., None, 0.25);
    check(0, 30., 0, 30., None, 1.0);
    check(100_000, 10., 100_000, 10., Some(1.0), 1.0);
    check(3, 1., 1_000_000, 100., Some(3333.333333), 0.0);
    // The normal approximation with continuity is 0.2651 here.
    assert!((before_after(100_000, 10., 100_500, 10.).p - 0.2651).abs() < 1e-4);
}

#[test]
fn shares_come_from_counts_and_halves_go_up() {
    let rows = pareto(&[("b".into(), 1), ("a".into(), 1), ("c".into(), 14)]);
    let shown: Vec<_> = rows.iter().map(|row| (row.code.as_str(), row.share, row.cumulative)).collect();
    assert_eq!(shown, [("c", 87.5, 87.5), ("a", 6.3, 93.8), ("b", 6.3, 100.0)]);
    assert_eq!(rate_of(6., Some(16_000.)), Some(0.38));
    assert_eq!(rate_of(3., None), None);
    assert_eq!(rate_of(0., Some(900.)), Some(0.0));
}

#[test]
fn what_is_shown_is_rounded_half_away_from_zero() {
    let said = [shown(7.25, 1), shown(0.125, 2), shown(0.0625, 3), shown(-0.125, 2), shown(1.0, 2)];
    assert_eq!(said, ["7.3", "0.13", "0.063", "-0.13", "1.00"]);
}

#[test]
fn counts_are_of_london_dates_and_live_records() {
    let mut home = Home::new();
    let when = |time: &str| medication(json!({"occurred_at": time, "caught_by": "chance"}));
    home.reports(noon("2026-07-01"), "r1", when("2026-05-31T23:59+01:00"));
    home.reports(noon("2026-07-01"), "r2", when("2026-06-01T00:00+01:00"));
    home.reports(noon("2026-07-01"), "r3", when("2026-06-30T23:59+01:00"));
    home.reports(
        noon("2026-07-01"),
        "r4",
        medication(json!({"occurred_at": "2026-06-02T08:00+01:00", "reached": "yes", "harm": "some"})),
    );
    home.reports(
        noon("2026-07-01"),
        "r5",
        medication(json!({"occurred_at": "2026-06-02T08:00+01:00", "reached": "yes", "harm": "none"})),
    );
    home.reports(noon("2026-07-01"), "r6", medication(json!({"occurred_at": "2026-06-02T08:00+01:00"})));
    home.reports(
        noon("2026-07-01"),
        "r7",
        report("behaviour", json!({"occurred_at": "2026-06-02T08:00+01:00"})),
    );
    home.does("boss", noon("2026-07-02"), "withdraw", "r6", json!({"reason": "x"}));
    let (from, to) = (date("2026-06-01"), date("2026-06-30"));
    let check = |scope: Scope<'_>, what, expected| {
        assert_eq!(count(&home.register, &scope, what, from, to), expected, "{scope:?} {what:?}");
    };
    check(ALL, What::NearMiss, 2);
    check(ALL, What::Incident, 1);
    check(ALL, What::All, 5);
    check(Scope { category: Some("behaviour"), ..ALL }, What::All, 1);
    check(Scope { site: Some("meadow"), category: Some("medication") }, What::All, 4);
    check(Scope { site: Some("oak"), ..ALL }, What::All, 0);
    let months = monthly_counts(&home.register, &ALL, What::NearMiss, date("2026-04-01"), to);
    let shown: Vec<_> = months.iter().map(|(month, count)| (month.to_string(), *count)).collect();
    assert_eq!(shown, [("2026-04".into(), 0), ("2026-05".into(), 1), ("2026-06".into(), 2)]);
    let luck = luck_share(&home.register, &ALL, from, to);
    assert_eq!((luck.value, luck.n, luck.denominator), (Some(100.0), 2, Some(2.0)));
    assert_eq!(luck_share(&home.register, &ALL, date("2025-01-01"), date("2025-01-31")).value, None);
}

#[test]
fn a_rate_takes_the_latest_denominator() {
    let mut home = Home::new();
    for record in 0..7 {
        home.reports(noon("2026-06-10"), &format!("r{record}"), medication(json!({})));
    }
    assert_eq!(rate(&home.register, &ALL, "occupied_bed_days", "2026-06").value, None);
    for value in [900, 960] {
        let with = json!({"measure": "occupied_bed_days", "month": "2026-06", "value": value});
        home.does("administrator", noon("2026-07-01"), "record_denominator", "", with);
    }
    let got = rate(&home.register, &ALL, "occupied_bed_days", "2026-06");
    assert_eq!((got.value, got.n, got.denominator), (Some(7.29), 7, Some(960.0)));
    assert_eq!(rate(&home.register, &ALL, "care_hours", "2026-06").value, None);
}

#[test]
fn a_rate_per_1000_doses_counts_near_misses_with_medicines_only() {
    let mut home = Home::new();
    for record in 0..3 {
        home.reports(noon("2026-06-10"), &format!("r{record}"), medication(json!({})));
    }
    home.reports(noon("2026-06-10"), "r3", report("environment", json!({})));
    for measure in ["administrations", "occupied_bed_days"] {
        let with = json!({"measure": measure, "month": "2026-06", "value": 1_000});
        home.does("administrator", noon("2026-07-01"), "record_denominator", "", with);
    }
    let got = |denominator: &str, category| {
        let scope = Scope { category, ..ALL }.per(denominator)?;
        let share = rate(&home.register, &scope, denominator, "2026-06");
        Some((share.value, share.n, share.denominator))
    };
    let with_medicines = Some((Some(3.0), 3, Some(1000.0)));
    assert_eq!(got("administrations", None), with_medicines);
    assert_eq!(got("administrations", Some("medication")), with_medicines);
    assert_eq!(got("administrations", Some("environment")), None, "not zero: there is no such rate");
    assert_eq!(got("occupied_bed_days", None), Some((Some(4.0), 4, Some(1000.0))));
    assert_eq!(got("occupied_bed_days", Some("environment")), Some((Some(1.0), 1, Some(1000.0))));
    let shown = rate_per(&home.register, &ALL, "administrations", "2026-06");
    assert_eq!(shown.map(|share| share.value), Some(Some(3.0)));
    let asked = rate(&home.register, &ALL, "administrations", "2026-06");
    assert_eq!(asked.value, Some(4.0), "who asks for all gets all: model.md section 13");
}

#[test]
fn times_are_taken_once_per_round() {
    let mut home = Home::with(directory());
    let day = |day: u32, hour: u32| at(&format!("2026-06-{day:02}T{hour:02}:00+01:00"));
    home.reports(day(1, 8), "r1", medication(json!({})));
    home.does("senior", day(1, 10), "return_for_correction", "r1", json!({"question": "Which?"}));
    home.does("reporter", day(2, 8), "resubmit", "r1", json!({"text": "This"}));
    home.does("senior", day(2, 11), "review_risk", "r1", risk(2, 2));
    let mut decision = no_to_all(home.record("r1"));
    decision["outcome"] = json!("seek_advice");
    decision["advice_from"] = json!("council");
    home.does("registered_manager", day(3, 8), "assess_notification", "r1", decision);
    let decision = no_to_all(home.record("r1"));
    home.does("registered_manager", day(3, 9), "assess_notification", "r1", decision);
    home.does("boss", day(4, 9), "no_action_needed", "r1", json!({"reason": "x"}));
    home.does("boss", day(6, 9), "close", "r1", json!({"reason": "x"}));
    home.does("boss", day(7, 9), "reopen", "r1", json!({"reason": "x"}));
    home.does("boss", day(17, 9), "no_action_needed", "r1", json!({"reason": "x"}));
    home.reports(day(10, 8), "r2", medication(json!({})));
    home.does("senior", day(10, 20), "review_risk", "r2", risk(2, 2));
    let check = |step, expected: (usize, Option<f64>, Option<f64>, Option<f64>)| {
        let got = time_to_step(&home.register, &ALL, step, date("2026-06-01"), date("2026-06-30"));
        assert_eq!((got.n, got.median_min, got.p90_min, got.in_time_pct), expected, "step {step}");
        let all = times_to_steps(&home.register, &ALL, date("2026-06-01"), date("2026-06-30"));
        assert_eq!(all[usize::from(step) - 2], got, "all steps at once, step {step}");
    };
    check(2, (2, Some(450.0), Some(720.0), Some(100.0)));
    check(3, (1, Some(1500.0), Some(1500.0), Some(0.0)));
    check(4, (2, Some(7920.0), Some(14400.0), Some(50.0)));
    check(5, (0, None, None, None));
}

#[test]
fn a_rival_that_is_kept_sets_the_time_of_its_step() {
    let mut home = Home::new();
    home.reports(at("2026-06-01T08:00+01:00"), "r1", medication(json!({})));
    let one = home.event("senior", at("2026-06-01T09:00+01:00"), "review_risk", "r1", risk(1, 1));
    let mut other =
        home.event("deputy_manager", at("2026-06-01T21:00+01:00"), "review_risk", "r1", risk(3, 3));
    other.id = "other".into();
    home.arrives(one, at("2026-06-01T22:00+01:00"));
    home.arrives(other, at("2026-06-01T23:00+01:00"));
    let times = |home: &Home| time_to_step(&home.register, &ALL, 2, date("2026-06-01"), date("2026-06-30"));
    assert_eq!((times(&home).median_min, times(&home).in_time_pct), (Some(60.0), Some(100.0)));
    let keep = json!({"step": 2, "keep": "other", "reason": "x"});
    home.does("registered_manager", at("2026-06-02T08:00+01:00"), "resolve", "r1", keep);
    assert_eq!(
        (times(&home).n, times(&home).median_min, times(&home).in_time_pct),
        (1, Some(780.0), Some(0.0))
    );
    let that_day = times_to_steps(&home.register, &ALL, date("2026-06-01"), date("2026-06-01"));
    assert_eq!(that_day[0], times(&home), "written down the day before it was kept");
}
