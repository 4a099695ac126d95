//! `GET /v1/directory`: the lists, cut to the reader's sites.

use super::cut::cut;
use crate::{door::who::Person, error::AppError, http::Reply};
use domain::directory::Directory;
use serde::Serialize;

#[derive(Serialize)]
pub struct DirectoryReply {
    version: u64,
    directory: Directory,
}

pub async fn get(person: Person) -> Result<Reply<DirectoryReply>, AppError> {
    let state = person.hub.read().await?;
    let directory = cut(state.directory(), &person.staff, &person.roles);
    Ok(Reply(DirectoryReply { version: state.directory_version, directory }))
}
