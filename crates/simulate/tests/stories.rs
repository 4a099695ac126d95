//! A few stories in every test run; `cargo xtask test` tells 200, `cargo xtask simulate` any number.

#[test]
fn nothing_is_lost_twice_leaked_or_stuck() {
    let tally = simulate::run(1, 12, 60, 12, |_| {}).expect("the simulation runs");
    assert!(tally.acknowledged > 100, "people write: {}", tally.json());
    assert!(tally.is_clean(), "{:#}", tally.json());
}

#[test]
fn the_same_seed_is_the_same_story() {
    let prepared = simulate::prepared::Prepared::make(6).expect("a folder");
    let told = || simulate::story(&prepared, 7, 60).expect("a story").json();
    assert_eq!(told(), told());
}

/// A tab that was frozen took its turn after the server was put back: it offered again what it knew of, and what
/// another tab had written and sent meanwhile stayed where it was, delivered to a server that no longer had it.
#[test]
fn f51_stories_in_which_a_frozen_tab_offers_again_lose_nothing() {
    let prepared = simulate::prepared::Prepared::make(simulate::MOST_DEVICES).expect("a folder");
    for seed in [6275, 7415, 7499] {
        let tally = simulate::story(&prepared, seed, 150).expect("a story");
        assert!(tally.is_clean(), "{seed}: {:#}", tally.json());
    }
}
