//! An S3-compatible service in a process of its own, which checks the signature of every request. `cargo xtask test`
//! installs it; it ends with the test.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

const PROGRAM: &str = "s3s-fs";
const BUCKET: &str = "noticed-photos";
const KEY: &str = "NOTICEDTEST";
const SECRET: &str = "only-for-tests-on-this-machine";
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

pub struct S3 {
    program: PathBuf,
    port: u16,
    folder: TempDir,
    child: Option<Child>,
}

/// Where `cargo xtask test` puts it, or in the path.
fn program() -> PathBuf {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::iter::once(tools).chain(std::env::split_paths(&path));
    folders.find_map(|folder| Some(folder.join(PROGRAM)).filter(|file| file.is_file())).unwrap_or_default()
}

impl S3 {
    pub fn start() -> S3 {
        S3::of(program()).unwrap_or_else(|sentence| panic!("{sentence}"))
    }

    /// # Errors  a sentence: the program is missing, or it does not answer.
    fn of(program: PathBuf) -> Result<S3, String> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.map_err(|error| error.to_string())?.port();
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        fs::create_dir(folder.path().join(BUCKET)).map_err(|error| error.to_string())?;
        let mut s3 = S3 { program, port, folder, child: None };
        s3.run()?;
        Ok(s3)
    }

    fn run(&mut self) -> Result<(), String> {
        let mut service = Command::new(&self.program);
        service.args(["--host", "127.0.0.1", "--port", &self.port.to_string()]);
        service.args(["--access-key", KEY, "--secret-key", SECRET]).arg(self.folder.path());
        let child = service.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.child = Some(child.map_err(|why| {
            format!(
                "The S3 service {PROGRAM} cannot be started: {why}. Run cargo xtask test --only native: it installs what is missing."
            )
        })?);
        for _ in 0..TRIES {
            if self.child.as_mut().is_some_and(|child| child.try_wait().is_ok_and(|ended| ended.is_some())) {
                break;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Err(format!("The S3 service {PROGRAM} was started and does not answer at port {}.", self.port))
    }

    /// Nobody answers any more; what it kept stays.
    pub fn goes_away(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().and_then(|()| child.wait()).map(drop).unwrap_or_default();
        }
    }

    pub fn comes_back(&mut self) {
        self.run().unwrap_or_else(|sentence| panic!("{sentence}"));
    }

    /// As `--photos` names it.
    pub fn place(&self) -> String {
        format!("s3://{BUCKET}/home")
    }

    pub fn environment(&self) -> Vec<(&'static str, String)> {
        self.environment_with(SECRET)
    }

    /// With a secret that is not that of the service.
    pub fn environment_of_a_stranger(&self) -> Vec<(&'static str, String)> {
        self.environment_with("guessed")
    }

    fn environment_with(&self, secret: &str) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT", format!("http://127.0.0.1:{}", self.port)),
            ("AWS_ALLOW_HTTP", "true".to_owned()),
            ("AWS_REGION", "eu-west-2".to_owned()),
            ("AWS_ACCESS_KEY_ID", KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", secret.to_owned()),
        ]
    }

    /// The photos that it keeps, past its own door.
    pub fn photos(&self) -> Vec<PathBuf> {
        fn below(folder: &Path) -> Vec<PathBuf> {
            let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
            paths.flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
        }
        let mut all = below(&self.folder.path().join(BUCKET));
        all.retain(|path| path.extension().is_some_and(|end| end == "jpg"));
        all.sort();
        all
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        self.goes_away();
    }
}

#[test]
fn a_service_that_is_missing_is_told_in_a_sentence() {
    let Err(sentence) = S3::of("/nowhere/s3s-fs".into()) else { panic!("it was started") };
    assert!(sentence.contains("cannot be started") && sentence.contains("cargo xtask test"), "{sentence}");
    // One that ends at once.
    let Err(sentence) = S3::of("/bin/false".into()) else { panic!("it answers") };
    assert!(sentence.contains("does not answer"), "{sentence}");
}
