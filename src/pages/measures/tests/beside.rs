//! What stands beside the pictures: limits and signs in tables, actions, checks that are late, and days to come.

use super::*;

/// Name of a row, its number, lower limit, upper limit and sign, of a table whose heads are checked first.
fn checked<'a>(told: &'a Picture, value: usize, centre: &str) -> Vec<(f64, f64, f64, &'a str)> {
    let heads = &told.numbers.heads;
    assert_eq!(heads[value + 1..], [centre, "Lower limit", "Upper limit", "Signal"], "{heads:?}");
    let number = |words: &str| words.replace(',', "").parse::<f64>().expect("a number");
    let rows = told.numbers.rows.iter().filter(|row| !row[value + 1].words.is_empty());
    let row = |row: &'a Vec<crate::pages::measures::picture::Number>| {
        let of = |column: usize| number(&row[column].words);
        (of(value), of(value + 2), of(value + 3), row[value + 4].words.as_str())
    };
    rows.map(row).collect()
}

#[test]
fn each_sign_can_be_checked_by_the_numbers_beside_it() {
    let mut weeks = STEADY.to_vec();
    weeks.extend([5, 14, 5]);
    let mut home = Home::new("2026-01-05").weeks("no", &weeks);
    // One event on each day, then one after four months; and bed days of four months, one of them with few.
    home = home.of(&["2026-08-20"]);
    for (month, days) in [("2026-01", 900), ("2026-02", 900), ("2026-03", 30), ("2026-04", 900)] {
        let with = json!({"measure": "occupied_bed_days", "month": month, "value": days});
        let at = "2026-11-01T12:00:00+00:00";
        Sent { verb: "record_denominator", by: "pru", at, with, ..Sent::default() }
            .arrives(&mut home.register);
    }
    let look = home.look("2026-01-05", "2026-04-19");
    let event = Options { event: "near_miss".into(), ..look.options.clone() };
    let rare = Look { options: event, ..home.look("2026-01-05", "2026-04-19") };
    let rate = home.look("2026-01-05", "2026-05-31");
    for (told, value, centre) in [
        (picture("near_misses", &look), 1, "Mean"),
        (picture("days_between", &rare), 1, "Usual gap"),
        (picture("rate", &rate), 3, "Mean"),
    ] {
        let rows = checked(&told, value, centre);
        assert!(rows.len() > 2, "{centre}: {:?}", told.numbers);
        let outside = |(value, lower, upper, _): &(f64, f64, f64, &str)| value > upper || value < lower;
        assert!(rows.iter().any(outside), "{centre}: {rows:?}");
        for row in &rows {
            assert_eq!(outside(row), row.3 == "Outside the limits", "{centre}: {row:?}");
        }
    }
    // A run chart has its middle, and what has no limits has no column for them.
    let young = picture("near_misses", &home.look("2026-01-05", "2026-02-22"));
    assert_eq!(young.numbers.heads, ["Week", "Near misses", "Middle (median)", "Signal"]);
}

/// One record whose plan came in time and whose two actions did not both.
#[test]
fn a_plan_in_time_is_not_said_to_be_an_action_in_time() {
    let mut home = Home::new("2026-01-05").of(&["2026-02-02"]);
    let mut does = |verb: &str, day: &str, with: serde_json::Value| {
        let at = format!("2026-02-{day}T12:00Z");
        Sent { verb, record: "r1", by: "pru", at: &at, with, ..Sent::default() }.arrives(&mut home.register);
    };
    does("review_risk", "02", json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2}));
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    does("assess_notification", "02", none);
    for text in ["Move the box", "Mark the box"] {
        let plan = json!({"text": text, "owner": "pru", "due": "2026-02-05", "strength": "stronger"});
        does("plan_action", "03", plan);
    }
    does("complete_action", "04", json!({"action": "e4"}));
    does("complete_action", "09", json!({"action": "e5"}));
    let look = home.look("2026-02-01", "2026-02-28");
    let told = picture("steps", &look);
    assert!(told.sentence.contains("\"first action planned\" 1 of 1"), "{}", told.sentence);
    assert!(told.sentence.ends_with("Actions done by their date: 1 of 2."), "{}", told.sentence);
    let (href, words) = told.next.expect("a way to the actions");
    assert_eq!(words, "Actions done in time: 1 of 2");
    let due = Behind { of: Of::Due(false), filter: look.filter.clone() };
    assert_eq!(href, due.address());
    let notes: Vec<String> = due.lines(&look).into_iter().filter_map(|line| line.note).collect();
    assert_eq!(
        notes,
        [
            "Move the box, due 5 February 2026: done in time",
            "Mark the box, due 5 February 2026: done 4 days late",
        ]
    );
}

