//! What arrived and was kept, but could not be used: the registered manager looks at it and deals with it.

use crate::{
    pages::apart::Kept,
    routes,
    state::{Attention as Found, AttentionItem, use_app},
    ui::Details,
};
use markup::prelude::*;

/// The newest of them; as they are dealt with, the others follow.
const SHOWN: usize = 20;

const LEDE: &str = "These arrived too late or did not fit any more. Nothing is lost. Record again what is missing, or say what was done. Then it leaves this list.";
const PARTLY: &str = "There is no connection now. Some of these may be dealt with already, and others may be at the service. To mark one as dealt with you need a connection.";

#[component]
pub fn Attention() -> impl IntoView {
    let app = use_app();
    let known = Memo::new(move |_| {
        let register = app.register.read();
        let site = app.site().unwrap_or_default();
        let directory = app.directory.read();
        let items = register.attention(&site).map(|received| AttentionItem::set_aside(received, &directory));
        let mut items: Vec<AttentionItem> = items.collect();
        items.reverse();
        items
    });
    // Asked again when something more was set aside: what the service tells is whole, and knows what was dealt with.
    let at_service = LocalResource::new(move || {
        known.track();
        async move { app.attention().await }
    });
    // Not drawn again, and so not closed again, while it is asked once more and when it is told the same.
    let found = Memo::new(move |last: Option<&Shown>| match at_service.get() {
        None => last.cloned().unwrap_or_default(),
        Some(Ok(Found { items, dealt_with })) => Shown { items, dealt_with, is_whole: true },
        // Without a connection there is only what this device knows.
        Some(Err(_)) => Shown { items: known.get(), ..Shown::default() },
    });
    let is_any = Memo::new(move |_| !found.read().items.is_empty());
    view! {
        {move || is_any.get().then(|| view! { <List found /> })}
        {move || dealt(found.read().dealt_with)}
    }
}

/// What there is to show.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    items: Vec<AttentionItem>,
    dealt_with: usize,
    /// The service was asked.
    is_whole: bool,
}

fn dealt(number: usize) -> Option<Node> {
    (number > 0).then(|| {
        let words = format!("Show {number} that {} dealt with", if number == 1 { "was" } else { "were" });
        view! { <p class="small"><a class="lone" href=routes::APART>{words}</a></p> }
    })
}

#[component]
fn List(found: Memo<Shown>) -> impl IntoView {
    let total = move || found.read().items.len();
    let newest = move || found.read().items.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = move || {
        (total() > SHOWN).then(|| {
            let words = format!("These are the newest {SHOWN}. The others follow when these are dealt with.");
            view! { <p>{words}</p> }
        })
    };
    let partly = move || (!found.read().is_whole).then(|| view! { <p>{PARTLY}</p> });
    view! {
        <Details summary=Signal::derive(move || format!("Kept but not used: {}", total()))>
            <p>{LEDE}</p>
            {partly}
            <ul class="plain-list stack kept-apart">
                <For each=newest key=|item| (item.kind.clone(), item.id.clone(), item.received_at) let:item>
                    <li class="stack"><Kept item acts=true /></li>
                </For>
            </ul>
            {more}
        </Details>
    }
}
