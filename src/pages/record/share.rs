//! "This action also answers": the same action for other records that wait for one.

use super::{
    form::Entry,
    shared::{Also, OneSite, also, could_share, write_each},
};
use crate::{
    state::{Kind, use_app},
    text::{common::count, review::record::title},
    ui::{Button, Buttons, EmptyState, ErrorSummary, FieldError, Form, LinkButton, Page},
};
use domain::record::Record;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

const HEADING: &str = "Which other records does this answer?";

#[component]
pub fn SharePage(record: Arc<Record>, about: Option<String>, #[prop(into)] back: String) -> impl IntoView {
    let app = use_app();
    let Some(action) = about.as_deref().and_then(|id| record.action(id)).cloned() else {
        return Node::Nothing;
    };
    let others = could_share(app, &record, Some(action.work()));
    let caption = title(&record);
    if others.is_empty() {
        return view! {
            <Page title=HEADING heading=HEADING caption back=back.clone()>
                <EmptyState title="No other record waits for an action." icon="link-2">
                    <p>"Records of this site that are in step 4 stand here. When one of them has the same cause, one action can answer both."</p>
                    <OneSite app />
                    <LinkButton href=back kind=crate::ui::Kind::Secondary>"Go back"</LinkButton>
                </EmptyState>
            </Page>
        };
    }
    let key = format!("{}/share/{}", record.id, action.id);
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), Map::new());
    let words = action.text.clone();
    let navigate = use_navigate();
    let home = back.clone();
    let submit = move |()| {
        let chosen = also(entry);
        if chosen.is_empty() {
            entry.errors.set(vec![FieldError::new(super::shared::ALSO, "Select at least one record")]);
            return;
        }
        entry.busy.set(true);
        // What is already late is due today.
        let due = action.due.max(app.today()).to_string();
        let fields = [
            ("text", action.text.clone()),
            ("owner", action.owner.to_string()),
            ("due", due),
            ("strength", action.strength.clone()),
            ("kind", action.kind.clone()),
            ("shared", action.work().to_string()),
            ("contractor", action.contractor.clone()),
            ("waiting_for", action.waiting_for.clone()),
            ("just_culture", action.just_culture.clone()),
        ];
        let with: Map<String, Value> = fields
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        let number = chosen.len();
        let each = chosen.into_iter().map(|id| (id.as_str().into(), with.clone())).collect();
        let (navigate, home) = (navigate.clone(), home.clone());
        write_each(app, "plan_action", each, move |problem| {
            entry.forget();
            match problem {
                Some(words) => app.notices.show(Kind::Warning, words),
                None => {
                    let records = count(number, "other record", "other records");
                    app.notices.show(Kind::Success, format!("The action now also answers {records}."));
                }
            }
            navigate(&home, Default::default());
        });
    };
    let options = others.into_iter().map(|(id, words)| (id.to_string(), words)).collect::<Vec<_>>();
    view! {
        <Page title=HEADING heading=HEADING caption back=back.clone() has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <blockquote class="quote">{words}</blockquote>
            <p>"Each record you select gets this action, with the same owner and date. The list of actions shows it once."</p>
            <OneSite app />
            <Form on_submit=submit>
                <Also entry legend="Records that wait for an action" hint="Select all that have the same cause" options />
                <Buttons>
                    <Button busy=entry.busy>"Add the action to these records"</Button>
                    <LinkButton href=back kind=crate::ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}
