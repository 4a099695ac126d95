//! The list behind a number: what it counts, as an address, and its lines. As many lines as the number says.

use super::{look::Look, query_of};
use crate::{
    routes,
    text::{
        common::{count, day},
        measures::{key_name, late_for, strength},
        review::{due::elapsed, record::lower_first, steps},
    },
};
use chrono::NaiveDate;
use domain::{
    measures::index::{
        By, Filter, LateFor, Row, Which, actions, actions_due, came_back, cases, group, late, step_lines,
    },
    record::{Action, Record},
    time::parse_date,
};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub struct Behind {
    pub of: Of,
    pub filter: Filter,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    Records {
        which: Which,
        group: Option<(By, String)>,
    },
    /// Members of staff whose name stands on a report.
    Reporters,
    /// Late now; none: all of it.
    Late(Option<LateFor>),
    /// Actions planned, by strength; none: all of them. True: only those that are done by now.
    Actions(Option<String>, bool),
    /// Actions whose date has come. True: only those that were done by it.
    Due(bool),
    /// Steps 2 to 5 that were done. True: only those in time.
    Steps(u8, bool),
    /// Came back after it was put right.
    CameBack,
    /// Near misses between two records.
    Between(String, String),
}

/// One line of the list.
#[derive(Clone)]
pub struct Line {
    pub record: Arc<Record>,
    /// What of the record is counted, where it is not the record itself.
    pub note: Option<String>,
}

impl Behind {
    pub fn address(&self) -> String {
        let Filter { site, category, from, to } = &self.filter;
        let text = |text: &str| text.to_owned();
        let mut pairs = match &self.of {
            Of::Records { which, group: None } => vec![("of", text(which.code()))],
            Of::Records { which, group: Some((by, key)) } => {
                vec![("of", text(which.code())), ("by", text(by.code())), ("key", format!("{key}."))]
            }
            Of::Reporters => vec![("of", text("reporters"))],
            Of::CameBack => vec![("of", text("came_back"))],
            Of::Late(rung) => vec![("of", text("late")), ("for", text(rung.map_or("", LateFor::code)))],
            Of::Actions(strength, done) => vec![
                ("of", text("actions")),
                ("strength", strength.clone().unwrap_or_default()),
                ("only", text(if *done { "done" } else { "" })),
            ],
            Of::Due(in_time) => {
                vec![("of", text("due")), ("only", text(if *in_time { "in_time" } else { "" }))]
            }
            Of::Steps(step, in_time) => vec![
                ("of", text("steps")),
                ("step", step.to_string()),
                ("only", text(if *in_time { "in_time" } else { "" })),
            ],
            Of::Between(after, before) => {
                vec![("of", text("between")), ("after", after.clone()), ("before", before.clone())]
            }
        };
        pairs.extend([
            (
                "site",
                site.as_ref().map(ToString::to_string).unwrap_or_else(|| super::wanted::ALL_SITES.into()),
            ),
            ("category", category.clone().unwrap_or_default()),
            ("period", text("dates")),
            ("from", from.to_string()),
            ("to", to.to_string()),
        ]);
        format!("{}{}", routes::MEASURE_RECORDS, query_of(&pairs))
    }

