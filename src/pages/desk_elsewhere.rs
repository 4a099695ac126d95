//! The desk seen from the bundle that has none: nothing waits there, no place leads there.
//! Who works at a desk gets the whole app before any page of theirs (`state::Rest`, `more`).

use crate::{state::App, ui::NavItem};
use domain::ids::SiteId;

#[derive(Clone, Copy)]
pub struct Desk;

pub struct Line {
    pub words: String,
    pub href: String,
    pub icon: &'static str,
}

pub fn provide(_: App) {}

pub fn use_desk() -> Desk {
    Desk
}

impl Desk {
    pub fn waiting(self, _: App) -> Option<usize> {
        None
    }

    pub fn lines(self, _: App) -> Vec<Line> {
        Vec::new()
    }

    pub fn alert_line(self, _: App) -> Option<Line> {
        None
    }

    pub fn at_other_sites(self, _: App) -> Vec<(SiteId, [usize; 2])> {
        Vec::new()
    }

    pub fn add_places(self, _: App, _: &mut Vec<NavItem>) {}
}
