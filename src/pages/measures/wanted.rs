//! What the person wants to see: site, category, period, as it stands in the address. Pure.

use super::query_of;
use chrono::{Datelike, NaiveDate};
use domain::{
    audits::Period,
    category::Cadence,
    time::{parse_date, take_days},
};

/// All sites together, in the address.
pub const ALL_SITES: &str = "all";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Id of a site, `all`, or empty for the site that is shown in the frame.
    pub site: String,
    /// Empty for all.
    pub category: String,
    pub span: Span,
    /// Of `Span::Dates`.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Span {
    Days30,
    #[default]
    Days90,
    Month,
    Quarter,
    Year,
    Dates,
}

impl Span {
    pub const ALL: [Span; 6] =
        [Span::Days90, Span::Days30, Span::Month, Span::Quarter, Span::Year, Span::Dates];

    /// Empty for what is shown when nothing is chosen.
    pub fn code(self) -> &'static str {
        match self {
            Span::Days30 => "30d",
            Span::Days90 => "",
            Span::Month => "month",
            Span::Quarter => "quarter",
            Span::Year => "year",
            Span::Dates => "dates",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Span::Days30 => "Last 30 days",
            Span::Days90 => "Last 90 days",
            Span::Month => "This month",
            Span::Quarter => "This quarter",
            Span::Year => "This year",
            Span::Dates => "Other dates",
        }
    }

    pub fn from_code(code: &str) -> Span {
        Span::ALL.into_iter().find(|span| span.code() == code).unwrap_or_default()
    }
}

impl Wanted {
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Wanted {
        let date = |name| get(name).as_deref().and_then(parse_date);
        Wanted {
            site: get("site").unwrap_or_default(),
            category: get("category").unwrap_or_default(),
            span: get("period").map(|code| Span::from_code(&code)).unwrap_or_default(),
            from: date("from"),
            to: date("to"),
        }
    }

    /// First and last date, both included. Dates that were typed the wrong way round are turned.
    pub fn dates(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        match self.span {
            Span::Days30 => (take_days(today, 29), today),
            Span::Days90 => (take_days(today, 89), today),
            Span::Month => (Period::of(Cadence::Monthly, today).first(), today),
            Span::Quarter => (Period::of(Cadence::Quarterly, today).first(), today),
            Span::Year => (Period::Year(today.year()).first(), today),
            Span::Dates => {
                let to = self.to.unwrap_or(today);
                let from = self.from.unwrap_or_else(|| take_days(to, 89));
                let (from, to) = (from.min(to), from.max(to));
                // What has not come yet is not counted; of days that all lie ahead the page says so.
                (from, if from <= today { to.min(today) } else { to })
            }
        }
    }

    /// The last date that was typed, where it has not come yet and the first one has.
    pub fn cut_off(&self, today: NaiveDate) -> Option<NaiveDate> {
        let last = self.to.max(self.from).filter(|_| self.span == Span::Dates)?;
        (last > today && self.dates(today).1 == today).then_some(last)
    }

    /// `?site=…&category=…`, with more.
    pub fn query(&self, more: &[(&str, String)]) -> String {
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let (from, to) = match self.span {
            Span::Dates => (date(self.from), date(self.to)),
            _ => Default::default(),
        };
        let mut pairs = vec![
            ("site", self.site.clone()),
            ("category", self.category.clone()),
            ("period", self.span.code().to_owned()),
            ("from", from),
            ("to", to),
        ];
        pairs.extend(more.iter().cloned());
        query_of(&pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect(text)
    }

    fn read(pairs: &[(&str, &str)]) -> Wanted {
        Wanted::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn each_period_has_its_dates() {
        let today = date("2026-11-25");
        for (code, from) in [
            ("", "2026-08-28"),
            ("30d", "2026-10-27"),
            ("month", "2026-11-01"),
            ("quarter", "2026-10-01"),
            ("year", "2026-01-01"),
            ("nonsense", "2026-08-28"),
        ] {
            assert_eq!(read(&[("period", code)]).dates(today), (date(from), today), "{code}");
        }
    }

    #[test]
    fn dates_that_are_turned_or_missing_still_make_a_period() {
        let today = date("2026-11-25");
        let turned = read(&[("period", "dates"), ("from", "2026-09-30"), ("to", "2026-09-01")]);
        assert_eq!(turned.dates(today), (date("2026-09-01"), date("2026-09-30")));
        let broken = read(&[("period", "dates"), ("from", "yesterday")]);
        assert_eq!(broken.dates(today), (date("2026-08-28"), today));
    }

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let wanted =
            read(&[("site", "oak"), ("period", "dates"), ("from", "2026-09-01"), ("to", "2026-09-30")]);
        assert_eq!(wanted.query(&[]), "?site=oak&period=dates&from=2026-09-01&to=2026-09-30");
        assert_eq!(Wanted::default().query(&[("grain", "week".into())]), "?grain=week");
    }
}
