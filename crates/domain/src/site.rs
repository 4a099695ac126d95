//! Verbs about a site: audits, oversight, alerts and denominators, and what records ask of alerts.
//! Alerts and audits are kept by their own parts; this is where the rest of the domain meets them.

use crate::{
    event::Event,
    record::Record,
    refusal::{Code, Refusal},
    register::Register,
    roles::Roles,
    time::Instant,
};

impl Register {
    /// Check 2 for a verb about a site: the alert, audit or action that it names is known here.
    pub(crate) fn check_site_references(&self, event: &Event) -> Result<(), Refusal> {
        let names = |field: &str| event.text(field).is_some();
        match event.verb.as_str() {
            "link_alert" | "dismiss_alert" | "snooze_alert" if names("alert") => {
                Err(Code::AlertUnknown.into())
            }
            "answer_audit" | "sign_audit" if names("audit") => Err(Code::AuditUnknown.into()),
            _ => Ok(()),
        }
    }

    /// Check 10 for a verb about a site.
    pub(crate) fn check_site_act(&self, _event: &Event, _now: Instant) -> Result<(), Refusal> {
        Ok(())
    }

    /// Is the author the lead to whom the alert goes?
    pub(crate) fn is_alert_lead(&self, _event: &Event, _roles: Roles) -> bool {
        false
    }

    /// The record is in an alert, not dismissed, of a rule that speaks of repeated low-level concerns.
    pub fn is_repeat_concern(&self, _record: &Record) -> bool {
        false
    }

    /// The record is in any alert that is not dismissed.
    pub fn is_repeat(&self, _record: &Record) -> bool {
        false
    }
}
