//! What a viewer may see, as one opaque mark: when it changes, the device starts again from the first row.

use super::state::State as Provider;
use chrono::NaiveDate;
use domain::{ids::StaffId, sight::Viewer};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use sync::Hash;

/// The mark of each reader, as long as nothing is written: a first sync asks for it with every page.
#[derive(Default)]
pub struct Scopes(Mutex<HashMap<StaffId, (Moment, String)>>);

/// All that a mark depends on, beside the person.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Moment {
    seq: u64,
    directory_version: u64,
    disposed: usize,
    date: NaiveDate,
}

impl Scopes {
    pub fn of(&self, state: &Provider, viewer: &Viewer<'_>) -> String {
        let now = Moment {
            seq: state.head.seq,
            directory_version: state.directory_version,
            disposed: state.disposed,
            date: viewer.date,
        };
        if let Some((then, mark)) = self.known().get(viewer.staff)
            && *then == now
        {
            return mark.clone();
        }
        let mark = scope(state, viewer);
        self.known().insert(viewer.staff.clone(), (now, mark.clone()));
        mark
    }

    fn known(&self) -> MutexGuard<'_, HashMap<StaffId, (Moment, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An opaque mark of everything on which it depends what this viewer sees.
fn scope(state: &Provider, viewer: &Viewer<'_>) -> String {
    let sites = state.directory().sites.keys();
    let roles = sites.flat_map(|site| {
        let codes = viewer.roles(site).iter().map(|role| role.code()).collect::<Vec<_>>().join(",");
        ["\n", site.as_str(), "=", &codes].concat().into_bytes()
    });
    let moved = state.changed_views(viewer).flat_map(|(id, sees)| {
        let mark = if sees { "\n+" } else { "\n-" };
        [mark, id.as_str()].concat().into_bytes()
    });
    // Words that are gone here must go from the devices too.
    let disposed = match state.disposed {
        0 => String::new(),
        // With when and why, which an earlier build did not tell.
        rows => format!("\nX{rows}"),
    };
    let all: Vec<u8> = viewer.staff.bytes().chain(roles).chain(moved).chain(disposed.into_bytes()).collect();
    Hash::of(&[b"nm.scope.v1\n", &all]).to_string()[..32].to_owned()
}
