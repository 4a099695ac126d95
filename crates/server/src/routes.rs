//! The addresses of the server, and who may use each.
//!
//! | Route | Who | What |
//! |---|---|---|
//! | `GET /healthz` | anyone | is the server there and its database readable |
//! | `GET /v1/hello` | anyone | epoch, time, whether a provider is set up |
//! | `POST /v1/setup` | holder of the set-up token | the first person of a provider |
//! | `POST /v1/enrol` | holder of an invite code | a person's or a shared device joins |
//! | `POST /v1/sign-in` | enrolled device | a session on this device |
//! | `POST /v1/sign-in/passkey` | enrolled device | the second half of a sign-in, for somebody who has a passkey |
//! | `POST /v1/sign-out` | person, without a role too | ends it |
//! | `POST /v1/password` | person | a new password; the person's other sessions end |
//! | `GET /v1/sessions` | person | where they are signed in |
//! | `POST /v1/sessions/end` | person | ends that elsewhere |
//! | `GET /v1/passkeys` | person | their passkeys, and whether they work here |
//! | `POST /v1/passkeys/start` | person | what a new passkey has to sign |
//! | `POST /v1/passkeys` | person | adds it |
//! | `POST /v1/passkeys/remove` | person | removes one |
//! | `GET /v1/me` | person | who am I, with which roles |
//! | `GET /v1/directory` | person; shared device that proves itself, also after the last role of who was signed in ended | the lists, cut to the reader's sites; without staff for a device |
//! | `POST /v1/directory` | administrator, registered manager (of the site) | changes, all or nothing |
//! | `GET /v1/directory/changes` | administrator, registered manager (of the site) | who changed which list, and how |
//! | `POST /v1/invites` | administrator, registered manager (of the site) | a code for a person or a device |
//! | `POST /v1/passes` | whoever leads at the site, manages it or the provider | somebody of an agency may report there for some days |
//! | `GET /v1/devices` | administrator, registered manager (of the site); provider | which devices there are, and when each was last there |
//! | `POST /v1/devices/{id}/revoke` | administrator, registered manager (of the site) | removes one |
//! | `POST /v1/push` | any device that names itself; signatures prove each batch | events, each with its outcome |
//! | `POST /v1/rescue` | administrator, registered manager (of any site) | a rescue file; each entry with its outcome |
//! | `GET /v1/rescue-key` | enrolled device, also removed | the public key that its rescue file is made for |
//! | `POST /v1/chain` | enrolled device; a proof that comes with it must be right | compares its chain with ours, and says what it has lost |
//! | `POST /v1/check` | person | an online author's check; writes nothing |
//! | `GET /v1/pull` | person | the log, cut to what the viewer may see |
//! | `GET /v1/pull/digest` | person | count and hash of what a new device of theirs would get, up to a cursor |
//! | `HEAD /v1/blob/{sha256}` | enrolled device, also removed | how much of a photo has arrived |
//! | `PATCH /v1/blob/{sha256}` | enrolled device, also removed; a signature proves each part | the next part of a photo |
//! | `GET /v1/blob/{sha256}` | person who may see the record that names it | a photo; every look is noted |
//! | `GET /v1/hints` | person (device in the address) | server-sent: there is something to pull |
//! | `POST /v1/anonymous` | enrolled device, not stored; of a removed one kept apart | a letter without a name |
//! | `GET /v1/attention` | registered manager (of the site), deputy manager | what arrived and was not folded; or of that what was dealt with; a deputy only learns how many |
//! | `POST /v1/attention` | registered manager (of the site) | says what was done about one of these; it leaves the list |
//! | `GET /v1/dealt-with` | person | which of their own entries that are kept apart were dealt with, and when |
//! | `POST /v1/records/{id}/reporter` | registered manager (of the site) | opens a sealed name, with a reason that is kept |
//! | `GET /v1/opened-names` | person | when their own sealed name was opened, by whom and why |
//! | `POST /v1/links` | registered manager (of the sites), provider | a read-only link for somebody outside |
//! | `GET /v1/links` | registered manager (of a site), provider | which links there are, and how often each was opened |
//! | `POST /v1/links/{id}/end` | registered manager (of a site), provider | ends one |
//! | `GET /read/{secret}` | holder of a read-only link | one pack as a page; every opening is noted |
//! | `GET /v1/calendar` | person | since when they have a calendar address |
//! | `POST /v1/calendar` | person | makes one, and ends the one before |
//! | `POST /v1/calendar/end` | person | ends it |
//! | `GET /calendar/{secret}` | holder of the address | the due dates of that person, for a calendar program |
//! | anything else | anyone | the built app |

