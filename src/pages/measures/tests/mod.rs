//! Pictures of a made-up home: what they say of few events, of another end of the time, and of days to come.

mod beside;

use super::{
    behind::{Behind, Of},
    catalogue::find,
    look::Look,
    options::Options,
    picture::{Drawing, Picture},
    query_of,
    wanted::{Span, Wanted},
};
use crate::{
    testing::{self, Sent},
    ui::chart::Mark,
};
use chrono::NaiveDate;
use domain::{
    directory::{Directory, Site},
    measures::index::{Filter, Grain, Index},
    register::Register,
    time::{add_days, parse_date},
};
use serde_json::json;
use std::sync::Arc;

fn date(text: &str) -> NaiveDate {
    parse_date(text).expect(text)
}

/// A home with so many reports in each week from Monday 5 January 2026 on.
struct Home {
    register: Register,
    reports: u64,
}

impl Home {
    fn new(live_from: &str) -> Home {
        let mut directory = Directory::default();
        directory.sites.insert("elm".into(), Site { live_from: parse_date(live_from), ..Site::default() });
        Home { register: Register::new(Arc::new(directory)), reports: 0 }
    }

    fn weeks(mut self, reached: &str, weeks: &[u64]) -> Home {
        for (week, many) in weeks.iter().enumerate() {
            for day in 0..*many {
                self.report(add_days(date("2026-01-05"), week as u64 * 7 + day % 7), reached);
            }
        }
        self
    }

    fn of(mut self, days: &[&str]) -> Home {
        days.iter().for_each(|day| self.report(date(day), "no"));
        self
    }

    /// Oak begins on that Monday, with 5 reports in each of so many weeks.
    fn joined(mut self, live_from: &str, weeks: u64) -> Home {
        let mut directory = self.register.directory().clone();
        directory.sites.insert("oak".into(), Site { live_from: parse_date(live_from), ..Site::default() });
        self.register.set_directory(Arc::new(directory));
        for day in (0..weeks).flat_map(|week| (0..5).map(move |day| week * 7 + day)) {
            self.report_at("oak", add_days(date(live_from), day), "no");
        }
        self
    }

    fn look_at_all(&self, from: &str, to: &str) -> Look {
        let mut look = self.look(from, to);
        look.filter.site = None;
        look.sites = vec![("elm".into(), "Elm".into()), ("oak".into(), "Oak".into())];
        look
    }

    fn report(&mut self, on: NaiveDate, reached: &str) {
        self.report_at("elm", on, reached);
    }

    fn report_at(&mut self, site: &str, on: NaiveDate, reached: &str) {
        self.reports += 1;
        let at = format!("{on}T12:00:00+00:00");
        let with = json!({
            "category": "medication", "happened": "something_happened", "reached": reached,
            "error_type": "wrong_dose", "harm": if reached == "yes" { "some" } else { "none" }, "occurred_at": at,
        });
        let record = format!("r{}", self.reports);
        Sent { site, record: &record, by: "pru", at: &at, with, ..Sent::default() }
            .arrives(&mut self.register);
    }

    fn look(&self, from: &str, to: &str) -> Look {
        let today = date("2026-11-27");
        let (from, to) = (date(from), date(to));
        Look {
            index: Arc::new(Index::of(&self.register, |_| true)),
            register: Arc::new(self.register.clone()),
            directory: Arc::new(self.register.directory().clone()),
            filter: Filter { site: Some("elm".into()), category: None, from, to },
            wanted: Wanted { span: Span::Dates, from: Some(from), to: Some(to), ..Wanted::default() },
            options: Options { grain: Some(Grain::Week), ..Options::default() },
            site_words: "Elm".into(),
            now: testing::at("2026-11-27T12:00+00:00"),
            today,
            coded: false,
            sites: Vec::new(),
            categories: Vec::new(),
        }
    }
}

fn picture(code: &str, look: &Look) -> Picture {
    find(code).expect(code).picture(look)
}

fn marks(picture: &Picture) -> Vec<Mark> {
    match &picture.drawing {
        Drawing::Line(line) => line.points.iter().map(|point| point.mark).collect(),
        _ => Vec::new(),
    }
}

