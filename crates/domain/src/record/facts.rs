//! Step 1: the facts of a report as they now stand, and the kind that follows from them.

use crate::{
    category::{self, CategorySpec, National},
    directory::Settings,
    event::{Event, Fields},
    ids::PersonCode,
    refusal::Code,
    time::{self, Instant},
    verbs,
};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// The step 1 fields, as they were written, with what follows from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub fields: Fields,
    /// As typed, where the category's own answers settle something else. A later correction starts from here.
    typed: Option<Fields>,
    /// Corrected time of the report: the default of `occurred_at`.
    pub reported_at: Instant,
}

/// What kind of event it was. Derived, never typed in. Source: model.md section 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Hazard,
    NearMiss,
    NoHarmIncident,
    Incident,
    RestrictivePractice,
    Unclassified,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Kind::Hazard => "hazard",
            Kind::NearMiss => "near_miss",
            Kind::NoHarmIncident => "no_harm_incident",
            Kind::Incident => "incident",
            Kind::RestrictivePractice => "restrictive_practice",
            Kind::Unclassified => "unclassified",
        }
    }

    /// Of a record in play. Source: model.md section 2.
    pub fn counts_as_near_miss(self, settings: &Settings) -> bool {
        match self {
            Kind::Hazard | Kind::NearMiss => true,
            Kind::NoHarmIncident => settings.count_no_harm_incidents,
            Kind::Incident | Kind::RestrictivePractice | Kind::Unclassified => false,
        }
    }
}

/// A code that stands for "nothing in particular" and never forms a pattern.
const NOT_IN_PARTICULAR: [&str; 2] = ["other", "unknown"];

impl Facts {
    /// The facts of a report, without what is written beside them. One and the same with the event where that is all.
    pub(super) fn of_report(event: &Event, reported_at: Instant) -> Self {
        let mut fields = event.with.clone();
        let beside = [verbs::IMPORT_PAST, verbs::PHOTOS].into_iter().flatten();
        for field in beside.filter(|field| event.with.contains_key(field.name)) {
            fields.remove(field.name);
        }
        Facts::new(fields, reported_at)
    }

    /// The facts of a report, with what the category's own answers settle.
    pub fn new(fields: impl Into<Fields>, reported_at: Instant) -> Self {
        let mut facts = Self { fields: fields.into(), typed: None, reported_at };
        if let Some((field, code)) = facts.spec().and_then(|spec| (spec.rules.settle)(&facts))
            && facts.code(field) != Some(code)
        {
            facts.typed = Some(facts.fields.clone());
            facts.fields.insert(field.to_owned(), Value::from(code));
        }
        facts
    }

    pub fn category(&self) -> &str {
        self.code("category").unwrap_or_default()
    }

