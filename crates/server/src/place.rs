//! Where the database is: a file in the data folder, or a PostgreSQL server.

use crate::{
    private,
    start::StartError,
    store::{Store, StoreError, prepare, wipe_free_pages},
};
use fail::fail_point;
use std::{
    fs::{self, File, TryLockError},
    io,
    path::PathBuf,
    thread,
    time::Duration,
};

/// Where a copy lies while it is being put back: until it is whole, and its new epoch begun.
pub const PUTTING_BACK: &str = "putting-back";
/// Stands in the folder from before words are taken out of a SQLite file until none is left in its free pages.
const WIPING: &str = "wiping";
/// How long a server that is just ending is waited for. A program that it was about to run has a copy of all its open
/// files, this lock too, for a moment longer than itself.
const TRIES: u32 = 25;
const PAUSE: Duration = Duration::from_millis(20);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Folder of the server's key, of earlier builds of the app, and of a SQLite file.
    pub data: PathBuf,
    /// `postgres://role@host:port/name`, instead of the file.
    pub database: Option<String>,
}

impl Place {
    /// A SQLite file in this folder.
    pub fn folder(data: impl Into<PathBuf>) -> Place {
        Place { data: data.into(), database: None }
    }

    /// For a person: without a password.
    pub fn name(&self) -> String {
        self.database.as_deref().map_or_else(|| self.data.display().to_string(), without_secret)
    }

    /// # Errors  one plain sentence: `FolderUnwritable`, `Newer`, `Unprepared`, `TooMighty`, `Database`,
    /// `HalfPutBack`.
    pub async fn open(&self) -> Result<Store, StartError> {
        let opened = match &self.database {
            None if self.is_half_put_back() => {
                return Err(StartError::HalfPutBack(self.data.display().to_string()));
            }
            None => {
                self.close_to_others().map_err(|_| self.unwritable())?;
                Store::open(&self.file()).await
            }
            Some(url) => Store::connect(url).await,
        };
        opened.map_err(|why| self.failed(why))
    }

    /// Nothing is made by looking.
    pub fn is_there(&self) -> bool {
        self.database.is_some() || self.file().is_file()
    }

    /// A copy was being put back here, and that did not end.
    pub fn is_half_put_back(&self) -> bool {
        self.data.join(PUTTING_BACK).is_dir() && !self.is_there()
    }

    /// Makes the folder if needed, and keeps every other server out of it. Servers on one PostgreSQL have each their
    /// own folder, and know of each other's events.
    /// # Errors  `FolderUnwritable` or `FolderInUse`.
    pub fn keep_others_out(&self) -> Result<File, StartError> {
        private::folder(&self.data).map_err(|_| self.unwritable())?;
        let lock = private::file(&self.data.join("noticed.lock")).map_err(|_| self.unwritable())?;
        for _ in 0..TRIES {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return Err(self.unwritable()),
            }
        }
        Err(StartError::FolderInUse(self.data.display().to_string()))
    }

    /// Words are about to be taken out. Until `end_wiping` is through, also by the next start, the file may hold them.
    /// # Errors  `FolderUnwritable`.
    pub fn begin_wiping(&self) -> Result<(), StartError> {
        let mark = || {
            File::create(self.data.join(WIPING))?.sync_all()?;
            File::open(&self.data)?.sync_all()
        };
        match self.database {
            None => mark().map_err(|_| self.unwritable()),
            Some(_) => Ok(()),
        }
    }

    /// Nothing to do where no wiping was begun. Nobody else may use the file.
    /// # Errors  those of the database; then it is still to be done.
    pub async fn end_wiping(&self) -> Result<(), StoreError> {
        let mark = self.data.join(WIPING);
        if self.database.is_some() || !mark.is_file() {
            return Ok(());
        }
        wipe_free_pages(&self.file()).await?;
        fail_point!("dispose::wiped");
        if let Err(error) = fs::remove_file(mark) {
            tracing::warn!(%error, "the file is wiped once more at the next start");
        }
        Ok(())
    }

    /// Brings a PostgreSQL database up to date as the role in `owner`; a file is brought up to date when it is opened.
    /// # Errors  as `open`.
    pub async fn prepare(&self, owner: &str) -> Result<(), StartError> {
        match &self.database {
            None => self.open().await?.close().await,
            Some(url) => prepare(url, owner).await.map_err(|why| self.failed(why))?,
        }
        Ok(())
    }

    /// The folder of a command that copies a SQLite file.
    /// # Errors  one sentence when the database is not a file.
    pub fn folder_only(self) -> Result<PathBuf, String> {
        match self.database {
            None => Ok(self.data),
            Some(_) => Err("A PostgreSQL database is copied by pg_dump and put back by pg_restore.".into()),
        }
    }

    /// Of a SQLite database.
    pub fn file(&self) -> PathBuf {
        self.data.join("noticed.db")
    }

    /// The folder and the file, which are made if needed. What SQLite puts beside the file gets the mode of the file.
    fn close_to_others(&self) -> io::Result<()> {
        private::folder(&self.data)?;
        private::file(&self.file())?;
        private::close(&["noticed.db-wal", "noticed.db-shm"].map(|name| self.data.join(name)));
        Ok(())
    }

    fn unwritable(&self) -> StartError {
        StartError::FolderUnwritable(self.data.display().to_string())
    }

    pub fn failed(&self, why: StoreError) -> StartError {
        let place = self.name();
        match why {
            StoreError::Newer => StartError::Newer(place),
            StoreError::Unprepared => StartError::Unprepared(place),
            StoreError::TooMighty => StartError::TooMighty(place),
            why => StartError::Database { place, why },
        }
    }
}

fn without_secret(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match url.rsplit_once('@') {
        Some((before, place)) => {
            let (scheme, who) = before.split_once("://").unwrap_or(("postgres", before));
            format!("{scheme}://{}@{place}", who.split(':').next().unwrap_or_default())
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_database_tells_no_password() {
        let name = |url: &str| Place { database: Some(url.into()), ..Place::folder("data") }.name();
        assert_eq!(
            name("postgres://app:s3@cret@db:5432/noticed?password=x"),
            "postgres://app@db:5432/noticed"
        );
        assert_eq!(name("postgres://db/noticed"), "postgres://db/noticed");
        assert_eq!(Place::folder("data").name(), "data");
    }

    #[test]
    fn a_server_that_just_ended_is_waited_for_and_one_that_runs_is_not_for_long() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::folder(folder.path().join("data"));
        let runs = place.keep_others_out().expect("nobody is here");
        assert!(matches!(place.keep_others_out(), Err(StartError::FolderInUse(_))));
        let copy = runs.try_clone().expect("a copy, as a program that is being started has");
        drop(runs);
        let started = thread::spawn(move || {
            thread::sleep(5 * PAUSE);
            drop(copy);
        });
        assert!(place.keep_others_out().is_ok());
        started.join().expect("no panic");
    }
}
