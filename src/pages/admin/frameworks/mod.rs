//! The frameworks by which packs for an inspector are laid out: `/admin/frameworks`; `?new=1` loads one.

mod load;

use crate::{
    routes,
    state::{Kind as News, use_app},
    text::{common, frameworks as text},
    ui::{self, Button, Buttons, Cell, Dialog, EmptyState, LinkButton, Notice, Page, StatusTag, Table, Tone},
};
use domain::directory::{Directory, LoadedFramework};
use evidence::framework::{self, shelf};
use leptos::task::spawn_local;
pub use load::LoadPage;
use markup::prelude::*;
use serde_json::json;

pub const SECTION: &str = "frameworks";

/// One line of the table.
#[derive(Clone, PartialEq)]
struct Shown {
    id: String,
    title: String,
    version: String,
    whence: String,
    loaded: String,
    /// The file to save; none for one that was taken away.
    text: Option<String>,
    is_own: bool,
    is_unreadable: bool,
}

#[component]
pub fn FrameworksPage() -> impl IntoView {
    let app = use_app();
    let rows = Memo::new(move |_| rows(&app.directory.read()));
    let has_own = Memo::new(move |_| rows.read().iter().any(|row| row.is_own));
    let chosen = RwSignal::new(None::<Shown>);
    let sure = RwSignal::new(false);
    let take_away = move |()| {
        sure.set(false);
        let Some(row) = chosen.get_untracked() else { return };
        spawn_local(async move {
            let gone = json!({ "kind": "framework", "id": row.id, "value": null });
            match app.admin.change(vec![gone], None).await {
                Ok(_) => app.notices.show(News::Success, text::AWAY_DONE),
                Err(refused) => {
                    let told = refused.rows.into_iter().map(|row| row.sentence).next();
                    app.notices.warn(told.unwrap_or(refused.problem.sentence));
                }
            }
        });
    };
    let empty = move || {
        (!has_own.get()).then(|| {
            view! {
                <EmptyState title=text::NONE_TITLE icon="file-text">
                    <p>{text::NONE_WORDS}</p>
                </EmptyState>
            }
        })
    };
    let table = move || {
        let heads = ["Name", "Version", "Where from", "File"].map(str::to_owned).to_vec();
        let lines = rows.get().into_iter().map(|row| view! { <Line row chosen sure /> }).collect_view();
        view! { <Table caption=text::TABLE hide_caption=true heads>{lines}</Table> }
    };
    let named = move || chosen.read().as_ref().map(|row| row.title.clone()).unwrap_or_default();
    let instead = move || {
        let chosen = chosen.read();
        text::instead(chosen.as_ref().and_then(|row| framework::find(&row.id)))
            .map(|words| view! { <p>{words}</p> })
    };
    let new = format!("{}?new=1", routes::admin(SECTION));
    view! {
        <Page title=text::TITLE heading=text::TITLE back=routes::ADMIN back_label="Manage" wide=true>
            <p class="lede">{text::LEDE}</p>
            <Buttons>
                <LinkButton href=new icon="plus">{text::LOAD}</LinkButton>
            </Buttons>
            {empty}
            {table}
            <Dialog open=sure id="take-away" title=text::AWAY_SURE>
                <p><strong>{named}</strong></p>
                <p>{text::AWAY_WORDS}</p>
                {instead}
                <Buttons>
                    <Button kind=ui::Kind::Danger on_press=Callback::new(take_away)>{text::TAKE_AWAY}</Button>
                    <Button kind=ui::Kind::Quiet on_press=Callback::new(move |()| sure.set(false))>"Cancel"</Button>
                </Buttons>
            </Dialog>
        </Page>
    }
}

/// Those that can be chosen, then own ones that cannot: not read here, or taken away.
fn rows(directory: &Directory) -> Vec<Shown> {
    let mut rows: Vec<Shown> = shelf::offered(directory)
        .into_iter()
        .map(|offered| {
            let framework = &offered.framework;
            let own = directory.frameworks.get(&framework.id).filter(|_| offered.is_own);
            let built_in = framework::files().into_iter().find(|(known, _)| known.id == framework.id);
            Shown {
                id: framework.id.clone(),
                title: framework.title.clone(),
                version: framework.version.clone(),
                whence: text::whence(&offered),
                loaded: loaded_on(own),
                text: match own {
                    Some(loaded) => Some(loaded.text.clone()),
                    None => built_in.map(|(_, text)| text.to_owned()),
                },
                is_own: offered.is_own,
                is_unreadable: false,
            }
        })
        .collect();
    let unreadable: Vec<&LoadedFramework> = shelf::unreadable(directory).collect();
    let rest = directory.frameworks.iter().filter_map(|(id, loaded)| {
        let is_unreadable = unreadable.iter().any(|other| std::ptr::eq(*other, loaded));
        (is_unreadable || loaded.retired).then(|| Shown {
            id: id.clone(),
            title: loaded.title.clone(),
            version: loaded.version.clone(),
            whence: text::YOURS.to_owned(),
            loaded: loaded_on(Some(loaded)),
            text: is_unreadable.then(|| loaded.text.clone()),
            is_own: true,
            is_unreadable,
        })
    });
    rows.extend(rest);
    rows
}

