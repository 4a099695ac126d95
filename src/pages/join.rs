//! Joining a provider on this device: the code from the manager, then a password when the code is for a person.

use crate::{
    pages::{
        capture::{Go, Trouble, error_of, use_go},
        set_up::of_password,
        settings::install::InstallHelp,
    },
    routes,
    state::{App, Join, Kind as News, Problem, Session, use_app},
    text::capture::account as text,
    ui::{
        Button, Buttons, Details, ErrorSummary, FieldError, Form, Kind, LinkButton, Page, TextField, Width,
    },
};
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use markup::prelude::*;

#[component]
pub fn JoinPage() -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let hash = use_location().hash;
    let told = move || hash.read().trim_start_matches('#').to_owned();
    let code = RwSignal::new(untrack(told));
    // The service said that this code is for a person.
    let for_person = RwSignal::new(false);
    // A link with another code may be opened while this page is.
    Effect::new(move |before: Option<String>| {
        let told = told();
        if before.is_some_and(|before| before != told) && !told.is_empty() {
            code.set(told.clone());
            for_person.set(false);
        }
        told
    });
    let in_browser = RwSignal::new(!app.is_ios_tab());
    live(move || {
        if !in_browser.get() && app.device().is_none() {
            view! { <AddFirst code in_browser /> }
        } else if for_person.get() {
            view! { <ChoosePassword app go code for_person /> }
        } else {
            view! { <EnterCode app go code for_person /> }
        }
    })
}

/// On an iPhone or iPad the code would be spent in the browser, where the app on the Home Screen cannot see it.
#[component]
fn AddFirst(code: RwSignal<String>, in_browser: RwSignal<bool>) -> impl IntoView {
    let steps = text::ADD_FIRST_STEPS.into_iter().map(|step| view! { <li>{step}</li> }).collect_view();
    let kept = Some(code.get_untracked()).filter(|code| !code.is_empty());
    let kept = kept.map(|code| view! { <p>{text::YOUR_CODE}": "<strong>{code}</strong></p> });
    view! {
        <Page title=text::JOIN heading=text::ADD_FIRST>
            <p class="lede">{text::ADD_FIRST_WORDS}</p>
            <ol class="steps">{steps}</ol>
            {kept}
            <Buttons>
                <Button kind=Kind::Quiet on_press=move |()| in_browser.set(true)>
                    {text::IN_BROWSER}
                </Button>
            </Buttons>
        </Page>
    }
}

/// First screen. A code for a shared device is enough by itself.
#[component]
fn EnterCode(app: App, go: Go, code: RwSignal<String>, for_person: RwSignal<bool>) -> impl IntoView {
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let join = move |()| {
        let tidy = tidy(&code.read_untracked());
        let wrong = match tidy.len() {
            0 => Some(text::CODE_MISSING),
            text::CODE_LENGTH => None,
            _ => Some(text::CODE_SHORT),
        };
        errors.set(wrong.map(|words| FieldError::new("code", words)).into_iter().collect());
        if wrong.is_some() {
            return;
        }
        problem.set(None);
        // Reports without a name are not signed, so another key does not hold them up.
        if !app.sync.items.read_untracked().is_empty() {
            return problem.set(Some(Problem::new(text::SEND_FIRST)));
        }
        busy.set(true);
        spawn_local(async move {
            match app.join(Join { code: tidy, ..Join::default() }).await {
                Ok(()) => joined(app, go),
                Err(found) if found.field.as_deref() == Some("password") => drop(for_person.try_set(true)),
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    };
    let heading = move || if app.device().is_some() { text::ALREADY_JOINED } else { text::WELCOME };
    let is_in = move || app.device().is_some();
    let lede = move || if is_in() { text::ALREADY_JOINED_WORDS } else { text::WELCOME_WORDS };
    view! {
        <Page title=text::JOIN heading=Signal::derive(move || heading().to_owned())>
            <ErrorSummary errors />
            <Trouble problem />
            <p class="lede">{lede}</p>
            {move || is_in().then(|| view! { <LinkButton href=routes::SIGN_IN>{text::SIGN_IN}</LinkButton> })}
            <Form on_submit=join>
                <TextField
                    id="code"
                    label=text::CODE
                    hint=text::CODE_HINT
                    value=code
                    error=error_of(errors, "code")
                    autocomplete="one-time-code"
                    width=Width::Medium
                />
                <p class="muted">{text::JOIN_LEDE}</p>
                <Button busy kind=if is_in() { Kind::Secondary } else { Kind::Primary }>
                    {move || if busy.get() { text::JOINING } else { text::NEXT_STEP }}
                </Button>
            </Form>
            <Details summary=text::NEW_CODE>
                <p>{text::NEW_CODE_WORDS}</p>
            </Details>
            {move || (!is_in()).then(|| view! { <WasHere /> })}
            <InstallHelp />
        </Page>
    }
}

/// For somebody who finds this screen where there was their work before.
#[component]
fn WasHere() -> impl IntoView {
    view! {
        <Details summary=text::WAS_HERE>
            {text::WAS_HERE_WORDS.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
        </Details>
    }
}

/// Second screen, for a person.
#[component]
fn ChoosePassword(app: App, go: Go, code: RwSignal<String>, for_person: RwSignal<bool>) -> impl IntoView {
    let (password, label) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let join = move |()| {
        let wrong = of_password(&password.read_untracked());
        let fine = wrong.is_none();
        errors.set(wrong.into_iter().collect());
        if !fine {
            return;
        }
        problem.set(None);
        busy.set(true);
        let ask = Join {
            code: tidy(&code.read_untracked()),
            password: Some(password.get_untracked()),
            label: label.read_untracked().trim().to_owned(),
        };
        spawn_local(async move {
            match app.join(ask).await {
                Ok(()) => joined(app, go),
                Err(found) if found.field.as_deref() == Some("password") => {
                    errors.try_set(vec![FieldError::new("password", found.sentence)]);
                }
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Page title=text::CHOOSE_PASSWORD heading=text::CHOOSE_PASSWORD>
            <ErrorSummary errors />
            <Trouble problem />
            <Form on_submit=join>
                <TextField
                    id="password"
                    label=text::NEW_PASSWORD
                    hint=text::PASSWORD_HINT
                    value=password
                    error=error_of(errors, "password")
                    kind="password"
                    autocomplete="new-password"
                />
                <TextField id="label" label=text::LABEL hint=text::LABEL_HINT value=label />
                <Buttons>
                    <Button busy>{move || if busy.get() { text::JOINING } else { text::JOIN_BUTTON }}</Button>
                    <Button kind=Kind::Quiet on_press=move |()| for_person.set(false)>{text::OTHER_CODE}</Button>
                </Buttons>
            </Form>
        </Page>
    }
}

fn joined(app: App, go: Go) {
    app.notices.show(News::Success, text::JOINED);
    let signed_in = matches!(*app.session.read_untracked(), Session::SignedIn { .. });
    go.instead(if signed_in { routes::HOME } else { routes::SIGN_IN }.to_owned());
}

/// Without the spaces and hyphens that people put in.
fn tidy(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}
