//! The steps that bring a database up to date, in order. Only ever added to: the place in the list is the version.
//!
//! A new step is one line here and one file of the same name for each database, `migrations/sqlite/0009_name.sql` and
//! `migrations/postgres/0009_name.sql`. Whoever lands second takes the next number.
//! Its tables have `tenant` first in their key and hold texts, whole numbers and bytes only: TEXT, INTEGER, BLOB and
//! STRICT in SQLite, TEXT, BIGINT, BYTEA in PostgreSQL. Row security and rights follow by themselves (`always.sql`).

pub struct Step {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

macro_rules! steps {
    ($($name:literal)*) => {
        pub const STEPS: &[Step] = &[$(Step {
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/postgres/", $name, ".sql")),
        }),*];
    };
}

steps! {
    "0001_start"
    "0002_read_only_links"
    "0003_checkpoints"
    "0004_rescue_key"
    "0005_device_shares"
    "0006_record_views"
    "0007_disposal"
    "0008_revision"
    "0009_photos"
    "0010_passkeys"
    "0011_used_proofs"
    "0012_dealt_with"
    "0013_opened_names"
    "0014_views_in_files"
}

#[cfg(test)]
mod tests {
    use super::STEPS;

    /// Tables that belong to no provider: the epoch of the server, and the steps that PostgreSQL has done.
    const OF_NO_PROVIDER: [&str; 2] = ["server", "step"];

    fn tables(sql: &str) -> impl Iterator<Item = (&str, &str)> {
        sql.split("CREATE TABLE ").skip(1).map(|part| {
            let (table, rest) = part.split_once(" (\n").expect("a name");
            (table, rest.split_once(";\n").expect("an end").0)
        })
    }

    fn names(sql: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
        let mut names: Vec<&str> = sql.flat_map(tables).map(|(name, _)| name).collect();
        names.retain(|name| *name != "step");
        names
    }

    #[test]
    fn every_table_has_the_provider_first_in_its_key() {
        for (table, body) in STEPS.iter().flat_map(|step| tables(step.sqlite).chain(tables(step.postgres))) {
            let fine = match body.split_once("PRIMARY KEY (") {
                Some((_, key)) => key.starts_with("tenant"),
                None => body.starts_with("    tenant TEXT") && body.contains("NOT NULL PRIMARY KEY"),
            };
            assert!(fine || OF_NO_PROVIDER.contains(&table), "{table} has no tenant first in its key");
        }
    }

    #[test]
    fn both_databases_have_the_same_tables_and_sqlite_checks_types() {
        let (sqlite, postgres) =
            (names(STEPS.iter().map(|step| step.sqlite)), names(STEPS.iter().map(|step| step.postgres)));
        assert_eq!(sqlite, postgres);
        assert!(sqlite.len() >= 14, "only {} tables were looked at", sqlite.len());
        for (table, body) in STEPS.iter().flat_map(|step| tables(step.sqlite)) {
            assert!(body.contains(") STRICT"), "{table} is not STRICT");
        }
    }
}
