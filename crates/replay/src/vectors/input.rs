//! The input of a case. What is not a number is an error: a point left out would give all after it other numbers.

use anyhow::{Context, Result};
use serde_json::Value;

pub struct Input<'a>(pub &'a Value);

impl Input<'_> {
    pub fn number(&self, name: &str) -> Result<f64> {
        self.0.get(name).and_then(Value::as_f64).with_context(|| format!("{name} is no number"))
    }

    /// None where it is null or absent.
    pub fn number_if_any(&self, name: &str) -> Result<Option<f64>> {
        self.has(name).then(|| self.number(name)).transpose()
    }

    pub fn whole(&self, name: &str) -> Result<u64> {
        whole(self.0.get(name)).with_context(|| format!("{name} is no whole number"))
    }

    /// None where it is null or absent.
    pub fn whole_if_any(&self, name: &str) -> Result<Option<u64>> {
        self.has(name).then(|| self.whole(name)).transpose()
    }

    pub fn flag(&self, name: &str) -> Result<bool> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(value) => value.as_bool().with_context(|| format!("{name} is neither true nor false")),
        }
    }

    pub fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        let list =
            self.0.get(name).and_then(Value::as_array).with_context(|| format!("{name} is no list"))?;
        let numbered = list.iter().enumerate();
        numbered
            .map(|(place, value)| {
                value.as_f64().with_context(|| format!("{name}: point {} is no number", place + 1))
            })
            .collect()
    }

    /// Code -> count.
    pub fn counts(&self, name: &str) -> Result<Vec<(String, u64)>> {
        let map = self.0.get(name).and_then(Value::as_object).with_context(|| format!("{name} is no map"))?;
        map.iter()
            .map(|(code, count)| {
                let count =
                    whole(Some(count)).with_context(|| format!("{name}: {code} is no whole number"))?;
                Ok((code.clone(), count))
            })
            .collect()
    }

    fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }
}

/// `2` and `2.0` are the same number.
fn whole(value: Option<&Value>) -> Option<u64> {
    /// Above it a double has gaps between whole numbers.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = value?;
    let from_double =
        |number: f64| (number.fract() == 0.0 && (0.0..=EXACT).contains(&number)).then_some(number as u64);
    value.as_u64().or_else(|| value.as_f64().and_then(from_double))
}