fn loaded_on(loaded: Option<&LoadedFramework>) -> String {
    let at = loaded.and_then(|loaded| loaded.loaded_at);
    at.map(|at| format!("Loaded {}", common::moment(at))).unwrap_or_default()
}

/// "ours-2027-1.json": a version may have slashes and blanks.
fn file_name(row: &Shown) -> String {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '.';
    let version: String = row.version.chars().map(|letter| if fits(letter) { letter } else { '-' }).collect();
    format!("{}-{version}.json", row.id)
}

#[component]
fn Line(row: Shown, chosen: RwSignal<Option<Shown>>, sure: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let is_away = row.is_own && row.text.is_none();
    let of = format!(" {}", row.title);
    let copy = row.text.clone().map(|text| {
        let (name, of) = (file_name(&row), of.clone());
        let save = move |()| {
            if app.save_bytes(&name, "application/json", text.as_bytes()).is_err() {
                app.notices.warn(text::CANNOT_SAVE);
            }
        };
        view! {
            <Button kind=ui::Kind::Quiet icon="download" on_press=Callback::new(save)>
                {text::COPY} <span class="visually-hidden">{of}</span>
            </Button>
        }
    });
    let away = (row.is_own && !is_away).then(|| {
        let row = row.clone();
        let ask = move |()| {
            chosen.set(Some(row.clone()));
            sure.set(true);
        };
        view! {
            <Button kind=ui::Kind::Quiet on_press=Callback::new(ask)>
                {text::TAKE_AWAY} <span class="visually-hidden">{of}</span>
            </Button>
        }
    });
    let file = match is_away {
        true => view! { <span class="muted">{text::AWAY_BACK}</span> },
        false => view! { <div class="row-acts">{copy} {away}</div> },
    };
    let tag = is_away.then(|| view! { <p><StatusTag status="withdrawn" label=text::AWAY /></p> });
    let loaded =
        (!row.loaded.is_empty()).then(|| view! { <br /> <span class="small muted">{row.loaded}</span> });
    let unread =
        row.is_unreadable.then(|| view! { <Notice tone=Tone::Warning><p>{text::UNREADABLE}</p></Notice> });
    view! {
        <tr role="row">
            <Cell head="Name" names_row=true>
                {row.title}
                <br />
                <span class="small muted">{row.id}</span>
                {tag}
            </Cell>
            <Cell head="Version">{row.version}</Cell>
            <Cell head="Where from">{row.whence} {loaded} {unread}</Cell>
            <Cell head="File">{file}</Cell>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str, retired: bool) -> Directory {
        let mut directory = Directory::default();
        let loaded = LoadedFramework {
            title: "Statements of 2027".into(),
            version: "2027/1 final".into(),
            text: text.to_owned(),
            retired,
            ..LoadedFramework::default()
        };
        directory.frameworks.insert("quality-statements".into(), loaded);
        directory
    }

    #[test]
    fn every_file_can_be_saved_but_those_that_were_taken_away() {
        let (built_in, text) = framework::files()[0];
        let rows_of = |directory: &Directory| -> Vec<(String, bool, bool)> {
            rows(directory).into_iter().map(|row| (file_name(&row), row.text.is_some(), row.is_own)).collect()
        };
        let all = rows_of(&Directory::default());
        assert_eq!(all[0], (format!("{}-{}.json", built_in.id, built_in.version), true, false));
        assert_eq!(all.len(), 2);
        let newer = text.replacen(&built_in.version, "2027/1 final", 1);
        let own = rows_of(&with(&newer, false));
        assert_eq!(own[0], ("quality-statements-2027-1-final.json".to_owned(), true, true));
        assert_eq!(own.len(), 2, "the built-in one is replaced");
        let away = rows_of(&with("", true));
        assert_eq!((away[0].2, away[2].1, away.len()), (false, false, 3));
    }

    #[test]
    fn one_that_is_not_read_here_is_not_hidden() {
        let rows = rows(&with("{\"of\": \"2040\"}", false));
        assert!(rows[2].is_unreadable && rows[2].text.is_some());
    }
}
