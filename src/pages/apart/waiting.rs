//! What is kept apart and nobody has dealt with, asked of the service for whoever runs the site: one list for the bar,
//! for Home and for the inbox.

use crate::state::{App, Attention, AttentionItem, Contact};
use domain::{
    ids::in_no_order,
    roles::{Role, Roles},
};
use markup::prelude::*;

/// Asked again after this while somebody has the app open: what came from a removed phone gives no other sign.
const AGAIN_MIN: i64 = 10;
const WHO_ASK: Roles = Roles::of(&[Role::RegisteredManager, Role::DeputyManager]);

#[derive(Clone, Copy)]
pub struct Apart {
    found: Memo<Found>,
    asked: RwSignal<u32>,
}

/// What there is to show.
#[derive(Clone, Default, PartialEq)]
pub struct Found {
    /// For the registered manager.
    pub items: Vec<AttentionItem>,
    pub dealt_with: usize,
    /// For a deputy, who learns only how many there are.
    pub for_manager: usize,
    /// The service was asked.
    pub is_whole: bool,
}

impl Apart {
    pub fn provide(app: App) {
        let asked = RwSignal::new(0);
        provide_context(Self { found: found(app, asked), asked });
    }

    /// Tracked.
    pub fn found(self) -> Memo<Found> {
        self.found
    }

    /// How many wait for this person. Tracked.
    pub fn mine(self) -> usize {
        self.found.read().items.len()
    }

    /// Something was done about one of them, or somebody looks.
    pub fn ask(self) {
        self.asked.update(|asked| *asked = asked.wrapping_add(1));
    }
}

/// Call it at the top of a component.
pub fn use_apart() -> Apart {
    expect_context()
}

fn found(app: App, asked: RwSignal<u32>) -> Memo<Found> {
    let manages = Memo::new(move |_| app.me().is_some() && app.roles().has(Role::RegisteredManager));
    let asks = Memo::new(move |_| app.me().is_some() && app.roles().meets(WHO_ASK));
    let known = Memo::new(move |_| if manages.get() { known(app) } else { Vec::new() });
    // What the service tells is whole, and knows what was dealt with.
    let is_away = Memo::new(move |_| matches!(*app.sync.state.read(), Contact::NoSignal));
    let tens = Memo::new(move |_| app.now.get().timestamp() / (AGAIN_MIN * 60));
    let at_service = LocalResource::new(move || {
        known.track();
        is_away.track();
        tens.track();
        asked.track();
        let (asks, site) = (asks.get(), app.site());
        async move {
            match asks && site.is_some() {
                true => app.attention().await.map(Some),
                false => Ok(None),
            }
        }
    });
    // Not drawn again, and so nothing typed or opened is lost, while it is asked once more and is told the same.
    Memo::new(move |last: Option<&Found>| match at_service.get() {
        _ if !asks.get() => Found::default(),
        None => last.cloned().unwrap_or_default(),
        Some(Ok(Some(Attention { items, dealt_with, for_manager }))) => {
            Found { items, dealt_with, for_manager, is_whole: true }
        }
        // Without a connection there is only what this device knows.
        Some(Ok(None) | Err(_)) => Found { items: known.get(), ..Found::default() },
    })
}

fn known(app: App) -> Vec<AttentionItem> {
    let register = app.register.read();
    let site = app.site().unwrap_or_default();
    let directory = app.directory.read();
    let items = register.attention(&site).map(|received| AttentionItem::set_aside(received, &directory));
    let mut items: Vec<AttentionItem> = items.collect();
    items.sort_by_cached_key(|item| (std::cmp::Reverse(item.received_at), in_no_order(&item.id)));
    items
}
