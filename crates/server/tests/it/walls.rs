//! PostgreSQL: the walls between providers stand in the database itself, whatever a query forgets.

use crate::{
    ground::{self, CLUSTER, Look},
    harness::{PASSWORD, Running, config, set_up},
    phone::{Phone, accepted, held},
    program::{run, says},
};
use cluster::{ADMIN, APPLICATION, OWNER};
use serde_json::json;
use server::place::Place;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Tables that belong to no provider.
const OF_NO_PROVIDER: [&str; 2] = ["server", "step"];

struct Homes {
    place: Place,
    willow: Phone,
    birch: Phone,
    _server: Running,
    _folder: tempfile::TempDir,
}

/// Two providers in one database, with something in as many tables as can be.
async fn homes() -> Homes {
    let folder = tempfile::tempdir().expect("a folder");
    let place = ground::on_postgres(folder.path());
    let mut config = config(folder.path(), folder.path());
    config.place = place.clone();
    let server = Running::start(config).await;
    let willow = set_up(&server.url, &server.token(), "Willow Care", "elm").await;
    let link = server::start::add_provider(&place, &server.url).await.expect("added");
    let birch = set_up(&server.url, link.split('#').nth(1).expect("a token"), "Birch Care", "elm").await;
    let mut homes = Homes { place, willow, birch, _server: server, _folder: folder };
    for boss in [&mut homes.willow, &mut homes.birch] {
        let report = boss.report(&format!("r-{}", boss.tenant));
        accepted(&boss.push_one(&report).await);
        boss.report("lost");
        let waits = boss.report("waits");
        assert!(held(&boss.push_one(&waits).await));
        let apart = &boss.get("/v1/attention").await.ok()["items"][0];
        let dealt = json!({ "kind": apart["kind"], "id": apart["id"], "said": "It waits" });
        boss.post("/v1/attention", dealt).await.ok();
        let look = json!({ "id": "look", "record": "r", "at": "2026-06-11T08:29:00Z" });
        boss.post("/v1/views", json!({ "views": [look] })).await.ok();
        boss.post("/v1/invites", json!({ "device_label": "Tablet", "site": "elm" })).await.ok();
        boss.post("/v1/calendar", json!({})).await.ok();
    }
    homes
}

impl Homes {
    fn url(&self, role: &str) -> String {
        let url = self.place.database.as_ref().expect("PostgreSQL");
        url.replace(&format!("//{APPLICATION}@"), &format!("//{role}@"))
    }

    async fn connect(&self, role: &str) -> PgConnection {
        PgConnection::connect(&self.url(role)).await.expect("connected")
    }
}

async fn run_sql(connection: &mut PgConnection, sql: String) -> Result<u64, sqlx::Error> {
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.map(|done| done.rows_affected())
}

async fn number(connection: &mut PgConnection, sql: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await.expect("a number")
}

async fn tables(look: &Look) -> Vec<String> {
    let rows = look.rows("SELECT CAST(relname AS TEXT) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");
    rows.await.into_iter().filter_map(|mut row| row[0].take()).collect()
}

#[tokio::test]
async fn every_table_of_a_provider_has_row_security_that_binds_its_owner_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let look = Look::into(&ground::on_postgres(folder.path())).await;
    let all = tables(&look).await;
    assert!(all.len() >= 14, "{all:?}");
    let open = look
        .rows(
            "SELECT CAST(c.relname AS TEXT) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace \
             AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS \
             (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant' AND a.attnotnull) AND EXISTS \
             (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'of_provider'))",
        )
        .await;
    let mut open: Vec<String> = open.into_iter().filter_map(|mut row| row[0].take()).collect();
    open.sort();
    assert_eq!(open, OF_NO_PROVIDER);
}

#[tokio::test]
async fn raw_sql_for_one_provider_sees_no_row_of_another() {
    let homes = homes().await;
    let all = tables(&Look::into(&homes.place).await).await;
    let (ours, theirs) = (&homes.willow.tenant, &homes.birch.tenant);
    for role in [APPLICATION, OWNER] {
        let mut connection = homes.connect(role).await;
        let mut seen = 0;
        for table in all.iter().filter(|table| !OF_NO_PROVIDER.contains(&table.as_str())) {
            let count = format!("SELECT COUNT(*) FROM {table}");
            assert_eq!(number(&mut connection, count.clone()).await, 0, "{table}: nobody was named");
            let mut transaction = connection.begin().await.expect("a transaction");
            run_sql(&mut transaction, format!("SET LOCAL app.tenant = '{ours}'")).await.expect("named");
            let foreign = format!("{count} WHERE tenant <> '{ours}'");
            assert_eq!(number(&mut transaction, foreign).await, 0, "{table}: a row of another provider");
            seen += i32::from(number(&mut transaction, count.clone()).await > 0);
            let aimed = format!("{count} WHERE tenant = '{theirs}'");
            assert_eq!(number(&mut transaction, aimed).await, 0, "{table}: aimed at another provider");
            transaction.rollback().await.expect("over");
            assert_eq!(
                number(&mut connection, count).await,
                0,
                "{table}: the name ends with the transaction"
            );
        }
        assert!(seen >= 11, "only {seen} tables had a row to look for");
    }
    let mut admin = homes.connect(ADMIN).await;
    assert_eq!(number(&mut admin, "SELECT COUNT(DISTINCT tenant) FROM event".into()).await, 2);
}

