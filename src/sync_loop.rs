//! When to send and when to pull. What to send and what an answer means is decided in `sync`;
//! nothing is deleted on a status code.

mod comparing;
mod dealt_with;
mod letters;
mod photos;
mod pulling;
mod pushing;
mod tidying;

use crate::{
    browser::{
        clock, events,
        hints::Hints,
        http, ids,
        lease::Turn,
        locks::{self, Held, Mode},
        service_worker,
    },
    state::{App, Contact, Problem, keep::Keep, views},
};
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use sync::receipt::Failure;

pub(crate) use comparing::close_chain;

/// Name of the note that holds when something was sent last.
pub const LAST_SENT: &str = "last_sent";
/// Name of the note with the life of the server that was heard last.
pub const SERVER_EPOCH: &str = "server_epoch";
/// Name of the note that counts how often everything was offered again.
const ROUND: &str = "offered_again";
/// One tab of this device hears hints.
const LISTENER: &str = "hints";
const EVERY_MS: f64 = 60_000.0;

/// Listens to everything that is a reason to send or pull, and does both once now.
pub fn start(app: App) {
    events::on_online(move || nudge(app));
    events::on_offline(move || {
        app.keep().reached.set(false);
        app.sync.state.set(Contact::NoSignal);
    });
    events::on_visible(move || nudge(app));
    service_worker::on_signal(move || nudge(app));
    events::on_leaving(move || wake_when_gone(&app.keep()));
    spawn_local(async move {
        loop {
            // Between 50 and 70 seconds, so that phones do not all ask at once.
            let wait = EVERY_MS * (5.0 / 6.0 + ids::random() / 3.0);
            events::wait(wait as u32).await;
            if events::is_visible() {
                wake(app);
            }
        }
    });
    listen_to_hints(app);
    wake(app);
}

/// What still waits when nobody looks at the page may go without it, in browsers that can.
pub fn wake_when_gone(keep: &Keep) {
    if keep.outbox.borrow().waiting() > 0 {
        service_worker::wake_with_signal();
    }
}

/// Somebody tapped "Try now", the signal or the service came back, or the page became visible: try at once.
pub fn nudge(app: App) {
    app.keep().nudged.set(true);
    wake(app);
}

/// There may be something to send or to pull.
pub fn wake(app: App) {
    let keep = app.keep();
    keep.again.set(true);
    if keep.running.replace(true) {
        return;
    }
    spawn_local(async move {
        while keep.again.take() {
            // Not before: what fails meanwhile would make it wait again.
            if keep.nudged.take() {
                keep.pace.borrow_mut().nudge();
                keep.pull_pace.borrow_mut().nudge();
                keep.photo_pace.borrow_mut().nudge();
                keep.outbox.borrow_mut().nudge();
            }
            turn(app, &keep).await;
        }
        keep.running.set(false);
        plan_retry(app, &keep);
    });
}

/// Sends what waits, once. For a check that needs the service to know everything first.
pub async fn send(app: App) {
    let keep = app.keep();
    if let Some(_turn) = my_turn(&keep).await {
        pushing::push_all(app, &keep).await;
    }
}

async fn turn(app: App, keep: &Rc<Keep>) {
    if app.session.read_untracked().device().is_none() {
        return;
    }
    let Some(_turn) = my_turn(keep).await else { return };
    if http::says_offline() {
        keep.reached.set(false);
        app.sync.state.set(Contact::NoSignal);
        return;
    }
    app.sync.state.set(Contact::Sending);
    app.settle_sign_out().await;
    comparing::compare(app, keep).await;
    let pushed = pushing::push_all(app, keep).await;
    let letters = letters::send_all(app, keep).await;
    let pulled = pulling::pull_all(app, keep).await;
    if pulled.is_none() {
        // A look that does not get through waits for the next contact; nobody has to know.
        views::send(app, keep).await.unwrap_or_default();
        // The same of what a manager did: the report stays where it is until this is heard.
        dealt_with::ask(app, keep).await.unwrap_or_default();
    }
    if let Err(problem) = keep.note_offset().await {
        tell(app, &problem);
    }
    if let Err(problem) = tidying::tidy(keep).await {
        tell(app, &problem);
    }
    let photos = photos::send_all(app, keep).await;
    app.tick();
    match pulled.or(pushed).or(letters).or(photos) {
        Some(failure) => app.sync.state.set(contact(failure)),
        None if *app.sync.state.read_untracked() == Contact::Sending => {
            app.sync.state.set(Contact::Resting);
        }
        // What this phone could not write down stays said until a turn goes well.
        None => {}
    }
}

