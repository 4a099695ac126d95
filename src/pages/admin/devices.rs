//! Phones, tablets and computers that have joined, and a way to remove one.

use crate::{
    routes,
    state::{App, DeviceRow, Kind, use_app},
    text::{capture::capitalised, common},
    ui::{
        self, Button, Buttons, Cell, Dialog, EmptyState, LinkButton, Notice, Page, StatusTag, Table, Tone,
        lead_to,
    },
};
use domain::time::{Instant, london_date};
use leptos::task::spawn_local;
use markup::prelude::*;
use std::cmp::Reverse;

pub const SECTION: &str = "devices";

const NOT_YOURS: &str = "An administrator can remove it";
/// Takes the focus when the button that had it is gone.
const IN_USE: &str = "in-use";

#[component]
pub fn DevicesPage() -> impl IntoView {
    let app = use_app();
    let devices = LocalResource::new(move || async move { app.admin.devices().await });
    let chosen = RwSignal::new(None::<DeviceRow>);
    let sure = RwSignal::new(false);
    let revoke = move |()| {
        sure.set(false);
        let Some(device) = chosen.get_untracked() else { return };
        spawn_local(async move {
            match app.admin.revoke(&device.id).await {
                Ok(()) => {
                    app.notices.show(Kind::Success, removed(&device.label));
                    lead_to(IN_USE.to_owned());
                }
                Err(problem) => app.notices.show(Kind::Warning, problem.sentence),
            }
            devices.refetch();
        });
    };
    let table = move |is_removed: bool| {
        move || match devices.get() {
            None => (!is_removed).then(|| view! { <p class="muted">"Looking."</p> }),
            Some(Err(problem)) => {
                let words = problem.sentence;
                (!is_removed).then(|| view! { <Notice tone=Tone::Warning><p>{words}</p></Notice> })
            }
            Some(Ok(rows)) => {
                let rows: Vec<DeviceRow> =
                    in_order(rows).into_iter().filter(|row| row.revoked_at.is_some() == is_removed).collect();
                match (rows.is_empty(), is_removed) {
                    (true, true) => None,
                    (true, false) => Some(view! { <NoDevices /> }),
                    (false, false) => Some(view! { <Devices rows is_removed chosen sure /> }),
                    (false, true) => {
                        let table = view! { <Devices rows is_removed chosen sure /> };
                        Some(view! { <section class="stack"><h2>"Removed"</h2> {table}</section> })
                    }
                }
            }
        }
    };
    let title = Signal::derive(move || {
        chosen.read().as_ref().map(|device| format!("Remove “{}”?", device.label)).unwrap_or_default()
    });
    let whose = move || chosen.read().as_ref().map(|device| format!("Used by: {}.", used_by(app, device)));
    let here = routes::admin(SECTION);
    view! {
        <Page title="Devices" heading="Devices" back=routes::ADMIN back_label="Manage" wide=true>
            <p class="lede">"Every phone, tablet and computer that has joined. Remove one that is lost or not used any more."</p>
            <Buttons>
                <LinkButton href=routes::admin("staff")>"Let a person join"</LinkButton>
                <LinkButton href=format!("{here}?invite=device") icon="plus" kind=ui::Kind::Secondary>
                    "Add a shared device"
                </LinkButton>
            </Buttons>
            <section class="stack">
                <h2 id=IN_USE tabindex="-1">"In use"</h2>
                {table(false)}
            </section>
            {table(true)}
            <Dialog open=sure id="revoke" title>
                <p>{whose}</p>
                <p>"At its next contact it sends what was saved on it, and then forgets everything. Reports that were not finished are lost."</p>
                <p>"To use it again, it has to join with a new code."</p>
                <Buttons>
                    <Button kind=ui::Kind::Danger on_press=Callback::new(revoke)>"Remove"</Button>
                    <Button kind=ui::Kind::Quiet on_press=Callback::new(move |()| sure.set(false))>"Cancel"</Button>
                </Buttons>
            </Dialog>
        </Page>
    }
}

#[component]
fn NoDevices() -> impl IntoView {
    view! {
        <EmptyState title="No devices yet." icon="smartphone">
            <p>"A device stands here once somebody has joined with it."</p>
        </EmptyState>
    }
}

#[component]
fn Devices(
    rows: Vec<DeviceRow>,
    is_removed: bool,
    chosen: RwSignal<Option<DeviceRow>>,
    sure: RwSignal<bool>,
) -> impl IntoView {
    let last = if is_removed { "Removed" } else { "Remove" };
    let heads = ["Device", "Used by", "Last seen", last].map(str::to_owned).to_vec();
    let rows = rows.into_iter().map(|device| view! { <DeviceLine device last chosen sure /> }).collect_view();
    let caption = if is_removed { "Removed" } else { "In use" };
    view! { <Table caption hide_caption=true heads>{rows}</Table> }
}

