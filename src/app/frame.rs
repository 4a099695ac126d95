//! The frame around every page: site, sync line, navigation, banners, live regions.

use crate::{
    browser::first_tap,
    pages::{
        desk::{Desk, use_desk},
        my_reports::mine,
    },
    routes,
    state::{self, App, Session, Update, use_app},
    text::{
        capture::{account, device},
        common,
    },
    ui::{Button, Kind, LiveRegions, NavItem, Notice, Shell, Tone},
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use markup::prelude::*;

#[component]
pub fn Frame(children: ChildrenFn) -> impl IntoView {
    let app = use_app();
    let ready = Memo::new(move |_| *app.session.read() != Session::Loading);
    act_on_first_tap(ready);
    act_on_page_change(app);
    let desk = use_desk();
    let new_reports = Memo::new(move |_| mine::unread(app));
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let words = move || if app.device().is_some() { app.sync.words() } else { String::new() };
    let children = StoredValue::new(children);
    view! {
        {move || {
            ready
                .get()
                .then(|| {
                    view! {
                        <Shell
                            site=Signal::derive(site)
                            printed=Signal::derive(move || common::printed(app.now.get(), app.roles()))
                            sync_words=Signal::derive(words)
                            sync_state=Signal::derive(move || app.sync.code().to_owned())
                            nav=Signal::derive(move || places(app, desk, new_reports))
                            corner=Signal::derive(move || is_in(app).then(settings))
                            banner=ViewFn::from(move || view! { <Banners /> })
                        >
                            {children.read_value()()}
                        </Shell>
                    }
                })
        }}
        <LiveRegions polite=app.notices.polite urgent=app.notices.assertive />
    }
}

/// What stands above the page: one thing at a time, the most important first.
#[component]
fn Banners() -> impl IntoView {
    let app = use_app();
    let sign_in = move || app.sync.asks_for_sign_in() && app.me().is_some();
    live(move || {
        let damage = app.damage();
        if !damage.is_empty() {
            let lines = damage.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
            return view! { <Notice tone=Tone::Error title="Data on this phone">{lines}</Notice> };
        }
        if let Some(banner) = app.notices.banner.get() {
            let tone = match banner.kind {
                state::Kind::Success => Tone::Success,
                state::Kind::Warning => Tone::Warning,
            };
            let follows = banner.is_of_this_page();
            return view! { <Notice tone follows><p>{banner.words}</p></Notice> };
        }
        if sign_in() {
            return view! {
                <Notice tone=Tone::Warning title="Sign in again">
                    <p>
                        "Everything is kept on this phone. " <a href=routes::SIGN_IN>"Sign in"</a>
                        " to see what is new."
                    </p>
                </Notice>
            };
        }
        if let Some(since) = app.waits_too_long() {
            let words =
                format!("Some of what you saved has waited on this phone since {}. ", common::moment(since));
            let by_hand = app.should_go_by_hand(since).then(|| {
                view! {
                    <p>
                        "This phone may not get through. " <a href=routes::RESCUE rel="external">{device::RESCUE}</a>
                        " and give it to your manager."
                    </p>
                }
            });
            return view! {
                <Notice tone=Tone::Warning title="Not sent yet">
                    <p>{words} <a href=routes::SYNC>"See what waits"</a></p>
                    {by_hand}
                </Notice>
            };
        }
        if app.update.get() == Update::Ready {
            if app.is_editing() {
                return view! {
                    <Notice title="Update ready"><p>"It comes when this form is closed."</p></Notice>
                };
            }
            return view! {
                <Notice title="Update ready">
                    <Button kind=Kind::Secondary on_press=Callback::new(move |()| app.use_update())>
                        "Use the new version"
                    </Button>
                </Notice>
            };
        }
        Node::Nothing
    })
}

/// Somebody is signed in, and the screen is not locked.
fn is_in(app: App) -> bool {
    app.me().is_some() && !app.lock.locked.get()
}

fn settings() -> NavItem {
    NavItem::new(routes::SETTINGS, account::SETTINGS, "settings")
}

fn places(app: App, desk: Desk, new_reports: Memo<usize>) -> Vec<NavItem> {
    if !is_in(app) {
        return Vec::new();
    }
    let mut places = vec![NavItem::new(routes::HOME, "Home", "house")];
    if !app.roles().only_reads() {
        let place = NavItem::new(routes::REPORTS, "My reports", "file-text");
        places.push(place.count(new_reports.get(), "new"));
    }
    desk.add_places(app, &mut places);
    places
}

/// A tap that was made before the app was up is acted on now.
fn act_on_first_tap(ready: Memo<bool>) {
    let go = use_navigate();
    Effect::new(move |_| {
        if !ready.get() {
            return;
        }
        first_tap::app_is_up();
        if let Some(address) = first_tap::take() {
            go(&address, NavigateOptions::default());
        }
    });
}

fn act_on_page_change(app: App) {
    let here = use_location();
    Effect::new(move |before: Option<String>| {
        let path = format!("{}{}", here.pathname.read(), here.search.read());
        if before.is_some_and(|before| before != path) {
            app.notices.page_changed();
        }
        path
    });
    // On Home nothing can be lost: neither when it is opened nor when the version comes while it is shown.
    Effect::new(move |_| {
        if *here.pathname.read() == routes::HOME && app.update.get() == Update::Ready {
            app.use_update_if_idle();
        }
    });
}
