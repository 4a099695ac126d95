//! Invites a person, or a shared device of the site: a code, a link and a square to scan, for one use.

use super::{devices, first_steps::NextPerson, proof::Proof};
use crate::{
    pages::{
        capture::Trouble,
        links::ShownOnce,
        record::form::{Ask, Entry, Fields, Look, ask},
    },
    routes,
    state::{Invite, Problem, use_app},
    text::{common, passkeys},
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, LinkButton, Page, Panel},
};
use domain::{directory::Staff, ids::StaffId, roles::Roles};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value};

const LABEL: Ask = ask("device_label", "What is the device called?", Look::Line)
    .hint("For example, Tablet in the kitchen")
    .needed();

const STAFF: &str = "staff";

/// Somebody or something of this list can be invited.
pub fn is_from(section: &str) -> bool {
    section == STAFF || section == devices::SECTION
}

/// `section` is `staff` with a staff id in `who`, or `devices`.
#[component]
pub fn InvitePage(section: String, who: String) -> impl IntoView {
    let app = use_app();
    let back = routes::admin(&section);
    let is_device = section == devices::SECTION;
    let name = app.directory.read_untracked().staff_name(&who).to_owned();
    let title = if is_device { "Add a shared device".to_owned() } else { format!("Invite {name}") };
    // For whom or for what.
    let made = RwSignal::new(None::<(Invite, String)>);
    live(move || match made.get() {
        Some((invite, of)) if is_device => {
            let (back, list) = (back.clone(), back.clone());
            view! {
                <InviteMade invite of back>
                    <Buttons>
                        <LinkButton href=list>"Done, go to Devices"</LinkButton>
                    </Buttons>
                </InviteMade>
            }
        }
        Some((invite, _)) => {
            let (of, back, who) = (name.clone(), back.clone(), who.clone());
            view! {
                <InviteMade invite of back>
                    <NextPerson who />
                </InviteMade>
            }
        }
        None => view! { <MakeCode is_device who=who.clone() title=title.clone() back=back.clone() made /> },
    })
}

#[component]
fn MakeCode(
    is_device: bool,
    who: String,
    title: String,
    back: String,
    made: RwSignal<Option<(Invite, String)>>,
) -> impl IntoView {
    let app = use_app();
    let site = untrack(|| app.site()).unwrap_or_default();
    let entry = Entry::open(app, format!("admin/invite/{who}"), site.clone(), None, Map::new());
    let asks = if is_device { vec![LABEL] } else { Vec::new() };
    let to_send = asks.clone();
    let is_own = untrack(|| app.me()).is_some_and(|me| *me.staff == *who);
    let passkeys = match (is_device, is_own) {
        (true, _) => None,
        (false, true) => Some(passkeys::OWN_CODE_KEEPS),
        (false, false) => Some(passkeys::CODE_REMOVES),
    };
    let leads = untrack(|| app.directory.read().staff.get(who.as_str()).is_some_and(does_lead));
    let proof = Proof::new(!is_device && (is_own || leads));
    let problem = RwSignal::new(None::<Problem>);
    let submit = move |()| {
        let Some(answers) = entry.read(&to_send) else { return };
        let label = answers.get("device_label").and_then(Value::as_str).unwrap_or_default().to_owned();
        let secret = match proof.given() {
            Ok(secret) => secret,
            Err(missing) => return entry.errors.set(vec![missing]),
        };
        let (staff, site) = (StaffId::from(who.as_str()), site.clone());
        entry.errors.set(Vec::new());
        problem.set(None);
        entry.busy.set(true);
        spawn_local(async move {
            let result = match is_device {
                true => app.admin.invite_device(&label, &site).await,
                false => app.admin.invite_staff(&staff, secret.as_deref()).await,
            };
            if entry.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(invite) => {
                    entry.forget();
                    made.set(Some((invite, label)));
                }
                Err(found) => match proof.asked_by(&found) {
                    Some(asked) => entry.errors.set(vec![asked]),
                    None if found.field.as_deref() == Some(LABEL.name) => {
                        entry.errors.set(vec![FieldError::new(LABEL.name, found.sentence)]);
                    }
                    None => problem.set(Some(found)),
                },
            }
        });
    };
    let intro = match (is_device, is_own) {
        (true, _) => {
            "Several people use it, each with their own sign-in. You get a code for the device itself."
        }
        (false, true) => {
            "You get a code for one more phone or computer of yours. Sign in there with the name and password that you have."
        }
        (false, false) => {
            "You get a code for this person. They use it on their own phone or computer and choose a password."
        }
    };
    view! {
        <Page title=title.clone() heading=title back=back has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <Trouble problem />
            <p>{intro}</p>
            {passkeys.map(|words| view! { <p>{words}</p> })}
            <Form on_submit=submit>
                <Fields asks entry />
                {proof.field(entry)}
                <Buttons>
                    <Button busy=entry.busy>"Make a code"</Button>
                </Buttons>
            </Form>
        </Page>
    }
}

/// The code, once it is made.
#[component]
pub fn InviteMade(
    invite: Invite,
    /// For whom it is, or for which device.
    #[prop(into)]
    of: String,
    #[prop(into)] back: String,
    /// Where to go on.
    children: Children,
) -> impl IntoView {
    let title = format!("Code for {of}");
    let now = use_app().instant();
    let until = format!("For one use, {}.", common::due(invite.expires_at, now));
    let code = spaced(&invite.code);
    view! {
        <Page title=title.clone() back=back>
            <Panel title>
                <p class="invite-code number">{code}</p>
                <p>{until}</p>
            </Panel>
            <p>"Scan the square with the other device, or type the code there."</p>
            // An image of the server's own making: the link as a square to scan.
            <div class="invite-square" role="img" aria-label="The link as a square to scan" inner_html=invite.qr_svg></div>
            <p>"Or open this address on the other device:"</p>
            <ShownOnce what="Address" address=invite.link />
            {children()}
        </Page>
    }
}

fn does_lead(staff: &Staff) -> bool {
    let held: Roles = staff.roles.values().flatten().copied().collect();
    held.is_more_than_reporting() || !staff.delegate.is_empty()
}

/// Two groups of four are easier to read out.
fn spaced(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, second)) if !second.is_empty() && !code.contains('-') => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}
