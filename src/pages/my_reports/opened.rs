//! What a reporter reads who had their name sealed: was it opened, by whom and why? Only the service knows.

use super::mine::{is_mine, reports, title};
use crate::{
    routes,
    state::{App, OpenedName},
    text::{capture::reports as text, common::moment},
    ui::{Notice, Tone},
};
use domain::{
    ids::RecordId,
    record::{Record, Seal},
    time::Instant,
};
use markup::prelude::*;

/// The list tells of it for this long; a report always does.
const NEWS_DAYS: i64 = 30;

fn is_sealed(record: &Record) -> bool {
    matches!(record.seal(), Seal::Sealed(_))
}

/// About one report, when this person had their name sealed in it.
#[component]
pub fn NameOpened(app: App, record: RecordId) -> impl IntoView {
    let id = StoredValue::new(record);
    let asks = Memo::new(move |_| {
        let mine = |record: &Record| is_sealed(record) && is_mine(app, record) && app.is_sent(&record.id);
        app.with_record(&id.read_value(), |record, _| mine(record)) == Some(true)
    });
    live(move || asks.get().then(|| view! { <Asked app id /> }))
}

#[component]
fn Asked(app: App, id: StoredValue<RecordId>) -> impl IntoView {
    let found = LocalResource::new(move || async move { app.opened_names().await });
    live(move || match found.get() {
        None => view! { <p class="muted small">{text::NAME_SEALED}</p> },
        Some(Err(_)) => view! { <p class="muted small">{text::NAME_NOT_KNOWN}</p> },
        Some(Ok(opened)) => {
            let of_this = opened.into_iter().filter(|name| name.record == id.get_value()).collect();
            told(of_this)
        }
    })
}

fn told(opened: Vec<OpenedName>) -> Node {
    if opened.is_empty() {
        return view! { <p class="muted small">{text::NAME_NOT_OPENED}</p> };
    }
    let lines = opened.into_iter().map(|name| {
        view! {
            <p>{text::name_shown(&name.by_name, name.at)}</p>
            <p class="quote">{name.reason}</p>
        }
    });
    let lines = lines.collect_view();
    view! { <Notice tone=Tone::Info title=text::NAME_OPENED>{lines}</Notice> }
}

/// Above the list: which names were opened of late.
#[component]
pub fn NamesOpened(app: App) -> impl IntoView {
    let asks = Memo::new(move |_| reports(app, &app.register.get()).into_iter().any(is_sealed));
    live(move || asks.get().then(|| view! { <News app /> }))
}

#[component]
fn News(app: App) -> impl IntoView {
    let found = LocalResource::new(move || async move { app.opened_names().await });
    live(move || {
        // Where the service cannot be asked, each report says so itself.
        let opened = found.get()?.ok()?;
        let latest = latest(opened, app.now.get_untracked());
        let lines: Vec<Node> = latest.into_iter().filter_map(|name| line(app, name)).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Info title=text::NAME_OPENED>
                    <ul>{lines}</ul>
                </Notice>
            }
        })
    })
}

/// Of each report the latest one, while it is news. `opened`: the latest first.
fn latest(opened: Vec<OpenedName>, now: Instant) -> Vec<OpenedName> {
    let mut latest: Vec<OpenedName> = Vec::new();
    for name in opened {
        let is_news = (now - name.at).num_days() <= NEWS_DAYS;
        if is_news && latest.iter().all(|other| other.record != name.record) {
            latest.push(name);
        }
    }
    latest
}

fn line(app: App, name: OpenedName) -> Option<Node> {
    let title = untrack(|| app.with_record(&name.record, |record, _| title(record)))?;
    let (href, words) = (routes::report(&name.record), format!("{title}, {}", moment(name.at)));
    Some(view! { <li><a class="lone" href=href>{words}</a></li> })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_instant;

    fn opened(record: &str, at: &str) -> OpenedName {
        let at = parse_instant(at).expect("a time");
        OpenedName { record: record.into(), by_name: "Farah".into(), at, reason: "To ask".into() }
    }

    #[test]
    fn the_list_tells_of_each_report_once_and_for_thirty_days() {
        let all = vec![
            opened("r1", "2026-11-26T14:05:00Z"),
            opened("r2", "2026-11-20T09:00:00Z"),
            opened("r1", "2026-11-19T09:00:00Z"),
            opened("r3", "2026-10-20T09:00:00Z"),
        ];
        let now = |text| parse_instant(text).expect("a time");
        assert_eq!(latest(all.clone(), now("2026-11-27T09:00:00Z")), all[..2]);
        assert_eq!(latest(all, now("2026-12-27T15:00:00Z")), []);
    }

    #[test]
    fn a_reporter_reads_who_opened_their_name_and_when() {
        let OpenedName { by_name, at, .. } = opened("r1", "2026-11-26T14:05:00Z");
        assert_eq!(
            text::name_shown(&by_name, at),
            "Your name was shown to the Registered Manager, Farah, at 2:05pm on 26 November 2026, because:"
        );
    }
}
