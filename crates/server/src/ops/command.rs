//! What `noticed export`, `verify`, `backup` and `restore` do, and what they say.

use super::{
    backup,
    check::Report,
    checkpoint::{Checkpoint, Elsewhere},
    dispose,
    export::{self, ExportError},
    fault::Fault,
    key::ServerKey,
    restore,
};
use crate::{
    clock::{from_micros, real_now},
    directory::entries,
    photos::PhotoPlace,
    place::Place,
    start::StartError,
    store::{Store, StoreError, Tenant},
};
use chrono::Timelike;
use domain::time::{Instant, london, london_date};
use std::{
    collections::BTreeSet,
    fs::{File, OpenOptions},
    io::{self, BufReader, BufWriter},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpsCommand {
    /// The log of one provider as lines.
    Export { place: Place, provider: Option<String>, out: PathBuf },
    /// Is the log in a data folder whole? Of one provider, or of all.
    VerifyFolder { place: Place, provider: Option<String>, kept: Kept },
    /// Is an exported log whole?
    VerifyFile { file: PathBuf, kept: Kept },
    Backup {
        data: PathBuf,
        out: PathBuf,
        /// Where photos lie; none: in the data folder.
        photos: Option<PhotoPlace>,
    },
    Restore {
        from: PathBuf,
        data: PathBuf,
        /// Where photos shall lie; none: in the data folder.
        photos: Option<PhotoPlace>,
    },
    /// Takes out words; without `by` it only looks.
    Dispose {
        place: Place,
        provider: Option<String>,
        /// Code of somebody who asks to be forgotten; none: what is due.
        person: Option<String>,
        /// Who does it.
        by: Option<String>,
    },
}

/// What a log is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Files with a checkpoint each.
    pub checkpoints: Vec<PathBuf>,
    /// Public keys of the servers.
    pub keys: BTreeSet<String>,
}

/// Why it was not done, for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("{0}")]
    Start(#[from] StartError),
    #[error("The database cannot be used: {0}.")]
    Store(#[from] StoreError),
    #[error("A file cannot be read or written: {0}.")]
    File(#[from] io::Error),
    #[error("The file {0} is there already. Choose another name with --out.")]
    OutThere(String),
    #[error("There is no database in {0}. Name the data folder with --data.")]
    NoDatabase(String),
    #[error("There is no file {0}. Name the copy with --from.")]
    NoCopy(String),
    #[error("The folder {0} is not empty. A copy is put back only into a new or empty folder.")]
    NotEmpty(String),
    #[error("The log in this copy is not whole, so it was not used. {0}")]
    NotWhole(Fault),
    #[error("The photos could not be copied. {0}")]
    Photos(String),
    #[error("The file {0} holds no signed checkpoint.")]
    NoCheckpoint(String),
    #[error("There is no provider {0} on this server.")]
    NoProvider(String),
    #[error("This server has more than one provider. Name one with --provider: {0}.")]
    WhichProvider(String),
    #[error("Nobody is set up on this server, so there is no log.")]
    NobodySetUp,
}

impl From<ExportError> for CommandError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::File(error) => error.into(),
        }
    }
}

/// What to say, and whether all is well.
pub struct Said {
    pub words: String,
    pub fine: bool,
}

/// # Errors  one plain sentence.
pub async fn run(command: OpsCommand) -> Result<Said, CommandError> {
    match command {
        OpsCommand::Export { place, provider, out } => export_log(&place, provider.as_deref(), &out).await,
        OpsCommand::VerifyFolder { place, provider, kept } => {
            verify_folder(&place, provider.as_deref(), &kept.read()?).await
        }
        OpsCommand::VerifyFile { file, kept } => {
            let lines = BufReader::new(File::open(&file)?);
            Ok(found(export::check_lines(lines, &kept.read()?)?, None))
        }
        OpsCommand::Dispose { place, provider, person, by } => {
            let what = person.map_or(dispose::What::Due, dispose::What::Person);
            dispose_of(&place, provider.as_deref(), &what, by.as_deref()).await
        }
        OpsCommand::Backup { data, out, photos } => {
            let (rows, photos) = backup::backup(&data, &out, photos).await?;
            let beside = photos.backup_words(&backup::photos_of(&out));
            let out = out.display();
            Ok(fine(format!("A copy with {rows} entries was written to {out} and checked.\n{beside}")))
        }
        OpsCommand::Restore { from, data, photos } => {
            let (rows, photos) = restore::restore(&from, &data, photos).await?;
            let beside = photos.restore_words();
            let folder = data.display();
            Ok(fine(format!(
                "{rows} entries were checked and put back into {folder}. Start the server now: every device sends its last 30 days again.\n{beside}"
            )))
        }
    }
}

