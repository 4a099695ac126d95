//! Between the domain's directory and its rows: one row per entry, its value as JSON.

use crate::store::{EntryRow, StoreError, place_in};
use domain::directory::Directory;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

pub const PROVIDER: &str = "provider";
pub const SITE: &str = "site";
pub const STAFF: &str = "staff";
pub const PERSON: &str = "person";
pub const PLACE: &str = "place";
pub const ASSET: &str = "asset";
pub const COUNCIL: &str = "council";
pub const CONTRACT: &str = "contract";
pub const FRAMEWORK: &str = "framework";
pub const IDEA: &str = "idea";
pub const LEFT_OUT: &str = "left_out_idea";

/// Builds the directory from its rows. A kind that a newer server wrote is left alone.
/// # Errors  `Damaged` when a value does not read.
pub fn assemble(rows: &[EntryRow]) -> Result<Directory, StoreError> {
    let mut directory = Directory::default();
    for row in rows {
        let id = row.id.as_str();
        match row.kind.as_str() {
            PROVIDER => directory.provider = read(row)?,
            SITE => drop(directory.sites.insert(id.into(), read(row)?)),
            STAFF => drop(directory.staff.insert(id.into(), read(row)?)),
            PERSON => drop(directory.people.insert(id.into(), read(row)?)),
            PLACE => drop(directory.places.insert(id.into(), read(row)?)),
            ASSET => drop(directory.assets.insert(id.into(), read(row)?)),
            COUNCIL => drop(directory.councils.insert(id.into(), read(row)?)),
            CONTRACT => drop(directory.contracts.insert(id.into(), read(row)?)),
            FRAMEWORK => drop(directory.frameworks.insert(id.into(), read(row)?)),
            IDEA => drop(directory.ideas.insert(id.into(), read(row)?)),
            LEFT_OUT => drop(directory.left_out.insert(id.into(), read(row)?)),
            other => tracing::warn!(kind = other, "a list of a newer version"),
        }
    }
    Ok(directory)
}

/// All rows of a directory.
/// # Errors  `Damaged` when a value cannot be written.
pub fn split(directory: &Directory) -> Result<Vec<EntryRow>, StoreError> {
    let mut rows = vec![row(PROVIDER, "", &directory.provider)?];
    rows.extend(
        directory.sites.iter().map(|(id, value)| row(SITE, id, value)).collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory.staff.iter().map(|(id, value)| row(STAFF, id, value)).collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory.people.iter().map(|(id, value)| row(PERSON, id, value)).collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory.places.iter().map(|(id, value)| row(PLACE, id, value)).collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory.assets.iter().map(|(id, value)| row(ASSET, id, value)).collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory
            .councils
            .iter()
            .map(|(id, value)| row(COUNCIL, id, value))
            .collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory
            .contracts
            .iter()
            .map(|(id, value)| row(CONTRACT, id, value))
            .collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory
            .frameworks
            .iter()
            .map(|(id, value)| row(FRAMEWORK, id, value))
            .collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory.ideas.iter().map(|(id, value)| row(IDEA, id, value)).collect::<Result<Vec<_>, _>>()?,
    );
    rows.extend(
        directory
            .left_out
            .iter()
            .map(|(id, value)| row(LEFT_OUT, id, value))
            .collect::<Result<Vec<_>, _>>()?,
    );
    Ok(rows)
}

/// The entry as it is now, if there is one.
pub fn current(directory: &Directory, kind: &str, id: &str) -> Option<Value> {
    let value = match kind {
        SITE => serde_json::to_value(directory.sites.get(id)?),
        STAFF => serde_json::to_value(directory.staff.get(id)?),
        PERSON => serde_json::to_value(directory.people.get(id)?),
        PLACE => serde_json::to_value(directory.places.get(id)?),
        ASSET => serde_json::to_value(directory.assets.get(id)?),
        COUNCIL => serde_json::to_value(directory.councils.get(id)?),
        CONTRACT => serde_json::to_value(directory.contracts.get(id)?),
        FRAMEWORK => serde_json::to_value(directory.frameworks.get(id)?),
        IDEA => serde_json::to_value(directory.ideas.get(id)?),
        LEFT_OUT => serde_json::to_value(directory.left_out.get(id)?),
        _ => return None,
    };
    value.ok()
}

/// Councils, sites, then places: later rows may speak of them.
pub fn order_of(kind: &str) -> usize {
    [COUNCIL, SITE, STAFF, PLACE, PERSON, ASSET, CONTRACT, FRAMEWORK, IDEA, LEFT_OUT]
        .iter()
        .position(|known| *known == kind)
        .unwrap_or(usize::MAX)
}

fn row(kind: &str, id: &str, value: &impl Serialize) -> Result<EntryRow, StoreError> {
    let value = serde_json::to_string(value).map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(EntryRow { kind: kind.to_owned(), id: id.to_owned(), value })
}

fn read<T: DeserializeOwned>(row: &EntryRow) -> Result<T, StoreError> {
    serde_json::from_str(&row.value).map_err(|error| {
        StoreError::Damaged(format!("an entry of the {} list: {}", row.kind, place_in(&error)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_that_does_not_read_is_named_by_its_place_and_never_quoted() {
        let value = r#"{"name": "Elm", "live_from": "Mrs Smith"}"#.to_owned();
        let error =
            assemble(&[EntryRow { kind: SITE.into(), id: "elm".into(), value }]).expect_err("no date");
        let words = error.to_string();
        assert!(words.contains("column") && !words.contains("Smith"), "{words}");
    }
}
