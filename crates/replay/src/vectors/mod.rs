//! The measures of the domain beside files of worked numbers, one file per measure.

mod input;
#[cfg(test)]
mod tests;

use anyhow::{Context, Result, bail, ensure};
use domain::measures::{self, Limits, UChart, Xmr};
use input::Input;
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
        let worked = of(measure, &Input(&input));
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

fn of(measure: &str, input: &Input<'_>) -> Result<Value> {
    Ok(match measure {
        "xmr" => xmr(input)?,
        "run_chart" => run_chart(&input.numbers("values")?),
        "g_chart" => limits(measures::g_chart(&input.numbers("values")?), json!(0)),
        "t_chart" => limits(measures::t_chart(&input.numbers("values")?), Value::Null),
        "u_chart" => u_chart(&input.numbers("counts")?, &input.numbers("n")?)?,
        "before_after" => {
            let (c1, c2) = (input.whole("c1")?, input.whole("c2")?);
            let compared = measures::before_after(c1, input.number("t1")?, c2, input.number("t2")?);
            json!({"ratio": compared.ratio, "p": compared.p})
        }
        "rates" => {
            let denominator = input.number_if_any("denominator")?;
            json!({"value": measures::rate_of(input.number("count")?, denominator)})
        }
        "pareto" => pareto(&input.counts("counts")?),
        other => bail!("`{other}` is no measure"),
    })
}

/// Without points there are no limits and no signals.
fn xmr(input: &Input<'_>) -> Result<Value> {
    let baseline = input.whole_if_any("baseline")?;
    ensure!(baseline != Some(0), "a baseline has at least one point");
    let baseline = baseline.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let chart = measures::xmr(&input.numbers("values")?, baseline, input.flag("screen")?);
    let of = |value: fn(&Xmr) -> f64| chart.as_ref().map(value);
    let signals = chart.as_ref().map(|chart| chart.signals.clone()).unwrap_or_default();
    Ok(json!({
        "mean": of(|chart| chart.mean),
        "amr": of(|chart| chart.amr),
        "upl": of(|chart| chart.upl),
        "lpl": of(|chart| chart.lpl),
        "near_upl": of(|chart| chart.near_upl),
        "near_lpl": of(|chart| chart.near_lpl),
        "trial": chart.as_ref().map_or(baseline.is_none(), |chart| chart.trial),
        "signals": {
            "outside": signals.outside,
            "trend": signals.trend,
            "two_of_three": signals.two_of_three,
            "shift": signals.shift,
        },
        "labels": chart.map(|chart| chart.labels).unwrap_or_default(),
    }))
}

/// Without points as with points that all lie on the median: none is useful.
fn run_chart(values: &[f64]) -> Value {
    let chart = measures::run_chart(values);
    let Some(useful) = chart.clone().or_else(|| measures::run_chart(&[0.0])) else { return Value::Null };
    json!({
        "median": chart.map(|chart| chart.median),
        "useful": useful.useful,
        "longest_run": useful.longest_run,
        "longest_run_limit": useful.longest_run_limit,
        "crossings": useful.crossings,
        "crossings_limit": useful.crossings_limit,
        "signal": useful.signal,
    })
}

/// `floor`: the lower limit where there are no points.
fn limits(chart: Option<Limits>, floor: Value) -> Value {
    match chart {
        Some(chart) => json!({
            "mean": chart.mean,
            "centre": chart.centre,
            "ucl": chart.ucl,
            "lcl": chart.lcl,
            "signals": chart.signals,
        }),
        None => json!({"mean": null, "centre": null, "ucl": null, "lcl": floor, "signals": []}),
    }
}

/// Nothing that could have happened has no mean, and each point no limits.
fn u_chart(counts: &[f64], n: &[f64]) -> Result<Value> {
    ensure!(counts.len() == n.len(), "counts and n are not of one length");
    let none = || vec![Value::Null; n.len()];
    Ok(match measures::u_chart(counts, n) {
        Some(UChart { centre, ucl, lcl, signals }) => {
            json!({"centre": centre, "ucl": ucl, "lcl": lcl, "signals": signals})
        }
        None => json!({"centre": null, "ucl": none(), "lcl": none(), "signals": []}),
    })
}

fn pareto(counts: &[(String, u64)]) -> Value {
    let rows = measures::pareto(counts).into_iter().map(
        |row| json!({"code": row.code, "count": row.count, "share": row.share, "cumulative": row.cumulative}),
    );
    json!({"rows": rows.collect::<Vec<_>>()})
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