/// One at a time in this tab, and among the tabs.
async fn my_turn(keep: &Rc<Keep>) -> Option<(Turn, tokio::sync::OwnedMutexGuard<()>)> {
    let here = keep.sending.clone().lock_owned().await;
    Some((Turn::take(keep.opened().ok()?.store).await.ok()?, here))
}

fn contact(failure: Failure) -> Contact {
    let words = match failure {
        Failure::Offline | Failure::Timeout => return Contact::NoSignal,
        Failure::SignIn => return Contact::SignInNeeded,
        Failure::Busy => "The service is busy. It is tried again by itself.",
        Failure::NotOurs => {
            "Something else answered, perhaps the sign-in page of this Wi-Fi. Check the connection."
        }
        Failure::TooLarge | Failure::Server(_) | Failure::NotUnderstood(_) | Failure::Mismatch => {
            "The service has a problem now. Everything is kept on this phone and is tried again by itself."
        }
    };
    Contact::Trouble(words.to_owned())
}

/// A failed attempt is made again after the wait that `sync` gives.
fn plan_retry(app: App, keep: &Rc<Keep>) {
    let now = clock::now();
    let push = (keep.outbox.borrow().waiting() > 0).then(|| keep.pace.borrow().next_try(now)).flatten();
    let resting = keep.outbox.borrow().next_wake(now);
    let has_photos = untrack(|| !app.photos.waiting().is_empty());
    let photos = has_photos.then(|| keep.photo_pace.borrow().next_try(now)).flatten();
    let Some(at) = push.into_iter().chain(resting).chain(photos).filter(|at| *at > now).min() else { return };
    if keep.retry_planned.replace(true) {
        return;
    }
    let keep = keep.clone();
    spawn_local(async move {
        events::wait((at - now).num_milliseconds().clamp(100, 900_000) as u32).await;
        keep.retry_planned.set(false);
        wake(app);
    });
}

/// Hints are heard while somebody is signed in and looks, by one tab: a browser has few connections to a server.
fn listen_to_hints(app: App) {
    let open: Rc<RefCell<Option<(Hints, Held)>>> = Rc::default();
    let asking: Rc<Cell<bool>> = Rc::default();
    let listener = move || match &*app.session.read_untracked() {
        crate::state::Session::SignedIn { device, .. } if events::is_visible() => Some(device.id.clone()),
        _ => None,
    };
    let look = move || {
        if listener().is_none() {
            open.borrow_mut().take();
            return;
        }
        if open.borrow().as_ref().is_some_and(|(hints, _)| hints.is_open()) {
            return;
        }
        open.borrow_mut().take();
        if asking.replace(true) {
            return;
        }
        let (open, asking) = (open.clone(), asking.clone());
        spawn_local(async move {
            // Its turn comes: a lock is let go a moment after it was held, by this tab too.
            let only = locks::hold(LISTENER, Mode::Alone).await;
            asking.set(false);
            let (Some(only), Some(device)) = (only, listener()) else { return };
            let path = format!("/v1/hints?device={device}");
            let hints = Hints::open(&path, move || nudge(app), move || wake(app));
            *open.borrow_mut() = hints.map(|hints| (hints, only));
        });
    };
    let again = look.clone();
    events::on_leaving(again.clone());
    events::on_visible(again.clone());
    // They are given up while the service is away; a screen that stays on must not stay without them.
    events::every(EVERY_MS as i32, again);
    // Whoever reaches the service again after a break hears it again from that moment.
    Effect::new(move |_| {
        app.session.track();
        app.sync.state.track();
        look();
    });
}

/// What this phone could not write down is said; it is done again with the next contact.
fn tell(app: App, problem: &Problem) {
    app.sync.state.set(Contact::Trouble(problem.sentence.clone()));
}
