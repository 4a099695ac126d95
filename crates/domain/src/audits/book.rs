//! The audits, oversights, questions and denominators of one site, as folded from its events. Source: model.md section 11.5.

use super::{Period, sample};
use crate::{
    category::{self, CategorySpec},
    event::{Author, Event, Received},
    ids::{EventId, RecordId},
    patterns::Known,
    record::Note,
    time::Instant,
    vocabulary::AUDIT_ITEM,
};
use std::sync::Arc;

/// An audit that was opened. Its name is its open_audit event, or category and period.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    pub id: EventId,
    pub category: &'static str,
    pub period: Period,
    pub opened_by: Author,
    pub opened_at: Instant,
    /// Drawn when it was opened, never changed; by occurred_at.
    pub sample: Vec<RecordId>,
    /// How it was drawn, so that anybody can draw it again.
    pub draw: Draw,
    /// In order of arrival; the latest of a record and item counts.
    pub answers: Vec<AuditAnswer>,
    pub signed: Option<Signed>,
}

/// How a sample was drawn from the records that were closed in the period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draw {
    /// Every one of them of band high or extreme.
    pub grave: Vec<RecordId>,
    /// How many others there were.
    pub rest: usize,
    /// Place of the first one drawn from the others, counted from 0; the next ones follow `step` later.
    pub start: usize,
    pub step: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AuditAnswer {
    pub id: EventId,
    pub record: RecordId,
    /// Code of `audit_item`.
    pub item: String,
    /// y, n or na.
    pub answer: String,
    pub note: String,
    pub by: Author,
    pub at: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Signed {
    pub by: Author,
    pub at: Instant,
    pub summary: String,
    pub figures: Figures,
}

/// As known when the audit was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub records: u32,
    pub near_misses: u32,
    pub closed: u32,
    pub findings: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OversightSigned {
    pub id: EventId,
    pub category: &'static str,
    pub period: Period,
    pub by: Author,
    pub at: Instant,
    pub note: String,
}

/// A question of the provider to those who manage the site.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderQuestion {
    pub id: EventId,
    /// The audits that it is about, where it is about audits.
    pub category: Option<&'static str>,
    pub period: Option<Period>,
    pub text: String,
    pub by: Author,
    pub at: Instant,
    pub answer: Option<Note>,
}

/// What a rate is divided by, for one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Denominator {
    pub id: EventId,
    /// Code of `denominator`.
    pub measure: String,
    pub month: Period,
    pub value: f64,
    pub by: Author,
    pub at: Instant,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    pub audits: Vec<Arc<Audit>>,
    pub oversights: Vec<OversightSigned>,
    /// In order of arrival.
    pub questions: Vec<ProviderQuestion>,
    pub denominators: Vec<Denominator>,
}

impl Audit {
    /// The answer that counts.
    pub fn answer(&self, record: &str, item: &str) -> Option<&AuditAnswer> {
        self.answers.iter().rev().find(|answer| &*answer.record == record && answer.item == item)
    }

    /// Every item of every sampled record that has no answer yet.
    pub fn unanswered(&self) -> impl Iterator<Item = (&RecordId, &'static str)> {
        self.sample
            .iter()
            .flat_map(|record| AUDIT_ITEM.codes.iter().map(move |item| (record, item.code)))
            .filter(|(record, item)| self.answer(record, item).is_none())
    }

    /// Answers that count and say no.
    pub fn findings(&self) -> impl Iterator<Item = &AuditAnswer> {
        self.sample
            .iter()
            .flat_map(|record| AUDIT_ITEM.codes.iter().filter_map(|item| self.answer(record, item.code)))
            .filter(|answer| answer.answer == "n")
    }

    pub fn spec(&self) -> Option<&'static CategorySpec> {
        category::find(self.category)
    }
}

impl Book {
    pub fn audit(&self, id: &str) -> Option<&Audit> {
        self.audits.iter().find(|audit| &*audit.id == id).map(|audit| &**audit)
    }

    pub fn audit_of(&self, category: &str, period: Period) -> Option<&Audit> {
        let mut audits = self.audits.iter().map(|audit| &**audit);
        audits.find(|audit| audit.category == category && audit.period == period)
    }

