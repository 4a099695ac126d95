//! The server's log keeps every promise of `sync`'s story.

use crate::ground;
use server::{
    clock::real_now,
    store::{Invited, StoreError, TenantLog},
};
use std::{collections::HashMap, sync::Mutex};
use sync::{Hash, conformance::story};

#[tokio::test]
async fn the_log_of_a_provider_lives_through_the_story() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = ground::place(folder.path());
    let tenants = Mutex::new(HashMap::new());
    story(async |place: &str| {
        // Opened anew each time: nothing may live in memory only.
        let store = database.open().await.expect("a database");
        let known = tenants.lock().expect("one at a time").get(place).cloned();
        let tenant = match known {
            Some(tenant) => tenant,
            None => {
                let set_up = Hash::of(&[place.as_bytes()]);
                store.door().add_provider(set_up, real_now()).await.expect("a provider")
            }
        };
        tenants.lock().expect("one at a time").insert(place.to_owned(), tenant.clone());
        TenantLog::new(store, tenant)
    })
    .await;
}

#[tokio::test]
async fn after_a_failed_statement_no_commit_is_answered_as_if_it_were_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = ground::place(folder.path()).open().await.expect("a database");
    let (set_up, first, second) = (Hash::of(&[b"set up"]), Hash::of(&[b"first"]), Hash::of(&[b"second"]));
    let tenant = store.door().add_provider(set_up, real_now()).await.expect("a provider");
    let invited = Invited::Person { staff: "sean".into() };
    let mut writing = store.write(&tenant).await.expect("a turn");
    writing.add_invite(first, &invited, "mara", real_now(), real_now()).await.expect("an invite");
    let again = writing.add_invite(first, &invited, "mara", real_now(), real_now()).await;
    assert!(matches!(again, Err(StoreError::Database(_))), "{again:?}");
    let another = writing.add_invite(second, &invited, "mara", real_now(), real_now()).await;
    assert!(matches!(another, Err(StoreError::Busy)), "{another:?}");
    writing.commit().await.expect_err("nothing of it is kept");
    assert!(store.read(&tenant).invite(first).await.expect("an answer").is_none());
}
