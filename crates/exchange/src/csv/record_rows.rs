//! `records.csv`: one row per record. Step 1 columns have the names of the fields, so that the file can be read in.

use super::{
    Cell,
    Form::{Code, Codes, Date, Id, Ids, Instant, Number, Text, Whole, YesNo},
    sheet::{Column, Sheet, column, private},
};
use crate::Pack;
use domain::{
    category::{behaviour as b, environment as e, medication as m},
    record::{DecisionBody, NOT_ANSWERED, Record, RiskReview, StepDecision},
    vocabulary as v,
};

pub(super) struct Records;

pub(super) struct Row<'a> {
    record: &'a Record,
    /// Fields that only say "not known" because nobody has been asked yet.
    unanswered: Vec<&'static str>,
    pack: &'a Pack<'a>,
}

impl Sheet for Records {
    type Row<'a> = Row<'a>;
    const NAME: &'static str = "records.csv";
    const COLUMNS: &'static [Column<Self>] = COLUMNS;

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<Row<'a>> {
        let row = |record: &'a Record| Row { record, unanswered: record.unanswered(), pack };
        pack.records().into_iter().map(row).collect()
    }
}

const COLUMNS: &[Column<Records>] = &[
    column(
        "record",
        Id,
        "Id of the record. Without people: its reference where the reporter wished to stay unknown, because an id holds the time of the report.",
        |row| row.record.id.as_str().into(),
    ),
    column("site", Id, "Code of the site.", |row| row.record.site.as_str().into()),
    column("site_name", Text, "Name of the site.", |row| row.site_name()),
    column("category", Code(&v::CATEGORY), "What it is about.", |row| row.record.facts.category().into()),
    column(
        "subtype",
        Id,
        "Code of the kind of error, hazard or behaviour, from the list of its category; empty while nobody has been asked.",
        |row| row.subtype(),
    ),
    column(
        "subtype_label",
        Text,
        "The words for subtype; here and in each label: \"Not answered yet\" while nobody has been asked.",
        |row| row.subtype_label(),
    ),
    column("kind", Code(&v::KIND), "What kind of event it was, worked out from the answers.", |row| {
        row.record.kind.code().into()
    }),
    column("state", Code(&v::STATE), "Where the record waits, or how it ended.", |row| {
        row.record.state.code().into()
    }),
    column("counts_as_near_miss", YesNo, "Counted in the measures of near misses.", |row| {
        row.counts().into()
    }),
    column(
        "occurred_at",
        Instant,
        "When it happened. Without people: only the day where the reporter wished to stay unknown.",
        |row| row.record.facts.occurred_at().into(),
    ),
    column(
        "reported_at",
        Instant,
        "When it was reported. Without people: only the day where the reporter wished to stay unknown.",
        |row| row.record.reported_at.into(),
    ),
    column("shift", Code(&v::SHIFT), "Shift in which it happened.", |row| row.record.facts.shift().into()),
    column("unit", Id, "Code of the unit.", |row| row.pack.listed("unit", row.record).into()),
    column("location", Id, "Code of the place. Without people: no place where somebody lives.", |row| {
        row.pack.listed("location", row.record).into()
    }),
    column("location_name", Text, "Name of the place.", |row| row.place_name()),
    column("happened", Code(&v::HAPPENED), "Had anything happened yet?", |row| row.code("happened")),
    column("reached", Code(&v::REACHED), "Did it reach a person?", |row| row.code("reached")),
    column("harm", Code(&v::HARM), "Was anybody harmed?", |row| row.code("harm")),
    column(
        "people",
        Ids,
        "Codes of the people. Without people: stand-ins that hold inside this export.",
        |row| {
            let codes: Vec<_> = row.record.facts.people().collect();
            Cell::list(codes.iter().map(|code| row.pack.person(code)))
        },
    ),
    column("people_count", Whole, "How many people are named.", |row| {
        row.record.facts.people().count().into()
    }),
    private("text", Text, "What happened, as the reporter wrote it.", |row| row.code("text")),
    column("concern", Code(&v::CONCERN), "How worried the reporter was.", |row| row.code("concern")),
    column("caught_by", Code(&v::CAUGHT_BY), "Who or what caught it.", |row| row.code("caught_by")),
    column("defence", Code(&v::DEFENCE), "What stopped it.", |row| row.code("defence")),
    column("luck", YesNo, "Only luck caught it.", |row| row.record.facts.is_luck().into()),
    private("immediate_actions", Text, "What was done straight away.", |row| {
        Cell::list(row.record.facts.list("immediate_actions"))
    }),
    column("agency_present", YesNo, "Agency staff were there.", |row| row.flag("agency_present")),
    column("short_staffed", YesNo, "There were too few staff.", |row| row.flag("short_staffed")),
    column("good_catch", YesNo, "Marked as a good catch.", |row| row.flag("good_catch")),
    column("identity", Code(&v::IDENTITY), "How the reporter wished to be named.", |row| {
        row.record.facts.identity().into()
    }),
    private("reporter", Id, "Code of the reporter, `hidden` or `anonymous`.", |row| {
        row.record.reporter.shown().into()
    }),
    column("reporter_role", Codes(&v::ROLE), "Roles of a named reporter at the time.", |row| {
        Cell::list(row.pack.reporter_roles(row.record))
    }),
    // Medicines
    column("stage", Code(&m::MEDICATION_STAGE), "Stage of handling the medicine.", |row| row.code("stage")),
    column("risk_group", Code(&m::RISK_GROUP), "Group of the medicine.", |row| row.code("risk_group")),
    private("medicine", Text, "Name of the medicine.", |row| row.code("medicine")),
    private("mar_ref", Text, "Reference of the medicine record.", |row| row.code("mar_ref")),
    column("ncc_merp", Id, "Letter of the NCC MERP index, or the lowest that it can be.", |row| {
        row.record.national().ncc_merp.into()
    }),
    column("pir", Code(&m::PIR_CATEGORY), "Category of the provider information return.", |row| row.pir()),
    // Place or equipment
    column("made_safe", Code(&e::MADE_SAFE), "How it was made safe.", |row| row.code("made_safe")),
    column("asset", Id, "Code of the equipment.", |row| row.pack.listed("asset", row.record).into()),
    column("exam_due", Date, "When its thorough examination was due.", |row| {
        row.record.facts.date("exam_due").into()
    }),
    column("exam_overdue_days", Whole, "Days that the examination was late when it happened.", |row| {
        row.record.facts.exam_overdue_days().into()
    }),
    // Distress or behaviour
    column("hands_on", Code(&v::HANDS_ON), "Was anybody held, blocked or restricted?", |row| {
        row.code("hands_on")
    }),
    column("triggers", Codes(&b::BEHAVIOUR_TRIGGER), "What set it off.", |row| row.list("triggers")),
    column("early_signs", Codes(&b::EARLY_SIGN), "Early signs that were seen.", |row| {
        row.list("early_signs")
    }),
    column("strategies", Codes(&b::STRATEGY), "What was tried.", |row| row.list("strategies")),
    column("outcome", Code(&b::BEHAVIOUR_OUTCOME), "How it settled.", |row| row.code("outcome")),
    column("restrictive_types", Codes(&b::RESTRICTIVE_TYPE), "How somebody was restricted.", |row| {
        row.list("restrictive_types")
    }),
    column("intensity", Whole, "How strong it was, 1 to 5.", |row| {
        row.record.facts.whole("intensity").into()
    }),
    column("duration_min", Whole, "How many minutes it took.", |row| {
        row.record.facts.whole("duration_min").into()
    }),
    column("prn", YesNo, "When-needed medicine was given.", |row| row.flag("prn")),
    // Step 2
    column("urgent_reasons", Codes(&v::URGENT_REASON), "Why the record is urgent.", |row| {
        Cell::list(row.record.urgent_reasons().iter().map(|reason| reason.code()))
    }),
    column("reviewed_at", Instant, "When the risk was reviewed.", |row| row.at(Record::risk_decision)),
    private("reviewed_by", Id, "Code of the reviewer.", |row| row.by(Record::risk_decision)),
    column("reviewed_by_role", Codes(&v::ROLE), "Roles of the reviewer.", |row| {
        row.roles(Record::risk_decision)
    }),
    column("potential_most_likely", Whole, "Most likely harm, had it not been caught, 1 to 5.", |row| {
        row.risk(|risk| risk.potential_most_likely)
    }),
    column("potential_worst", Whole, "Worst harm that was possible, 1 to 5.", |row| {
        row.risk(|risk| risk.potential_worst)
    }),
    column("likelihood", Whole, "How likely it is to come again, 1 to 5.", |row| {
        row.risk(|risk| risk.likelihood)
    }),
    column("score", Whole, "Most likely harm times likelihood.", |row| row.risk(RiskReview::score)),
    column("band", Code(&v::BAND), "Band of the score.", |row| {
        row.record.band().map(|band| band.code()).into()
    }),
    private("risk_note", Text, "Note of the reviewer.", |row| {
        row.record.risk().map(|risk| &risk.note).into()
    }),
    column("factors", Codes(&v::FACTOR), "Causes named by decisions in force.", |row| row.factors()),
    // Step 3
    column("decided_at", Instant, "When it was decided who must be told.", |row| {
        row.at(Record::notification_decision)
    }),
    private("decided_by", Id, "Code of who decided.", |row| row.by(Record::notification_decision)),
    column("decided_by_role", Codes(&v::ROLE), "Roles of who decided.", |row| {
        row.roles(Record::notification_decision)
    }),
    column("notification_outcome", Code(&v::NOTIFICATION_OUTCOME), "The decision.", |row| {
        row.record.notification().map(|decision| &decision.outcome).into()
    }),
    private("decision_reason", Text, "Reason of the decision.", |row| {
        row.record.notification().map(|decision| &decision.reason).into()
    }),
    column("bodies_needed", Codes(&v::BODY), "Bodies that must be told.", |row| row.bodies_needed()),
    column("bodies_told", Codes(&v::BODY), "Bodies that were told.", |row| row.bodies_told()),
    // Step 4
    column("actions_planned", Whole, "Number of actions; see actions.csv.", |row| {
        row.record.actions.len().into()
    }),
    column("actions_done", Whole, "Number of actions done.", |row| {
        row.record.actions.iter().filter(|action| action.done.is_some()).count().into()
    }),
    column("finished_at", Instant, "When step 4 was finished.", |row| row.at(Record::action_decision)),
    private("no_action_reason", Text, "Why no action was needed.", |row| {
        match row.record.action_decision().map(|decision| &decision.body) {
            Some(DecisionBody::NoAction { reason, .. }) => reason.into(),
            _ => Cell::Empty,
        }
    }),
    // Step 5
    column("verdict", Code(&v::VERDICT), "Did it get better?", |row| {
        row.record.outcome().map(|outcome| &outcome.verdict).into()
    }),
    column("verdict_at", Instant, "When the result was looked at.", |row| row.at(Record::outcome_decision)),
    private("measure", Text, "What was counted.", |row| {
        row.record.outcome().map(|outcome| &outcome.measure).into()
    }),
    column("baseline_count", Number, "Count before the change.", |row| {
        row.record.outcome().map(|outcome| outcome.baseline.count).into()
    }),
    column("baseline_per", Number, "Before: per so many.", |row| {
        row.record.outcome().and_then(|outcome| outcome.baseline.per).into()
    }),
    column("value_count", Number, "Count after the change.", |row| {
        row.record.outcome().map(|outcome| outcome.value.count).into()
    }),
    column("value_per", Number, "After: per so many.", |row| {
        row.record.outcome().and_then(|outcome| outcome.value.per).into()
    }),
    column("value_unit", Code(&v::MEASURE_UNIT), "After: unit of that number.", |row| {
        row.record.outcome().map(|outcome| &outcome.value.unit).into()
    }),
    column("evidence", Codes(&v::EVIDENCE_SOURCE), "Evidence of the result.", |row| {
        Cell::list(
            row.record.outcome().into_iter().flat_map(|outcome| outcome.evidence.iter().map(String::as_str)),
        )
    }),
    private("last_reason", Text, "Reason of the latest close, withdrawal or reopening.", |row| {
        row.record.last_reason.as_ref().into()
    }),
    column("duplicate_of", Id, "Record that it is the same as.", |row| {
        row.record.duplicate_of.as_ref().map(|id| id.as_str()).into()
    }),
    column("reporter_told", YesNo, "The reporter was told what came of it.", |row| {
        (!row.record.told.is_empty()).into()
    }),
    column("alerts", Codes(&v::ALERT_RULE), "Rules of the alerts that list it.", |row| {
        Cell::list(row.pack.register.alerts_with(row.record).map(|alert| alert.rule.code()))
    }),
    column("amendments", Whole, "How often the report was corrected.", |row| {
        row.record.amendments.len().into()
    }),
    column("imported", YesNo, "Of the past: brought in already finished.", |row| {
        row.record.imported.is_some().into()
    }),
    column("version", Whole, "Number of events of the record.", |row| row.record.version.into()),
];

