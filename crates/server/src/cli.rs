//! The words of the command line.

use crate::{
    clock::Clock,
    ops::command::{Kept, OpsCommand},
    photos::PhotoPlace,
    place::Place,
    start::Config,
};
use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
};

pub const HELP: &str = "\
noticed: near misses in adult social care, recorded offline, followed to what changed

  noticed serve [--data DIR] [--database URL] [--port N] [--host ADDRESS] [--dist DIR]
                [--tls-cert FILE --tls-key FILE] [--base-url URL]
      Starts the server. Makes the data folder when it is not there.
        --data      folder of the database and the server's key   (./data)
        --database  a PostgreSQL database that was prepared, instead of the one in the folder:
                    postgres://role@host:port/name; several servers may share it
        --port      port to listen on                   (8080)
        --host      address to listen on                (127.0.0.1)
        --dist      folder of the built app             (./dist)
        --tls-cert, --tls-key
                    certificate and key as PEM files; phones need HTTPS away from localhost
        --base-url  how people reach the server, when a proxy stands in front
        --photos    where photos lie: a folder, or s3://bucket/prefix with AWS_ACCESS_KEY_ID,
                    AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT in the environment;
                    a service without TLS on this machine needs AWS_ALLOW_HTTP=true too
                    (the folder photos in the data folder)
        --withdraw  devices forget the app that they keep, and load it from here each time, until the
                    server is started without this word; what people wrote stays on the devices

  noticed prepare --database URL --owner URL
      Brings a PostgreSQL database up to date, before the first start and after each update.
        --owner     the same database, with the role that owns it; --database names the role of the server

  noticed provider [--data DIR] [--database URL] [--base-url URL]
      Adds a care provider to the server and prints its set-up link.

  noticed restored [--data DIR] [--database URL]
      Run once after the database was put back from a copy, before the server starts:
      every device then sends its last 30 days again.

  noticed backup [--data DIR] [--photos PLACE] --out FILE
      Copies the database to a new file and checks the copy. The server may be running.
      A PostgreSQL database is copied by pg_dump.
        --photos    as for serve; photos of a folder are copied into the folder FILE.photos,
                    of those at an S3 service only names and hashes

  noticed restore --from FILE [--data DIR] [--photos PLACE]
      Checks a copy, puts it into an empty folder, and makes every device send its last 30 days again.
        --photos    where photos shall lie; FILE.photos is put there

  noticed export [--data DIR] [--database URL] [--provider ID] --out FILE
      Writes the log of a provider, one entry a line. The server may be running.

  noticed verify [--data DIR] [--database URL] [--provider ID] [--file FILE] [--checkpoint FILE] [--key KEY]
      Checks a data folder or an exported log, and names the first entry that is wrong.
        --file        an exported log instead of a folder
        --checkpoint  a signed checkpoint that was kept elsewhere; may stand more than once
        --key         the public key of the server, as Manage, The log shows it, that every checkpoint
                      must be signed with; may stand more than once

  noticed import-rescue [--data DIR] [--database URL] [--photos PLACE] FILE
      Takes in a rescue file (.nmrescue) that somebody saved on a device that could not send.
      The server must not be running; while it runs, hand the file in under Manage in the app.

  noticed dispose [--data DIR] [--provider ID] [--person CODE] [--by NAME]
      Lists the records whose retention is over, or that name a person. With --by it takes their words out;
      hashes stay, what was done is logged, and records on legal hold are left alone. Stop the server first.
";

#[derive(Clone, Debug)]
pub enum Command {
    Serve(Config),
    Prepare { place: Place, owner: String },
    Provider { place: Place, base_url: String },
    Restored { place: Place },
    Ops(OpsCommand),
    ImportRescue { place: Place, file: PathBuf, photos: Option<PhotoPlace> },
    Help,
}

/// # Errors  one sentence about the first word that does not fit.
pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut words = words.into_iter();
    let command = words.next().unwrap_or_else(|| "help".to_owned());
    let options = Options::read(&command, words)?;
    match command.as_str() {
        "serve" => options.serve().map(Command::Serve),
        "provider" => {
            let base_url = options.base_url.clone().unwrap_or_else(|| options.local_url());
            Ok(Command::Provider { place: options.place, base_url })
        }
        "import-rescue" => match options.file {
            Some(file) => Ok(Command::ImportRescue { place: options.place, file, photos: options.photos }),
            None => Err("import-rescue needs the name of a file.".into()),
        },
        "restored" => Ok(Command::Restored { place: options.place }),
        "prepare" => match (&options.place.database, options.owner) {
            (Some(_), Some(owner)) => Ok(Command::Prepare { place: options.place, owner }),
            _ => Err("noticed prepare needs --database and --owner.".into()),
        },
        "backup" => {
            let out = needed("--out", options.out)?;
            Ok(Command::Ops(OpsCommand::Backup {
                data: options.place.folder_only()?,
                out,
                photos: options.photos,
            }))
        }
        "restore" => {
            let from = needed("--from", options.from)?;
            Ok(Command::Ops(OpsCommand::Restore {
                from,
                data: options.place.folder_only()?,
                photos: options.photos,
            }))
        }
        "export" => {
            let out = needed("--out", options.out)?;
            Ok(Command::Ops(OpsCommand::Export { place: options.place, provider: options.provider, out }))
        }
        "verify" => Ok(Command::Ops(match options.file {
            Some(file) => OpsCommand::VerifyFile { file, kept: options.kept },
            None => OpsCommand::VerifyFolder {
                place: options.place,
                provider: options.provider,
                kept: options.kept,
            },
        })),
        "dispose" => Ok(Command::Ops(OpsCommand::Dispose {
            place: options.place,
            provider: options.provider,
            person: options.person,
            by: options.by,
        })),
        "help" | "--help" | "-h" => Ok(Command::Help),
        other => Err(format!("There is no command named {other}. Run noticed --help.")),
    }
}

