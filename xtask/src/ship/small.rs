//! Settings that make the app small: the standard library is built for size with it, and a panic stops the app at once
//! instead of writing a message (index.html shows the way on). See docs/decisions/010.

use crate::{tools, words::note};
use std::process::Command;

/// Cargo lets a released compiler use these only when asked to; `rust-toolchain.toml` names the one compiler.
const SETTINGS: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none",
    ),
];

/// Without the source of the standard library the app is built as it is, and is larger.
pub fn settings(build: &mut Command) {
    if tools::std_source() {
        build.envs(SETTINGS);
    } else {
        note("    the source of the standard library is missing: the app is about 50 KB larger");
    }
}
