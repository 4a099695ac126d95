//! How results of scenarios are printed.

use super::play::Played;
use crate::say;
use anyhow::{Error, Result};
use serde_json::{Value, json};

/// One scenario and what came out of it; an error when it could not be read or played.
pub struct Line {
    pub name: String,
    pub played: Result<Played, Error>,
}

impl Line {
    pub fn has_failed(&self) -> bool {
        self.played.as_ref().map_or(true, |played| !played.failures.is_empty())
    }

    fn word(&self) -> &'static str {
        match &self.played {
            Ok(played) if !played.failures.is_empty() => "FAIL",
            Ok(played) if !played.left_out.is_empty() => "unsupported",
            Ok(_) => "ok",
            Err(_) => "FAIL",
        }
    }

    fn left_out(&self) -> String {
        let left_out = self.played.as_ref().map(|played| &played.left_out).into_iter().flatten();
        left_out.map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    pub fn print(&self) {
        let left_out = self.left_out();
        let tail = if left_out.is_empty() { String::new() } else { format!(": {left_out}") };
        match &self.played {
            Err(error) => say(&format!("FAIL {}\n  {error:#}", self.name)),
            Ok(played) if played.failures.is_empty() => say(&format!("{} {}{tail}", self.word(), self.name)),
            Ok(played) => {
                say(&format!("FAIL {}", self.name));
                for failure in &played.failures {
                    say(&format!("  expect[{}] {}", failure.place, failure.what));
                    for difference in &failure.differences {
                        say(&format!("    {}", difference.path));
                        say(&format!("      expected {}", difference.expected));
                        say(&format!("      got      {}", difference.got));
                    }
                }
                if !left_out.is_empty() {
                    say(&format!("  left out: {left_out}"));
                }
            }
        }
    }

    fn json(&self) -> Value {
        match &self.played {
            Ok(played) => json!({
                "scenario": self.name,
                "result": self.word(),
                "left_out": played.left_out,
                "failures": played.failures,
            }),
            Err(error) => json!({"scenario": self.name, "result": "FAIL", "error": format!("{error:#}")}),
        }
    }
}

pub fn print_json(lines: &[Line]) -> Result<()> {
    let all: Vec<Value> = lines.iter().map(Line::json).collect();
    say(&serde_json::to_string_pretty(&all)?);
    Ok(())
}

pub fn print_total(lines: &[Line]) {
    let count = |word| lines.iter().filter(|line| line.word() == word).count();
    say(&format!("{} ok, {} unsupported, {} FAIL", count("ok"), count("unsupported"), count("FAIL")));
}
