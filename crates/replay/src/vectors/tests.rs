//! What the vectors say of numbers that are not there, or written in another way.

use super::*;

/// What the domain gives for one case.
fn got(measure: &str, input: Value) -> Value {
    let words = json!({"cases": [{"name": "one", "input": input, "expect": {}}]}).to_string();
    let compared = compare(measure, &words).expect("a file of vectors").remove(0);
    compared.got.unwrap_or_else(|| json!({"error": compared.error}))
}

fn check(measure: &str, input: Value, expect: Value) {
    let worked = got(measure, input.clone());
    assert!(is_close(&expect, &worked), "{measure} of {input}: {worked}");
}

#[test]
fn numbers_agree_to_six_decimals_and_nothing_else_does() {
    assert!(is_close(&json!({"a": 1.0000004}), &json!({"a": 1.0, "b": 2})));
    assert!(!is_close(&json!({"a": 1.00001}), &json!({"a": 1.0})));
    assert!(!is_close(&json!([1, 2]), &json!([1])));
    assert!(!is_close(&json!({"a": 1}), &json!({})));
}

#[test]
fn without_points_there_are_no_limits_and_no_signals() {
    let none = json!({"values": []});
    let signals = json!({"outside": [], "trend": [], "two_of_three": [], "shift": []});
    check(
        "xmr",
        none.clone(),
        json!({"mean": null, "upl": null, "trial": true, "signals": signals, "labels": []}),
    );
    check("run_chart", none.clone(), json!({"median": null, "useful": 0, "longest_run": 0, "signal": false}));
    check(
        "g_chart",
        none.clone(),
        json!({"mean": null, "centre": null, "ucl": null, "lcl": 0, "signals": []}),
    );
    check("t_chart", none, json!({"centre": null, "ucl": null, "lcl": null, "signals": []}));
    check(
        "u_chart",
        json!({"counts": [], "n": []}),
        json!({"centre": null, "ucl": [], "lcl": [], "signals": []}),
    );
    check(
        "u_chart",
        json!({"counts": [0, 0], "n": [0, 0]}),
        json!({"centre": null, "ucl": [null, null], "signals": []}),
    );
    check("pareto", json!({"counts": {}}), json!({"rows": []}));
}

#[test]
fn a_point_that_is_no_number_is_an_error_and_not_left_out() {
    let wrong = |measure, input, expect: &str| assert_eq!(got(measure, input)["error"], expect);
    wrong("xmr", json!({"values": [1, null, 3]}), "values: point 2 is no number");
    wrong("g_chart", json!({"values": [1, "2"]}), "values: point 2 is no number");
    wrong("u_chart", json!({"counts": [1, 2], "n": [1]}), "counts and n are not of one length");
    wrong("pareto", json!({"counts": {"a": null}}), "counts: a is no whole number");
    wrong("xmr", json!({"values": [1, 2], "baseline": 1.5}), "baseline is no whole number");
    wrong("xmr", json!({"values": [1, 2], "baseline": 0}), "a baseline has at least one point");
    wrong("run_chart", json!({}), "values is no list");
}

#[test]
fn a_whole_number_may_be_written_with_a_point() {
    let values = json!([1.0, 3.0, 9.0, 9.0]);
    let by = |baseline: Value| got("xmr", json!({"values": values, "baseline": baseline, "screen": false}));
    assert_eq!(by(json!(2.0)), by(json!(2)));
    check(
        "xmr",
        json!({"values": values, "baseline": 2.0}),
        json!({"mean": 2.0, "amr": 2.0, "trial": false}),
    );
    check("before_after", json!({"c1": 4.0, "t1": 1, "c2": 2.0, "t2": 1}), json!({"ratio": 0.5}));
    check("pareto", json!({"counts": {"a": 3.0}}), json!({"rows": [{"code": "a", "count": 3}]}));
}
