//! `GET /v1/directory`: the lists, cut to the reader's sites.

use super::cut::cut;
use crate::{app::App, door::who::Reader, error::AppError, http::Reply, rescue::key::public_key};
use axum::extract::State;
use domain::{directory::Directory, ids::SiteId};
use serde::Serialize;

#[derive(Serialize)]
pub struct DirectoryReply {
    version: u64,
    directory: Directory,
    /// Set when the lists are those of a shared device, cut to its site, and nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<SiteId>,
    /// Public point that a rescue file is encrypted to, in base64url.
    rescue_key: String,
    /// Public key of this server: for a device that joined before it was told.
    server_key: String,
}

pub async fn get(State(app): State<App>, reader: Reader) -> Result<Reply<DirectoryReply>, AppError> {
    let (hub, site) = match &reader {
        Reader::Person(person) => (&person.hub, None),
        Reader::Tablet(tablet) => (&tablet.hub, Some(tablet.site.clone())),
    };
    let rescue_key = public_key(&app, &hub.tenant).await?;
    let server_key = app.key.public();
    let state = hub.read().await?;
    let directory = match &reader {
        Reader::Person(person) => cut(state.directory(), &person.staff, &person.roles),
        Reader::Tablet(tablet) => state.directory().of_tablet(&tablet.site),
    };
    Ok(Reply(DirectoryReply { version: state.directory_version, directory, site, rescue_key, server_key }))
}
