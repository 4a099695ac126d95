//! Settings of this person on this device. Each choice works at once; there is nothing to save.

pub mod install;
pub mod lock;
mod passkeys;
mod password;
mod sessions;
pub mod sign_out;
pub mod storage;
mod with_password;

use crate::{
    routes,
    state::{App, TextSize, Theme, use_app},
    text::capture::{account, device as text},
    ui::{Bound, Choice, Kind, LinkButton, Page, Radios, SummaryList, SummaryRow, lead_to},
};
use domain::roles::Roles;
use install::InstallHelp;
use leptos_router::hooks::use_location;
use lock::LockSettings;
use markup::prelude::*;
use passkeys::PasskeySettings;
use password::PasswordSettings;
use sessions::SessionSettings;
use sign_out::SignOut;
use storage::{AskToKeep, Protects, StorageRows};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let app = use_app();
    if use_location().hash.read_untracked().trim_start_matches('#') == "lock" {
        lead_to(lock::TITLE.to_owned());
    }
    view! {
        <Page title=account::SETTINGS heading=account::SETTINGS back="/">
            <You app />
            <Looks app />
            <LockSettings app />
            {move || app.me().map(|_| view! { <PasswordSettings app /> })}
            {move || app.me().map(|_| view! { <PasskeySettings app /> })}
            {move || app.me().map(|_| view! { <SessionSettings app /> })}
            <InstallHelp />
            <section class="stack">
                <h2>{text::STORAGE}</h2>
                <SummaryList>
                    <StorageRows app />
                </SummaryList>
                <AskToKeep app />
                <Protects app />
                <p class="muted">{text::PRIVATE_WINDOW}</p>
            </section>
            <SignOut app />
        </Page>
    }
}

#[component]
fn You(app: App) -> impl IntoView {
    let name = move || app.me().map(|me| me.name).unwrap_or_default();
    let device = move || app.device().map(|device| device.label).unwrap_or_default();
    let sites = move || app.sites();
    let site = Bound::new(
        move || app.site().map(|site| site.to_string()),
        move |site: Option<String>| {
            if let Some(site) = site {
                app.choose_site(site.into());
                app.notices.say(text::SITE_CHOSEN);
            }
        },
    );
    let options = Signal::derive(move || {
        sites().into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect::<Vec<_>>()
    });
    view! {
        <section class="stack">
            <h2>{text::ME}</h2>
            <SummaryList>
                <SummaryRow key=account::NAME>{name}</SummaryRow>
                <SummaryRow key=text::DEVICE>{device}</SummaryRow>
            </SummaryList>
            {move || {
                (options.read().len() > 1).then(|| view! { <Radios id="site" legend=text::SITE options value=site /> })
            }}
            {move || {
                app.is_manager()
                    .then(|| view! { <p><LinkButton href=routes::ADMIN kind=Kind::Secondary icon="settings">{text::MANAGE_LISTS}</LinkButton></p> })
            }}
            {move || {
                app.roles()
                    .meets(Roles::LETS_IN)
                    .then(|| view! { <p><LinkButton href=routes::PASS kind=Kind::Secondary icon="plus">{text::LET_AGENCY_IN}</LinkButton></p> })
            }}
        </section>
    }
}

#[component]
fn Looks(app: App) -> impl IntoView {
    let prefs = app.prefs;
    let size = Bound::new(
        move || Some(prefs.text_size.get().code().to_owned()),
        move |code: Option<String>| prefs.set_text_size(TextSize::from_code(&code.unwrap_or_default())),
    );
    let theme = Bound::new(
        move || Some(prefs.theme.get().code().to_owned()),
        move |code: Option<String>| prefs.set_theme(Theme::from_code(&code.unwrap_or_default())),
    );
    let taps = Bound::new(
        move || Some(prefs.press_continue.get().to_string()),
        move |ask: Option<String>| prefs.set_press_continue(ask.as_deref() == Some("true")),
    );
    let choices = |pairs: [(&'static str, &'static str); 3]| {
        pairs.into_iter().map(|(code, label)| Choice::new(code, label)).collect::<Vec<_>>()
    };
    let ways = vec![Choice::new("false", text::TAP_MOVES), Choice::new("true", text::TAP_CONTINUE)];
    view! {
        <section class="stack">
            <h2>{text::LOOK}</h2>
            <Radios id="text-size" legend=text::TEXT_SIZE options=choices(text::TEXT_SIZES) value=size chips=true />
            <Radios id="theme" legend=text::THEME options=choices(text::THEMES) value=theme chips=true />
            <Radios id="taps" legend=text::TAPS options=ways value=taps />
        </section>
    }
}
