//! Verbs about a site: audits, oversight, alerts and denominators, and what records ask of alerts.
//! Alerts and audits are kept by `patterns` and `audits`; this is where the rest of the domain meets them.

use crate::{
    audits,
    category::CATEGORIES,
    event::Event,
    patterns::{self, Alert},
    record::Record,
    refusal::{Code, Refusal},
    register::Register,
    roles::Roles,
    time::{self, Instant},
};

/// An alert waits for at most so many dates.
const SNOOZE_DAYS: u64 = 28;

impl Register {
    /// Every alert ever raised at a site, oldest first.
    pub fn alerts(&self, site: &str) -> impl DoubleEndedIterator<Item = &Alert> {
        self.board(site).into_iter().flat_map(|board| board.alerts())
    }

    /// The newest alert of that rule and key; its name is `rule|key`.
    pub fn alert(&self, site: &str, name: &str) -> Option<&Alert> {
        let (rule, key) = patterns::name_parts(name)?;
        self.board(site)?.newest(rule, key)
    }

    /// Alerts that list the record, oldest first.
    pub fn alerts_with(&self, record: &Record) -> impl Iterator<Item = &Alert> {
        let arrival = record.arrival;
        self.board(&record.site).into_iter().flat_map(move |board| board.alerts_with(arrival))
    }

    /// The record is in an alert, not dismissed, of a rule that speaks of repeated low-level concerns.
    pub fn is_repeat_concern(&self, record: &Record) -> bool {
        self.alerts_with(record).any(|alert| !alert.is_dismissed() && alert.rule.spec().is_concern)
    }

    /// The record is in any alert that is not dismissed.
    pub fn is_repeat(&self, record: &Record) -> bool {
        self.alerts_with(record).any(|alert| !alert.is_dismissed())
    }

    /// Check 2 for a verb about a site: the record, audit, alert or action that it names is known here.
    pub(crate) fn check_site_references(&self, event: &Event) -> Result<(), Refusal> {
        let unknown = |field: &str, is_known: &dyn Fn(&str) -> bool| {
            event.text(field).is_some_and(|named| !is_known(named))
        };
        let is_audit = |id: &str| self.book(&event.site).is_some_and(|book| book.audit(id).is_some());
        let is_action = |id: &str| {
            let planned = self.event(id).map(|received| &received.event);
            planned.is_some_and(|planned| planned.verb == "plan_action" && planned.site == event.site)
        };
        let is_question = |id: &str| self.book(&event.site).is_some_and(|book| book.question(id).is_some());
        if matches!(event.verb.as_str(), "share_story" | "unshare_story") {
            return self.check_story_references(event);
        }
        let about_audit = matches!(event.verb.as_str(), "answer_audit" | "sign_audit");
        let about_alert = matches!(event.verb.as_str(), "link_alert" | "dismiss_alert" | "snooze_alert");
        if event.verb == "answer_audit" && unknown("record", &|id| self.record(id).is_some()) {
            return Err(Refusal::of(Code::RecordUnknown, "record"));
        }
        if about_audit && unknown("audit", &is_audit) {
            return Err(Refusal::of(Code::AuditUnknown, "audit"));
        }
        if event.verb == "answer_provider" && unknown("question", &is_question) {
            return Err(Refusal::of(Code::QuestionUnknown, "question"));
        }
        if about_alert && unknown("alert", &|name| self.alert(&event.site, name).is_some()) {
            return Err(Refusal::of(Code::AlertUnknown, "alert"));
        }
        if event.verb == "link_alert" && unknown("action", &is_action) {
            return Err(Refusal::of(Code::ActionUnknown, "action"));
        }
        Ok(())
    }

    /// Check 10 for a verb about a site.
    pub(crate) fn check_site_act(&self, event: &Event, now: Instant) -> Result<(), Refusal> {
        if matches!(event.verb.as_str(), "share_story" | "unshare_story") {
            return self.check_story(event);
        }
        if event.verb == "finish_practice" {
            return Ok(());
        }
        if !matches!(event.verb.as_str(), "link_alert" | "dismiss_alert" | "snooze_alert") {
            return audits::check(self, event, now);
        }
        if self.named_alert(event).is_some_and(Alert::is_settled) {
            return Err(Code::AlertSettled.into());
        }
        let until = event.text("until").and_then(time::parse_instant);
        let in_range = |until| now < until && until <= time::days_after(now, SNOOZE_DAYS);
        if event.verb == "snooze_alert" && !until.is_some_and(in_range) {
            return Err(Refusal::of(Code::UntilOutOfRange, "until"));
        }
        Ok(())
    }

    /// Is the author the lead to whom the alert goes? Where none is named yet, any lead may be.
    pub(crate) fn is_alert_lead(&self, event: &Event, roles: Roles) -> bool {
        let named = self.named_alert(event);
        let mut leads = CATEGORIES.iter().map(|spec| spec.pathway.lead).filter(|lead| roles.has(*lead));
        match event.text("alert") {
            Some(_) => leads.any(|lead| named.is_some_and(|alert| alert.to.contains(&lead))),
            None => leads.next().is_some(),
        }
    }

    fn named_alert(&self, event: &Event) -> Option<&Alert> {
        self.alert(&event.site, event.text("alert")?)
    }
}
