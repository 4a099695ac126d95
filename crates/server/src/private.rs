//! What only the owner of the server's process may read: its folders and its files, from their first byte.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;

/// Makes the folder, and those above it, if they are not there. One of before is closed to others.
/// # Errors  it cannot be made.
pub fn folder(path: &Path) -> io::Result<()> {
    match path.is_dir() {
        true => narrow(path, FOLDER),
        false => DirBuilder::new().recursive(true).mode(FOLDER).create(path)?,
    }
    Ok(())
}

/// Opens the file to write, made if it is not there. One of before is closed to others.
/// # Errors  it cannot be opened.
pub fn file(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(FILE).open(path)?;
    narrow(path, FILE);
    Ok(file)
}

/// Closes what of this is there.
pub fn close(files: &[impl AsRef<Path>]) {
    files.iter().map(AsRef::as_ref).filter(|path| path.is_file()).for_each(|path| narrow(path, FILE));
}

/// A disk without permissions, or of another owner, is for whoever runs the server.
fn narrow(path: &Path, mode: u32) {
    let wide = fs::metadata(path).is_ok_and(|found| found.mode() & 0o777 & !mode != 0);
    if wide && let Err(error) = fs::set_permissions(path, Permissions::from_mode(mode)) {
        tracing::warn!(%error, "others on this machine may read what the server keeps");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_open_to_others_is_closed_and_what_is_in_it_stays() {
        let top = tempfile::tempdir().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("there").mode() & 0o777;
        let [old, new] = ["old", "new/inner"].map(|name| top.path().join(name));
        fs::create_dir(&old).expect("made");
        fs::set_permissions(&old, Permissions::from_mode(0o755)).expect("set");
        let words = old.join("words");
        fs::write(&words, "here before").expect("written");
        fs::set_permissions(&words, Permissions::from_mode(0o644)).expect("set");
        for path in [&old, &new] {
            folder(path).expect("made");
            assert_eq!(mode(path), 0o700, "{}", path.display());
        }
        drop(file(&words).expect("opened"));
        assert_eq!(
            (mode(&words), fs::read_to_string(&words).expect("read").as_str()),
            (0o600, "here before")
        );
        drop(file(&new.join("fresh")).expect("made"));
        assert_eq!(mode(&new.join("fresh")), 0o600);
    }
}