const STEADY: [u64; 12] = [5, 6, 4, 5, 6, 5, 4, 5, 6, 5, 4, 5];

#[test]
fn a_time_that_ends_too_early_is_not_said_to_be_too_young() {
    let home = Home::new("2026-01-05").weeks("no", &STEADY);
    let said = |from, to| picture("near_misses", &home.look(from, to)).sentence;
    assert_eq!(
        said("2025-01-01", "2025-01-31"),
        "This time ends before the first report of this site, on 5 January 2026. Choose a later time."
    );
    assert_eq!(
        said("2026-01-01", "2026-01-08"),
        "This time ends before a whole week had passed since the first report of this site, on 5 January 2026. Choose \
         a later time."
    );
    let young = Home::new("2026-11-25").of(&["2026-11-25"]).look("2026-01-01", "2026-12-31");
    assert_eq!(
        picture("near_misses", &young).sentence,
        "No whole week has passed since the first report of this site. Come back after one."
    );
    let rate = picture("rate", &home.look("2025-01-01", "2025-01-31")).sentence;
    assert!(rate.starts_with("This time ends before the first report of this site"), "{rate}");
}

#[test]
fn one_incident_among_many_weeks_is_no_verdict_and_leads_to_the_days_between() {
    let mut weeks = [0; 40];
    for week in [3, 9, 20, 33] {
        weeks[week] = 1;
    }
    let home = Home::new("2026-01-05").weeks("no", &[5; 40]).weeks("yes", &weeks);
    let told = picture("incidents", &home.look("2026-07-01", "2026-10-11"));
    assert!(told.sentence.contains("too few to say from this picture"), "{}", told.sentence);
    for verdict in ["outside", "changed. ", "usual middle", "Nothing shows"] {
        assert!(!told.sentence.contains(verdict), "{}", told.sentence);
    }
    assert!(marks(&told).iter().all(|mark| *mark == Mark::Usual) && marks(&told).len() == 26);
    let Drawing::Line(line) = &told.drawing else { panic!("a line") };
    assert_eq!((line.centre, line.upper.len()), (None, 0), "no limits");
    let (href, _) = told.next.expect("a way on");
    assert!(href.starts_with("/measures/days_between?"), "{href}");
}

#[test]
fn few_near_misses_have_the_days_between_them_drawn() {
    let home = Home::new("2026-01-05").weeks("no", &[1, 0, 2, 0, 1, 1, 0, 0, 2, 1, 0, 1, 1, 0, 1, 2]);
    let look = home.look("2026-03-01", "2026-04-26");
    let (href, _) = picture("near_misses", &look).next.expect("a way on");
    assert!(href.ends_with("event=near_miss"), "{href}");
    let event = Options { event: "near_miss".into(), ..look.options.clone() };
    let between = picture("days_between", &Look { options: event, ..look });
    assert!(between.sentence.starts_with("Near misses: 13 drawn here"), "{}", between.sentence);
}

#[test]
fn the_same_weeks_are_judged_alike_wherever_the_chosen_time_ends() {
    // Half a year at about 5, then half a year at about 9: every point of the later one is a change.
    let mut weeks = STEADY.repeat(2);
    weeks.extend([9, 10, 8, 9, 10, 9, 8, 9, 10, 9, 8, 9, 9, 10, 8, 9, 10]);
    let home = Home::new("2026-01-05").weeks("no", &weeks);
    let ends = ["2026-07-26", "2026-08-02", "2026-09-06", "2026-10-11"];
    let mut seen = std::collections::BTreeMap::new();
    for end in ends {
        let told = picture("near_misses", &home.look("2026-06-01", end));
        assert_eq!(told.of, "12 weeks, 5 January to 29 March 2026", "{end}");
        let Drawing::Line(line) = &told.drawing else { panic!("a line") };
        assert_eq!(line.centre.map(|(_, mean)| mean), Some(5.0), "{end}");
        for (row, mark) in told.numbers.rows.iter().zip(marks(&told)) {
            let before = *seen.entry(row[0].words.clone()).or_insert(mark);
            assert_eq!(before == Mark::Usual, mark == Mark::Usual, "{}, seen from {end}", row[0].words);
        }
    }
}

