//! Puts a copy of the database back into an empty folder. The database gets its place there last, in one step, when all
//! else is done: a machine that stops half way leaves a folder that no server starts in, never one whose devices
//! would not send again what was written after the copy.

use super::{
    backup::{DATABASE, check, in_folder, photos_of, remove},
    command::CommandError,
    photo_copies::{self, Photos},
};
use crate::{
    photos::PhotoPlace,
    place::{PUTTING_BACK, Place},
    private, start,
};
use fail::fail_point;
use std::{
    fs::{self, File},
    io,
    path::Path,
};

/// Puts a copy back into a new or empty folder, or one in which that was begun and did not end. With its photos;
/// checks it, and begins a new server epoch.
/// # Errors  the folder is in use, or the copy is no database or not whole; then the folder stays empty.
pub async fn restore(
    from: &Path,
    data: &Path,
    photos: Option<PhotoPlace>,
) -> Result<(u64, Photos), CommandError> {
    if !from.is_file() {
        return Err(CommandError::NoCopy(from.display().to_string()));
    }
    let place = Place::folder(data);
    let _lock = match data.is_dir() && fs::read_dir(data)?.next().is_some() {
        false => place.keep_others_out()?,
        true if place.is_half_put_back() => {
            let lock = place.keep_others_out()?;
            sweep(data)?;
            lock
        }
        true => return Err(CommandError::NotEmpty(data.display().to_string())),
    };
    let done = put_back(from, data, photos).await;
    if done.is_err() {
        remove(&data.join(DATABASE))?;
        sweep(data)?;
        fs::remove_file(data.join("noticed.lock"))?;
    }
    done
}

async fn put_back(
    from: &Path,
    data: &Path,
    photos: Option<PhotoPlace>,
) -> Result<(u64, Photos), CommandError> {
    let aside = data.join(PUTTING_BACK);
    private::folder(&aside)?;
    let database = aside.join(DATABASE);
    fs::copy(from, &database)?;
    private::close(&[&database]);
    fail_point!("restore::copied");
    let rows = check(&database).await?;
    let there = photos.unwrap_or_else(|| in_folder(data));
    let photos = photo_copies::copy_back(&database, &photos_of(from), &there).await?;
    fail_point!("restore::photos_copied");
    start::restored(&Place::folder(&aside)).await?;
    fail_point!("restore::epoch_begun");
    File::open(&database)?.sync_all()?;
    fs::rename(&database, data.join(DATABASE))?;
    File::open(data)?.sync_all()?;
    fail_point!("restore::in_place");
    // What is left of it there stops nobody.
    fs::remove_dir_all(&aside).unwrap_or_default();
    Ok((rows, photos))
}

/// Takes away what was begun: the copy aside, and its photos.
fn sweep(data: &Path) -> io::Result<()> {
    for folder in [data.join("photos"), data.join(PUTTING_BACK)] {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
