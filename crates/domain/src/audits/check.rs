//! Check 10 of the verbs of audits, oversight and denominators, in the order of model.md section 6.2.

use super::{AuditState, Period, constituents};
use crate::{
    category,
    event::Event,
    refusal::{Code, Refusal},
    register::Register,
    time::Instant,
};

/// # Errors  the code of the first failing check.
pub(crate) fn check(register: &Register, event: &Event, now: Instant) -> Result<(), Refusal> {
    let text = |name: &str| event.text(name).unwrap_or_default();
    let book = register.book(&event.site);
    let spec = category::find(text("category"));
    match event.verb.as_str() {
        "open_audit" => {
            let period = spec.and_then(|spec| Period::parse_as(spec.audits, text("period")));
            let period = over(period, now)?;
            refuse_if(
                book.is_some_and(|book| book.audit_of(text("category"), period).is_some()),
                Code::AuditExists,
            )
        }
        "answer_audit" => {
            let Some(audit) = book.and_then(|book| book.audit(text("audit"))) else {
                return Err(Code::AuditUnknown.into());
            };
            refuse_if(audit.signed.is_some(), Code::AuditSigned)?;
            refuse_if(!audit.sample.iter().any(|record| **record == *text("record")), Code::NotInSample)?;
            refuse_if(text("answer") == "n" && text("note").trim().is_empty(), Code::NoteMissing)
        }
        "sign_audit" => {
            let Some(audit) = book.and_then(|book| book.audit(text("audit"))) else {
                return Err(Code::AuditUnknown.into());
            };
            refuse_if(audit.signed.is_some(), Code::AuditSigned)?;
            refuse_if(audit.unanswered().next().is_some(), Code::AuditIncomplete)
        }
        "sign_oversight" => {
            let Some(spec) = spec else { return Err(Refusal::of(Code::BadValue, "category")) };
            let period = over(Period::parse_as(spec.oversight, text("period")), now)?;
            refuse_if(
                book.is_some_and(|book| book.oversight_of(spec.id, period).is_some()),
                Code::OversightExists,
            )?;
            let mut audits = constituents(register, &event.site, spec, period, now);
            let unsigned = audits.any(|audit| audit.state != AuditState::Signed);
            refuse_if(unsigned && text("note").trim().is_empty(), Code::AuditsUnsigned)
        }
        "ask_manager" => {
            let period = event.text("period");
            let is_odd = period.is_some_and(|period| Period::parse(period).is_none());
            if is_odd { Err(Refusal::of(Code::BadValue, "period")) } else { Ok(()) }
        }
        "answer_provider" => {
            let question = book.and_then(|book| book.question(text("question")));
            refuse_if(question.is_some_and(|question| question.answer.is_some()), Code::QuestionAnswered)
        }
        "record_denominator" => match Period::parse(text("month")) {
            Some(Period::Month(..)) => Ok(()),
            _ => Err(Refusal::of(Code::BadValue, "month")),
        },
        _ => Ok(()),
    }
}

fn over(period: Option<Period>, now: Instant) -> Result<Period, Refusal> {
    match period {
        None => Err(Refusal::of(Code::BadValue, "period")),
        Some(period) if period.is_over(now) => Ok(period),
        Some(_) => Err(Refusal::of(Code::PeriodNotOver, "period")),
    }
}

fn refuse_if(fails: bool, code: Code) -> Result<(), Refusal> {
    if fails { Err(code.into()) } else { Ok(()) }
}
