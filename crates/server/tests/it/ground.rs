//! Where the database of a test is: a SQLite file in its folder; or, with NOTICED_TEST_DATABASE=postgres, a database
//! of its own in a private PostgreSQL that ends with this program.

use cluster::{ADMIN, APPLICATION, Cluster, Durable, OWNER};
use server::place::Place;
use sqlx::{PgPool, Row, SqlitePool};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    process::Command,
    sync::{LazyLock, Mutex, PoisonError},
};

const TEMPLATE: &str = "prepared";

/// Started with the first test that needs it.
pub static CLUSTER: LazyLock<Cluster> = LazyLock::new(|| {
    let cluster = Cluster::start(Durable::No).expect("PostgreSQL starts");
    cluster.create(TEMPLATE, None).expect("a database");
    prepare(&cluster, TEMPLATE);
    cluster
});

static DATABASES: Mutex<Option<HashMap<PathBuf, Place>>> = Mutex::new(None);

fn prepare(cluster: &Cluster, database: &str) {
    let done = Command::new(env!("CARGO_BIN_EXE_noticed"))
        .args(["prepare", "--database", &cluster.url(APPLICATION, database)])
        .args(["--owner", &cluster.url(OWNER, database)])
        .status();
    assert!(done.expect("the program runs").success());
}

pub fn is_postgres() -> bool {
    std::env::var("NOTICED_TEST_DATABASE").is_ok_and(|kind| kind == "postgres")
}

/// The database that belongs to a data folder, the same one each time.
pub fn place(data: &Path) -> Place {
    if is_postgres() { on_postgres(data) } else { Place::folder(data) }
}

/// The same, always on PostgreSQL.
pub fn on_postgres(data: &Path) -> Place {
    let mut all = DATABASES.lock().unwrap_or_else(PoisonError::into_inner);
    let all = all.get_or_insert_default();
    let name = format!("test_{}", all.len());
    all.entry(data.into())
        .or_insert_with(|| {
            CLUSTER.create(&name, Some(TEMPLATE)).expect("a database");
            Place { database: Some(CLUSTER.url(APPLICATION, &name)), ..Place::folder(data) }
        })
        .clone()
}

/// As the command line names it.
pub fn words(place: &Place) -> Vec<String> {
    let folder = ["--data".to_owned(), place.data.display().to_string()];
    let database = place.database.iter().flat_map(|url| ["--database".to_owned(), url.clone()]);
    folder.into_iter().chain(database).collect()
}

/// Looks into a database past the server, and past row security.
pub enum Look {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Look {
    pub async fn into(place: &Place) -> Look {
        match &place.database {
            None => {
                let file = format!("sqlite:{}", place.data.join("noticed.db").display());
                Look::Sqlite(SqlitePool::connect(&file).await.expect("the database"))
            }
            Some(url) => {
                let url = url.replace(&format!("//{APPLICATION}@"), &format!("//{ADMIN}@"));
                Look::Postgres(PgPool::connect(&url).await.expect("the database"))
            }
        }
    }

    /// Answers how many rows were changed.
    pub async fn change(&self, sql: &str) -> u64 {
        let sql = sqlx::AssertSqlSafe(sql);
        match self {
            Look::Sqlite(pool) => sqlx::query(sql).execute(pool).await.expect("changed").rows_affected(),
            Look::Postgres(pool) => sqlx::query(sql).execute(pool).await.expect("changed").rows_affected(),
        }
    }

    /// Rows of texts and numbers.
    pub async fn rows(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        macro_rules! read {
            ($pool:expr) => {
                sqlx::query(sqlx::AssertSqlSafe(sql))
                    .fetch_all($pool)
                    .await
                    .expect("rows")
                    .iter()
                    .map(|row| (0..row.len()).map(|place| text!(row, place)).collect())
                    .collect()
            };
        }
        macro_rules! text {
            ($row:expr, $place:expr) => {
                $row.try_get::<Option<i64>, _>($place)
                    .map(|number| number.map(|number| number.to_string()))
                    .unwrap_or_else(|_| $row.get::<Option<String>, _>($place))
            };
        }
        match self {
            Look::Sqlite(pool) => read!(pool),
            Look::Postgres(pool) => read!(pool),
        }
    }

    /// Bytes as `hex_of` shows them.
    pub fn hex(&self, bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The expression that shows the bytes of a column as a text.
    pub fn hex_of(&self, column: &str) -> String {
        match self {
            Look::Sqlite(_) => format!("lower(hex({column}))"),
            Look::Postgres(_) => format!("encode({column}, 'hex')"),
        }
    }

    /// The one number that answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let rows = self.rows(sql).await;
        rows[0][0].as_ref().and_then(|text| text.parse().ok()).expect("a number")
    }
}
