//! A second for each thing that strangers may send; `cargo xtask fuzz` takes longer.

use std::time::Duration;

#[test]
fn f85_nothing_that_strangers_send_does_harm() {
    let tried = simulate::fuzz::run(None, Duration::from_secs(1)).expect("all of it is survived");
    assert_eq!(tried.len(), simulate::fuzz::TARGETS.len());
    assert!(tried.iter().all(|(_, samples)| *samples > 0), "{tried:?}");
}
