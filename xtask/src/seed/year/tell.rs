//! A planned report is made: who writes it, on which phone, and what follows at once.

use super::{Planned, Turn, background::soon};
use crate::seed::play::{Play, Task};
use anyhow::{Context, Result};
use chrono::Duration;
use domain::{category, roles::Role, time::Instant};
use serde_json::{Value, json};

pub fn tell(play: &mut Play, planned: Planned, at: Instant) -> Result<()> {
    let Planned { site, mut with, thread, turn } = planned;
    let mut authors: Vec<String> = Vec::new();
    for role in [Role::Reporter, Role::Reporter, Role::Senior] {
        authors.extend(play.cast.holders(&site, role).into_iter().map(str::to_owned));
    }
    let by = play.chance.pick(&authors).cloned().context("somebody works there")?;
    let happened = at - Duration::minutes(play.chance.between(2, 50));
    with.insert("occurred_at".into(), json!(happened.to_rfc3339()));
    if turn == Turn::Nameless {
        with.insert("identity".into(), json!("anonymous"));
        let record = play.letter(&by, &site, Value::Object(with), at)?;
        if let Some(record) = record {
            let next = soon(at, 60, 480, &mut play.chance);
            play.add(next, Task::Step { record });
        }
        return Ok(());
    }
    if play.chance.happens(5) {
        with.insert("identity".into(), json!("confidential"));
    }
    let record = play.new_id("record");
    let lag = match turn {
        Turn::Late(hours) => hours,
        _ => 0,
    };
    let reviewer = with
        .get("category")
        .and_then(Value::as_str)
        .and_then(category::find)
        .and_then(|spec| play.holder(&site, spec.owner(2)));
    let fields = Value::Object(with);
    if play.write("report", &by, &site, Some(&record), fields.clone(), at, lag)?.is_none() {
        return Ok(());
    }
    if let (Some(thread), Some(year)) = (thread, &mut play.year) {
        year.of_record.insert(record.clone(), thread);
    }
    let next = soon(at + Duration::hours(lag), 60, 480, &mut play.chance);
    play.add(next, Task::Step { record: record.clone() });
    let act = |verb, by: &str, with| Task::Act {
        verb,
        by: by.to_owned(),
        site: site.clone(),
        record: Some(record.clone()),
        with,
    };
    match turn {
        Turn::Twin => twin(play, &by, &authors, &site, fields, at)?,
        Turn::Contested => {
            if let Some(year) = &mut play.year {
                year.contested.push(record.clone());
            }
        }
        Turn::Outage(what, hours) => {
            let off = json!({"what": what, "started_at": happened.to_rfc3339()});
            if let Some(outage) = play.write("start_outage", &by, &site, Some(&record), off, at, 0)? {
                let ended = at + Duration::hours(hours);
                let with = json!({"outage": outage, "ended_at": ended.to_rfc3339()});
                play.add(ended + Duration::minutes(20), act("end_outage", &by, with));
            }
        }
        Turn::Withdrawn => {
            let with = json!({"reason": "I looked again: it was the right one."});
            let later = soon(at, 10, 55, &mut play.chance);
            play.add(later, act("withdraw", &by, with));
        }
        Turn::Asked => {
            if let Some(reviewer) = reviewer {
                let asked = soon(at, 20, 55, &mut play.chance);
                let with = json!({"text": "Who else was there, and was anything moved since?"});
                play.add(asked, act("ask", &reviewer, with));
            }
            let with = json!({"text": "Two of us saw it. Nothing was moved."});
            let later = soon(at, 200, 400, &mut play.chance);
            play.add(later, act("add_note", &by, with));
        }
        Turn::Corrected => {
            let with = json!({"changes": {"concern": "not_very"}, "reason": "I was upset when I wrote it."});
            let later = soon(at, 10, 50, &mut play.chance);
            play.add(later, act("amend", &by, with));
        }
        Turn::Usual | Turn::Late(_) | Turn::Nameless => {}
    }
    Ok(())
}

/// Somebody else reports the same a little later.
fn twin(
    play: &mut Play,
    by: &str,
    authors: &[String],
    site: &str,
    mut fields: Value,
    at: Instant,
) -> Result<()> {
    let others: Vec<&String> = authors.iter().filter(|other| **other != by).collect();
    let Some(other) = play.chance.pick(&others).map(|other| (*other).clone()) else { return Ok(()) };
    let later = soon(at, 5, 50, &mut play.chance);
    let record = play.new_id("record");
    fields["text"] = json!("The same thing that my colleague saw, I think.");
    play.add(
        later,
        Task::Act {
            verb: "report",
            by: other,
            site: site.to_owned(),
            record: Some(record.clone()),
            with: fields,
        },
    );
    let next = soon(later, 90, 600, &mut play.chance);
    play.add(next, Task::Step { record });
    Ok(())
}
