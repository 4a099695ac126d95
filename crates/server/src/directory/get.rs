//! `GET /v1/directory`: the lists, cut to the reader's sites.

use super::cut::{cut, cut_for_tablet};
use crate::{door::who::Reader, error::AppError, http::Reply};
use domain::{directory::Directory, ids::SiteId};
use serde::Serialize;

#[derive(Serialize)]
pub struct DirectoryReply {
    version: u64,
    directory: Directory,
    /// Set when the lists are those of a shared device, cut to its site, and nobody's.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<SiteId>,
}

pub async fn get(reader: Reader) -> Result<Reply<DirectoryReply>, AppError> {
    let (hub, site) = match &reader {
        Reader::Person(person) => (&person.hub, None),
        Reader::Tablet(tablet) => (&tablet.hub, Some(tablet.site.clone())),
    };
    let state = hub.read().await?;
    let directory = match &reader {
        Reader::Person(person) => cut(state.directory(), &person.staff, &person.roles),
        Reader::Tablet(tablet) => cut_for_tablet(state.directory(), &tablet.site),
    };
    Ok(Reply(DirectoryReply { version: state.directory_version, directory, site }))
}
