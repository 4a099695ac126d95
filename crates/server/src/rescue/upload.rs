//! `POST /v1/rescue`: a rescue file, handed in by somebody who looks after a site.

use super::import::{Report, import};
use crate::{
    app::App,
    door::who::{CameFrom, Person},
    error::{AppError, Why},
    http::{Body, Reply},
};
use axum::extract::State;
use serde::Deserialize;
use sync::{base64url, rescue::MAX_FILE_BYTES};

/// Base64 and the braces around it.
const MAX_BODY: usize = MAX_FILE_BYTES / 3 * 4 + 1024;

#[derive(Deserialize)]
pub struct Upload {
    /// Base64url of the whole file.
    file: String,
}

pub async fn upload(
    State(app): State<App>,
    person: Person,
    from: CameFrom,
    Body(Upload { file }): Body<Upload, MAX_BODY>,
) -> Result<Reply<Report>, AppError> {
    let file = base64url::decode(&file).ok_or(Why::RescueRefused)?;
    Ok(Reply(import(&app, from, &file, Some(&person.hub.tenant)).await?))
}