impl Row<'_> {
    fn site_name(&self) -> Cell {
        self.pack.register.directory().sites.get(&self.record.site).map(|site| &site.name).into()
    }

    fn place_name(&self) -> Cell {
        let place = self.pack.listed("location", self.record);
        place.and_then(|code| self.pack.register.directory().places.get(code)).map(|place| &place.name).into()
    }

    /// Nobody has been asked about this field of step 1.
    fn is_open(&self, field: &str) -> bool {
        self.unanswered.contains(&field)
    }

    fn subtype(&self) -> Cell {
        self.record.spec().map_or(Cell::Empty, |spec| self.code(spec.subtype))
    }

    fn subtype_label(&self) -> Cell {
        match (self.record.spec(), self.subtype()) {
            (_, Cell::NotAnswered) => NOT_ANSWERED.into(),
            (Some(spec), Cell::Text(code)) => spec.subtypes.label(&code).into(),
            _ => Cell::Empty,
        }
    }

    fn pir(&self) -> Cell {
        let open = self.record.spec().is_some_and(|spec| self.is_open(spec.subtype));
        match self.record.facts.national().pir {
            Some(_) if open => Cell::NotAnswered,
            pir => pir.into(),
        }
    }

    fn counts(&self) -> bool {
        self.record.counts_as_near_miss(&self.pack.register.directory().settings(&self.record.site))
    }

    fn code(&self, field: &str) -> Cell {
        if self.is_open(field) { Cell::NotAnswered } else { self.record.facts.code(field).into() }
    }

    fn list(&self, field: &str) -> Cell {
        if self.is_open(field) { Cell::NotAnswered } else { Cell::list(self.record.facts.list(field)) }
    }

    fn flag(&self, field: &str) -> Cell {
        self.record.facts.flag(field).into()
    }

    fn risk(&self, of: impl Fn(&RiskReview) -> u8) -> Cell {
        self.record.risk().map(of).into()
    }

    fn at(&self, of: fn(&Record) -> Option<&StepDecision>) -> Cell {
        of(self.record).map(|decision| decision.at).into()
    }

    fn by(&self, of: fn(&Record) -> Option<&StepDecision>) -> Cell {
        of(self.record).and_then(|decision| self.pack.staff(&decision.by)).into()
    }

    fn roles(&self, of: fn(&Record) -> Option<&StepDecision>) -> Cell {
        let Some(decision) = of(self.record) else { return Cell::Empty };
        Cell::list(self.pack.roles(&decision.by, &self.record.site, decision.at))
    }

    fn factors(&self) -> Cell {
        let decisions = self.record.decisions.iter().filter(|decision| decision.is_effective());
        let mut factors: Vec<&str> =
            decisions.flat_map(|decision| decision.body.factors()).map(String::as_str).collect();
        factors.sort_by_key(|factor| v::FACTOR.position(factor));
        factors.dedup();
        Cell::list(factors)
    }

    fn bodies_needed(&self) -> Cell {
        let bodies = self.record.notification().into_iter().flat_map(|decision| &decision.bodies);
        let mut needed: Vec<&str> =
            bodies.filter(|(_, body)| body.needed).map(|(code, _)| code.as_str()).collect();
        needed.sort_by_key(|body| v::BODY.position(body));
        Cell::list(needed)
    }

    fn bodies_told(&self) -> Cell {
        let mut told: Vec<&str> = self.record.sent.iter().map(|sent| sent.body.as_str()).collect();
        told.sort_by_key(|body| v::BODY.position(body));
        told.dedup();
        Cell::list(told)
    }
}