#[tokio::test]
async fn raw_sql_writes_for_no_other_provider_and_never_changes_the_log() {
    let homes = homes().await;
    let (ours, theirs) = (&homes.willow.tenant, &homes.birch.tenant);
    let mut connection = homes.connect(APPLICATION).await;
    let foreign = format!(
        "INSERT INTO device_person (tenant, device, staff, first_at) VALUES ('{theirs}', 'd', 's', 0)"
    );
    let moved = format!("UPDATE session SET tenant = '{theirs}'");
    let refused = [
        (foreign, "row-level security"),
        (moved, "row-level security"),
        ("UPDATE event SET hash = ''".into(), "permission denied"),
        ("DELETE FROM event".into(), "permission denied"),
        ("DELETE FROM directory_change".into(), "permission denied"),
        ("TRUNCATE event".into(), "permission denied"),
        ("ALTER TABLE event DISABLE ROW LEVEL SECURITY".into(), "must be owner"),
        ("DELETE FROM record_view".into(), "permission denied"),
        ("UPDATE record_view SET staff = 'x'".into(), "permission denied"),
        ("DELETE FROM step".into(), "permission denied"),
    ];
    for (sql, why) in refused {
        let mut transaction = connection.begin().await.expect("a transaction");
        run_sql(&mut transaction, format!("SET LOCAL app.tenant = '{ours}'")).await.expect("named");
        let error = run_sql(&mut transaction, sql.clone()).await.expect_err(&sql);
        assert!(error.to_string().contains(why), "{sql}: {error}");
    }
    let mut transaction = connection.begin().await.expect("a transaction");
    run_sql(&mut transaction, format!("SET LOCAL app.tenant = '{ours}'")).await.expect("named");
    let aimed = format!("UPDATE device SET label = 'x' WHERE tenant = '{theirs}'");
    assert_eq!(run_sql(&mut transaction, aimed).await.expect("no row"), 0);
}

#[tokio::test]
async fn a_secret_opens_the_one_row_it_belongs_to() {
    let homes = homes().await;
    let mut admin = homes.connect(ADMIN).await;
    let key: String = sqlx::query_scalar("SELECT encode(hash, 'hex') FROM session LIMIT 1")
        .fetch_one(&mut admin)
        .await
        .expect("a session");
    assert_eq!(number(&mut admin, "SELECT COUNT(*) FROM session".into()).await, 2);
    let mut connection = homes.connect(APPLICATION).await;
    for (key, rows) in [(key.as_str(), 1), ("", 0), ("00", 0)] {
        let mut transaction = connection.begin().await.expect("a transaction");
        run_sql(&mut transaction, format!("SET LOCAL app.key = '{key}'")).await.expect("shown");
        let session = number(&mut transaction, "SELECT COUNT(*) FROM session".into()).await;
        assert_eq!(session, rows, "with {key}");
        for table in ["provider", "device", "invite", "calendar_feed", "event", "account"] {
            let others = number(&mut transaction, format!("SELECT COUNT(*) FROM {table}")).await;
            assert_eq!(others, 0, "{table} with {key}");
        }
    }
    let hostile = format!("x'; SET LOCAL app.tenant = '{}", homes.birch.tenant);
    let mut stranger = homes.willow.clone();
    stranger.tenant = hostile.clone();
    stranger.id = hostile;
    let event = stranger.report("r1");
    let mut request = stranger.push_request(&[event]);
    request.device = "no-such-device".into();
    stranger.id = "no-such-device".into();
    assert_eq!(stranger.push_raw(&request).await.status, 200, "it waits outside");
    assert_eq!(number(&mut admin, "SELECT COUNT(*) FROM quarantine".into()).await, 0);
}

#[test]
fn a_role_that_could_see_past_the_walls_is_refused_and_an_empty_database_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = ground::on_postgres(folder.path()).database.expect("PostgreSQL");
    let data = folder.path().to_str().expect("a path");
    for role in [OWNER, ADMIN] {
        let url = url.replace(&format!("//{APPLICATION}@"), &format!("//{role}@"));
        says(&run(&["serve", "--port", "0", "--data", data, "--database", &url]), "sees past row security");
    }
    CLUSTER.create("empty", None).expect("a database");
    let empty = CLUSTER.url(APPLICATION, "empty");
    says(&run(&["serve", "--port", "0", "--data", data, "--database", &empty]), "Run noticed prepare");
    let nowhere = "postgres://noticed:s3cret@127.0.0.1:1/noticed";
    let said = run(&["serve", "--port", "0", "--data", data, "--database", nowhere]);
    says(&said, "The database in postgres://noticed@127.0.0.1:1/noticed cannot be used");
    assert!(!String::from_utf8_lossy(&said.stderr).contains("s3cret"));
    let owner = CLUSTER.url(OWNER, "empty");
    for _ in 0..2 {
        assert!(
            run(&["prepare", "--database", &empty, "--owner", &owner]).status.success(),
            "any number of times"
        );
    }
}

#[tokio::test]
async fn a_sign_in_name_is_found_whatever_its_letters() {
    let homes = homes().await;
    let mut phone = homes.willow.clone();
    phone.sign_in("BOSS", PASSWORD).await.expect("phones like to begin with a capital letter");
}