use crate::{
    app::App,
    directory,
    door::{
        devices, enrol, invites, new_password, own_sessions, passes, passkey, set_up, sign_in,
        who::{self, KEEPERS, Who},
    },
    error::{AppError, Why},
    health,
    http::reply,
    log::{anonymous, attention, check, dealt_with, digest, hints, losses, pull, push},
    ops::{admin, hold, open_name, views},
    outside::{calendar, links, page},
    photos::{show, take},
    rescue::{key, upload},
};
use axum::{
    Router,
    extract::{Request, State},
    handler::Handler,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, head, patch, post},
};
use domain::roles::{Role, Roles};
use std::time::Instant;

const MANAGERS: Roles = Roles::of(&[Role::RegisteredManager]);
const WHO_RUN_A_SITE: Roles = Roles::of(&[Role::RegisteredManager, Role::DeputyManager]);
/// May see which devices have been silent.
const WATCHERS: Roles = KEEPERS.with(Role::Provider);

pub fn routes(app: App) -> Router {
    Table::new(&app)
        .get("/healthz", Who::Anyone, health::healthz)
        .get("/v1/hello", Who::Anyone, health::hello)
        .post("/v1/setup", Who::Holder, set_up::set_up)
        .post("/v1/enrol", Who::Holder, enrol::enrol)
        .post("/v1/sign-in", Who::Device, sign_in::sign_in)
        .post("/v1/sign-in/passkey", Who::Device, passkey::second::finish)
        .post("/v1/sign-out", Who::Leaver, sign_in::sign_out)
        .post("/v1/password", Who::Person, new_password::new_password)
        .get("/v1/sessions", Who::Person, own_sessions::list)
        .post("/v1/sessions/end", Who::Person, own_sessions::end)
        .get("/v1/passkeys", Who::Person, passkey::own::list)
        .post("/v1/passkeys/start", Who::Person, passkey::own::start)
        .post("/v1/passkeys", Who::Person, passkey::own::add)
        .post("/v1/passkeys/remove", Who::Person, passkey::own::remove)
        .get("/v1/me", Who::Person, sign_in::me)
        .get("/v1/directory", Who::PersonOrTablet, directory::get::get)
        .post("/v1/directory", Who::Holding(KEEPERS), directory::change::change)
        .get("/v1/directory/changes", Who::Holding(KEEPERS), directory::changes::list)
        .post("/v1/invites", Who::Holding(KEEPERS), invites::invite)
        .post("/v1/passes", Who::Holding(Roles::LETS_IN), passes::make)
        .get("/v1/devices", Who::Holding(WATCHERS), devices::list)
        .post("/v1/devices/{id}/revoke", Who::Holding(KEEPERS), devices::revoke)
        .post("/v1/push", Who::NamedDevice, push::push)
        .post("/v1/rescue", Who::Holding(KEEPERS), upload::upload)
        .get("/v1/rescue-key", Who::DeviceEvenRemoved, key::get)
        .post("/v1/chain", Who::ProvenDevice, losses::compare)
        .post("/v1/check", Who::Person, check::check)
        .get("/v1/pull", Who::Person, pull::pull)
        .get("/v1/pull/digest", Who::Person, digest::digest)
        .get("/v1/hints", Who::Person, hints::hints)
        .add("/v1/blob/{sha256}", Who::DeviceEvenRemoved, head(take::ask))
        .add("/v1/blob/{sha256}", Who::DeviceEvenRemoved, patch(take::part))
        .get("/v1/blob/{sha256}", Who::Person, show::show)
        .post("/v1/anonymous", Who::DeviceEvenRemoved, anonymous::anonymous)
        .get("/v1/attention", Who::Holding(WHO_RUN_A_SITE), attention::attention)
        .post("/v1/attention", Who::Holding(MANAGERS), dealt_with::deal_with)
        .get("/v1/dealt-with", Who::Person, dealt_with::of_own)
        .get("/v1/log", Who::Holding(KEEPERS), admin::look)
        .post("/v1/log/checkpoint", Who::Holding(KEEPERS), admin::sign)
        .post("/v1/log/verify", Who::Holding(KEEPERS), admin::verify)
        .post("/v1/log/doubt", Who::Person, admin::doubt)
        .post("/v1/views", Who::Person, views::keep)
        .get("/v1/records/{id}/views", Who::Holding(MANAGERS), views::list)
        .post("/v1/records/{id}/reporter", Who::Holding(MANAGERS), open_name::open)
        .get("/v1/opened-names", Who::Person, open_name::of_own)
        .get("/v1/records/{id}/hold", Who::Holding(MANAGERS), hold::look)
        .post("/v1/records/{id}/hold", Who::Holding(MANAGERS), hold::change)
        .get("/v1/links", Who::Holding(Roles::GIVES_LINKS), links::list)
        .post("/v1/links", Who::Holding(Roles::GIVES_LINKS), links::make)
        .post("/v1/links/{id}/end", Who::Holding(Roles::GIVES_LINKS), links::end)
        .get("/v1/calendar", Who::Person, calendar::look)
        .post("/v1/calendar", Who::Person, calendar::make)
        .post("/v1/calendar/end", Who::Person, calendar::end)
        .get("/calendar/{secret}", Who::Link, calendar::feed)
        .get("/read/{secret}", Who::Link, page::open)
        .finish()
}

