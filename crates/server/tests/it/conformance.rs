//! The server's log keeps every promise of `sync`'s story.

use crate::ground;
use server::store::TenantLog;
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
                store.door().add_provider(set_up, server::clock::real_now()).await.expect("a provider")
            }
        };
        tenants.lock().expect("one at a time").insert(place.to_owned(), tenant.clone());
        TenantLog::new(store, tenant)
    })
    .await;
}
