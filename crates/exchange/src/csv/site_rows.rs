//! `alerts.csv`, `audits.csv` and `audit_answers.csv`: what was found across records, and how it was checked.

use super::{
    Cell,
    Form::{Code, Codes, Date, Id, Ids, Instant, Period, Text, Whole, YesNo},
    sheet::{Column, Sheet, column, private},
};
use crate::Pack;
use domain::{
    audits::{self, Audit, AuditAnswer, AuditLine, AuditState, Figures, OversightLine},
    event::Author,
    ids::SiteId,
    patterns::{Alert, Status},
    time, vocabulary as v,
};

pub(super) struct Alerts;

pub(super) struct AlertRow<'a> {
    alert: &'a Alert,
    pack: &'a Pack<'a>,
}

impl Sheet for Alerts {
    type Row<'a> = AlertRow<'a>;
    const NAME: &'static str = "alerts.csv";
    const COLUMNS: &'static [Column<Self>] = &[
        column("site", Id, "Code of the site.", |row| row.alert.site.as_str().into()),
        column("rule", Code(&v::ALERT_RULE), "Rule that raised it.", |row| row.alert.rule.code().into()),
        column("key", Id, "What its records have in common. Without people: stand-ins for persons.", |row| {
            row.pack.alert_key(row.alert).into()
        }),
        column(
            "raised_at",
            Instant,
            "When it became known. Without people: only the day where it lists a record whose reporter wished to stay unknown.",
            |row| row.alert.raised_at.into(),
        ),
        column("late", YesNo, "The event that raised it arrived late.", |row| row.alert.late.into()),
        column("state", Code(&v::ALERT_STATE), "What it is at the moment of the export.", |row| {
            row.alert.state(row.pack.selection.now).code().into()
        }),
        column("to", Codes(&v::ROLE), "Roles that it goes to.", |row| {
            Cell::list(row.alert.to.iter().map(|role| role.code()))
        }),
        column("escalation", Code(&v::ESCALATION), "What the provider does then.", |row| {
            row.alert.escalation.into()
        }),
        column("records_count", Whole, "How many records it lists.", |row| {
            row.alert.records().count().into()
        }),
        column("records", Ids, "Ids of those records.", |row| {
            Cell::list(row.alert.records().map(|record| record.as_str()))
        }),
        column("settled_at", Instant, "When somebody last dealt with it.", |row| {
            row.alert.settled.as_ref().map(|settled| settled.at).into()
        }),
        column("settled_by_role", Codes(&v::ROLE), "Roles of who dealt with it.", |row| {
            let settled = row.alert.settled.iter();
            Cell::list(settled.flat_map(|settled| row.pack.roles(&settled.by, &row.alert.site, settled.at)))
        }),
        column("action", Id, "Action that covers it.", |row| match &row.alert.status {
            Status::Linked { action } => action.as_str().into(),
            _ => Cell::Empty,
        }),
        private("dismiss_reason", Text, "Why it was set aside.", |row| match &row.alert.status {
            Status::Dismissed { reason } => reason.into(),
            _ => Cell::Empty,
        }),
    ];

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<AlertRow<'a>> {
        pack.alerts().into_iter().map(|alert| AlertRow { alert, pack }).collect()
    }
}

pub(super) struct Audits;

/// An audit, or the provider's oversight of several.
pub(super) struct AuditRow<'a> {
    site: &'a SiteId,
    line: Line<'a>,
    pack: &'a Pack<'a>,
}

enum Line<'a> {
    Audit(AuditLine<'a>),
    Oversight(OversightLine<'a>),
}

impl Sheet for Audits {
    type Row<'a> = AuditRow<'a>;
    const NAME: &'static str = "audits.csv";
    const COLUMNS: &'static [Column<Self>] = &[
        column("site", Id, "Code of the site.", |row| row.site.as_str().into()),
        column("what", Id, "`audit`, or `oversight` of several audits by the provider.", |row| {
            match row.line {
                Line::Audit(_) => "audit".into(),
                Line::Oversight(_) => "oversight".into(),
            }
        }),
        column("audit", Id, "Id of the audit, once it is opened.", |row| {
            row.audit().map(|audit| audit.id.as_str()).into()
        }),
        column("category", Code(&v::CATEGORY), "What it looks at.", |row| match &row.line {
            Line::Audit(line) => line.category.into(),
            Line::Oversight(line) => line.category.into(),
        }),
        column("period", Period, "Period that it covers.", |row| match &row.line {
            Line::Audit(line) => line.period.to_string().into(),
            Line::Oversight(line) => line.period.to_string().into(),
        }),
        column("state", Id, "`expected`, `open` or `signed`.", |row| row.state().code().into()),
        column("due", Date, "When it is due.", |row| match &row.line {
            Line::Audit(line) => line.due.into(),
            Line::Oversight(line) => line.due.into(),
        }),
        column("overdue", YesNo, "Not signed, and its date is past at the moment of the export.", |row| {
            row.overdue().into()
        }),
        column("opened_at", Instant, "When it was opened.", |row| {
            row.audit().map(|audit| audit.opened_at).into()
        }),
        column("sample", Whole, "How many records were looked at.", |row| {
            row.audit().map(|audit| audit.sample.len()).into()
        }),
        column("signed_at", Instant, "When it was signed.", |row| row.signed().map(|(_, at)| at).into()),
        private("signed_by", Id, "Code of who signed.", |row| {
            row.signed().and_then(|(by, _)| row.pack.staff(by)).into()
        }),
        column("signed_by_role", Codes(&v::ROLE), "Roles of who signed.", |row| {
            let signed = row.signed().into_iter();
            Cell::list(signed.flat_map(|(by, at)| row.pack.roles(by, row.site, at)))
        }),
        private("summary", Text, "Summary of the audit, or note of the provider.", |row| match &row.line {
            Line::Audit(_) => {
                row.audit().and_then(|audit| audit.signed.as_ref()).map(|signed| &signed.summary).into()
            }
            Line::Oversight(line) => line.signed.map(|signed| &signed.note).into(),
        }),
        column("records", Whole, "Records of the period, frozen when it was signed.", |row| {
            row.figure(|figures| figures.records)
        }),
        column("near_misses", Whole, "Near misses of the period, frozen.", |row| {
            row.figure(|figures| figures.near_misses)
        }),
        column("closed", Whole, "Records finished in the period, frozen.", |row| {
            row.figure(|figures| figures.closed)
        }),
        column("findings", Whole, "Answers that say no, frozen.", |row| {
            row.figure(|figures| figures.findings)
        }),
    ];

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<AuditRow<'a>> {
        let now = pack.selection.now;
        let wanted = |category: &str| pack.selection.category.as_ref().is_none_or(|only| only == category);
        let of_site = |site: &'a SiteId| {
            let audits = audits::audits(pack.register, site, now).into_iter();
            let audits =
                audits.filter(|line| pack.meets(line.period) && wanted(line.category)).map(Line::Audit);
            let oversights = audits::oversights(pack.register, site, now).into_iter();
            let oversights = oversights
                .filter(|line| pack.meets(line.period) && wanted(line.category))
                .map(Line::Oversight);
            audits.chain(oversights).map(|line| AuditRow { site, line, pack }).collect::<Vec<_>>()
        };
        pack.sites().flat_map(of_site).collect()
    }
}

