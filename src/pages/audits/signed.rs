//! A signed audit: the summary, the numbers as they were, and every answer, on screen and on paper.

use super::audit::Shown;
use crate::{
    pages::record::seen,
    state::use_app,
    text::{audits as text, common, review::record::title},
    ui::{PrintButton, SummaryList, SummaryRow},
};
use domain::{
    audits::Figures,
    vocabulary::{AUDIT_ANSWER, AUDIT_ITEM},
};
use markup::prelude::*;

#[component]
pub fn Signature(audit: Shown) -> impl IntoView {
    let app = use_app();
    let Some(signed) = audit.audit.signed.clone() else { return Node::Nothing };
    let by = format!("Signed by {}, {}.", audit.by(app, &signed.by), common::moment(signed.at));
    view! {
        <section class="stack audit-signed">
            <h2>"Signed"</h2>
            <p>{by}</p>
            {(!signed.summary.is_empty()).then(|| view! { <blockquote class="quote">{signed.summary.clone()}</blockquote> })}
            <Numbers figures=signed.figures />
            <p class="muted">{text::FROZEN}</p>
            <p><PrintButton>"Print this audit"</PrintButton></p>
        </section>
    }
}

/// The four numbers of an audit, each with what it counts.
#[component]
pub fn Numbers(figures: Figures) -> impl IntoView {
    let Figures { records, near_misses, closed, findings } = figures;
    let lines = [
        (records, "Records", "Reports of this kind that happened in this time, without those taken back."),
        (near_misses, "Near misses", "Those of them that count as near misses."),
        (
            closed,
            "Finished",
            "Records of this kind that were finished in this time. The sample comes from these.",
        ),
        (findings, "Findings", "Questions of this audit that were answered with no."),
    ];
    let lines = lines
        .into_iter()
        .map(|(number, name, what)| {
            view! {
                <div class="figure">
                    <dt class="figure__name">{name}</dt>
                    <dd class="figure__value number">{number}</dd>
                    <dd class="figure__what small muted">{what}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="figures">{lines}</dl> }
}

/// Every answer that counts, record by record.
#[component]
pub fn Answers(audit: Shown) -> impl IntoView {
    let app = use_app();
    if audit.audit.sample.is_empty() {
        return Node::Nothing;
    }
    let records: Vec<Node> = audit
        .audit
        .sample
        .iter()
        .map(|record| {
            let name = untrack(|| seen(app, record)).map(|record| title(&record)).unwrap_or_default();
            let rows: Vec<Node> = AUDIT_ITEM
                .codes
                .iter()
                .filter_map(|item| {
                    let answer = audit.audit.answer(record, item.code)?;
                    let note = if answer.note.is_empty() { String::new() } else { format!(" {}", answer.note) };
                    let by = audit.by(app, &answer.by);
                    let label = AUDIT_ANSWER.label(&answer.answer).to_owned();
                    let when = common::moment(answer.at);
                    Some(view! {
                        <SummaryRow key=item.label>
                            {format!("{label}.{note}")} " " <span class="muted small">{format!("{by}, {when}")}</span>
                        </SummaryRow>
                    })
                })
                .collect();
            let number = audit.number(record);
            let why = text::why(&audit.audit.draw, record);
            view! {
                <section class="stack audit-answers__record">
                    <h3>{format!("{number}. {name}")}</h3>
                    <p class="muted small">{why}</p>
                    <SummaryList>{rows}</SummaryList>
                </section>
            }
        })
        .collect();
    view! {
        <section class="stack audit-answers">
            <h2>"Every answer"</h2>
            {records}
        </section>
    }
}
