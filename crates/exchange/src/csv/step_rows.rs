//! `actions.csv`: one row per action. `decisions.csv`: one row per decision of step 3 and body.

use super::{
    Cell,
    Form::{Code, Codes, Date, Id, Instant, Text, Whole, YesNo},
    sheet::{Column, Sheet, column, private},
};
use crate::Pack;
use domain::{
    notification::{self, TellBy},
    record::{Action, BodyDecision, DecisionBody, Notification, Record, Sent, Standing, StepDecision},
    vocabulary as v,
};

pub(super) struct Actions;

pub(super) struct ActionRow<'a> {
    record: &'a Record,
    action: &'a Action,
    pack: &'a Pack<'a>,
}

impl Sheet for Actions {
    type Row<'a> = ActionRow<'a>;
    const NAME: &'static str = "actions.csv";
    const COLUMNS: &'static [Column<Self>] = &[
        column("action", Id, "Id of the action.", |row| row.action.id.as_str().into()),
        column("record", Id, "Id of its record.", |row| row.record.id.as_str().into()),
        column("site", Id, "Code of the site.", |row| row.record.site.as_str().into()),
        column("category", Code(&v::CATEGORY), "What the record is about.", |row| {
            row.record.facts.category().into()
        }),
        private("text", Text, "What is to be done.", |row| row.action.text.as_str().into()),
        private("owner", Id, "Code of who does it.", |row| row.action.owner.as_str().into()),
        column("owner_role", Codes(&v::ROLE), "Roles of who does it.", |row| {
            let owner = domain::event::Author::Staff(row.action.owner.clone());
            Cell::list(row.pack.roles(&owner, &row.record.site, row.action.planned_at))
        }),
        column("strength", Code(&v::CONTROL_STRENGTH), "How strong the action is.", |row| {
            row.action.strength.as_str().into()
        }),
        column("kind", Code(&v::ACTION_KIND), "What the action is for.", |row| {
            row.action.kind.as_str().into()
        }),
        column("planned_at", Instant, "When it was planned.", |row| row.action.planned_at.into()),
        column("due", Date, "When it is due.", |row| row.action.due.into()),
        column("done_on", Date, "When it was done; empty while it is open.", |row| {
            row.action.done.as_ref().map(|done| done.on).into()
        }),
        column("late_days", Whole, "Days from due to done; 0 when in time.", |row| {
            row.action.late_days().into()
        }),
        column("evidence", Codes(&v::EVIDENCE_SOURCE), "Evidence that it was done.", |row| {
            let done = row.action.done.iter();
            Cell::list(done.flat_map(|done| done.evidence.iter().map(String::as_str)))
        }),
        private("done_note", Text, "Note of who did it.", |row| {
            row.action.done.as_ref().map(|done| &done.note).into()
        }),
        column("verified_at", Instant, "When another person checked it.", |row| {
            row.action.verified.as_ref().map(|check| check.at).into()
        }),
        column("verified_by_role", Codes(&v::ROLE), "Roles of who checked it.", |row| {
            let check = row.action.verified.iter();
            Cell::list(check.flat_map(|check| row.pack.roles(&check.by, &row.record.site, check.at)))
        }),
        column("current", YesNo, "Planned since the record last came to step 4.", |row| {
            row.action.current.into()
        }),
    ];

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<ActionRow<'a>> {
        let rows =
            |record: &'a Record| record.actions.iter().map(move |action| ActionRow { record, action, pack });
        pack.records().into_iter().flat_map(rows).collect()
    }
}

pub(super) struct Decisions;

pub(super) struct DecisionRow<'a> {
    record: &'a Record,
    decision: &'a StepDecision,
    notification: &'a Notification,
    name: &'static str,
    body: &'a BodyDecision,
    pack: &'a Pack<'a>,
}