    /// `None` for a category that a newer app made.
    pub fn spec(&self) -> Option<&'static CategorySpec> {
        category::find(self.category())
    }

    /// One code, or any one text.
    pub fn code(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str).filter(|code| !code.is_empty())
    }

    pub fn text(&self, name: &str) -> &str {
        self.code(name).unwrap_or_default()
    }

    pub fn list(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        self.fields.get(name).and_then(Value::as_bool)
    }

    pub fn whole(&self, name: &str) -> Option<i64> {
        self.fields.get(name).and_then(Value::as_i64)
    }

    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        self.code(name).and_then(time::parse_date)
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|value| !crate::fields::is_empty(value))
    }

    pub fn people(&self) -> impl Iterator<Item = PersonCode> {
        self.list("people").map(PersonCode::from)
    }

    /// As typed, or the corrected time of the report.
    pub fn occurred_at(&self) -> Instant {
        self.code("occurred_at").and_then(time::parse_instant).unwrap_or(self.reported_at)
    }

    pub fn occurred_on(&self) -> NaiveDate {
        time::london_date(self.occurred_at())
    }

    /// As typed, or from the London wall clock: early 07:00-13:59, late 14:00-20:59, night 21:00-06:59.
    pub fn shift(&self) -> &str {
        self.code("shift").unwrap_or_else(|| match time::london_hour(self.occurred_at()) {
            7..14 => "early",
            14..21 => "late",
            _ => "night",
        })
    }

    pub fn identity(&self) -> &str {
        self.code("identity").unwrap_or("named")
    }

    pub fn subtype(&self) -> Option<&str> {
        self.code(self.spec()?.subtype)
    }

    /// Fields that hold no answer yet: see `CategorySpec::unanswered`.
    pub fn unanswered(&self) -> Vec<&'static str> {
        self.spec().map(|spec| spec.unanswered(&self.fields)).unwrap_or_default()
    }

    /// The subtype, unless it is "something else".
    pub fn particular_subtype(&self) -> Option<&str> {
        self.subtype().filter(|code| Facts::is_particular(code))
    }

    /// Says something: neither "something else" nor "not known".
    pub fn is_particular(code: &str) -> bool {
        !NOT_IN_PARTICULAR.contains(&code)
    }

    /// Caught by luck: `caught_by` chance or `defence` luck.
    pub fn is_luck(&self) -> bool {
        self.code("caught_by") == Some("chance") || self.code("defence") == Some("luck")
    }

    /// Days from the examination due date to the London date of what happened; none while in time.
    pub fn exam_overdue_days(&self) -> Option<i64> {
        let late = time::days_between(self.date("exam_due")?, self.occurred_on());
        (late > 0).then_some(late)
    }

    /// The kind, in the order of model.md section 2. A needed fact that is absent counts as unsure.
    pub fn kind(&self) -> Kind {
        if let Some(kind) = self.spec().and_then(|spec| (spec.rules.kind)(self)) {
            return kind;
        }
        if self.code("happened") == Some("nothing_yet") {
            return Kind::Hazard;
        }
        match (self.code("reached"), self.code("harm")) {
            (Some("no"), _) => Kind::NearMiss,
            (Some("yes"), Some("none")) => Kind::NoHarmIncident,
            (Some("yes"), Some("some")) => Kind::Incident,
            _ => Kind::Unclassified,
        }
    }

    pub fn national(&self) -> National {
        self.spec().map(|spec| (spec.rules.national)(self, self.kind())).unwrap_or_default()
    }

    /// # Errors  `facts_contradict`, then `occurred_in_future` (more than 24 h after the corrected time).
    pub fn check(&self, corrected_at: Instant) -> Result<(), Code> {
        if self.contradict() {
            return Err(Code::FactsContradict);
        }
        if self.occurred_at() > time::hours_after(corrected_at, 24) {
            return Err(Code::OccurredInFuture);
        }
        Ok(())
    }

    fn contradict(&self) -> bool {
        let harm_beyond_none = self.code("harm").is_some_and(|harm| harm != "none");
        let nothing_yet = self.code("happened") == Some("nothing_yet");
        let reached = self.code("reached");
        nothing_yet && (reached.is_some_and(|reached| reached != "no") || harm_beyond_none)
            || reached == Some("no") && harm_beyond_none
            || self.spec().is_some_and(|spec| (spec.rules.contradicts)(self))
    }

    /// The facts with some fields replaced; null removes one. With a new category the fields of the old one go.
    pub fn changed(&self, changes: &Map<String, Value>) -> Facts {
        let mut fields = self.typed.as_ref().unwrap_or(&self.fields).clone();
        if let Some(new) = changes.get("category").and_then(Value::as_str)
            && new != self.category()
            && let Some(old) = self.spec()
        {
            fields.retain(|name, _| !old.fields.iter().any(|field| field.name == name.as_str()));
        }
        for (name, value) in changes {
            match value {
                Value::Null => fields.remove(name),
                value => fields.insert(name.clone(), value.clone()),
            };
        }
        Facts::new(fields, self.reported_at)
    }
}
