//! Saves a quick record, once it is known whose it is.

use super::author_href;
use crate::{
    pages::{
        capture::{name, step::then_save},
        check::report,
    },
    state::{App, Draft, Problem},
    text::capture as text,
};
use domain::category::CategorySpec;
use leptos::prelude::untrack;
use serde_json::Value;

/// Saves it as a report now; or asks first who writes, on a device where nobody is signed in, and the answer saves it.
/// Gives where to go.
pub async fn now(app: App, spec: &'static CategorySpec, draft: Draft) -> Result<String, Problem> {
    if is_nameless(&draft) || untrack(|| app.author_of(&draft)).is_some() {
        return save(app, spec, draft).await;
    }
    let href = author_href(&draft) + &then_save();
    app.drafts.save(Draft { quick: true, ..draft }).await?;
    Ok(href)
}

pub async fn save(app: App, spec: &'static CategorySpec, draft: Draft) -> Result<String, Problem> {
    let draft = Draft { answers: spec.quick(&draft.answers), ..draft };
    let written = report::save(app, spec, draft).await?;
    Ok(crate::routes::saved(&written.record))
}

pub fn is_nameless(draft: &Draft) -> bool {
    draft.answers.get(name::FIELD).and_then(Value::as_str) == Some(text::NAMELESS)
}