/// The one provider that is named, or the only one.
async fn one_provider(store: &Store, provider: Option<&str>) -> Result<Tenant, CommandError> {
    if let Some(id) = provider {
        return provider_of(store, id).await;
    }
    match store.door().providers().await?.as_slice() {
        [] => Err(CommandError::NobodySetUp),
        [one] => Ok(one.clone()),
        many => {
            let mut named = Vec::new();
            for one in many {
                let entries = store.read(one).directory_entries().await?;
                let name = entries::assemble(&entries)?.provider;
                named.push(format!("{} ({name})", one.as_str()));
            }
            Err(CommandError::WhichProvider(named.join(", ")))
        }
    }
}

impl Report {
    /// What was checked, in words. `own`: the key of the server that says so.
    pub fn words(&self, own: Option<&str>) -> String {
        let Report { rows, devices, checkpoints, .. } = self;
        let gone = match self.disposed {
            0 => String::new(),
            1 => " The words of 1 entry were disposed of; its hash stands.".to_owned(),
            gone => format!(" The words of {} entries were disposed of; their hashes stand.", grouped(gone)),
        };
        let last = match self.last_checkpoint {
            Some(at) => {
                format!(" The latest checkpoint is of {}.", moment(from_micros(at)))
            }
            None => String::new(),
        };
        let after = match rows - self.vouched {
            0 => String::new(),
            1 => " The last entry is newer than every checkpoint.".to_owned(),
            after => format!(" The last {} entries are newer than every checkpoint.", grouped(after)),
        };
        format!(
            "The log is whole: {} in order, each as its device wrote it ({}), {}.{last}{after}{gone}{}",
            count(*rows, "entry", "entries"),
            count(*devices as u64, "device", "devices"),
            count(*checkpoints as u64, "signed checkpoint", "signed checkpoints"),
            self.keys_words(own)
        )
    }

    /// Whose signatures these are, nobody can tell from the log alone.
    fn keys_words(&self, own: Option<&str>) -> String {
        let others = self.keys.iter().filter(|(key, _)| own != Some(key.as_str()));
        let (others, signed): (Vec<&str>, Vec<usize>) =
            others.map(|(key, count)| (key.as_str(), *count)).unzip();
        let (keys, signed) = (others.join(", "), signed.iter().sum::<usize>());
        match (others.is_empty(), own) {
            (true, _) => String::new(),
            (false, Some(_)) => format!(
                " {signed} of the checkpoints here are not signed with the key of this server, but with {keys}. That is right when a copy was put back, or another server uses the same database. If neither is so, somebody else made them."
            ),
            (false, None) => format!(
                " The checkpoints here are signed with the key {keys}. They count if that is the key of the server: compare it with the one that you kept."
            ),
        }
    }
}

async fn export_log(place: &Place, provider: Option<&str>, out: &Path) -> Result<Said, CommandError> {
    if out.exists() {
        return Err(CommandError::OutThere(out.display().to_string()));
    }
    let store = open(place).await?;
    let tenant = one_provider(&store, provider).await?;
    // It holds all that anybody wrote: only its owner reads it.
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(out)?;
    let mut lines = BufWriter::new(file);
    let rows = export::write(&store, &tenant, real_now(), &mut lines).await?;
    lines.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    store.close().await;
    Ok(fine(format!("{rows} entries were written to {}.\n", out.display())))
}

