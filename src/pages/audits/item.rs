//! One question about one record. Each answer is saved at once; a no needs a note and is saved with it.

use super::{audit::Shown, finding::Follow};
use crate::{
    pages::record::may::may_at,
    state::use_app,
    text::common,
    ui::{Bound, Button, Choice, Details, ErrorMessage, Kind, Radios, SummaryList, SummaryRow, TextArea},
};
use domain::{
    audits::AuditAnswer,
    ids::EventId,
    record::Record,
    register::Register,
    vocabulary::{AUDIT_ANSWER, Code},
};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value, json};
use std::sync::Arc;

const NO: &str = "n";

#[component]
pub fn Item(
    audit: Memo<Shown>,
    record: Arc<Record>,
    item: &'static Code,
    /// What the record says about it.
    facts: Vec<(&'static str, String)>,
) -> impl IntoView {
    let app = use_app();
    let shown = audit.get_untracked();
    let id = record.id.clone();
    let counts = Memo::new(move |_| audit.read().audit.answer(&id, item.code).cloned());
    let key = StoredValue::new(format!("audit/{}/{}/{}", shown.id, record.id, item.code));
    let kept = app.kept_form(&key.read_value());
    let typed = kept.and_then(|kept| kept.get("note")?.as_str().map(str::to_owned));
    let is_open_no = typed.is_some();
    let start = counts.get_untracked();
    let chosen = RwSignal::new(match is_open_no {
        true => Some(NO.to_owned()),
        false => start.as_ref().map(|answer| answer.answer.clone()),
    });
    let note = RwSignal::new(typed.or_else(|| start.map(|answer| answer.note)).unwrap_or_default());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    // A no that is not saved yet waits for its note.
    let waits = RwSignal::new(is_open_no);
    Effect::new(move |_| {
        let answer = counts.get();
        if !waits.get_untracked()
            && let Some(answer) = answer
        {
            chosen.set(Some(answer.answer));
            note.set(answer.note);
        }
    });
    let (audit_id, site, record_id) = (shown.id.clone(), shown.site.clone(), record.id.clone());
    let save = Callback::new(move |answer: String| {
        trouble.set(None);
        let mut with = json!({"audit": audit_id, "record": record_id, "item": item.code, "answer": answer});
        if answer == NO {
            with["note"] = json!(note.get_untracked());
        }
        let with: Map<String, Value> = with.as_object().cloned().unwrap_or_default();
        let site = site.clone();
        busy.set(true);
        spawn_local(async move {
            let saved = app.write_at(&site, "answer_audit", with).await;
            if saved.is_ok() {
                key.try_with_value(|key| app.forget_form(key));
            }
            if busy.try_set(false).is_some() {
                return;
            }
            match saved {
                Ok(_) => {
                    waits.set(false);
                    app.notices.say("Saved");
                }
                Err(problem) => trouble.set(Some(problem.sentence)),
            }
        });
    });
    let choose = move |answer: Option<String>| {
        let Some(answer) = answer else { return };
        chosen.set(Some(answer.clone()));
        let is_no = answer == NO;
        waits.set(is_no);
        trouble.set(None);
        if is_no {
            key.with_value(|key| keep(app, key, &note.get_untracked()));
        } else {
            save.run(answer);
        }
    };
    let type_note = move |words: String| {
        key.with_value(|key| keep(app, key, &words));
        waits.set(true);
        note.set(words);
    };
    let options: Vec<Choice> =
        AUDIT_ANSWER.codes.iter().map(|answer| Choice::new(answer.code, answer.label)).collect();
    let rows =
        facts.into_iter().map(|(key, value)| view! { <SummaryRow key>{value}</SummaryRow> }).collect_view();
    let may_answer = may_at(app, &shown.site, "answer_audit");
    let is_signed = Memo::new(move |_| audit.read().audit.signed.is_some());
    let input = item.code;
    let form = move || {
        if is_signed.get() || !may_answer {
            return view! { <h3>{item.label}</h3> };
        }
        let options = options.clone();
        view! {
            <Radios id=input legend=item.label options value=Bound::new(move || chosen.get(), choose) chips=true />
            {move || (chosen.read().as_deref() == Some(NO)).then(|| view! {
                <div class="stack">
                    <TextArea
                        id=format!("{input}-note")
                        label="What was missing?"
                        error=Signal::derive(move || trouble.get())
                        value=Bound::new(move || note.get(), type_note)
                        rows=3
                        speak=true
                    />
                    {move || waits.get().then(|| view! {
                        <p>
                            <Button
                                kind=Kind::Secondary
                                busy
                                on_press=Callback::new(move |()| save.run(NO.to_owned()))
                            >
                                "Save this answer"
                                <span class="visually-hidden">{format!(": {}", item.label)}</span>
                            </Button>
                        </p>
                    })}
                </div>
            })}
            <ErrorMessage
                id=format!("{input}-error")
                error=Signal::derive(move || trouble.get().filter(|_| chosen.read().as_deref() != Some(NO)))
            />
        }
    };
    let said = move || {
        let answer = counts.get();
        match (busy.get(), waits.get(), answer) {
            (true, ..) => Some(view! { <p class="muted small">"Saving."</p> }),
            (_, true, _) => Some(view! {
                <p class="muted small">"Not saved yet. Write what was missing, then save. What you type is kept on this device."</p>
            }),
            (_, _, Some(answer)) => Some(view! { <Said audit=audit.get_untracked() answer /> }),
            (_, _, None) => None,
        }
    };
    let id = record.id.clone();
    let earlier = move || {
        let shown = audit.get();
        let all: Vec<AuditAnswer> = shown
            .audit
            .answers
            .iter()
            .filter(|answer| answer.record == id && answer.item == item.code)
            .cloned()
            .collect();
        (all.len() > 1).then(|| view! { <Earlier audit=shown all /> })
    };
    let finding = move || {
        let answer = counts.get().filter(|answer| answer.answer == NO)?;
        let record = record.clone();
        Some(view! { <Follow audit=audit.get_untracked() record answer /> })
    };
    view! {
        <section class="audit-item">
            <div class="audit-item__facts stack">
                <h2>{super::story::topic(item.code)}</h2>
                <SummaryList>{rows}</SummaryList>
            </div>
            <div class="audit-item__question stack">
                {form}
                {said}
                {earlier}
                {finding}
            </div>
        </section>
    }
}

fn keep(app: crate::state::App, key: &str, note: &str) {
    app.keep_form(key, &Map::from_iter([("note".to_owned(), Value::from(note))]));
}

/// The answer that counts, who gave it, and that it is saved.
#[component]
fn Said(audit: Shown, answer: AuditAnswer) -> impl IntoView {
    let app = use_app();
    let id = answer.id.clone();
    // The answer itself stays equal when it is sent: only the register then knows its place in the order.
    let saved = Memo::new(move |_| saved_words(&app.register.read(), &id));
    let by = audit.by(app, &answer.by);
    let said = format!("{}, by {by}, {}.", AUDIT_ANSWER.label(&answer.answer), common::moment(answer.at));
    let words = move || format!("{}: {said}", saved.get());
    let note = (!answer.note.is_empty()).then(|| {
        let note = answer.note.clone();
        view! { <blockquote class="quote">{note}</blockquote> }
    });
    view! {
        <div class="stack audit-said">
            <p class="small">{words}</p>
            {note}
        </div>
    }
}

fn saved_words(register: &Register, answer: &EventId) -> &'static str {
    match register.event(answer) {
        Some(received) if received.judgement.seq > 0 => "Saved",
        _ => "Saved on this device",
    }
}

/// Two people may answer the same question: all answers stay, the latest counts.
#[component]
fn Earlier(audit: Shown, all: Vec<AuditAnswer>) -> impl IntoView {
    let app = use_app();
    let lines = all
        .iter()
        .rev()
        .enumerate()
        .map(|(index, answer)| {
            let by = audit.by(app, &answer.by);
            let counts = if index == 0 { " This one counts." } else { "" };
            let words = format!(
                "{}, by {by}, {}.{counts}",
                AUDIT_ANSWER.label(&answer.answer),
                common::moment(answer.at)
            );
            let note = (!answer.note.is_empty()).then(|| format!(" {}", answer.note));
            view! { <li>{words} {note}</li> }
        })
        .collect_view();
    let summary = format!("{} answers. The latest counts", all.len());
    view! { <Details summary><ol class="steps">{lines}</ol></Details> }
}
