//! The form: for whom, which period, which sites, laid out by what, with or without names.

use super::{
    asked::{Asked, FILE_ONCE, asks_sites, chooses_categories, has_examples, kind_words, kinds},
    frameworks::{FRAMEWORK, FrameworkChoice},
    own_words::OwnWordsFields,
    person::{AllDays, PersonField},
    reason::{REASON, ReasonField},
};
use crate::{
    state::{EvidenceRights, read_framework, use_app},
    text::{common::count, evidence as text},
    ui::{
        Bound, Button, Buttons, Checkboxes, Choice, DateField, ErrorSummary, FieldError, FileField, Form,
        Radios, Select,
    },
};
use domain::{directory::Directory, vocabulary::CATEGORY};
use evidence::{PackKind, framework};
use leptos::task::spawn_local;
use markup::prelude::*;

#[component]
pub fn AskForm(
    rights: EvidenceRights,
    asked: Asked,
    busy: Signal<bool>,
    on_make: Callback<()>,
) -> impl IntoView {
    let kinds: Vec<Choice> = kinds(&rights)
        .into_iter()
        .map(|kind| {
            let (label, hint) = kind_words(kind);
            Choice::new(kind.code(), label).hint(hint)
        })
        .collect();
    let sites: Vec<Choice> =
        rights.sites.iter().map(|(id, name)| Choice::new(id.as_str(), name.as_str())).collect();
    let one_site = sites.len() < 2;
    let may_name = !rights.coded_only;
    let words = rights.clone();
    let periods = Signal::stored(vec![
        Choice::new("1", "The last month"),
        Choice::new("3", "The last three months"),
        Choice::new("12", "The last twelve months"),
        Choice::new("own", "Other days"),
    ]);
    let sites = Signal::stored(sites);
    view! {
        <Form on_submit=on_make>
            <ErrorSummary errors=asked.errors />
            <Radios
                id="kind"
                legend=text::KIND
                options=Signal::stored(kinds)
                value=asked.kind
                error=asked.error("kind")
            />
            {move || {
                (asked.pack_kind() == PackKind::SupervisionNote).then(|| view! { <StaffField asked /> })
            }}
            {move || {
                let rights = rights.clone();
                asked.pack_kind().is_about_one().then(|| view! { <PersonField rights asked /> })
            }}
            {move || match asked.pack_kind().is_about_one() {
                true => view! { <AllDays asked /> },
                false => {
                    view! {
                        <Radios
                            id="period"
                            legend=text::PERIOD
                            hint=text::PERIOD_HINT
                            options=periods
                            value=asked.period
                            error=asked.error("period")
                        />
                    }
                }
            }}
            {move || {
                asked.wants_own_days().then(|| {
                    view! {
                        <DateField id="from" legend=text::FROM value=asked.from error=asked.error("from") />
                        <DateField id="to" legend=text::TO value=asked.to error=asked.error("to") />
                    }
                })
            }}
            {move || {
                (!one_site && asks_sites(asked.pack_kind())).then(|| {
                    view! {
                        <Checkboxes
                            id="sites"
                            legend=text::SITES
                            options=sites
                            value=asked.sites
                            error=asked.error("sites")
                        />
                    }
                })
            }}
            {move || chooses_categories(asked.pack_kind()).then(|| view! { <CategoriesField asked /> })}
            {move || asked.pack_kind().uses_framework().then(|| view! { <FrameworkField asked /> })}
            {move || (may_name && !asked.pack_kind().is_coded_only()).then(|| view! { <NamesField asked /> })}
            {move || {
                let rights = words.clone();
                has_examples(asked.pack_kind()).then(|| view! { <OwnWordsFields rights asked /> })
            }}
            <Buttons>
                <Button busy icon="file-check">{text::MAKE}</Button>
            </Buttons>
        </Form>
    }
}

#[component]
fn StaffField(asked: Asked) -> impl IntoView {
    let app = use_app();
    let options = Signal::derive(move || staff_of(&app.directory.read(), &asked.sites.read()));
    view! {
        <Select id="staff" label=text::STAFF options value=asked.staff error=asked.error("staff") />
    }
}

