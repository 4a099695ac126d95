//! The examples that the pack will tell, each with room for what happened and what was changed in the maker's own words.

use super::asked::Asked;
use crate::{
    state::{App, EvidenceRights, use_app},
    text::{common, evidence as text, review::record as words},
    ui::{Bound, Button, FieldError, Group, Kind, TextArea},
};
use domain::ids::RecordId;
use evidence::own_words::{self, OwnWords};
use markup::prelude::*;
use std::collections::BTreeMap;

/// Record -> its words. Kept while the form is changed, also of a record that is no example at the moment.
pub type Written = RwSignal<BTreeMap<RecordId, OwnWords>>;

/// One example of the pack as it is asked for now.
#[derive(Clone, PartialEq)]
struct Example {
    id: RecordId,
    title: String,
}

#[component]
pub fn OwnWordsFields(rights: EvidenceRights, asked: Asked) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let examples = Memo::new(move |_| if open.get() { examples(app, &rights, asked) } else { Vec::new() });
    let none =
        move || (open.get() && examples.read().is_empty()).then(|| view! { <p>{text::NO_EXAMPLE}</p> });
    view! {
        <section class="stack">
            <Button kind=Kind::Secondary on_press=move |()| open.update(|open| *open = !*open)>
                {move || if open.get() { text::HIDE_OWN_WORDS } else { text::OWN_WORDS }}
            </Button>
            <p class="muted">{text::OWN_WORDS_HINT}</p>
            {none}
            <For each=move || examples.get() key=|example| example.id.clone() let:example>
                <One example asked />
            </For>
        </section>
    }
}

#[component]
fn One(example: Example, asked: Asked) -> impl IntoView {
    let Example { id, title } = example;
    let [happened, changed] = ids(&id);
    view! {
        <Group id=format!("{happened}-both") legend=title>
            <div class="stack">
                <TextArea
                    id=happened.clone()
                    label=text::WHAT_HAPPENED
                    rows=3
                    limit=own_words::MOST
                    value=bound(asked.words, &id, |own| &mut own.happened)
                    error=error(asked, happened)
                />
                <TextArea
                    id=changed.clone()
                    label=text::WHAT_WE_CHANGED
                    rows=3
                    limit=own_words::MOST
                    value=bound(asked.words, &id, |own| &mut own.changed)
                    error=error(asked, changed)
                />
            </div>
        </Group>
    }
}

/// Of the two fields.
fn ids(record: &RecordId) -> [String; 2] {
    [format!("happened-{record}"), format!("changed-{record}")]
}

fn error(asked: Asked, id: String) -> Signal<Option<String>> {
    Signal::derive(move || {
        asked.errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone())
    })
}

fn bound(words: Written, id: &RecordId, part: fn(&mut OwnWords) -> &mut String) -> Bound<String> {
    let (shown, changed) = (id.clone(), id.clone());
    Bound::new(
        move || words.read().get(&shown).cloned().map(|mut own| part(&mut own).clone()).unwrap_or_default(),
        move |typed| {
            words.update(|words| {
                let own = words
                    .entry(changed.clone())
                    .or_insert_with(|| OwnWords { record: changed.clone(), ..OwnWords::default() });
                *part(own) = typed;
            });
        },
    )
}

fn examples(app: App, rights: &EvidenceRights, asked: Asked) -> Vec<Example> {
    let (Some(request), _) = asked.build(app, rights) else { return Vec::new() };
    let register = app.register.read();
    let ids = evidence::examples_of(&register, &request).into_iter();
    let of = |id: RecordId| {
        let record = register.record(&id)?;
        let day = common::day(record.facts.occurred_on());
        let title = format!("{}, {day} ({})", words::title(record), words::reference(&id));
        Some(Example { id, title })
    };
    ids.filter_map(of).collect()
}

/// What was written for this request, and what is wrong with it.
pub fn written(app: App, asked: Asked, names: bool, wrong: &mut Vec<FieldError>) -> Vec<OwnWords> {
    let all: Vec<OwnWords> = asked.words.read().values().cloned().collect();
    let directory = app.directory.read();
    for own in &all {
        for (id, words) in ids(&own.record).iter().zip([&own.happened, &own.changed]) {
            if let Some(fault) = own_words::fault(words, &directory, names) {
                wrong.push(FieldError::new(id, fault.to_string()));
            }
        }
    }
    all
}
