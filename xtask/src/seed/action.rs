//! Step 4 of the story: what is done about the thing that happened, what shows it, and what the reporter hears.

use super::{
    chance::Chance,
    journey::{Desk, Next},
    unusual::letter,
    words::chosen,
};
use domain::{
    directory::Directory,
    record::{Action, Record},
    roles::Role,
    time::{add_days, london_date},
};
use serde_json::json;

impl Desk<'_> {
    pub(super) fn act(&self, record: &Record, chance: &mut Chance) -> Option<Next> {
        let lead = self.first(record, record.spec()?.pathway.lead)?;
        if let Some(body) = record.unsent_bodies().next() {
            let with = json!({"body": body, "sent_at": self.now.to_rfc3339(), "how": "Online form", "reference": letter(&record.id, body)});
            return Some(Next {
                verb: "record_sent",
                by: self.first(record, Role::RegisteredManager)?,
                with,
            });
        }
        let current: Vec<&Action> = record.actions.iter().filter(|action| action.current).collect();
        if current.is_empty() || current.len() == 1 && current[0].done.is_none() && chance.happens(25) {
            return self.plan(record, lead, chance);
        }
        if let Some(open) = current.iter().find(|action| action.done.is_none()) {
            let with = json!({"action": open.id, "evidence": self.shown(record, open, chance)?});
            return Some(Next { verb: "complete_action", by: open.owner.to_string(), with });
        }
        let unverified = current.iter().find(|action| action.verified.is_none());
        if let Some(action) = unverified.filter(|_| record.spec().is_some_and(|spec| spec.needs_verification))
        {
            let by = self.first(record, Role::DeputyManager)?;
            let result = if self.year.is_some() && chance.happens(6) { "not_fixed" } else { "fixed" };
            return Some(Next {
                verb: "verify_action",
                by,
                with: json!({"action": action.id, "result": result}),
            });
        }
        if record.told.is_empty() {
            let text = chance.pick(&self.words.thing(record)?.thanks)?;
            return Some(Next { verb: "tell_reporter", by: lead, with: json!({"text": text}) });
        }
        let factors = if chance.happens(30) {
            vec![chance.pick(&self.words.category(record)?.factors)?.clone()]
        } else {
            Vec::new()
        };
        let mut with = json!({"factors": factors});
        if let Some(change) = self.change_of_plan(record) {
            with["plan"] = change;
        }
        Some(Next { verb: "finish_actions", by: lead, with })
    }

    fn plan(&self, record: &Record, lead: String, chance: &mut Chance) -> Option<Next> {
        let is_new = |text: &str| record.actions.iter().all(|action| action.text != text);
        let plans = &self.words.thing(record)?.plans;
        let mut usual: Vec<&(String, String)> = plans.iter().filter(|(text, _)| is_new(text)).collect();
        // What did not help is followed by something stronger.
        if record.outcome().is_some_and(|outcome| outcome.goes_back())
            && usual.iter().any(|(_, strength)| strength != "weaker")
        {
            usual.retain(|(_, strength)| strength != "weaker");
        }
        let usual = chance.pick(&usual).copied().or_else(|| plans.first())?;
        let due = add_days(london_date(self.now), u64::try_from(chance.between(3, 14)).ok()?);
        // This provider keeps no ideas of its own.
        let lists = Directory::default();
        let offered = record.spec().map(|spec| spec.ideas_for(&lists, &record.site, &record.facts));
        let offered: Vec<_> =
            offered.unwrap_or_default().into_iter().filter(|one| is_new(&one.text)).collect();
        let of_thread = self.of_thread(record).filter(|(text, _)| is_new(text));
        let takes_offered = chance.happens(40);
        let with = match chance.pick(&offered).filter(|_| takes_offered && of_thread.is_none()) {
            // Pressed, as most people do where one fits.
            Some(one) => {
                json!({"text": one.text, "owner": lead, "due": due, "strength": one.strength, "kind": one.kind})
            }
            None => {
                let (text, strength) = of_thread.unwrap_or((&usual.0, &usual.1));
                json!({"text": text, "owner": lead, "due": due, "strength": strength})
            }
        };
        Some(Next { verb: "plan_action", by: lead, with })
    }

    /// What shows that it was done: one thing, or two.
    fn shown<'a>(&'a self, record: &Record, action: &Action, chance: &mut Chance) -> Option<Vec<&'a str>> {
        let all = self.words.category(record)?.evidence.get(&action.strength)?;
        let mut shown = vec![chance.pick(all)?.as_str()];
        let more = chance.pick(all)?.as_str();
        if chance.happens(40) && !shown.contains(&more) {
            shown.push(more);
        }
        Some(shown)
    }

    /// Somebody writes down why it takes so long.
    pub(super) fn reminder(&self, record: &Record) -> Option<Next> {
        let by = self.first(record, record.spec()?.pathway.lead)?;
        let days = (london_date(self.now) - record.facts.occurred_on()).num_days();
        let text = chosen(&self.words.category(record)?.waiting, &[&record.id, &days.to_string()])?;
        let text = text.replace("{days}", &days.to_string());
        Some(Next { verb: "add_note", by, with: json!({"text": text}) })
    }
}
