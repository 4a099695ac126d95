//! How results of scenarios are printed.

use crate::say;
use anyhow::{Error, Result};
use replay::scenarios::play::Played;
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
        if self.has_failed() { "FAIL" } else { "ok" }
    }

    pub fn print(&self) {
        say(&format!("{} {}", self.word(), self.name));
        let played = match &self.played {
            Ok(played) => played,
            Err(error) => return say(&format!("  {error:#}")),
        };
        for failure in &played.failures {
            say(&format!("  expect[{}] {}", failure.place, failure.what));
            for difference in &failure.differences {
                say(&format!("    {}", difference.path));
                say(&format!("      expected {}", difference.expected));
                say(&format!("      got      {}", difference.got));
            }
        }
    }

    fn json(&self) -> Value {
        match &self.played {
            Ok(played) => json!({"scenario": self.name, "result": self.word(), "failures": played.failures}),
            Err(error) => {
                json!({"scenario": self.name, "result": self.word(), "error": format!("{error:#}")})
            }
        }
    }
}

pub fn print_json(lines: &[Line]) -> Result<()> {
    let all: Vec<Value> = lines.iter().map(Line::json).collect();
    say(&serde_json::to_string_pretty(&all)?);
    Ok(())
}

pub fn print_total(lines: &[Line]) {
    let failed = lines.iter().filter(|line| line.has_failed()).count();
    say(&format!("{} ok, {failed} FAIL", lines.len() - failed));
}