async fn verify_folder(
    place: &Place,
    provider: Option<&str>,
    elsewhere: &Elsewhere,
) -> Result<Said, CommandError> {
    let store = open(place).await?;
    let own = ServerKey::there(&place.data)?.map(|key| key.public());
    let tenants = match provider {
        Some(id) => vec![provider_of(&store, id).await?],
        None => store.door().providers().await?,
    };
    if tenants.is_empty() {
        return Err(CommandError::NobodySetUp);
    }
    let mut all = Said { words: String::new(), fine: true };
    for tenant in &tenants {
        let of_this = |checkpoint: &&Checkpoint| checkpoint.provider == tenant.as_str() || tenants.len() == 1;
        let checkpoints = elsewhere.checkpoints.iter().filter(of_this).cloned().collect();
        let elsewhere = Elsewhere { checkpoints, keys: elsewhere.keys.clone() };
        let said = found(export::check_store(&store, tenant, &elsewhere, real_now()).await?, own.as_deref());
        all.words += &format!("{}: {}", tenant.as_str(), said.words);
        all.fine &= said.fine;
    }
    store.close().await;
    Ok(all)
}

/// Without a name it only says what would be done. The server must not be running when it is done.
async fn dispose_of(
    place: &Place,
    provider: Option<&str>,
    what: &dispose::What,
    by: Option<&str>,
) -> Result<Said, CommandError> {
    let _lock = by.map(|_| place.keep_others_out()).transpose()?;
    let store = open(place).await?;
    let tenant = one_provider(&store, provider).await?;
    let plan = match by {
        None => dispose::plan(&store, &tenant, what, london_date(real_now())).await?,
        Some(by) => {
            place.begin_wiping()?;
            dispose::carry_out(&store, &tenant, what, by, real_now()).await?
        }
    };
    let mut words: String = plan.iter().map(|one| one.words() + "\n").collect();
    if let (dispose::What::Person(code), true) = (what, plan.is_empty()) {
        words += &format!("No record that has its words names {code}.\n");
    }
    let ready = plan.iter().filter(|one| one.kept_because.is_none()).count();
    words += &match by {
        None => {
            format!("{} would be disposed of. Nothing was changed. Add --by NAME to do it.\n", records(ready))
        }
        Some(_) if ready == 1 => "1 record was disposed of.\n".to_owned(),
        Some(_) => format!("{} were disposed of.\n", records(ready)),
    };
    store.close().await;
    if by.is_some() {
        place.end_wiping().await?;
    }
    Ok(fine(words))
}

fn records(number: usize) -> String {
    count(number as u64, "record", "records")
}

/// "1 entry", "42,098 entries".
fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// With a comma at each thousand.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    parts.into_iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join(",")
}

/// "1:14pm on 28 November 2026", as London's clocks show it.
fn moment(at: Instant) -> String {
    let wall = london(at);
    let pattern = if wall.minute() == 0 { "%-I%P on %-d %B %Y" } else { "%-I:%M%P on %-d %B %Y" };
    wall.format(pattern).to_string()
}

/// Never makes a database where there is none.
async fn open(place: &Place) -> Result<Store, CommandError> {
    if !place.is_there() {
        return Err(CommandError::NoDatabase(place.name()));
    }
    Ok(place.open().await?)
}

async fn provider_of(store: &Store, id: &str) -> Result<Tenant, CommandError> {
    store.door().provider(id).await?.ok_or_else(|| CommandError::NoProvider(id.to_owned()))
}

impl Kept {
    fn read(&self) -> Result<Elsewhere, CommandError> {
        let read = |file: &PathBuf| {
            let text = std::fs::read_to_string(file)?;
            serde_json::from_str(&text).map_err(|_| CommandError::NoCheckpoint(file.display().to_string()))
        };
        let checkpoints = self.checkpoints.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Elsewhere { checkpoints, keys: self.keys.clone() })
    }
}

fn found(found: Result<Report, Fault>, own: Option<&str>) -> Said {
    match found {
        Ok(report) => fine(report.words(own) + "\n"),
        Err(fault) => Said { words: format!("{fault}\n"), fine: false },
    }
}

fn fine(words: String) -> Said {
    Said { words, fine: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    #[test]
    fn numbers_and_times_are_said_as_the_app_says_them() {
        assert_eq!(count(1, "entry", "entries"), "1 entry");
        assert_eq!(count(42_098, "entry", "entries"), "42,098 entries");
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        let at = |text| moment(parse_instant(text).expect("a time"));
        assert_eq!(at("2026-11-28T13:14Z"), "1:14pm on 28 November 2026");
        assert_eq!(at("2026-06-28T08:00Z"), "9am on 28 June 2026");
    }
}
