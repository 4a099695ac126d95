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
