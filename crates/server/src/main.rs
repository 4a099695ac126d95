//! `noticed`: starts the server, adds a provider to it, copies, exports or checks what it keeps.

use anyhow::Context;
use mimalloc::MiMalloc;
use server::{
    cli::{self, Command, HELP},
    ops::command::{self, CommandError, OpsCommand},
    photos::PhotoPlace,
    place::Place,
    start::{self, Config, StartError},
};
use std::{
    fs,
    io::{Read, Write, stderr, stdout},
    path::Path,
    process::ExitCode,
};
use sync::rescue::MAX_FILE_BYTES;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// The folder, the port, the database or a word on the command line is at fault: the person can mend it.
const CANNOT_START: u8 = 2;
/// A check found something that is wrong.
const NOT_WHOLE: u8 = 1;

fn main() -> ExitCode {
    // Places to stop at, from the environment; without tests there are none.
    let _places = fail::FailScenario::setup();
    let command = match cli::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(sentence) => return say_why(&sentence),
    };
    match run(command) {
        Ok(code) => code,
        Err(error) => match (error.downcast_ref::<StartError>(), error.downcast_ref::<CommandError>()) {
            (Some(sentence), _) => say_why(&sentence.to_string()),
            (_, Some(sentence)) => say_why(&sentence.to_string()),
            (None, None) => {
                tracing::error!(error = format!("{error:#}"), "the server ended");
                ExitCode::FAILURE
            }
        },
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    if matches!(command, Command::Help) {
        return say(HELP).map(|()| ExitCode::SUCCESS);
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(async {
        match command {
            Command::Serve(config) => serve(config).await?,
            Command::Prepare { place, owner } => prepare(&place, &owner).await?,
            Command::Provider { place, base_url } => add_provider(&place, &base_url).await?,
            Command::Restored { place } => restored(&place).await?,
            Command::ImportRescue { place, file, photos } => import_rescue(place, photos, &file).await?,
            Command::Ops(command) => return look_after(command).await,
            Command::Help => {}
        }
        Ok(ExitCode::SUCCESS)
    })
}

async fn serve(config: Config) -> anyhow::Result<()> {
    write_logs();
    let ready = start::start(config).await?;
    say(&format!("Noticed is ready at {}\n", ready.base_url))?;
    if let Some(link) = &ready.set_up_link {
        say(&format!(
            "Nobody is set up yet. Open this link once, on the device of the first person:\n{link}\n"
        ))?;
    }
    ready.run(told_to_stop()).await.context("serve")?;
    tracing::info!("stopped");
    Ok(())
}

async fn prepare(place: &Place, owner: &str) -> anyhow::Result<()> {
    place.prepare(owner).await?;
    say("The database is ready. Start the server now.\n")
}

async fn add_provider(place: &Place, base_url: &str) -> anyhow::Result<()> {
    let link = start::add_provider(place, base_url).await?;
    say(&format!("Open this link once, on the device of the first person of the new provider:\n{link}\n"))
}

async fn restored(place: &Place) -> anyhow::Result<()> {
    start::restored(place).await?;
    say("Every device will send its last 30 days again. Start the server now.\n")
}

async fn look_after(command: OpsCommand) -> anyhow::Result<ExitCode> {
    let said = command::run(command).await?;
    say(&said.words)?;
    Ok(if said.fine { ExitCode::SUCCESS } else { ExitCode::from(NOT_WHOLE) })
}

async fn import_rescue(place: Place, photos: Option<PhotoPlace>, file: &Path) -> anyhow::Result<()> {
    // One more than a rescue file may have, so that a longer one is told from it.
    let most = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    match fs::File::open(file).and_then(|opened| opened.take(most).read_to_end(&mut bytes)) {
        Ok(_) => say(&start::import_rescue(place, photos, &bytes).await?.words()),
        Err(why) => Err(StartError::RescueFile(format!("{} cannot be read: {why}.", file.display())).into()),
    }
}

/// Ctrl+C, or the polite signal of a service manager.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        tracing::warn!("no signals: stop the server by ending its process");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

/// JSON lines on stderr. `NOTICED_LOG` sets how much.
fn write_logs() {
    let filter = EnvFilter::try_from_env("NOTICED_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(stderr).init();
}

fn say(text: &str) -> anyhow::Result<()> {
    let mut out = stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("write to the terminal")
}

fn say_why(sentence: &str) -> ExitCode {
    match writeln!(stderr(), "{sentence}") {
        Ok(()) => ExitCode::from(CANNOT_START),
        Err(_) => ExitCode::FAILURE,
    }
}