impl<'a> AuditRow<'a> {
    fn audit(&self) -> Option<&'a Audit> {
        match &self.line {
            Line::Audit(line) => line.audit,
            Line::Oversight(_) => None,
        }
    }

    fn signed(&self) -> Option<(&'a Author, time::Instant)> {
        match &self.line {
            Line::Audit(line) => line.audit?.signed.as_ref().map(|signed| (&signed.by, signed.at)),
            Line::Oversight(line) => line.signed.map(|signed| (&signed.by, signed.at)),
        }
    }

    fn state(&self) -> AuditState {
        match &self.line {
            Line::Audit(line) => line.state,
            Line::Oversight(line) => line.state,
        }
    }

    fn overdue(&self) -> bool {
        let (is_expected, due) = match &self.line {
            Line::Audit(line) => (line.is_expected, line.due),
            Line::Oversight(line) => (line.is_expected, line.due),
        };
        is_expected && self.state() != AuditState::Signed && time::london_date(self.pack.selection.now) > due
    }

    fn figure(&self, of: fn(&Figures) -> u32) -> Cell {
        self.audit().and_then(|audit| audit.signed.as_ref()).map(|signed| of(&signed.figures)).into()
    }
}

pub(super) struct AuditAnswers;

pub(super) struct AnswerRow<'a> {
    site: &'a SiteId,
    audit: &'a Audit,
    answer: &'a AuditAnswer,
    pack: &'a Pack<'a>,
}

impl Sheet for AuditAnswers {
    type Row<'a> = AnswerRow<'a>;
    const NAME: &'static str = "audit_answers.csv";
    const COLUMNS: &'static [Column<Self>] = &[
        column("audit", Id, "Id of the audit.", |row| row.audit.id.as_str().into()),
        column("site", Id, "Code of the site.", |row| row.site.as_str().into()),
        column("category", Code(&v::CATEGORY), "What the audit looks at.", |row| row.audit.category.into()),
        column("period", Period, "Period of the audit.", |row| row.audit.period.to_string().into()),
        column("record", Id, "Record that was looked at.", |row| row.answer.record.as_str().into()),
        column("item", Code(&v::AUDIT_ITEM), "The question.", |row| row.answer.item.as_str().into()),
        column("answer", Code(&v::AUDIT_ANSWER), "The answer that counts.", |row| {
            row.answer.answer.as_str().into()
        }),
        private("note", Text, "Note beside the answer.", |row| row.answer.note.as_str().into()),
        column("answered_at", Instant, "When it was answered.", |row| row.answer.at.into()),
        column("answered_by_role", Codes(&v::ROLE), "Roles of who answered.", |row| {
            Cell::list(row.pack.roles(&row.answer.by, row.site, row.answer.at))
        }),
    ];

    fn rows<'a>(pack: &'a Pack<'a>) -> Vec<AnswerRow<'a>> {
        let wanted = |category: &str| pack.selection.category.as_ref().is_none_or(|only| only == category);
        let mut rows = Vec::new();
        for site in pack.sites() {
            let opened = pack.register.opened_audits(site);
            for audit in opened.filter(|audit| pack.meets(audit.period) && wanted(audit.category)) {
                let asked = audit
                    .sample
                    .iter()
                    .flat_map(|record| v::AUDIT_ITEM.codes.iter().map(move |item| (record, item.code)));
                let answers = asked.filter_map(|(record, item)| audit.answer(record, item));
                rows.extend(answers.map(|answer| AnswerRow { site, audit, answer, pack }));
            }
        }
        rows
    }
}