#[test]
fn past_incidents_that_were_read_in_do_not_make_the_limits() {
    let mut home = Home::new("2026-01-05").weeks("no", &[5; 20]);
    home.report(date("2025-09-01"), "yes");
    let told = picture("near_misses", &home.look("2026-03-01", "2026-05-24"));
    assert_eq!(told.of, "12 weeks, 5 January to 29 March 2026");
    let before = told.numbers.rows.iter().take_while(|row| row[1].words == "0").count();
    assert!(before > 0, "weeks before the first day with Noticed are drawn");
    assert!(marks(&told)[..before].iter().all(|mark| *mark == Mark::Usual), "and not judged");
}

#[test]
fn a_site_that_joins_is_no_change_of_all_sites() {
    let home = Home::new("2026-01-05").weeks("no", &[5; 46]).joined("2026-06-01", 25);
    let told = picture("near_misses", &home.look_at_all("2026-03-01", "2026-09-20"));
    assert!(!told.sentence.contains("changed"), "{}", told.sentence);
    assert!(told.sentence.contains("Compared: 16 weeks, from 1 June 2026 on. "), "{}", told.sentence);
    assert_eq!(told.of, "12 weeks, 1 June to 23 August 2026");
    assert!(marks(&told).len() == 26 && marks(&told).iter().all(|mark| *mark == Mark::Usual));
    assert_eq!(
        told.notes[0],
        "Oak counts from 1 June 2026 on, and before that day not every site is in the numbers. The weeks before are \
         drawn and not compared."
    );
    let early = picture("near_misses", &home.look_at_all("2026-03-01", "2026-05-31"));
    assert!(early.sentence.contains("These weeks are not compared: Oak counts from"), "{}", early.sentence);

    let compared = |from, to| picture("before_after", &home.look_at_all(from, to));
    let across = compared("2026-06-01", "2026-08-31");
    assert!(across.sentence.contains("nothing to compare with yet: Oak counts from"), "{}", across.sentence);
    assert_eq!(across.drawing, Drawing::Nothing);
    let since = compared("2026-08-01", "2026-09-30");
    assert!(since.sentence.contains("in the 61 days before"), "{}", since.sentence);

    let rate = picture("rate", &home.look_at_all("2026-03-01", "2026-09-20"));
    assert_eq!(rate.numbers.rows[0][0].words, "June 2026");
    let rate = picture("rate", &home.look_at_all("2026-03-01", "2026-06-20")).sentence;
    assert!(rate.contains("before a whole month with every site has passed"), "{rate}");

    let event = Options { event: "near_miss".into(), ..Options::default() };
    let between =
        picture("days_between", &Look { options: event, ..home.look_at_all("2026-03-01", "2026-09-20") });
    assert!(between.shown.contains("1 June to 27 November 2026"), "{}", between.shown);
}

#[test]
fn past_incidents_make_no_time_without_near_misses() {
    let mut home = Home::new("2026-01-05").weeks("no", &[5; 8]);
    ["2025-09-01", "2025-10-20"].into_iter().for_each(|day| home.report(date(day), "yes"));
    let compared = picture("before_after", &home.look("2026-01-05", "2026-03-01"));
    assert!(
        compared.sentence.ends_with("nothing to compare with yet: the records here begin on 5 January 2026."),
        "{}",
        compared.sentence
    );
    assert_eq!(
        picture("rate", &home.look("2026-01-05", "2026-04-30")).numbers.rows[0][0].words,
        "February 2026"
    );
    let told = picture("near_misses", &home.look("2025-09-01", "2026-03-01"));
    assert!(
        told.sentence.contains("Compared: 8 weeks, from 5 January 2026 on. Only 8 weeks."),
        "{}",
        told.sentence
    );
    let cases = picture("cases_between", &home.look("2026-01-05", "2026-03-01"));
    assert!(cases.numbers.rows.is_empty(), "no near misses were written down between past incidents");
    let between = picture("days_between", &home.look("2026-01-05", "2026-03-01"));
    assert_eq!(between.numbers.rows.len(), 1, "but the days between them are real");
}

