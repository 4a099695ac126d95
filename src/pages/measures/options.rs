//! How one measure is drawn, as it stands in the address: points, chart, limits, target, what it is about. Pure.

use domain::measures::index::Grain;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// None: what fits the history.
    pub grain: Option<Grain>,
    /// None: what fits the number of points.
    pub chart: Option<Chart>,
    /// The limits come from so many first points.
    pub baseline: Option<usize>,
    /// Why they do; without a reason they do not.
    pub reason: String,
    pub target: Option<f64>,
    /// Code of `denominator`.
    pub per: String,
    /// `category/subtype` of rare events; empty for incidents.
    pub event: String,
    /// Everything, and not only what fits on the page with all measures.
    pub whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    Run,
    Xmr,
}

impl Chart {
    pub fn code(self) -> &'static str {
        match self {
            Chart::Run => "run",
            Chart::Xmr => "xmr",
        }
    }
}

/// Fewer points make no limits worth the name.
const FEWEST: usize = 3;
pub const BED_DAYS: &str = "occupied_bed_days";

impl Options {
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Options {
        let text = |name| get(name).unwrap_or_default();
        Options {
            grain: Grain::from_code(&text("grain")),
            chart: [Chart::Run, Chart::Xmr].into_iter().find(|chart| chart.code() == text("chart")),
            baseline: text("baseline").trim().parse().ok().filter(|points| *points >= FEWEST),
            reason: text("reason").trim().to_owned(),
            target: text("target")
                .trim()
                .parse()
                .ok()
                .filter(|target: &f64| target.is_finite() && *target >= 0.0),
            per: text("per"),
            event: text("event"),
            whole: false,
        }
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![
            ("grain", self.grain.map(Grain::code).unwrap_or_default().to_owned()),
            ("chart", self.chart.map(Chart::code).unwrap_or_default().to_owned()),
            ("baseline", self.baseline.map(|points| points.to_string()).unwrap_or_default()),
            ("reason", self.reason.clone()),
            ("target", self.target.map(|target| target.to_string()).unwrap_or_default()),
            ("per", self.per.clone()),
            ("event", self.event.clone()),
        ]
    }

    /// Limits from other points than usual, with the reason.
    pub fn rebased(&self) -> Option<usize> {
        self.baseline.filter(|_| !self.reason.is_empty())
    }

    pub fn per(&self) -> &str {
        if self.per.is_empty() { BED_DAYS } else { &self.per }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Options {
        Options::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn limits_move_only_with_a_reason() {
        assert_eq!(read(&[("baseline", "8")]).rebased(), None);
        assert_eq!(read(&[("baseline", "8"), ("reason", " New rota ")]).rebased(), Some(8));
        assert_eq!(read(&[("baseline", "1"), ("reason", "x")]).rebased(), None);
    }

    #[test]
    fn nonsense_is_as_if_nothing_was_chosen() {
        let options = read(&[("target", "NaN"), ("chart", "pie"), ("grain", "hour"), ("baseline", "many")]);
        assert_eq!(options, Options::default());
        assert_eq!(options.per(), BED_DAYS);
    }
}
