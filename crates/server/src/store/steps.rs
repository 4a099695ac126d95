//! The steps that bring a database up to date, in order. Only ever added to: the place in the list is the version.
//!
//! A new step is one line here and one file of the same name for each database:
//! `migrations/sqlite/0003_name.sql`. Whoever lands second takes the next number.
//! Its tables have `tenant TEXT NOT NULL` first in their key, and hold TEXT, whole numbers and bytes only.

pub struct Step {
    pub sqlite: &'static str,
}

macro_rules! steps {
    ($($name:literal)*) => {
        pub const STEPS: &[Step] = &[$(Step {
            sqlite: include_str!(concat!("../../migrations/sqlite/", $name, ".sql")),
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
}

#[cfg(test)]
mod tests {
    use super::STEPS;

    /// Tables that belong to no provider.
    const OF_NO_PROVIDER: [&str; 1] = ["server"];

    #[test]
    fn every_table_is_strict_and_has_the_provider_first_in_its_key() {
        let mut tables = 0;
        for part in STEPS.iter().flat_map(|step| step.sqlite.split("CREATE TABLE ").skip(1)) {
            let (table, rest) = part.split_once(' ').expect("a name");
            let (body, _) = part.split_once(";\n").expect("an end");
            assert!(body.contains(") STRICT"), "{table} is not STRICT");
            let key = body.split_once("PRIMARY KEY (").map(|(_, key)| key.to_owned());
            let fine = match key {
                Some(key) => key.starts_with("tenant"),
                None => rest.contains("tenant TEXT NOT NULL PRIMARY KEY"),
            };
            assert!(fine || OF_NO_PROVIDER.contains(&table), "{table} has no tenant first in its key");
            tables += 1;
        }
        assert!(tables >= 14, "only {tables} tables were looked at");
    }
}