#[test]
fn a_check_that_is_late_by_hours_is_said_to_be_so() {
    let mut home = Home::new("2026-01-05").of(&["2026-02-02"]);
    let mut does = |verb: &str, at: &str, with: serde_json::Value| {
        Sent { verb, record: "r1", by: "pru", at, with, ..Sent::default() }.arrives(&mut home.register);
    };
    let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
    does("review_risk", "2026-02-02T13:00Z", risk);
    let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
    does("assess_notification", "2026-02-02T13:01Z", none);
    does("no_action_needed", "2026-02-02T13:02Z", json!({"reason": "Put right at once"}));
    let count = json!({"count": 1, "per": 28, "unit": "days"});
    let result =
        json!({"measure": "m", "baseline": count, "value": count, "review": "first", "verdict": "improved"});
    does("record_outcome", "2026-03-02T16:02Z", result);
    let look = home.look("2026-02-01", "2026-03-31");
    let told = picture("steps", &look);
    assert_eq!(
        told.notes.first().map(String::as_str),
        Some(
            "Of 1 late check if it worked, 1 was made on the last day itself, but after the hour. A check is \
             due at the time of day at which the actions were finished."
        )
    );
    let steps = Behind { of: Of::Steps(5, false), filter: look.filter.clone() };
    let notes: Vec<String> = steps.lines(&look).into_iter().filter_map(|line| line.note).collect();
    assert_eq!(notes, ["Took 28 days, late by 3 hours"]);
}

#[test]
fn too_few_says_of_which_weeks_and_how_many_they_had() {
    // 23 in the first 12 weeks, and enough later that the whole has 2 in each: 52 in 26 weeks.
    let weeks = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
    let home = Home::new("2026-01-05").weeks("no", &weeks);
    let told = picture("near_misses", &home.look("2026-04-06", "2026-07-05"));
    assert!(told.sentence.starts_with("52 near misses in 26 weeks"), "{}", told.sentence);
    assert!(
        told.sentence.ends_with(
            "They would be judged by 12 weeks, 5 January to 29 March 2026, with 1.9 in each week. That is too few to say \
             from this picture whether something changed: it takes 2 or more."
        ),
        "{}",
        told.sentence
    );
    assert!(told.shown.ends_with(": 26 weeks, whatever period is chosen"), "{}", told.shown);
}

#[test]
fn dates_that_have_not_come_are_cut_off_at_today() {
    let today = date("2026-11-27");
    let wanted = |from: &str, to: &str| Wanted {
        span: Span::Dates,
        from: parse_date(from),
        to: parse_date(to),
        ..Wanted::default()
    };
    let begun = wanted("2026-11-01", "2026-12-31");
    assert_eq!(begun.dates(today), (date("2026-11-01"), today));
    assert_eq!(begun.cut_off(today), Some(date("2026-12-31")));
    let over = wanted("2026-11-01", "2026-11-27");
    assert_eq!((over.dates(today).1, over.cut_off(today)), (today, None));
    let ahead = wanted("2027-01-01", "2027-02-01");
    assert_eq!((ahead.dates(today), ahead.cut_off(today)), ((date("2027-01-01"), date("2027-02-01")), None));
}
