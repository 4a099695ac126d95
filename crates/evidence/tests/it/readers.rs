//! What a commissioner's own device makes: it holds events without names and words. What it is not told is said to be not
//! shown, and never counted as absent.

use crate::life::{HOMES, Life, now, request, staff_of};
use domain::{
    ids::StaffId,
    record::{Record, Reporter},
    register::Register,
    roles::Role,
    sight::Viewer,
    time::london_date,
};
use evidence::{PackKind, Request, Story, doc::Block, figures::Figures, html};
use std::sync::Arc;

/// The register of a device of the commissioner of the first home: as the server cuts it.
fn cut(life: &Life) -> Register {
    let commissioner = StaffId::from(staff_of("commissioner", HOMES[0]));
    let whole = &life.register;
    let viewer = Viewer { staff: &commissioner, directory: whole.directory(), date: london_date(now()) };
    let mut directory = whole.directory().clone();
    directory.people.clear();
    let mut register = Register::new(Arc::new(directory));
    let mut events: Vec<_> =
        whole.records().flat_map(|record| &record.events).chain(whole.site_events()).collect();
    events.sort_by_key(|received| received.judgement.seq);
    for received in events.into_iter().filter(|received| *received.event.site == *HOMES[0]) {
        register.settle_before(received.judgement.received_at);
        register.take(Arc::new(viewer.shown(whole, received)));
    }
    register.settle(now());
    register
}

fn asked(made_by: Role) -> Request {
    Request { sites: vec![HOMES[0].into()], made_by, ..request(PackKind::Commissioner) }
}

/// Every word of a story.
fn words(register: &Register, record: &Record) -> String {
    let story = Story::alone(register, record, false, true, now());
    let mut words = story.in_short.join("\n");
    for block in story.parts.iter().flat_map(|part| &part.blocks) {
        match block {
            Block::Para(text) | Block::Note(text) => words.push_str(&format!("\n{text}")),
            Block::Table(table) => {
                let cells = table.rows.iter().flatten().map(|cell| cell.text.as_str());
                words.push_str(&format!("\n{}\n{}", table.caption, cells.collect::<Vec<_>>().join("\n")));
            }
            _ => {}
        }
    }
    words
}

#[test]
fn a_reason_that_is_not_shown_is_not_counted_as_missing() {
    let life = Life::of(60);
    let register = cut(&life);
    let mine = Figures::for_request(&register, &asked(Role::Commissioner));
    let figure = mine.figure("decisions_reasoned", None, None).expect("it exists");
    assert_eq!((figure.value, figure.numerator, figure.withheld), (None, None, true), "{figure:?}");
    let page = html(&register, &asked(Role::Commissioner), None);
    assert!(
        !page.contains("(0%)</td></tr><tr><td>Bodies")
            && page.contains("Left out: decisions with a written reason")
    );
    assert!(page.contains("not shown which person a record is about"), "why it can be lower");
    let theirs = Figures::for_request(&life.register, &asked(Role::RegisteredManager));
    let whole = theirs.figure("decisions_reasoned", None, None).expect("it exists");
    assert_eq!((whole.value, whole.withheld), (Some(100.0), false));
    let page = html(&life.register, &asked(Role::RegisteredManager), None);
    assert!(!page.contains("Left out: decisions") && !page.contains("not shown which person"));
}

#[test]
fn a_story_without_names_does_not_say_that_the_reporter_did_everything() {
    let life = Life::of(60);
    let register = cut(&life);
    let mut identities = [0; 3];
    for record in register.records() {
        let words = words(&register, record);
        assert!(!words.contains("version not written") && !words.contains("No reason"), "{words}");
        match record.facts.identity() {
            "named" => {
                identities[0] += 1;
                assert!(record.withholds_reporter());
                assert!(!words.contains("sealed"), "{words}");
                assert!(words.contains("A member of staff reported it."), "{words}");
            }
            "confidential" => {
                identities[1] += 1;
                assert!(words.contains("A member of staff whose name is sealed reported it."), "{words}");
                assert!(!words.contains("the reporter, name sealed judged"), "{words}");
            }
            _ => {
                identities[2] += 1;
                assert_eq!(record.reporter, Reporter::Anonymous);
                assert!(words.contains("Somebody who gave no name reported it."), "{words}");
            }
        }
        if record.notification().is_some() {
            assert!(words.contains("is not shown to the reader of this page"), "{words}");
        }
    }
    assert!(identities.iter().all(|many| *many > 0), "{identities:?}");
}

#[test]
fn a_sealed_reporter_stays_sealed_for_those_who_read_names() {
    let life = Life::of(60);
    let sealed = life.register.records().find(|record| record.facts.identity() == "confidential");
    let record = sealed.expect("a confidential report");
    let words = words(&life.register, record);
    assert!(
        words.contains("name is sealed reported it.") && words.contains("the reporter, name sealed"),
        "{words}"
    );
}
