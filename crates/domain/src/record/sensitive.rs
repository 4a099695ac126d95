//! Records of which every look is kept: who reads them is itself something that a person may ask about.

use super::{Kind, LinkTarget, Record, Reporter};

/// Bodies that are told when somebody may have been harmed by others.
const GUARDIANS: [&str; 2] = ["council_safeguarding", "police"];

impl Record {
    /// Somebody may have been harmed or held, or the reporter asked to stay unknown.
    pub fn is_sensitive(&self) -> bool {
        let was_held = self.kind == Kind::RestrictivePractice;
        let asked_to_hide = matches!(self.reporter, Reporter::Confidential(_));
        was_held || asked_to_hide || self.is_about_abuse() || self.leads_to_safeguarding()
    }

    fn is_about_abuse(&self) -> bool {
        let Some(decision) = self.notification() else { return false };
        let is_told = |body: &str| decision.bodies.get(body).is_some_and(|body| body.needed);
        let abuse = decision.answers.get("abuse").is_some_and(|answer| answer != "n");
        abuse || GUARDIANS.into_iter().any(is_told)
    }

    fn leads_to_safeguarding(&self) -> bool {
        self.links
            .iter()
            .any(|link| matches!(&link.target, LinkTarget::Other { kind, .. } if kind == "safeguarding"))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        record::tests::{register, report},
        register::Register,
    };
    use serde_json::{Value, json};

    #[track_caller]
    fn check(events: &[(&str, Value)], sensitive: bool) {
        let register = register(events, "rita");
        let record = register.record("r").expect("known");
        assert_eq!(record.is_sensitive(), sensitive, "{events:?}");
    }

    #[test]
    fn a_record_is_sensitive_for_who_reported_it_what_was_done_and_where_it_leads() {
        check(&[report(json!({}))], false);
        check(&[report(json!({"identity": "confidential"}))], true);
        check(&[report(json!({"identity": "anonymous"}))], false);
        let held =
            json!({"category": "behaviour", "hands_on": "yes", "behaviour_type": "hitting_or_pushing"});
        check(&[report(held)], true);
        let link = |kind: &str| ("link", json!({"kind": kind, "ref": "LA-17"}));
        check(&[report(json!({})), link("safeguarding")], true);
        check(&[report(json!({})), link("complaint")], false);
    }

    #[test]
    fn words_are_kept_from_the_day_on_which_a_record_ends() {
        let open = register(&[report(json!({}))], "rita");
        assert_eq!(open.record("r").and_then(|record| record.kept_until()), None);
        let ended = |first| register(&[first, ("withdraw", json!({"reason": "Not so."}))], "rita");
        let until = |register: &Register| register.record("r").and_then(|record| record.kept_until());
        let day = |year| chrono::NaiveDate::from_ymd_opt(year, 6, 11);
        assert_eq!(until(&ended(report(json!({})))), day(2036));
        assert_eq!(until(&ended(report(json!({"identity": "confidential"})))), day(2046));
    }
}
