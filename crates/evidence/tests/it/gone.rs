//! A record whose words were taken out: its story says so, with day and reason, and nobody is said to hide anything.

use crate::life::{Life, SECRET, now, request};
use domain::{
    event::WordsGone,
    record::{Record, Reporter},
    register::Register,
    time::parse_instant,
};
use evidence::{PackKind, Story, figures::Figures, gone, html};

/// What a pack said of the authors before it said that their names are gone.
const NOT_NAMED: &str = "somebody who is not named here";

fn disposed(life: &Life, gone: &[String], asked: bool) -> Register {
    let at = parse_instant("2026-10-01T23:30Z").expect("a time");
    life.disposed(&gone.iter().map(String::as_str).collect::<Vec<_>>(), WordsGone { at, asked })
}

fn closed(life: &Life) -> Vec<String> {
    let closed = |record: &&Record| record.state == domain::pathway::State::Closed;
    let ids = life.register.records().filter(closed).map(|record| record.id.to_string());
    ids.collect()
}

#[test]
fn a_story_says_when_and_why_the_words_went_and_that_names_are_gone() {
    let life = Life::of(60);
    let all = closed(&life);
    assert!(all.len() > 20, "{}", all.len());
    for (asked, why) in [(false, "its time was over"), (true, "a person asked to be forgotten")] {
        let register = disposed(&life, &all, asked);
        for id in &all {
            let record = register.record(id).expect("known");
            let told = format!("{:?}", Story::alone(&register, record, true, false, now()));
            let said = format!("The words of this record were taken out on 2 October 2026 because {why}.");
            assert_eq!(told.matches(&said).count(), 1, "{told}");
            assert!(told.contains("omebody whose name is gone"), "{told}");
            let sealed = if record.reporter == Reporter::Anonymous { NOT_NAMED } else { "name sealed" };
            for untrue in [
                sealed,
                NOT_NAMED,
                "is not shown to the reader",
                "are left out of this document",
                "(, ",
                SECRET,
            ] {
                assert!(!told.contains(untrue), "{untrue} in {told}");
            }
        }
    }
}

#[test]
fn what_has_its_words_says_nothing_of_them() {
    let life = Life::of(60);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    assert!(!page.contains(gone::WORDS) && !page.contains("name is gone"));
}

#[test]
fn decisions_whose_words_are_gone_do_not_hide_the_reasons_of_the_others() {
    let life = Life::of(60);
    let all = closed(&life);
    let figure = |register: &Register| {
        let figures = Figures::for_request(register, &request(PackKind::Inspector));
        figures.figure("decisions_reasoned", None, None).expect("it exists")
    };
    let (whole, less) = (figure(&life.register), figure(&disposed(&life, &all[..3], false)));
    assert!(!less.withheld, "{less:?}");
    assert_eq!(less.value, whole.value);
    assert_eq!(less.denominator, whole.denominator.map(|many| many - 3.0));
}