#[component]
fn DeviceLine(
    device: DeviceRow,
    last: &'static str,
    chosen: RwSignal<Option<DeviceRow>>,
    sure: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let used_by = used_by(app, &device);
    let (heard, joined) = (device.last_contact_at, device.enrolled_at);
    let seen = move || seen(heard, joined, app.now.get());
    let name = device.label.clone();
    let act = match (device.revoked_at, device.this) {
        (Some(at), _) => view! { {move || capitalised(&common::on(at, app.now.get()))} },
        (None, true) => view! { <StatusTag status="done" label="This device" /> },
        (None, false) if !device.removable => view! { <span class="muted">{NOT_YOURS}</span> },
        (None, false) => {
            let of = format!(" {name}");
            let ask = move |()| {
                chosen.set(Some(device.clone()));
                sure.set(true);
            };
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
            <Cell head=last>{act}</Cell>
        </tr>
    }
}

/// In use before removed. The one seen last first, those of one day by name; of the others the one removed last.
fn in_order(mut rows: Vec<DeviceRow>) -> Vec<DeviceRow> {
    let seen = |row: &DeviceRow| row.last_contact_at.unwrap_or(row.enrolled_at);
    rows.sort_by_cached_key(|row| {
        (
            row.revoked_at.is_some(),
            Reverse(row.revoked_at),
            Reverse(london_date(seen(row))),
            row.label.to_lowercase(),
        )
    });
    rows
}

/// "Ama", "Shared at Elm House: Ama and Ben".
fn used_by(app: App, device: &DeviceRow) -> String {
    let people: Vec<&str> = device.people.iter().map(|person| &*person.name).collect();
    let site = device.site.as_ref().map(|site| format!(" at {}", untrack(|| app.site_name(site))));
    match (device.shared, people.is_empty()) {
        (true, true) => format!("Shared{}, nobody yet", site.unwrap_or_default()),
        (true, false) => format!("Shared{}: {}", site.unwrap_or_default(), common::list(&people)),
        (false, true) => "Nobody yet".to_owned(),
        (false, false) => common::list(&people),
    }
}

/// "In the last day", "Yesterday", "3 days ago, 25 November". The service tells whole days.
fn seen(heard: Option<Instant>, joined: Instant, now: Instant) -> String {
    let words = match heard {
        None => common::not_since(joined, now),
        Some(at) if (now - at).num_days() < 1 => common::days_ago(at, now),
        Some(at) => match common::relative_day(london_date(at), london_date(now)) {
            yesterday if (now - at).num_days() == 1 => yesterday,
            day => format!("{}, {day}", common::days_ago(at, now)),
        },
    };
    capitalised(&words)
}

fn removed(label: &str) -> String {
    format!("“{label}” is removed. It gets nothing more.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    fn at(text: &str) -> Instant {
        parse_instant(text).expect(text)
    }

    #[test]
    fn when_a_device_was_there_is_said_in_days_with_the_date() {
        let (joined, now) = (at("2026-10-03T09:00Z"), at("2026-11-28T14:05Z"));
        let said = |heard: Option<&str>| seen(heard.map(at), joined, now);
        assert_eq!(said(Some("2026-11-28T14:05Z")), "In the last day");
        assert_eq!(said(Some("2026-11-27T14:05Z")), "Yesterday");
        assert_eq!(said(Some("2026-11-25T14:05Z")), "3 days ago, 25 November");
        assert_eq!(said(None), "Not since it joined, 3 October");
    }

    #[test]
    fn devices_in_use_stand_first_those_seen_last_before_the_others() {
        let row = |label: &str, heard: Option<&str>, revoked: Option<&str>| DeviceRow {
            id: label.into(),
            label: label.to_owned(),
            shared: false,
            site: None,
            people: Vec::new(),
            enrolled_at: at("2026-10-03T09:00Z"),
            last_contact_at: heard.map(at),
            revoked_at: revoked.map(at),
            this: false,
            removable: true,
        };
        let rows = vec![
            row("long gone", Some("2026-11-28T14:05Z"), Some("2026-11-01T09:00Z")),
            row("just gone", Some("2026-11-02T14:05Z"), Some("2026-11-27T09:00Z")),
            row("never", None, None),
            row("tablet", Some("2026-11-28T14:05Z"), None),
            row("Ama’s phone", Some("2026-11-28T14:05Z"), None),
            row("old", Some("2026-11-20T14:05Z"), None),
        ];
        let order: Vec<String> = in_order(rows).into_iter().map(|row| row.label).collect();
        assert_eq!(order, ["Ama’s phone", "tablet", "old", "never", "just gone", "long gone"]);
    }
}