    /// None where the address names nothing that is counted. The filter is that of the look.
    pub fn read(get: impl Fn(&str) -> Option<String>, filter: Filter) -> Option<Behind> {
        let of = get("of")?;
        let only = |what: &str| get("only").as_deref() == Some(what);
        let of = match of.as_str() {
            "reporters" => Of::Reporters,
            "came_back" => Of::CameBack,
            "late" => Of::Late(get("for").as_deref().and_then(LateFor::from_code)),
            "actions" => Of::Actions(get("strength").filter(|code| !code.is_empty()), only("done")),
            "due" => Of::Due(only("in_time")),
            "steps" => {
                let step = get("step")?.parse().ok().filter(|step| (2..=5).contains(step))?;
                Of::Steps(step, only("in_time"))
            }
            "between" => Of::Between(get("after")?, get("before")?),
            which => {
                let by = get("by").as_deref().and_then(By::from_code);
                // The dot at the end keeps a key that is empty.
                let key = get("key").map(|key| key.strip_suffix('.').unwrap_or(&key).to_owned());
                Of::Records { which: Which::from_code(which)?, group: by.zip(key) }
            }
        };
        let date = |name| get(name).as_deref().and_then(parse_date);
        let dates: Option<(NaiveDate, NaiveDate)> = date("from").zip(date("to"));
        Some(Behind { of, filter: dates.map_or(filter.clone(), |(from, to)| filter.on(from, to)) })
    }

    pub fn lines(&self, look: &Look) -> Vec<Line> {
        let plain = |rows: Vec<&Row>| {
            rows.into_iter().map(|row| Line { record: row.record.clone(), note: None }).collect::<Vec<_>>()
        };
        let Look { index, register, directory, .. } = look;
        match &self.of {
            Of::Records { which, group: None } => plain(index.rows(&self.filter, *which)),
            Of::Records { which, group: Some((by, key)) } => {
                let rows = index.rows(&self.filter, *which);
                plain(group(&rows, *by).remove(key).unwrap_or_default())
            }
            Of::Reporters => {
                let rows = index.rows(&self.filter, Which::All);
                let line = |(_, rows): (String, Vec<&Row>)| {
                    let note = format!("The first of {}", count(rows.len(), "report", "reports"));
                    Some(Line { record: rows.first()?.record.clone(), note: Some(note) })
                };
                group(&rows, By::Reporter).into_iter().filter_map(line).collect()
            }
            Of::CameBack => plain(came_back(index, register, &self.filter)),
            Of::Late(rung) => {
                let lines = late(index, directory, &self.filter, look.now).into_iter();
                let wanted = lines.filter(|line| rung.is_none_or(|rung| LateFor::of(line.days) == rung));
                wanted.map(|line| Line { note: Some(late_words(&line)), record: line.record }).collect()
            }
            Of::Actions(wanted, done) => {
                let lines = actions(index, &self.filter).into_iter();
                let lines = lines.filter(|line| !done || line.action.done.is_some());
                let lines =
                    lines.filter(|line| wanted.as_ref().is_none_or(|code| line.action.strength == *code));
                let words = |line: &domain::measures::index::ActionLine| {
                    format!("{}: {}", strength(&line.action.strength), line.action.text)
                };
                lines.map(|line| Line { note: Some(words(&line)), record: line.record }).collect()
            }
            Of::Due(in_time) => {
                let lines = actions_due(index, &self.filter, look.today).into_iter();
                let lines = lines.filter(|line| !in_time || line.action.is_in_time());
                lines.map(|line| Line { note: Some(due_words(&line.action)), record: line.record }).collect()
            }
            Of::Steps(step, in_time) => {
                let lines = step_lines(index, directory, &self.filter).into_iter();
                let of_step = lines.filter(|line| line.done.step == *step && (!in_time || line.done.in_time));
                let words = |line: &domain::measures::index::StepLine| {
                    let time = match line.done.late_by() {
                        None if line.done.in_time => "in time".to_owned(),
                        None => "late".to_owned(),
                        Some(late) => format!("late by {}", elapsed(line.done.done - late, line.done.done)),
                    };
                    format!("Took {}, {time}", elapsed(line.done.start, line.done.done))
                };
                of_step.map(|line| Line { note: Some(words(&line)), record: line.record }).collect()
            }
            Of::Between(after, before) => {
                let all = index.rows(&self.filter, Which::All);
                let ends: Vec<&Row> = all
                    .iter()
                    .copied()
                    .filter(|row| [after, before].iter().any(|id| *row.record.id == ***id))
                    .collect();
                let near = index.rows(&self.filter, Which::NearMiss);
                let between = cases(&ends, &near).into_iter().next().map(|cases| cases.rows);
                plain(between.unwrap_or_default())
            }
        }
    }

