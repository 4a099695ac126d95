//! The scenarios and worked numbers of this repository as text, for a place that has no files: a browser.
//! `tests/ours.rs` compares the lists with the folders, so that none is left out.

/// Name and text of each file of one folder.
macro_rules! files {
    ($folder:literal, $ending:literal: $($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../../tests/", $folder, "/", $name, $ending)))),+]
    };
}

/// Scenario -> its file.
pub const SCENARIOS: &[(&str, &str)] = files! {
    "scenarios", ".yaml":
    "actions-to-close"
    "after-the-action"
    "anonymous-question"
    "audit-and-oversight"
    "audit-samples"
    "clock-change"
    "clock-skew"
    "conflict-two-seniors"
    "duplicate"
    "facts-and-kinds"
    "kept-and-raised"
    "lack-of-improvement"
    "late-and-quiet"
    "late-sync-window"
    "letter-to-the-second"
    "numbers-by-key"
    "offline-leftovers"
    "outage-24h"
    "overdue-ladder"
    "resolve-changes-state"
    "returned-and-corrected"
    "rights-and-marks"
    "shared-phone"
    "silence-and-audits"
    "the-provider-asks"
    "time-alone"
    "weak-only-repeat"
    "who-must-be-told"
    "windows-and-settling"
    "worked-behaviour"
    "worked-environment"
    "worked-medication"
};

/// Measure -> its file of worked numbers.
pub const VECTORS: &[(&str, &str)] = files! {
    "vectors", ".json":
    "before_after"
    "g_chart"
    "pareto"
    "rates"
    "run_chart"
    "t_chart"
    "u_chart"
    "xmr"
};
