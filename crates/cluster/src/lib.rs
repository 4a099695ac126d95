//! A private PostgreSQL on this machine, for tests and measures: on a free loopback port, in a folder of its own.
//! It ends, and its folder goes, when whoever started it ends, even by a kill: a shell beside it waits for that.

use std::{
    fmt,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Mutex,
    thread,
    time::Duration,
};

/// Where Debian keeps the programs of each version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Owns the tables.
pub const OWNER: &str = "noticed_owner";
/// What the server of Noticed signs in as: owns nothing.
pub const APPLICATION: &str = "noticed";
/// May do anything; only for looking into a test from outside.
pub const ADMIN: &str = "postgres";

/// `$1` programs, `$2` folder, `$3` port, then the settings.
const SCRIPT: &str = r#"
bin=$1; folder=$2; port=$3; shift 3
mkdir -m 700 "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/said" 2>&1 || {
    cat "$folder/said" >&2
    exit 1
}
"$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@" \
    >>"$folder/said" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT "$server"
wait "$server"
"#;

const TRIES: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// Is a power cut survived?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durable {
    /// As in earnest.
    Yes,
    /// Faster; a killed process still loses nothing.
    No,
}

pub struct Cluster {
    programs: PathBuf,
    port: u16,
    shell: Child,
    /// Statements one after the other: two new databases at once get in each other's way.
    turn: Mutex<()>,
}

impl fmt::Debug for Cluster {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PostgreSQL at port {}", self.port)
    }
}

/// The folder of PostgreSQL's programs, the newest version first.
pub fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let others = std::env::split_paths(&path);
    folders.into_iter().rev().map(|(_, folder)| folder).chain(others).find(|folder| {
        ["postgres", "initdb", "psql", "pg_isready"].iter().all(|name| folder.join(name).is_file())
    })
}

impl Cluster {
    /// Takes a few seconds.
    /// # Errors  a sentence: the programs are missing, or they do not start.
    pub fn start(durable: Durable) -> Result<Cluster, String> {
        let programs = programs().ok_or("PostgreSQL is missing: install the package postgresql.")?;
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| error.to_string())?.port();
        let folder = std::env::temp_dir().join(format!("noticed-postgres-{}-{port}", std::process::id()));
        let mut shell = as_nobody_special();
        shell.args(["sh", "-c", SCRIPT, "cluster"]).arg(&programs).arg(&folder).arg(port.to_string());
        shell.args(["-c", "max_connections=500"]);
        if durable == Durable::No {
            shell.args(["-c", "fsync=off"]);
        }
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::inherit());
        shell.current_dir("/");
        let shell = shell.spawn().map_err(|error| format!("PostgreSQL does not start: {error}."))?;
        let mut cluster = Cluster { programs, port, shell, turn: Mutex::default() };
        cluster.wait_until_up()?;
        cluster.sql(&format!("CREATE ROLE {OWNER} LOGIN"))?;
        cluster.sql(&format!("CREATE ROLE {APPLICATION} LOGIN"))?;
        Ok(cluster)
    }

    /// The address of a database for one of the roles.
    pub fn url(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/{database}", self.port)
    }

    /// A new database that belongs to `OWNER`: empty, or a copy of another one that nobody uses now.
    /// # Errors  what PostgreSQL said.
    pub fn create(&self, database: &str, copy_of: Option<&str>) -> Result<(), String> {
        let template = copy_of.unwrap_or("template0");
        self.sql(&format!("CREATE DATABASE {database} OWNER {OWNER} TEMPLATE {template}"))
    }

    fn sql(&self, statement: &str) -> Result<(), String> {
        let _turn = self.turn.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url(ADMIN, ADMIN), "-c", statement]);
        let output = psql.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said) }
    }

    fn wait_until_up(&mut self) -> Result<(), String> {
        for _ in 0..TRIES {
            if let Ok(Some(status)) = self.shell.try_wait() {
                return Err(format!("PostgreSQL ended ({status})."));
            }
            let mut ask = Command::new(self.programs.join("pg_isready"));
            ask.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if ask.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Err("PostgreSQL does not answer.".into())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The shell sees the end of its input, stops the server and removes the folder.
        drop(self.shell.stdin.take());
        self.shell.wait().map(drop).unwrap_or_default();
    }
}

/// PostgreSQL refuses to run as root.
fn as_nobody_special() -> Command {
    let is_root = Path::new("/proc/self").metadata().is_ok_and(|metadata| is_of_root(&metadata));
    if is_root {
        let mut runuser = Command::new("runuser");
        runuser.args(["-u", "postgres", "--"]);
        runuser
    } else {
        Command::new("env")
    }
}

fn is_of_root(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(metadata) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_makes_databases_and_leaves_nothing() {
        let cluster = Cluster::start(Durable::No).expect("it starts");
        cluster.create("one", None).expect("a database");
        cluster.create("two", Some("one")).expect("a copy");
        assert!(cluster.create("two", None).is_err(), "it is there already");
        let folder =
            std::env::temp_dir().join(format!("noticed-postgres-{}-{}", std::process::id(), cluster.port));
        assert!(folder.exists());
        drop(cluster);
        assert!(!folder.exists());
    }
}
