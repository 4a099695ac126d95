//! The list of an audit: which records are looked at and why, what was found, and the signature.

use super::{
    audit::Shown,
    finding::Findings,
    sign::Sign,
    signed::{Answers, Signature},
};
use crate::{
    pages::record::{may::may_at, seen},
    routes,
    state::use_app,
    text::{audits as text, common, review::record::title},
    ui::{Card, Details, EmptyState, LinkButton, Notice, Page, StatusTag},
};
use domain::ids::RecordId;
use markup::prelude::*;

#[component]
pub fn Overview(audit: Memo<Shown>) -> impl IntoView {
    let app = use_app();
    let first = audit.get_untracked();
    let words = first.title();
    let site = app.site_name(&first.site);
    let is_signed = Memo::new(move |_| audit.read().audit.signed.is_some());
    let is_empty = first.audit.sample.is_empty();
    let may_answer = may_at(app, &first.site, "answer_audit");
    let total = first.audit.sample.len() * domain::vocabulary::AUDIT_ITEM.codes.len();
    let answered = Memo::new(move |_| total - audit.read().audit.unanswered().count());
    let next = move || -> Option<RecordId> {
        let audit = audit.read();
        audit.audit.unanswered().next().map(|(record, _)| record.clone())
    };
    let id = first.id.clone();
    let go_on = move || {
        if is_signed.get() || !may_answer {
            return None;
        }
        let words =
            if answered.get() == 0 { "Start with the first record" } else { "Go on where you stopped" };
        next().map(|record| {
            view! {
                <p><LinkButton href=routes::audit_record(&id, &record) icon="clipboard-check">{words}</LinkButton></p>
            }
        })
    };
    let id = first.id.clone();
    let unsent = move || {
        let register = app.register.read();
        let is_unsent = register.event(&id).is_some_and(|received| received.judgement.seq == 0);
        is_unsent.then(|| {
            view! {
                <Notice>
                    <p>"This audit is opened on this device and not sent yet. If other phones send records first, the sample can change once. Send it before you answer, if you can."</p>
                </Notice>
            }
        })
    };
    let opened = {
        let by = first.by(app, &first.audit.opened_by);
        format!(
            "Opened by {by}, {}. {}.",
            common::moment(first.audit.opened_at),
            text::dates(first.audit.period)
        )
    };
    let rule: Vec<Node> = text::draw(&first.audit.draw, first.audit.period)
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let progress = move || {
        let (done, is_signed) = (answered.get(), is_signed.get());
        (!is_signed && total > 0).then(|| view! { <Progress done total /> })
    };
    let empty = is_empty.then(|| {
        let when = text::period(first.audit.period);
        view! {
            <EmptyState title="There is no record to look at." icon="clipboard-check">
                <p>{format!("No record of this kind was finished in {when}. Sign the audit to say so.")}</p>
            </EmptyState>
        }
    });
    let cards = move || -> Vec<Node> {
        let shown = audit.get();
        shown
            .audit
            .sample
            .iter()
            .map(|record| view! { <Line audit=shown.clone() record=record.clone() /> })
            .collect()
    };
    let ending = move || match is_signed.get() {
        true => view! {
            <Signature audit=audit.get_untracked() />
            <Findings audit />
            <Answers audit=audit.get_untracked() />
        },
        false => view! {
            <Findings audit />
            <Sign audit />
        },
    };
    view! {
        <Page
            title=words.clone()
            heading=words
            caption=site
            back=routes::AUDITS
            back_label=text::AUDITS.to_owned()
            wide=true
        >
            <p class="muted">{opened}</p>
            {unsent}
            {progress}
            {go_on}
            {empty}
            {(!is_empty)
                .then(|| {
                    view! {
                        <section class="stack audit-sample">
                            <h2>"Records in the sample" " " <span class="number muted">{first.audit.sample.len()}</span></h2>
                            <ol class="cards audit-cards">{cards}</ol>
                            <Details summary="How these records were chosen">
                                <div class="stack">{rule}</div>
                            </Details>
                        </section>
                    }
                })}
            {ending}
        </Page>
    }
}

#[component]
pub fn Progress(done: usize, total: usize) -> impl IntoView {
    view! {
        <p class="audit-progress">
            <label class="number" for="audit-progress">{format!("{done} of {total} answered")}</label>
            <progress id="audit-progress" value=done.to_string() max=total.to_string()></progress>
        </p>
    }
}

#[component]
fn Line(audit: Shown, record: RecordId) -> impl IntoView {
    let app = use_app();
    let known = untrack(|| seen(app, &record));
    let items = domain::vocabulary::AUDIT_ITEM.codes.len();
    let done = audit.answered(&record);
    let found = audit.audit.findings().filter(|answer| answer.record == record).count();
    let (status, label) = match done {
        0 => ("neutral", "Not started".to_owned()),
        some if some < items => ("in-review", format!("{some} of {items} answered")),
        _ => ("done", "Answered".to_owned()),
    };
    let finding = (found > 0).then(|| {
        view! { <StatusTag status="due" label=common::count(found, "finding", "findings") /> }
    });
    let name = known
        .as_ref()
        .map_or_else(|| "A record that is not on this device".to_owned(), |record| title(record));
    let when = known.as_ref().map(|record| common::day(record.facts.occurred_on())).unwrap_or_default();
    let why = text::why(&audit.audit.draw, &record);
    let number = audit.number(&record);
    let href = routes::audit_record(&audit.id, &record);
    view! {
        <li>
            <Card title=format!("{number}. {name}") href>
                <p class="card__meta">{format!("{when} \u{b7} {why}")}</p>
                <p class="cluster"><StatusTag status label /> {finding}</p>
            </Card>
        </li>
    }
}