/// Adds routes; there is no way to add one without saying who may use it.
struct Table {
    app: App,
    router: Router<App>,
}

impl Table {
    fn new(app: &App) -> Self {
        Self { app: app.clone(), router: Router::new() }
    }

    fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, who: Who, handler: H) -> Self {
        self.add(path, who, get(handler))
    }

    fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, who: Who, handler: H) -> Self {
        self.add(path, who, post(handler))
    }

    fn add(self, path: &'static str, who: Who, method: MethodRouter<App>) -> Self {
        let app = self.app.clone();
        let guarded = method.route_layer(middleware::from_fn(move |request: Request, next: Next| {
            let app = app.clone();
            async move { logged(path, request, |request| who::guard(app, who, request, next)).await }
        }));
        Self { router: self.router.route(path, guarded), ..self }
    }

    fn finish(self) -> Router {
        let headers = self.app.headers.clone();
        self.router
            .method_not_allowed_fallback(method_not_allowed)
            .fallback(everything_else)
            .layer(middleware::map_response(move |mut response: Response| {
                headers.put_on(response.headers_mut());
                std::future::ready(response)
            }))
            .with_state(self.app)
    }
}

/// One line per request: the route, never its address, body, cookie or sender.
async fn logged<F: Future<Output = Response>>(
    route: &'static str,
    request: Request,
    run: impl FnOnce(Request) -> F,
) -> Response {
    let (method, started) = (request.method().clone(), Instant::now());
    let response = run(request).await;
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, route, status = response.status().as_u16(), took_ms, "request");
    response
}

async fn method_not_allowed() -> Response {
    error_reply(Why::MethodNotAllowed)
}

async fn everything_else(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/v1" || path.starts_with("/v1/") {
        return error_reply(Why::NotFound);
    }
    app.assets.answer(request.method(), path, request.headers())
}

fn error_reply(why: Why) -> Response {
    let mut response = AppError::from(why).into_response();
    reply::never_stored(response.headers_mut());
    response
}
