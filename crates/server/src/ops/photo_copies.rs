//! Photos beside a copy of the database. From a folder their bytes are copied, each checked by its hash. Those at an
//! S3-compatible service stay there: the copy then holds the list of their names and hashes.

use super::command::CommandError;
use crate::{
    error::AppError,
    photos::{Keeping, PhotoPlace},
    store::{Store, Tenant},
};
use std::{
    fmt::Write,
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::Path,
};
use sync::Hash;

/// Every photo that the database knows as whole: SHA-256, bytes, where it lies.
pub const LIST: &str = "photos.txt";

/// What became of the photos of a copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Photos {
    pub copied: usize,
    /// Known to the database, and not there, or not what they were.
    pub missing: usize,
    /// Left where they are; only listed.
    pub listed: usize,
}

impl Photos {
    /// What `backup` says of them, after the database.
    pub fn backup_words(self, folder: &Path) -> String {
        let folder = folder.display();
        lines([
            (self.copied, format!("photos and small pictures were copied to {folder}, each with its hash checked.")),
            (
                self.listed,
                format!(
                    "photos and small pictures stay at the S3 service and are not in the copy. Their names and hashes are in {folder}/{LIST}. Make a copy there too."
                ),
            ),
            (
                self.missing,
                "photos and small pictures were not found, or were changed where they lay. If they lie elsewhere, name the place with --photos.".to_owned(),
            ),
        ])
    }

    /// What `restore` says of them.
    pub fn restore_words(self) -> String {
        lines([
            (self.copied, "photos and small pictures were put back.".to_owned()),
            (self.listed, "photos and small pictures are still where they lay.".to_owned()),
            (
                self.missing,
                "photos and small pictures are not in this copy. If they lie at an S3 service, start the server with the same --photos; otherwise they are lost.".to_owned(),
            ),
        ])
    }
}

fn lines<const N: usize>(said: [(usize, String); N]) -> String {
    let said = said.into_iter().filter(|(number, _)| *number > 0);
    said.map(|(number, words)| format!("{number} {words}\n")).collect()
}

/// Writes the photos that the copied database knows into a new folder, and their list.
pub async fn copy_out(database: &Path, place: &PhotoPlace, folder: &Path) -> Result<Photos, CommandError> {
    let store = Store::open(database).await?;
    let done = async {
        let known = known(&store).await?;
        if known.is_empty() {
            return Ok(Photos::default());
        }
        DirBuilder::new().mode(0o700).create(folder)?;
        let copy = Keeping::open(&PhotoPlace::Folder(folder.to_owned())).map_err(elsewhere)?;
        let mut list = String::new();
        for (tenant, sha256, size) in &known {
            let name = copy.name(&store, tenant, *sha256).await.map_err(said)?;
            writeln!(list, "{sha256}  {size}  {name}").unwrap_or_default();
        }
        fs::write(folder.join(LIST), list)?;
        match place {
            PhotoPlace::S3(_) => Ok(Photos { listed: known.len(), ..Photos::default() }),
            PhotoPlace::Folder(_) => {
                copy_all(&store, &known, &Keeping::open(place).map_err(elsewhere)?, &copy).await
            }
        }
    };
    let done = done.await;
    store.close().await;
    done
}

/// Puts the photos of a copy where the restored server looks for them.
pub async fn copy_back(database: &Path, folder: &Path, place: &PhotoPlace) -> Result<Photos, CommandError> {
    let store = Store::open(database).await?;
    let done = async {
        let known = known(&store).await?;
        if known.is_empty() {
            return Ok(Photos::default());
        }
        let there = Keeping::open(place).map_err(elsewhere)?;
        let mut photos = match folder.is_dir() {
            true => {
                let copy = Keeping::open(&PhotoPlace::Folder(folder.to_owned())).map_err(elsewhere)?;
                copy_all(&store, &known, &copy, &there).await?
            }
            false => Photos { missing: known.len(), ..Photos::default() },
        };
        // Not in the copy: perhaps they never left.
        if photos.missing > 0 {
            let mut here = 0;
            for (tenant, sha256, _) in &known {
                here += usize::from(there.get(&store, tenant, *sha256).await.map_err(said)?.is_some());
            }
            photos = Photos { listed: here - photos.copied, missing: known.len() - here, ..photos };
        }
        Ok(photos)
    };
    let done = done.await;
    store.close().await;
    done
}

async fn known(store: &Store) -> Result<Vec<(Tenant, Hash, u64)>, CommandError> {
    let mut known = Vec::new();
    for tenant in store.door().providers().await? {
        let blobs = store.read(&tenant).whole_blobs().await?;
        known.extend(blobs.into_iter().map(|(sha256, size)| (tenant.clone(), sha256, size)));
    }
    Ok(known)
}

async fn copy_all(
    store: &Store,
    known: &[(Tenant, Hash, u64)],
    from: &Keeping,
    to: &Keeping,
) -> Result<Photos, CommandError> {
    let mut photos = Photos::default();
    for (tenant, sha256, _) in known {
        match from.get(store, tenant, *sha256).await.map_err(said)? {
            Some(bytes) => {
                to.put(store, tenant, *sha256, bytes).await.map_err(said)?;
                photos.copied += 1;
            }
            None => photos.missing += 1,
        }
    }
    Ok(photos)
}

fn said(error: AppError) -> CommandError {
    CommandError::Photos(error.sentence().to_owned())
}

fn elsewhere(error: crate::photos::PlaceError) -> CommandError {
    CommandError::Photos(error.to_string())
}
