//! A copy of the database made while the server runs, and putting one back into an empty folder.

use super::{check::Report, command::CommandError, export, fault::Fault};
use crate::{
    clock::real_now,
    place::Place,
    start,
    store::{self, Store},
};
use std::{
    fs::{self, File, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

const DATABASE: &str = "noticed.db";

/// Writes a copy to a new file, and checks it. Gives the number of rows of all providers.
/// # Errors  the copy cannot be made, or the log in it is not whole; then there is no file.
pub async fn backup(data: &Path, out: &Path) -> Result<u64, CommandError> {
    let database = data.join(DATABASE);
    if !database.is_file() {
        return Err(CommandError::NoDatabase(data.display().to_string()));
    }
    if out.exists() {
        return Err(CommandError::OutThere(out.display().to_string()));
    }
    let part = with_end(out, ".part");
    remove(&part)?;
    store::copy_to(&database, &part).await?;
    let checked = check(&part).await;
    let rows = match checked {
        Ok(rows) => rows,
        Err(error) => {
            remove(&part)?;
            return Err(error);
        }
    };
    // It holds all that anybody wrote: only its owner reads it.
    fs::set_permissions(&part, Permissions::from_mode(0o600))?;
    File::open(&part)?.sync_all()?;
    fs::rename(&part, out)?;
    Ok(rows)
}

/// Puts a copy back into a new or empty folder, checks it, and begins a new server epoch.
/// # Errors  the folder is in use, or the copy is no database or not whole; then the folder stays empty.
pub async fn restore(from: &Path, data: &Path) -> Result<u64, CommandError> {
    if !from.is_file() {
        return Err(CommandError::NoCopy(from.display().to_string()));
    }
    fs::create_dir_all(data)?;
    if fs::read_dir(data)?.next().is_some() {
        return Err(CommandError::NotEmpty(data.display().to_string()));
    }
    let database = data.join(DATABASE);
    let put_back = async {
        fs::copy(from, &database)?;
        let rows = check(&database).await?;
        start::restored(&Place::folder(data)).await?;
        Ok(rows)
    };
    let rows = put_back.await;
    if rows.is_err() {
        remove(&database)?;
        remove(&data.join("noticed.lock"))?;
    }
    rows
}

/// Every provider's log in a database file. Gives the number of rows.
async fn check(database: &Path) -> Result<u64, CommandError> {
    let store = Store::open(database).await?;
    let mut rows = 0;
    let mut whole = Ok(());
    for tenant in store.door().providers().await? {
        match export::check_store(&store, &tenant, &[], real_now()).await? {
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
fn remove(database: &Path) -> io::Result<()> {
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
