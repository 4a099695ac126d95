//! Every look at a sensitive record, and every file that one was put into, is kept on this device until the service has it.

use super::{App, Problem, Session, explain, keep::Keep};
use crate::browser::{http::Ask, ids, json};
use domain::{record::Record, time::Instant};
use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;
use serde_json::Value;
use sync::wire::{MAX_VIEWS, View, ViewsRequest};

/// Going back to the same record within this time is the same look.
const SAME_LOOK_MINUTES: i64 = 5;

/// Somebody looked at a record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Look {
    pub name: String,
    pub device: String,
    pub device_label: Option<String>,
    pub viewed_at: Instant,
    pub received_at: Instant,
    /// Why they opened the sealed name of the reporter; none where they only looked.
    #[serde(default)]
    pub reason: Option<String>,
    /// Taken along in a file, with its words.
    #[serde(default)]
    pub in_file: bool,
}

impl App {
    /// Somebody opened this record.
    pub fn looked_at(&self, record: &Record) {
        let keep = self.keep();
        let now = keep.corrected_now();
        let is_same = keep
            .looked
            .borrow()
            .as_ref()
            .is_some_and(|(id, at)| *id == record.id && (now - *at).num_minutes() < SAME_LOOK_MINUTES);
        if is_same || !record.is_sensitive() {
            return;
        }
        keep.looked.replace(Some((record.id.clone(), now)));
        self.keep_views(vec![view_of(record, now, false)]);
    }

    /// Somebody made a file in which these records stand with their words.
    pub fn took_along<'a>(&self, records: impl IntoIterator<Item = &'a Record>) {
        let now = self.keep().corrected_now();
        let sensitive = records.into_iter().filter(|record| record.is_sensitive());
        self.keep_views(sensitive.map(|record| view_of(record, now, true)).collect());
    }

    fn keep_views(&self, views: Vec<View>) {
        let keep = self.keep();
        let Some(person) = keep.person.borrow().clone().filter(|_| !views.is_empty()) else { return };
        let app = *self;
        spawn_local(async move {
            let kept = async {
                for view in &views {
                    keep.opened()?.shelf.add_view(&person, &view.id, view).await?;
                }
                Ok::<_, Problem>(())
            };
            match kept.await {
                Ok(()) => crate::sync_loop::wake(app),
                Err(problem) => app.notices.say(problem.sentence),
            }
        });
    }

    /// Who looked at a record. Needs the service.
    pub async fn looks(&self, record: &str) -> Result<Vec<Look>, Problem> {
        #[derive(Deserialize)]
        struct Looks {
            views: Vec<Look>,
        }
        let device = match &*self.session.read_untracked() {
            Session::SignedIn { device, .. } => device.id.to_string(),
            _ => String::new(),
        };
        let reply = Ask::get(&format!("/v1/records/{record}/views"), &device).send().await?;
        Ok(explain::read::<Looks>(&reply)?.views)
    }
}

fn view_of(record: &Record, at: Instant, in_file: bool) -> View {
    View { id: ids::new_id().into(), record: record.id.clone(), at, in_file }
}

/// Sends the looks of the person who is signed in; what does not get through waits for the next time.
pub(crate) async fn send(app: App, keep: &Keep) -> Result<(), Problem> {
    let Some(person) = keep.person.borrow().clone() else { return Ok(()) };
    let Some(device) = app.session.read_untracked().device().map(|device| device.id.to_string()) else {
        return Ok(());
    };
    let shelf = keep.opened()?.shelf;
    let views: Vec<View> = shelf.views(&person).await?;
    for views in views.chunks(MAX_VIEWS) {
        let request = ViewsRequest { views: views.to_vec() };
        let reply = Ask::post("/v1/views", &device, &json::write(&request)).send().await?;
        explain::read::<Value>(&reply)?;
        let ids: Vec<&str> = views.iter().map(|view| view.id.as_str()).collect();
        shelf.remove_views(&person, &ids).await?;
    }
    Ok(())
}
