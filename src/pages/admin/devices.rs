//! Phones and tablets that have joined, and a way to remove one.

use crate::{
    routes,
    state::{DeviceRow, Kind, use_app},
    text::common,
    ui::{self, Button, Buttons, Cell, Dialog, EmptyState, LinkButton, Notice, Page, StatusTag, Table, Tone},
};
use domain::ids::DeviceId;
use leptos::task::spawn_local;
use markup::prelude::*;

const NOT_YOURS: &str = "An administrator can remove it";

#[component]
pub fn DevicesPage() -> impl IntoView {
    let app = use_app();
    let devices = LocalResource::new(move || async move { app.admin.devices().await });
    let chosen = RwSignal::new(None::<(DeviceId, String)>);
    let sure = RwSignal::new(false);
    let revoke = move |()| {
        sure.set(false);
        let Some((device, label)) = chosen.get_untracked() else { return };
        spawn_local(async move {
            match app.admin.revoke(&device).await {
                Ok(()) => app.notices.show(Kind::Success, format!("{label} is removed.")),
                Err(problem) => app.notices.show(Kind::Warning, problem.sentence),
            }
            devices.refetch();
        });
    };
    let table = move || match devices.get() {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => {
            let words = problem.sentence;
            view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> }
        }
        Some(Ok(rows)) if rows.is_empty() => {
            view! {
                <EmptyState title="No devices yet." icon="smartphone">
                    <p>"A phone or tablet stands here once somebody has joined with it. Invite a person first."</p>
                </EmptyState>
            }
        }
        Some(Ok(rows)) => {
            let heads = ["Device", "Used by", "Last seen", "Remove"].map(str::to_owned).to_vec();
            let rows =
                rows.into_iter().map(|device| view! { <DeviceLine device chosen sure /> }).collect_view();
            view! { <Table caption="Devices" hide_caption=true heads>{rows}</Table> }
        }
    };
    let label = move || chosen.read().as_ref().map(|(_, label)| label.clone()).unwrap_or_default();
    let here = routes::admin("devices");
    view! {
        <Page title="Devices" heading="Devices" back=routes::ADMIN back_label="Manage" wide=true>
            <p class="lede">"Invite people from the staff list. Add a tablet that several people share here."</p>
            <Buttons>
                <LinkButton href=format!("{here}?invite=device") icon="plus">"Add a shared device"</LinkButton>
            </Buttons>
            {table}
            <Dialog open=sure id="revoke" title="Remove this device?">
                <p>{label}</p>
                <p>"It gets nothing any more. What it still holds and sends is kept."</p>
                <Buttons>
                    <Button kind=ui::Kind::Danger on_press=Callback::new(revoke)>"Remove"</Button>
                    <Button kind=ui::Kind::Quiet on_press=Callback::new(move |()| sure.set(false))>"Cancel"</Button>
                </Buttons>
            </Dialog>
        </Page>
    }
}

#[component]
fn DeviceLine(
    device: DeviceRow,
    chosen: RwSignal<Option<(DeviceId, String)>>,
    sure: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let people: Vec<String> = device.people.iter().map(|person| person.name.clone()).collect();
    let used_by = match (device.shared, people.is_empty()) {
        (true, true) => "Shared, nobody yet".to_owned(),
        (true, false) => format!("Shared: {}", people.join(", ")),
        (false, _) => people.join(", "),
    };
    let (last, joined) = (device.last_contact_at, device.enrolled_at);
    let seen = move || match last {
        Some(last) => common::days_ago(last, app.now.get()),
        None => common::not_since(joined, app.now.get()),
    };
    let label = device.label.clone();
    let name = label.clone();
    let id = device.id.clone();
    let ask = move |()| {
        chosen.set(Some((id.clone(), label.clone())));
        sure.set(true);
    };
    let act = match (device.revoked_at, device.this) {
        (None, false) if !device.removable => view! { <span class="muted">{NOT_YOURS}</span> },
        (Some(at), _) => {
            view! { <StatusTag status="withdrawn" label=format!("Removed {}", common::moment(at)) /> }
        }
        (None, true) => view! { <StatusTag status="done" label="This device" /> },
        (None, false) => {
            let of = format!(" {name}");
            view! {
                <Button kind=ui::Kind::Quiet on_press=Callback::new(ask)>
                    "Remove" <span class="visually-hidden">{of}</span>
                </Button>
            }
        }
    };
    view! {
        <tr role="row">
            <Cell head="Device" names_row=true>{name.clone()}</Cell>
            <Cell head="Used by">{used_by}</Cell>
            <Cell head="Last seen">{seen}</Cell>
            <Cell head="Remove">{act}</Cell>
        </tr>
    }
}
