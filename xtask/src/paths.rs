//! Where things are in this repository.

use std::{
    env,
    path::{Path, PathBuf},
    sync::OnceLock,
};

static SERVER: OnceLock<PathBuf> = OnceLock::new();

/// The folder that holds the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Programs that this project installs for itself.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The built app: another one where the environment names it.
pub fn dist() -> PathBuf {
    given_app().unwrap_or_else(|| root().join("dist"))
}

/// An app that somebody built already.
pub fn given_app() -> Option<PathBuf> {
    env::var_os("NOTICED_DIST").map(PathBuf::from)
}

/// The same with its stop-watch.
pub fn given_app_with_stop_watch() -> Option<PathBuf> {
    env::var_os("NOTICED_BENCH_DIST").map(PathBuf::from)
}

/// The server that this command has built: another one where the environment names it.
pub fn server_binary() -> PathBuf {
    given_server().unwrap_or_else(|| SERVER.get().cloned().unwrap_or_else(optimised_server))
}

pub fn optimised_server() -> PathBuf {
    target().join("release/noticed")
}

/// Built along with the tests.
pub fn tested_server() -> PathBuf {
    target().join("debug/noticed")
}

/// Built along with the tests.
pub fn tested_simulator() -> PathBuf {
    target().join("debug/simulate")
}

/// The first build that a command asks for is the one that it starts.
pub fn use_server(built: PathBuf) {
    SERVER.get_or_init(|| built);
}

/// A server that somebody built already.
pub fn given_server() -> Option<PathBuf> {
    env::var_os("NOTICED_BINARY").map(PathBuf::from)
}
