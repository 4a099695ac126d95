//! Questions and answers that wait at an oversight, as marks on its card.

use super::roles_at;
use crate::{
    pages::oversee::waiting::{Asked, Oversight, seen_key},
    routes,
    state::App,
};
use domain::{
    audits::ProviderQuestion,
    register::Register,
    roles::{
        Role::{DeputyManager, Provider, RegisteredManager},
        Roles,
    },
    time::Instant,
};
use leptos::prelude::{Get, Read};

/// Status and words of a tag.
pub type Mark = (&'static str, &'static str);

/// Tracked.
pub fn marks(app: App, line: &Oversight) -> Vec<Mark> {
    let roles = roles_at(app, &line.site);
    let is_read = |question: &ProviderQuestion| app.seen.version(&seen_key(question)) > 0;
    marks_of(&app.register.read(), line, roles, app.now.get(), is_read)
}

/// Each of them once. `is_read` says if an answer was read.
fn marks_of(
    register: &Register,
    line: &Oversight,
    roles: Roles,
    now: Instant,
    is_read: impl Fn(&ProviderQuestion) -> bool,
) -> Vec<Mark> {
    let page = routes::oversight(&line.site, line.spec.id, &line.period.to_string());
    let is_here = |question: &&ProviderQuestion| {
        Asked { site: line.site.clone(), question: (*question).clone() }.page(now) == page
    };
    let mut marks: Vec<Mark> = Vec::new();
    for question in register.provider_questions(&line.site).filter(is_here) {
        let mark = match &question.answer {
            None if roles.meets(Roles::of(&[RegisteredManager, DeputyManager])) => {
                ("due", "Question to answer")
            }
            None => ("due", "Waits for an answer"),
            Some(_) if roles.has(Provider) && !is_read(question) => ("new", "Answer to read"),
            Some(_) => continue,
        };
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        pages::oversee::waiting::oversight,
        testing::{Sent, at},
    };
    use domain::{
        audits::Period,
        category::medication,
        directory::{Directory, Site},
        time::parse_date,
    };
    use serde_json::{Value, json};
    use std::sync::Arc;

    #[test]
    fn what_waits_at_an_oversight_is_marked_for_whoever_it_waits_for() {
        let mut directory = Directory::default();
        let site = Site { live_from: parse_date("2026-07-01"), ..Site::default() };
        directory.sites.insert("elm".into(), site);
        let mut register = Register::new(Arc::new(directory));
        let mut take = |verb: &str, with: Value| {
            Sent { verb, by: "pru", at: "2026-11-20T12:00+00:00", with, ..Sent::default() }
                .arrives(&mut register);
        };
        let about = |period: &str| json!({"text": "Why?", "category": "medication", "period": period});
        take("ask_manager", about("2026-Q3"));
        take("ask_manager", about("2026-Q4"));
        take("answer_provider", json!({"question": "e2", "text": "Well"}));
        let now = at("2026-11-25T12:00+00:00");
        let of = |period: &str, role, read| {
            let period = Period::parse(period).expect("a period");
            let line = oversight(&register, &"elm".into(), &medication::SPEC, period, now);
            let marks = marks_of(&register, &line, Roles::of(&[role]), now, |_| read);
            marks.into_iter().map(|(_, words)| words).collect::<Vec<_>>()
        };
        assert_eq!(of("2026-Q3", RegisteredManager, false), ["Question to answer"]);
        assert_eq!(of("2026-Q3", Provider, false), ["Waits for an answer"]);
        assert_eq!(of("2026-Q4", Provider, false), ["Answer to read"]);
        assert_eq!(of("2026-Q4", Provider, true), [""; 0]);
        assert_eq!(of("2026-Q4", RegisteredManager, false), [""; 0]);
    }
}
