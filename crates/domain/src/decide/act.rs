//! Check 10: the checks of each verb, in the order of its table. Source: model.md sections 6, 8.3 and 10.

use super::{Desk, Side};
use crate::{
    fields,
    ids::StaffId,
    notification,
    record::{Kind, Record},
    refusal::{Code, Refusal},
    roles::{Role, Roles},
    time::{self, Instant},
    verbs,
};
use serde_json::{Map, Value};

type Checked = Result<(), Refusal>;

impl Desk<'_> {
    pub(super) fn check_act(&self) -> Checked {
        if self.spec.of_site {
            return self.register.check_site_act(self.event, self.moment.corrected_at);
        }
        match self.spec.name {
            "report" => return self.report(),
            "import_past" => return self.import(),
            _ => {}
        }
        let Some(record) = self.record else { return Err(Code::RecordUnknown.into()) };
        if self.spec.name == "revise_notification" && self.event.text("outcome") == Some("seek_advice") {
            return Err(Refusal::of(Code::OutcomeNotAllowed, "outcome"));
        }
        if self.spec.waits_for_conflict && self.side == Side::Author && !record.conflicts.is_empty() {
            return Err(Code::ConflictOpen.into());
        }
        match self.spec.name {
            "amend" | "resubmit" => self.amend(record),
            "answer" => self.answer(record),
            "review_risk" => self.review_risk(record),
            "assess_notification" | "revise_notification" => self.notification(record),
            "record_sent" => refuse_if(self.instant("sent_at") > Some(self.now()), Code::SentInFuture),
            "plan_action" => self.plan_action(),
            "complete_action" => self.complete_action(record),
            "verify_action" => self.verify_action(record),
            "finish_actions" => finish_actions(record),
            "no_action_needed" => {
                refuse_if(record.actions.iter().any(|action| action.done.is_none()), Code::ActionsOpen)
            }
            "record_outcome" => self.record_outcome(),
            "close" => self.close(record),
            "withdraw" => refuse_if(
                record.is_urgent() && !self.holds(Role::RegisteredManager),
                Code::UrgentNeedsManager,
            ),
            "mark_duplicate" => self.mark_duplicate(record),
            "link" => refuse_if(self.is_elsewhere("to", record), Code::OtherSite),
            "start_outage" => refuse_if(self.instant("started_at") > Some(self.now()), Code::StartedInFuture),
            "end_outage" => self.end_outage(record),
            "resolve" => self.resolve(record),
            _ => Ok(()),
        }
    }

    fn report(&self) -> Checked {
        refuse_if(self.record.is_some(), Code::RecordExists)?;
        crate::record::Facts::new(self.event.with.clone(), self.now()).check(self.now())?;
        Ok(())
    }

    /// As a report, but of the past.
    fn import(&self) -> Checked {
        self.report()?;
        refuse_if(self.instant("occurred_at") > Some(self.now()), Code::OccurredInFuture)
    }

    fn amend(&self, record: &Record) -> Checked {
        let none = Map::new();
        let changes = self.event.with.get("changes").and_then(Value::as_object).unwrap_or(&none);
        let names_category = changes.contains_key("category");
        let before_step_2 = matches!(record.state.step(), Some(1 | 2));
        refuse_if(changes.contains_key("identity"), Code::FieldNotAmendable)?;
        refuse_if(names_category && !before_step_2, Code::FieldNotAmendable)?;
        let facts = record.facts.changed(changes);
        let own = facts.spec().map_or(&[][..], |spec| spec.fields);
        let needed = verbs::REPORT.iter().chain(own).filter(|field| field.required);
        for field in needed {
            if facts.fields.get(field.name).is_none_or(fields::is_empty) {
                return Err(Refusal::of(Code::MissingField, field.name));
            }
        }
        facts.check(self.now())?;
        Ok(())
    }

    fn answer(&self, record: &Record) -> Checked {
        let asked = self.event.text("question");
        let answered = record
            .questions
            .iter()
            .any(|question| Some(question.id.as_str()) == asked && question.answer.is_some());
        refuse_if(answered, Code::QuestionAnswered)
    }

    fn review_risk(&self, record: &Record) -> Checked {
        refuse_if(record.kind == Kind::Unclassified, Code::FactsUnsure)?;
        let score = |name: &str| self.event.with.get(name).and_then(Value::as_i64);
        refuse_if(score("potential_worst") < score("potential_most_likely"), Code::WorstBelowMostLikely)?;
        let asks_confirmation = record.spec().is_some_and(|spec| spec.needs_confirmation)
            && matches!(record.kind, Kind::Hazard | Kind::NearMiss | Kind::NoHarmIncident);
        if !asks_confirmation {
            return Ok(());
        }
        match self.event.text("confirms_near_miss") {
            None => Err(Refusal::of(Code::MissingField, "confirms_near_miss")),
            Some("n") if self.event.text("note").is_none() => Err(Refusal::of(Code::MissingField, "note")),
            Some(_) => Ok(()),
        }
    }

    fn notification(&self, record: &Record) -> Checked {
        let suggestions = (self.side == Side::Author).then(|| {
            let answers = crate::record::answers(&self.event.with);
            notification::suggest(record, &answers, self.now(), self.register.is_repeat_concern(record))
        });
        notification::check(record, self.event, suggestions.as_ref())
    }

    fn plan_action(&self) -> Checked {
        let owner = StaffId::from(self.event.text("owner").unwrap_or_default());
        let held = self.register.directory().held(&owner, &self.event.site, time::london_date(self.now()));
        refuse_if(!held.all().meets(Roles::STAFF), Code::OwnerUnknown)?;
        let due = self.event.text("due").and_then(time::parse_date);
        refuse_if(due < Some(time::london_date(self.now())), Code::DueInPast)
    }

    fn complete_action(&self, record: &Record) -> Checked {
        let action = self.event.text("action").and_then(|id| record.action(id));
        refuse_if(action.is_some_and(|action| action.done.is_some()), Code::ActionDone)?;
        let done_on = self.event.text("done_on").and_then(time::parse_date);
        refuse_if(done_on > Some(time::london_date(self.now())), Code::DoneInFuture)
    }

    fn verify_action(&self, record: &Record) -> Checked {
        let done = self
            .event
            .text("action")
            .and_then(|id| record.action(id))
            .and_then(|action| action.done.as_ref());
        let Some(done) = done else { return Err(Code::ActionNotDone.into()) };
        refuse_if(done.by == self.event.by, Code::VerifierMustDiffer)
    }

    fn record_outcome(&self) -> Checked {
        let better = matches!(self.event.text("verdict"), Some("sustained" | "improved"));
        let evidence = self.event.with.get("evidence").is_some_and(|evidence| !fields::is_empty(evidence));
        if better && !evidence { Err(Refusal::of(Code::EvidenceMissing, "evidence")) } else { Ok(()) }
    }

    /// Source: model.md section 10.
    fn close(&self, record: &Record) -> Checked {
        refuse_if(record.decision_stale, Code::DecisionStale)?;
        refuse_if(record.outages.iter().any(|outage| outage.ended_at.is_none()), Code::OutageRunning)?;
        if let Some(body) = record.unsent_bodies().next() {
            return Err(Refusal::of(Code::NotSentYet, body));
        }
        let verdict = record.current_outcome().map(|(_, review)| review.verdict.as_str());
        if verdict.is_none_or(|verdict| verdict == "too_early") {
            refuse_if(!self.holds(Role::RegisteredManager), Code::VerdictNeeded)?;
            refuse_if(self.event.text("reason").is_none(), Code::ReasonMissing)?;
        }
        let weak = self.register.is_repeat(record) && record.is_weak_only();
        refuse_if(weak && self.event.text("weak_reason").is_none(), Code::WeakOnlyNeedsReason)
    }

    fn mark_duplicate(&self, record: &Record) -> Checked {
        let of = self.event.text("of").unwrap_or_default();
        refuse_if(*record.id == *of, Code::DuplicateOfSelf)?;
        refuse_if(self.is_elsewhere("of", record), Code::OtherSite)?;
        let other = self.register.record(of);
        refuse_if(other.is_some_and(|other| !other.state.is_live()), Code::DuplicateChain)
    }

    fn end_outage(&self, record: &Record) -> Checked {
        let id = self.event.text("outage").unwrap_or_default();
        let Some(outage) = record.outages.iter().find(|outage| *outage.id == *id) else {
            return Err(Code::OutageUnknown.into());
        };
        refuse_if(outage.ended_at.is_some(), Code::OutageEnded)?;
        let ended_at = self.instant("ended_at");
        refuse_if(ended_at < Some(outage.started_at), Code::EndBeforeStart)?;
        refuse_if(ended_at > Some(self.now()), Code::EndedInFuture)
    }

    fn resolve(&self, record: &Record) -> Checked {
        let step =
            self.event.with.get("step").and_then(Value::as_u64).and_then(|step| u8::try_from(step).ok());
        let rivals = record.conflict(step.unwrap_or_default());
        refuse_if(rivals.is_empty(), Code::NoConflict)?;
        let keep = self.event.text("keep").unwrap_or_default();
        refuse_if(!rivals.iter().any(|rival| **rival == *keep), Code::KeepUnknown)
    }

    fn now(&self) -> Instant {
        self.moment.corrected_at
    }

    fn instant(&self, field: &str) -> Option<Instant> {
        self.event.text(field).and_then(time::parse_instant)
    }

    fn holds(&self, role: Role) -> bool {
        self.roles.has(role)
    }

    fn is_elsewhere(&self, field: &str, record: &Record) -> bool {
        let other = self.event.text(field).and_then(|id| self.register.record(id));
        other.is_some_and(|other| other.site != record.site)
    }
}

fn finish_actions(record: &Record) -> Checked {
    refuse_if(!record.actions.iter().any(|action| action.current), Code::NoActions)?;
    refuse_if(record.actions.iter().any(|action| action.done.is_none()), Code::ActionsOpen)?;
    let must_verify = record.spec().is_some_and(|spec| spec.needs_verification);
    refuse_if(must_verify && record.actions.iter().any(|action| action.verified.is_none()), Code::NotVerified)
}

fn refuse_if(fails: bool, code: Code) -> Checked {
    if fails { Err(code.into()) } else { Ok(()) }
}
