//! The fold and the rules, natively, at 1,000, 10,000 and 100,000; the browser has its turn in `walks`.

use super::object;
use crate::{shell, words::step};
use anyhow::Result;
use serde_json::Value;

pub fn run() -> Result<Value> {
    let mut cargo = shell::cargo();
    cargo.args(["bench", "--quiet", "--package", "replay", "--bench", "rules"]);
    let said = step("fold and run the rules", || shell::quiet(&mut cargo))?;
    object(&said).map(Value::Object)
}