    /// What is listed, for the heading.
    pub fn title(&self, look: &Look) -> String {
        match &self.of {
            Of::Records { which, group } => {
                let what = match which {
                    Which::All => "Reports",
                    Which::NearMiss => "Near misses",
                    Which::Prevented => "Near misses that reached nobody",
                    Which::NoHarm => "Reached somebody, no harm",
                    Which::Incident => "Incidents with harm",
                    Which::Other => "Other records",
                    Which::Luck => "Near misses that only luck caught",
                    Which::Reviewed => "Near misses whose risk was looked at",
                    Which::Serious => "Near misses that could have been serious",
                    Which::Nameless => "Reports without a name",
                };
                match group {
                    None => what.to_owned(),
                    Some((by, key)) => format!("{what}: {}", key_name(*by, key, &look.directory)),
                }
            }
            Of::Reporters => "People who reported".into(),
            Of::CameBack => "Reports of the same after we acted".into(),
            Of::Late(None) => "Steps and actions late now".into(),
            Of::Late(Some(rung)) => late_for(*rung).to_owned(),
            Of::Actions(code, done) => {
                let what = if *done { "Actions planned then, done by now" } else { "Actions planned" };
                match code {
                    None => what.to_owned(),
                    Some(code) => format!("{what}: {}", strength(code).to_lowercase()),
                }
            }
            Of::Due(true) => "Actions done in time".into(),
            Of::Due(false) => "Actions whose date has come".into(),
            Of::Steps(step, in_time) => {
                let what = if *in_time { "Steps done in time" } else { "Steps done" };
                format!("{what}: {}", lower_first(steps::measured(*step)))
            }
            Of::Between(..) => "Near misses between two events".into(),
        }
    }
}

/// "Mend the rail, due 3 July 2026: done 2 days late".
fn due_words(action: &Action) -> String {
    let stands = match action.late_days() {
        None => "not done".to_owned(),
        Some(0) => "done in time".to_owned(),
        Some(days) => {
            format!("done {} late", count(usize::try_from(days).unwrap_or_default(), "day", "days"))
        }
    };
    format!("{}, due {}: {stands}", action.text.trim_end_matches('.'), day(action.due))
}

fn late_words(line: &domain::measures::index::Late) -> String {
    let due = match line.item.due {
        domain::due::Due::At(instant) => domain::time::london_date(instant),
        domain::due::Due::On(date) => date,
    };
    let what = match line.item.name.as_str() {
        "returned" => "Answer to the question".to_owned(),
        step if step.len() == 1 => {
            step.parse().map(|step: u8| steps::task_of(&line.record, step).to_owned()).unwrap_or_default()
        }
        action => {
            line.record.action(action).map(|action| format!("Action: {}", action.text)).unwrap_or_default()
        }
    };
    let days = usize::try_from(line.days).unwrap_or_default();
    format!("{what}, due {}, {} late", day(due), count(days, "day", "days"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let date = |text| parse_date(text).expect("a date");
        let filter = Filter {
            site: Some("oak".into()),
            category: None,
            from: date("2026-09-01"),
            to: date("2026-09-30"),
        };
        for of in [
            Of::Actions(Some("weaker".into()), true),
            Of::Actions(None, false),
            Of::Due(true),
            Of::Due(false),
            Of::Steps(3, true),
            Of::Steps(3, false),
            Of::Late(Some(LateFor::Week)),
        ] {
            let written = Behind { of, filter: filter.clone() };
            let address = written.address();
            let query = address.split_once('?').expect("a query").1;
            let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
            let get = |name: &str| {
                let found = pairs.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Behind::read(get, filter.clone()), Some(written), "{address}");
        }
    }
}
