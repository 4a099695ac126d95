//! Every order in which two devices and three people can write, send and pull about one record, up to a bound:
//! no state has two decisions in force that did not know of each other, every conflict can be settled,
//! nothing vanishes. Source: model.md sections 12.3 and 12.4.

mod home;
mod model;

use home::Start;
use model::Pathway;
use stateright::{Checker, Model};

/// All states within the bound hold what must hold, and the run reaches what it is about.
#[track_caller]
fn check(model: Pathway) {
    let checker = model.checker().threads(2).spawn_bfs().join();
    assert!(checker.unique_state_count() > 500, "{} states", checker.unique_state_count());
    checker.assert_properties();
}

#[test]
fn f65_three_people_and_a_record_that_waits_for_its_review() {
    check(Pathway { start: Start::Reported, people: 3, writes: 2, settled: false });
}

#[test]
fn f61_f65_two_decide_and_one_settles() {
    check(Pathway { start: Start::Reported, people: 2, writes: 3, settled: true });
}

#[test]
fn f65_three_people_and_a_record_that_waits_for_action() {
    check(Pathway { start: Start::Decided, people: 3, writes: 2, settled: false });
}

#[test]
fn f65_a_closed_record_that_somebody_opens_again() {
    check(Pathway { start: Start::Closed, people: 2, writes: 3, settled: false });
}
