//! The check `measure`: counts, rates and times of model.md section 13.

use super::Scene;
use crate::scenarios::text;
use chrono::NaiveDate;
use domain::{
    measures::{self, Scope, What},
    time::parse_date,
};
use serde_json::{Value, json};

pub const KEYS: &[&str] = &["value", "values", "n", "denominator", "median_min", "p90_min", "in_time_pct"];
pub const OF: &[&str] =
    &["measure", "site", "category", "from", "to", "what", "denominator", "month", "step"];
/// In place of a site or a category.
const ALL: &str = "all";

pub fn look(scene: &Scene<'_>, of: &Value) -> Option<Value> {
    let said = |name: &str| of.get(name).and_then(text::of);
    let date = |name: &str| -> Option<NaiveDate> { said(name).as_deref().and_then(parse_date) };
    let named = |name: &str| said(name).filter(|id| id != ALL);
    let (site, category) = (named("site"), named("category"));
    let scope = Scope { site: site.as_deref(), category: category.as_deref() };
    let what = said("what").map_or(Some(What::NearMiss), |what| What::from_code(&what));
    let register = &scene.view.knowledge.register;
    Some(match said("measure")?.as_str() {
        "count" => json!({"value": measures::count(register, &scope, what?, date("from")?, date("to")?)}),
        "monthly_counts" => {
            let months = measures::monthly_counts(register, &scope, what?, date("from")?, date("to")?);
            json!({"values": months.iter().map(|(_, count)| count).collect::<Vec<_>>()})
        }
        "rate" => {
            let rate = measures::rate(register, &scope, &said("denominator")?, &said("month")?);
            json!({"value": rate.value, "n": rate.n, "denominator": rate.denominator})
        }
        "luck_share" => {
            let share = measures::luck_share(register, &scope, date("from")?, date("to")?);
            json!({"value": share.value, "n": share.n, "denominator": share.denominator})
        }
        "time_to_step" => {
            let step = said("step")?.parse().ok()?;
            let times = measures::time_to_step(register, &scope, step, date("from")?, date("to")?);
            json!({
                "n": times.n,
                "median_min": times.median_min,
                "p90_min": times.p90_min,
                "in_time_pct": times.in_time_pct,
            })
        }
        _ => return None,
    })
}
