//! A copy of the database made while the server runs. Putting it back: `restore`.

use super::{
    check::Report,
    checkpoint::Elsewhere,
    command::CommandError,
    export,
    fault::Fault,
    photo_copies::{self, Photos},
};
use crate::{
    clock::real_now,
    photos::PhotoPlace,
    store::{self, Store},
};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

pub const DATABASE: &str = "noticed.db";

/// The folder of the photos beside a copy.
pub fn photos_of(copy: &Path) -> PathBuf {
    with_end(copy, ".photos")
}

/// Writes a copy to a new file, and checks it; photos go into a folder beside it. Gives the number of rows of all
/// providers. `photos`: where they lie; none: in the data folder.
/// # Errors  the copy cannot be made, or the log in it is not whole; then there is no file.
pub async fn backup(
    data: &Path,
    out: &Path,
    photos: Option<PhotoPlace>,
) -> Result<(u64, Photos), CommandError> {
    let database = data.join(DATABASE);
    if !database.is_file() {
        return Err(CommandError::NoDatabase(data.display().to_string()));
    }
    let folder = photos_of(out);
    if let Some(there) = [out, &folder].into_iter().find(|path| path.exists()) {
        return Err(CommandError::OutThere(there.display().to_string()));
    }
    let part = with_end(out, ".part");
    remove(&part)?;
    store::copy_to(&database, &part).await?;
    let place = photos.unwrap_or_else(|| in_folder(data));
    let checked = async {
        let rows = check(&part).await?;
        // After the database: every photo that it knows was there before it.
        Ok((rows, photo_copies::copy_out(&part, &place, &folder).await?))
    };
    let copied = match checked.await {
        Ok(copied) => copied,
        Err(error) => {
            remove(&part)?;
            if folder.is_dir() {
                fs::remove_dir_all(&folder)?;
            }
            return Err(error);
        }
    };
    File::open(&part)?.sync_all()?;
    fs::rename(&part, out)?;
    Ok(copied)
}

pub fn in_folder(data: &Path) -> PhotoPlace {
    PhotoPlace::Folder(data.join("photos"))
}

/// Every provider's log in a database file. Gives the number of rows.
pub async fn check(database: &Path) -> Result<u64, CommandError> {
    let store = Store::open(database).await?;
    let mut rows = 0;
    let mut whole = Ok(());
    for tenant in store.door().providers().await? {
        match export::check_store(&store, &tenant, &Elsewhere::default(), real_now()).await? {
            Ok(Report { rows: more, .. }) => rows += more,
            Err(fault) => {
                whole = Err(broken(fault));
                break;
            }
        }
    }
    store.close().await;
    whole.map(|()| rows)
}

fn broken(fault: Fault) -> CommandError {
    CommandError::NotWhole(fault)
}

/// The database, and what SQLite puts beside it.
pub fn remove(database: &Path) -> io::Result<()> {
    for end in ["", "-wal", "-shm", "-journal"] {
        match fs::remove_file(with_end(database, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
