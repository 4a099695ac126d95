//! The measures of the domain beside files of worked numbers, one file per measure.

use anyhow::{Context, Result, bail};
use domain::measures::{self, Limits};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const TOLERANCE: f64 = 0.000_001;

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: Value,
    expect: Value,
}

/// One case of one file, and what the domain gives for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    pub measure: String,
    pub case: String,
    /// `ok` or `FAIL`.
    pub result: &'static str,
    pub expected: Value,
    /// None where the input cannot be worked out; then `error` says why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Compared {
    pub fn agrees(&self) -> bool {
        self.result == OK
    }
}

const OK: &str = "ok";
const FAIL: &str = "FAIL";

/// Works out every case of a file. `measure`: the name of the file without `.json`; `words`: its text.
/// # Errors  The file has another form.
pub fn compare(measure: &str, words: &str) -> Result<Vec<Compared>> {
    let vectors: Vectors = serde_json::from_str(words).with_context(|| format!("{measure}.json"))?;
    let compared = vectors.cases.into_iter().map(|Case { name, input, expect }| {
        let worked = of(measure, &input);
        let agrees = worked.as_ref().is_ok_and(|got| is_close(&expect, got));
        let error = worked.as_ref().err().map(|error| format!("{error:#}"));
        Compared {
            measure: measure.to_owned(),
            case: name,
            result: if agrees { OK } else { FAIL },
            expected: expect,
            got: worked.ok(),
            error,
        }
    });
    Ok(compared.collect())
}

fn of(measure: &str, input: &Value) -> Result<Value> {
    let number = |name: &str| input.get(name).and_then(Value::as_f64);
    let whole = |name: &str| input.get(name).and_then(Value::as_u64);
    let numbers = |name: &str| -> Vec<f64> {
        input.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_f64).collect()
    };
    let values = numbers("values");
    Ok(match measure {
        "xmr" => xmr(input, &values)?,
        "run_chart" => run_chart(&values)?,
        "g_chart" => limits(measures::g_chart(&values))?,
        "t_chart" => limits(measures::t_chart(&values))?,
        "u_chart" => {
            let chart = measures::u_chart(&numbers("counts"), &numbers("n")).context("no points")?;
            json!({"centre": chart.centre, "ucl": chart.ucl, "lcl": chart.lcl, "signals": chart.signals})
        }
        "before_after" => {
            let counts = whole("c1").zip(whole("c2")).context("c1 and c2")?;
            let times = number("t1").zip(number("t2")).context("t1 and t2")?;
            let compared = measures::before_after(counts.0, times.0, counts.1, times.1);
            json!({"ratio": compared.ratio, "p": compared.p})
        }
        "rates" => {
            json!({"value": measures::rate_of(number("count").context("count")?, number("denominator"))})
        }
        "pareto" => pareto(input)?,
        other => bail!("`{other}` is no measure"),
    })
}

fn xmr(input: &Value, values: &[f64]) -> Result<Value> {
    let baseline =
        input.get("baseline").and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
    let screen = input.get("screen").and_then(Value::as_bool).unwrap_or_default();
    let chart = measures::xmr(values, baseline, screen).context("no points")?;
    Ok(json!({
        "mean": chart.mean,
        "amr": chart.amr,
        "upl": chart.upl,
        "lpl": chart.lpl,
        "near_upl": chart.near_upl,
        "near_lpl": chart.near_lpl,
        "trial": chart.trial,
        "signals": {
            "outside": chart.signals.outside,
            "trend": chart.signals.trend,
            "two_of_three": chart.signals.two_of_three,
            "shift": chart.signals.shift,
        },
        "labels": chart.labels,
    }))
}

fn run_chart(values: &[f64]) -> Result<Value> {
    let chart = measures::run_chart(values).context("no points")?;
    Ok(json!({
        "median": chart.median,
        "useful": chart.useful,
        "longest_run": chart.longest_run,
        "longest_run_limit": chart.longest_run_limit,
        "crossings": chart.crossings,
        "crossings_limit": chart.crossings_limit,
        "signal": chart.signal,
    }))
}

fn limits(chart: Option<Limits>) -> Result<Value> {
    let chart = chart.context("no points")?;
    Ok(json!({
        "mean": chart.mean,
        "centre": chart.centre,
        "ucl": chart.ucl,
        "lcl": chart.lcl,
        "signals": chart.signals,
    }))
}

fn pareto(input: &Value) -> Result<Value> {
    let counts = input.get("counts").and_then(Value::as_object).context("counts")?;
    let counts: Vec<(String, u64)> =
        counts.iter().filter_map(|(code, count)| Some((code.clone(), count.as_u64()?))).collect();
    let rows = measures::pareto(&counts).into_iter().map(
        |row| json!({"code": row.code, "count": row.count, "share": row.share, "cumulative": row.cumulative}),
    );
    Ok(json!({"rows": rows.collect::<Vec<_>>()}))
}

/// Of a map only the expected keys; numbers to the tolerance of the specification.
fn is_close(expected: &Value, got: &Value) -> bool {
    match (expected, got) {
        (Value::Number(expected), Value::Number(got)) => {
            let both = expected.as_f64().zip(got.as_f64());
            both.is_some_and(|(expected, got)| (expected - got).abs() <= TOLERANCE)
        }
        (Value::Array(expected), Value::Array(got)) => {
            expected.len() == got.len()
                && expected.iter().zip(got).all(|(expected, got)| is_close(expected, got))
        }
        (Value::Object(expected), _) => {
            expected.iter().all(|(key, value)| is_close(value, got.get(key).unwrap_or(&Value::Null)))
        }
        _ => expected == got,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_to_six_decimals_and_nothing_else_does() {
        assert!(is_close(&json!({"a": 1.0000004}), &json!({"a": 1.0, "b": 2})));
        assert!(!is_close(&json!({"a": 1.00001}), &json!({"a": 1.0})));
        assert!(!is_close(&json!([1, 2]), &json!([1])));
        assert!(!is_close(&json!({"a": 1}), &json!({})));
    }
}
