//! Tries numbers of a rule on the past, on this device, in pieces so short that the page stays alive.

use super::App;
use crate::browser::{clock, events};
use domain::{
    directory::RuleNumbers,
    ids::SiteId,
    patterns::{Difference, DryRun, Rule},
    time::{Instant, years_after},
};
use leptos::prelude::*;

/// Work between two looks at the page, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// Events read before the clock is looked at again.
const PIECE: usize = 25;

/// Numbers to try.
#[derive(Clone, Debug)]
pub struct Tried {
    pub site: SiteId,
    pub rule: Rule,
    /// Only alerts of this key, where one key has numbers of its own.
    pub key: Option<String>,
    /// All numbers of the site as they would be.
    pub rules: RuleNumbers,
}

impl App {
    /// What the last 12 months would have been. `progress`: events read, and all there are. None when the page that
    /// asked is gone, or asks for something else.
    pub async fn dry_run(
        &self,
        tried: Tried,
        progress: RwSignal<Option<(usize, usize)>>,
        is_wanted: impl Fn() -> bool,
    ) -> Option<Difference> {
        let register = self.register.get_untracked();
        let mut run = DryRun::new(&register, &tried.site, tried.rules);
        loop {
            let until = clock::monotonic_ms() + SLICE_MS;
            let mut more = true;
            while more && clock::monotonic_ms() < until {
                more = run.go_on(PIECE);
            }
            if progress.try_set(Some(run.progress())).is_some() || !is_wanted() {
                return None;
            }
            if !more {
                break;
            }
            events::wait(0).await;
        }
        Some(run.compare(&register, tried.rule, tried.key.as_deref(), self.a_year_ago()))
    }

    fn a_year_ago(&self) -> Instant {
        let today = domain::time::london_date(self.instant());
        domain::time::start_of(years_after(today, -1))
    }
}