impl Sheet for Decisions {
    type Row<'a> = DecisionRow<'a>;
    const NAME: &'static str = "decisions.csv";
    const COLUMNS: &'static [Column<Self>] = &[
        column("decision", Id, "Id of the decision.", |row| row.decision.id.as_str().into()),
        column("record", Id, "Id of its record.", |row| row.record.id.as_str().into()),
        column("site", Id, "Code of the site.", |row| row.record.site.as_str().into()),
        column("category", Code(&v::CATEGORY), "What the record is about.", |row| {
            row.record.facts.category().into()
        }),
        column(
            "occurred_at",
            Instant,
            "When the event happened. Without people: only the day where the reporter wished to stay unknown.",
            |row| row.record.facts.occurred_at().into(),
        ),
        column("decided_at", Instant, "When it was decided.", |row| row.decision.at.into()),
        private("decided_by", Id, "Code of who decided.", |row| row.pack.staff(&row.decision.by).into()),
        column("decided_by_role", Codes(&v::ROLE), "Roles of who decided.", |row| {
            Cell::list(row.pack.roles(&row.decision.by, &row.record.site, row.decision.at))
        }),
        column("revises", YesNo, "Changes an earlier decision.", |row| row.notification.revises.into()),
        column(
            "standing",
            Id,
            "`in_force`, `earlier`, `rival` (two decisions wait to be settled) or `not_kept`.",
            |row| row.standing().into(),
        ),
        column("rules", Id, "Version of the rules that made the suggestions.", |row| {
            row.notification.rules.as_str().into()
        }),
        column("outcome", Code(&v::NOTIFICATION_OUTCOME), "The decision as a whole.", |row| {
            row.notification.outcome.as_str().into()
        }),
        private("reason", Text, "Reason of the decision as a whole.", |row| {
            row.notification.reason.as_str().into()
        }),
        column("body", Code(&v::BODY), "Who might have to be told.", |row| row.name.into()),
        column("suggested", Code(&v::SUGGESTION), "What the rules suggested.", |row| {
            row.body.suggested.as_str().into()
        }),
        column("needed", YesNo, "Must be told.", |row| row.body.needed.into()),
        private("body_reason", Text, "Reason for this body.", |row| row.body.reason.as_str().into()),
        column(
            "tell_by",
            Text,
            "Latest date or time by law or contract; empty where those give none.",
            |row| row.tell_by(),
        ),
        column("told_at", Instant, "When this body was first told.", |row| {
            row.sent().map(|sent| sent.sent_at).into()
        }),
        private("told_reference", Text, "Reference that this body gave.", |row| {
            row.sent().map(|sent| &sent.reference).into()
        }),
        private("told_how", Text, "How this body was told.", |row| row.sent().map(|sent| &sent.how).into()),
    ];

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<DecisionRow<'a>> {
        let mut rows = Vec::new();
        for record in pack.records() {
            for decision in &record.decisions {
                let DecisionBody::Notification(notification) = &decision.body else { continue };
                let bodies = v::BODY.codes.iter().filter_map(|code| {
                    let body = notification.bodies.get(code.code)?;
                    Some(DecisionRow { record, decision, notification, name: code.code, body, pack })
                });
                rows.extend(bodies);
            }
        }
        rows
    }
}

impl DecisionRow<'_> {
    fn standing(&self) -> &'static str {
        match self.decision.standing {
            Standing::Rival => "rival",
            Standing::NotKept => "not_kept",
            Standing::Effective { .. } => {
                let in_force = self.record.notification_decision().map(|decision| &decision.id);
                if in_force == Some(&self.decision.id) { "in_force" } else { "earlier" }
            }
        }
    }

    fn tell_by(&self) -> Cell {
        let settings = self.pack.register.directory().settings(&self.record.site);
        match notification::tell_by(self.record, self.notification, self.name, &settings) {
            None => Cell::Empty,
            Some(TellBy::Date(date)) => date.into(),
            Some(TellBy::At(instant)) => instant.into(),
        }
    }

    fn sent(&self) -> Option<&Sent> {
        self.record.sent.iter().filter(|sent| sent.body == self.name).min_by_key(|sent| sent.sent_at)
    }
}
