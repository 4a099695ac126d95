//! A measured value beside its budget, with a word.

use super::rounded;
use serde_json::{Value, json};

pub fn at_least(value: f64, budget: f64) -> Value {
    json!({ "value": rounded(value), "at_least": budget, "verdict": word(value >= budget) })
}

pub fn at_most(value: f64, budget: f64) -> Value {
    json!({ "value": rounded(value), "at_most": budget, "verdict": word(value <= budget) })
}

fn word(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}

/// Every value of a report that has a budget, one line each: the word, what it is, the value, the budget.
pub fn lines(name: &str, report: &Value) -> Vec<String> {
    let Value::Object(map) = report else { return Vec::new() };
    let Some(verdict) = map.get("verdict").and_then(Value::as_str) else {
        let inner = |(part, value): (&String, &Value)| lines(format!("{name} {part}").trim_start(), value);
        return map.iter().flat_map(inner).collect();
    };
    let budget = match (map.get("at_least"), map.get("at_most")) {
        (Some(budget), _) => format!("at least {budget}"),
        (_, Some(budget)) => format!("at most {budget}"),
        _ => String::new(),
    };
    let value = map.get("value").unwrap_or(&Value::Null);
    vec![format!("{verdict:<6}  {name}: {value}, {budget}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_if_its_budget_is_met() {
        let report =
            json!({ "push": { "ratio": at_least(0.3999, 0.4), "runs": 3 }, "bytes": at_most(350.0, 350.0) });
        assert_eq!(
            lines("", &report),
            ["met     bytes: 350.0, at most 350.0", "missed  push ratio: 0.4, at least 0.4"]
        );
    }
}