#[test]
fn days_to_come_have_words_and_no_numbers() {
    let home = Home::new("2026-01-05").weeks("no", &[5; 40]);
    let look = home.look("2030-01-01", "2030-02-01");
    for code in ["near_misses", "before_after", "incidents", "subtypes", "rate"] {
        let told = picture(code, &look);
        assert!(told.sentence.starts_with("These dates have not come yet"), "{code}: {}", told.sentence);
        assert_eq!((told.drawing, told.numbers.rows.len()), (Drawing::Nothing, 0), "{code}");
        assert!(told.shown.ends_with("1 January to 1 February 2030"), "{code}: {}", told.shown);
    }
    // A time that has begun is compared up to today.
    let begun = picture("before_after", &home.look("2026-11-01", "2026-12-31"));
    assert!(
        begun.shown.contains("1 to 27 November 2026")
            || begun.shown.contains("1 November to 27 November 2026")
    );
}

#[test]
fn a_rate_per_1000_doses_opens_the_near_misses_with_medicines_that_it_counts() {
    let mut home = Home::new("2026-01-05").of(&["2026-08-20", "2026-09-03", "2026-09-10", "2026-10-05"]);
    let (fell, at) = ("environment", "2026-09-04T12:00:00+00:00");
    let with = json!({"category": fell, "happened": "nothing_yet", "hazard": "hoist", "occurred_at": at});
    Sent { record: "hoist", by: "pru", at, with, ..Sent::default() }.arrives(&mut home.register);
    for measure in ["administrations", "occupied_bed_days"] {
        let with = json!({"measure": measure, "month": "2026-09", "value": 1_000});
        let at = "2026-10-02T09:00:00+01:00";
        Sent { verb: "record_denominator", by: "pru", at, with, ..Sent::default() }
            .arrives(&mut home.register);
    }
    let look = home.look("2026-09-01", "2026-09-30");
    let told = |per: &str, category: Option<&str>| {
        let filter = Filter { category: category.map(str::to_owned), ..look.filter.clone() };
        let options = Options { per: per.into(), ..look.options.clone() };
        picture("rate", &Look { filter, options, ..look.clone() })
    };
    let september = |picture: &Picture| {
        let row = picture.numbers.rows.last().expect("a month").clone();
        (row[0].words.clone(), row[1].words.clone(), row[1].href.clone().unwrap_or_default())
    };
    let doses = told("administrations", None);
    let (month, counted, list) = september(&doses);
    assert_eq!((month.as_str(), counted.as_str()), ("September 2026", "2"));
    assert!(list.contains("category=medication"), "{list}");
    assert!(
        doses.sentence.starts_with("2.00 near misses with medicines per 1,000 doses given in September 2026"),
        "{}",
        doses.sentence
    );
    assert!(doses.shown.contains("Medicines") && doses.numbers.heads[1] == "Near misses with medicines");
    assert_eq!(doses.sentence, told("administrations", Some("medication")).sentence);
    let none = told("administrations", Some(fell));
    assert!(none.numbers.rows.is_empty() && none.drawing == Drawing::Nothing);
    assert!(none.sentence.ends_with("or another number under \"Per 1,000\"."), "{}", none.sentence);
    let days = told("", None);
    let (_, counted, list) = september(&days);
    assert!(counted == "3" && !list.contains("category=medication"), "{counted} {list}");
    assert!(days.sentence.starts_with("3.00 near misses per 1,000 occupied bed days"), "{}", days.sentence);
}

#[test]
fn a_query_keeps_words_apart() {
    let pairs = [
        ("site", "oak & elm".to_owned()),
        ("category", String::new()),
        ("key", "medication/wrong_dose".into()),
    ];
    assert_eq!(query_of(&pairs), "?site=oak%20%26%20elm&key=medication/wrong_dose");
    assert_eq!(query_of(&[]), "");
}