    pub fn oversight_of(&self, category: &str, period: Period) -> Option<&OversightSigned> {
        self.oversights.iter().find(|signed| signed.category == category && signed.period == period)
    }

    pub fn question(&self, id: &str) -> Option<&ProviderQuestion> {
        self.questions.iter().find(|question| &*question.id == id)
    }

    /// The latest value counts.
    pub fn denominator(&self, measure: &str, month: Period) -> Option<&Denominator> {
        self.denominators.iter().rev().find(|known| known.measure == measure && known.month == month)
    }

    /// The category of the audit in which an answer says no.
    pub fn finding(&self, event: &Event) -> Option<&'static CategorySpec> {
        let is_finding = event.verb == "answer_audit" && event.text("answer") == Some("n");
        self.audit(event.text("audit")?).filter(|_| is_finding)?.spec()
    }

    /// Takes the next accepted event about audits, oversight, questions or denominators.
    pub fn take(&mut self, known: Known<'_>, received: &Received) {
        let (event, at) = (&received.event, received.judgement.corrected_at);
        let text = |name: &str| event.text(name).unwrap_or_default().to_owned();
        let named =
            || Some((category::find(event.text("category")?)?, Period::parse(event.text("period")?)?));
        match event.verb.as_str() {
            "open_audit" => {
                let Some((spec, period)) = named() else { return };
                let (sample, draw) = sample::draw(known, &event.site, spec.id, period);
                self.audits.push(Arc::new(Audit {
                    id: event.id.clone(),
                    category: spec.id,
                    period,
                    opened_by: event.by.clone(),
                    opened_at: at,
                    sample,
                    draw,
                    answers: Vec::new(),
                    signed: None,
                }));
            }
            "answer_audit" => {
                let answer = AuditAnswer {
                    id: event.id.clone(),
                    record: text("record").into(),
                    item: text("item"),
                    answer: text("answer"),
                    note: text("note"),
                    by: event.by.clone(),
                    at,
                };
                self.with_audit(&text("audit"), |audit| audit.answers.push(answer));
            }
            "sign_audit" => self.with_audit(&text("audit"), |audit| {
                let findings = u32::try_from(audit.findings().count()).unwrap_or(u32::MAX);
                let figures = sample::figures(known, &event.site, audit.category, audit.period);
                audit.signed = Some(Signed {
                    by: event.by.clone(),
                    at,
                    summary: text("summary"),
                    figures: Figures { findings, ..figures },
                });
            }),
            "sign_oversight" => {
                let Some((spec, period)) = named() else { return };
                self.oversights.push(OversightSigned {
                    id: event.id.clone(),
                    category: spec.id,
                    period,
                    by: event.by.clone(),
                    at,
                    note: text("note"),
                });
            }
            "ask_manager" => self.questions.push(ProviderQuestion {
                id: event.id.clone(),
                category: event.text("category").and_then(category::find).map(|spec| spec.id),
                period: event.text("period").and_then(Period::parse),
                text: text("text"),
                by: event.by.clone(),
                at,
                answer: None,
            }),
            "answer_provider" => {
                let answer = Note { id: event.id.clone(), text: text("text"), by: event.by.clone(), at };
                let asked = text("question");
                if let Some(question) = self.questions.iter_mut().find(|known| *known.id == *asked) {
                    question.answer.get_or_insert(answer);
                }
            }
            "record_denominator" => {
                let value = event.with.get("value").and_then(serde_json::Value::as_f64);
                let (Some(month), Some(value)) = (Period::parse(&text("month")), value) else { return };
                self.denominators.push(Denominator {
                    id: event.id.clone(),
                    measure: text("measure"),
                    month,
                    value,
                    by: event.by.clone(),
                    at,
                });
            }
            _ => {}
        }
    }

    fn with_audit(&mut self, id: &str, change: impl FnOnce(&mut Audit)) {
        if let Some(audit) = self.audits.iter_mut().find(|audit| &*audit.id == id) {
            change(Arc::make_mut(audit));
        }
    }
}