struct Options {
    place: Place,
    owner: Option<String>,
    dist: PathBuf,
    host: IpAddr,
    port: u16,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    base_url: Option<String>,
    provider: Option<String>,
    out: Option<PathBuf>,
    from: Option<PathBuf>,
    /// An option of `verify`, and the last word of the commands that take one.
    file: Option<PathBuf>,
    kept: Kept,
    person: Option<String>,
    by: Option<String>,
    photos: Option<PhotoPlace>,
    withdraw: bool,
}

/// Commands whose last word is a file.
const WITH_FILE: [&str; 1] = ["import-rescue"];

impl Options {
    fn read(command: &str, mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Options {
            place: Place::folder("data"),
            owner: None,
            dist: "dist".into(),
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            certificate: None,
            key: None,
            base_url: None,
            provider: None,
            out: None,
            from: None,
            file: None,
            kept: Kept::default(),
            person: None,
            by: None,
            photos: None,
            withdraw: false,
        };
        while let Some(name) = words.next() {
            let mut value = || words.next().ok_or(format!("{name} needs a value."));
            match name.as_str() {
                "--data" => options.place.data = value()?.into(),
                "--database" => options.place.database = Some(database_url(&name, value()?)?),
                "--owner" => options.owner = Some(database_url(&name, value()?)?),
                "--dist" => options.dist = value()?.into(),
                "--host" => options.host = parsed(&name, value()?)?,
                "--port" => options.port = parsed(&name, value()?)?,
                "--tls-cert" => options.certificate = Some(value()?.into()),
                "--tls-key" => options.key = Some(value()?.into()),
                "--base-url" => options.base_url = Some(base_url(value()?)?),
                "--provider" => options.provider = Some(value()?),
                "--person" => options.person = Some(value()?),
                "--by" => options.by = Some(value()?),
                "--out" => options.out = Some(value()?.into()),
                "--from" => options.from = Some(value()?.into()),
                "--file" => options.file = Some(value()?.into()),
                "--checkpoint" => options.kept.checkpoints.push(value()?.into()),
                "--key" => drop(options.kept.keys.insert(value()?)),
                file if !file.starts_with('-') && WITH_FILE.contains(&command) && options.file.is_none() => {
                    options.file = Some(file.into());
                }
                "--withdraw" => options.withdraw = true,
                "--photos" => options.photos = Some(photo_place(value()?)),
                other => return Err(format!("There is no option named {other}. Run noticed --help.")),
            }
        }
        Ok(options)
    }

    fn serve(self) -> Result<Config, String> {
        let tls = match (self.certificate, self.key) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            _ => return Err("--tls-cert and --tls-key belong together: give both or none.".into()),
        };
        Ok(Config {
            place: self.place,
            dist: self.dist,
            host: self.host,
            port: self.port,
            tls,
            base_url: self.base_url,
            photos: self.photos,
            withdraw: self.withdraw,
            clock: Clock::from_environment(),
        })
    }

    fn local_url(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

fn needed(name: &str, value: Option<PathBuf>) -> Result<PathBuf, String> {
    value.ok_or_else(|| format!("{name} is needed."))
}

fn parsed<T: std::str::FromStr>(name: &str, text: String) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name} cannot be {text}."))
}

fn database_url(name: &str, text: String) -> Result<String, String> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(text)
    } else {
        Err(format!("{name} begins with postgres://."))
    }
}

fn photo_place(text: String) -> PhotoPlace {
    if text.starts_with("s3://") { PhotoPlace::S3(text) } else { PhotoPlace::Folder(text.into()) }
}

fn base_url(text: String) -> Result<String, String> {
    if text.starts_with("https://") || text.starts_with("http://") {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err("--base-url begins with https:// or http://.".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn serve_has_safe_defaults() {
        let Ok(Command::Serve(config)) = parse(words("serve --port 9000")) else { panic!("serve") };
        assert_eq!((config.host.to_string().as_str(), config.port), ("127.0.0.1", 9000));
        assert!(config.tls.is_none());
        assert_eq!(config.place, Place::folder("data"));
    }

    #[test]
    fn mistakes_are_told_in_a_sentence() {
        let check = |text: &str, words_of| assert_eq!(parse(words(text)).expect_err(text), words_of);
        check("serve --database mysql://b/c", "--database begins with postgres://.");
        check("prepare --database postgres://b/c", "noticed prepare needs --database and --owner.");
        check(
            "backup --database postgres://b/c --out d",
            "A PostgreSQL database is copied by pg_dump and put back by pg_restore.",
        );
        check("surf", "There is no command named surf. Run noticed --help.");
        check("serve --port", "--port needs a value.");
        check("backup --data d", "--out is needed.");
        check("restore --data d", "--from is needed.");
        check("serve --port lots", "--port cannot be lots.");
        check("serve --tls-cert a.pem", "--tls-cert and --tls-key belong together: give both or none.");
        check("serve --base-url example.org", "--base-url begins with https:// or http://.");
        check("import-rescue --data d", "import-rescue needs the name of a file.");
        check("import-rescue a b", "There is no option named b. Run noticed --help.");
        check("serve --colour red", "There is no option named --colour. Run noticed --help.");
    }
}