/// Everybody with a role at one of the sites, by name.
fn staff_of(directory: &Directory, sites: &[String]) -> Vec<Choice> {
    let is_there = |roles: &std::collections::BTreeMap<domain::ids::SiteId, Vec<domain::roles::Role>>| {
        sites
            .iter()
            .any(|site| roles.get(site.as_str()).is_some_and(|held| held.iter().any(|role| role.is_staff())))
    };
    let mut staff: Vec<Choice> = directory
        .staff
        .iter()
        .filter(|(_, staff)| is_there(&staff.roles))
        .map(|(id, _)| Choice::new(id.as_str(), directory.staff_name(id)))
        .collect();
    staff.sort_by(|one, other| one.label.cmp(&other.label));
    staff
}

#[component]
fn CategoriesField(asked: Asked) -> impl IntoView {
    let options: Vec<Choice> =
        CATEGORY.codes.iter().map(|category| Choice::new(category.code, category.label)).collect();
    view! {
        <Checkboxes
            id="categories"
            legend=text::CATEGORIES
            hint=text::CATEGORIES_HINT
            options=Signal::stored(options)
            value=asked.categories
        />
    }
}

#[component]
fn FrameworkField(asked: Asked) -> impl IntoView {
    let chosen = Bound::new(
        move || Some(asked.framework.get()),
        move |id: Option<String>| asked.framework.set(id.unwrap_or_default()),
    );
    let last = Choice::new(FILE_ONCE, text::FILE_ONCE).hint(text::FILE_ONCE_HINT);
    view! {
        <FrameworkChoice value=chosen last error=asked.error(FRAMEWORK) />
        {move || (asked.framework.get() == FILE_ONCE).then(|| view! { <FileOnce asked /> })}
    }
}

#[component]
fn FileOnce(asked: Asked) -> impl IntoView {
    let load = move |event| {
        spawn_local(async move {
            let read = match read_framework(event).await {
                Ok(text) => framework::parse(&text)
                    .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>()),
                Err(problem) => Err(vec![problem.sentence]),
            };
            match read {
                Ok(own) => {
                    asked.errors.try_set(Vec::new());
                    asked.file_once.try_set(Some(own));
                }
                Err(faults) => {
                    asked.file_once.try_set(None);
                    let errors = faults.into_iter().map(|fault| FieldError::new("framework-file", fault));
                    asked.errors.try_set(errors.collect());
                }
            }
        });
    };
    view! {
        <FileField
            id="framework-file"
            label=text::FRAMEWORK_FILE
            hint=text::FRAMEWORK_FILE_HINT
            accept=".json,application/json"
            error=asked.error("framework-file")
            on_change=Callback::new(load)
        />
        {move || {
            asked.file_once.get().map(|own| {
                let words = format!("{}, {}: {}.", own.title, own.edition(), count(own.entries.len(), "entry", "entries"));
                view! { <p role="status">{words}</p> }
            })
        }}
    }
}

#[component]
fn NamesField(asked: Asked) -> impl IntoView {
    let [legend, without, with, why] = match asked.pack_kind().is_about_one() {
        true => [text::STAFF_NAMES, text::WITHOUT_STAFF_HINT, text::WITH_STAFF_HINT, text::STAFF_REASON],
        false => [text::NAMES, text::WITHOUT_NAMES_HINT, text::WITH_NAMES_HINT, text::REASON],
    };
    let options = vec![
        Choice::new("no", text::WITHOUT_NAMES).hint(without),
        Choice::new("yes", text::WITH_NAMES).hint(with),
    ];
    view! {
        <Radios id="names" legend options=Signal::stored(options) value=asked.names />
        {move || {
            asked.wants_names().then(|| {
                view! {
                    <ReasonField
                        label=why
                        hint=text::REASON_HINT
                        value=asked.reason
                        error=asked.error(REASON)
                    />
                }
            })
        }}
    }
}
