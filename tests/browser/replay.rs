//! The same answers in the build that phones run: every scenario and every worked number of this repository.

use replay::{
    ours::{SCENARIOS, VECTORS},
    scenarios, vectors,
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_scenario_gives_the_answers_that_it_gives_natively() {
    for (name, words) in SCENARIOS {
        let played = scenarios::replay(name, words).unwrap_or_else(|error| panic!("{name}: {error:#}"));
        assert!(played.failures.is_empty(), "{name}: {:#?}", played.failures);
    }
}

#[wasm_bindgen_test]
fn every_worked_number_comes_out_as_it_does_natively() {
    for (measure, words) in VECTORS {
        let compared = vectors::compare(measure, words).unwrap_or_else(|error| panic!("{error:#}"));
        let different: Vec<_> = compared.iter().filter(|one| !one.agrees()).collect();
        assert!(different.is_empty(), "{different:#?}");
    }
}
