//! The ideas of the app, by category, and whether they are offered at this site.

use super::{
    edit::{CopyLink, kept},
    rows::LEFT_OUT,
};
use crate::{
    state::{App, Kind as News, use_app},
    text::ideas as text,
    ui::{self, Button, Buttons, Cell, Details, Dialog, StatusTag, Table},
};
use domain::{
    category::{CATEGORIES, CategorySpec, Template},
    directory::Directory,
    ids::SiteId,
    vocabulary::CONTROL_STRENGTH,
};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Value, json};

/// What was pressed, for the question about the sites.
#[derive(Clone, Copy)]
struct Pressed {
    idea: RwSignal<Option<&'static Template>>,
    ask: RwSignal<bool>,
}

#[component]
pub fn Shipped() -> impl IntoView {
    let app = use_app();
    let pressed = Pressed { idea: RwSignal::new(None), ask: RwSignal::new(false) };
    let site = Memo::new(move |_| app.site().unwrap_or_default());
    let out = move |idea: &Template| app.directory.read().is_left_out(idea.id, &site.read());
    let at = move |sites: Vec<SiteId>| {
        pressed.ask.set(false);
        if let Some(idea) = pressed.idea.get_untracked() {
            write(app, idea, untrack(|| out(idea)), sites);
        }
    };
    let groups = CATEGORIES.into_iter().map(|spec| view! { <Group spec site pressed /> }).collect_view();
    let words = move || pressed.idea.get().map(|idea| idea.text);
    let act = move || {
        let is_out = pressed.idea.get().is_some_and(out);
        if is_out { text::ASK_OFFER } else { text::ASK_LEAVE_OUT }
    };
    let here = move |()| at(vec![site.get_untracked()]);
    let everywhere = move |()| at(kept(app));
    let only = move || text::at_this_site(&app.site_name(&site.read()));
    view! {
        <section class="stack" aria-labelledby="shipped">
            <h2 id="shipped">{text::SHIPPED}</h2>
            <p>{text::SHIPPED_LEDE}</p>
            {groups}
            <Dialog open=pressed.ask id="sites" title=text::AT_WHICH>
                <p><strong>{act}</strong></p>
                <p>{words}</p>
                <Buttons>
                    <Button on_press=Callback::new(here)>{only}</Button>
                    <Button kind=ui::Kind::Secondary on_press=Callback::new(everywhere)>
                        {move || text::at_all(kept(app).len())}
                    </Button>
                    <Button kind=ui::Kind::Quiet on_press=Callback::new(move |()| pressed.ask.set(false))>"Cancel"</Button>
                </Buttons>
            </Dialog>
        </section>
    }
}

#[component]
fn Group(spec: &'static CategorySpec, site: Memo<SiteId>, pressed: Pressed) -> impl IntoView {
    let app = use_app();
    let summary = Signal::derive(move || {
        let directory = app.directory.read();
        let left_out = spec.templates().iter().filter(|idea| directory.is_left_out(idea.id, &site.read()));
        text::group(spec.name, spec.templates().len(), left_out.count())
    });
    let heads = ["Idea", "For", "Strength", "Here"].map(str::to_owned).to_vec();
    let lines = spec.templates().iter().map(|idea| view! { <Line spec idea site pressed /> }).collect_view();
    view! {
        <Details summary>
            <Table caption=spec.name hide_caption=true heads>{lines}</Table>
        </Details>
    }
}

/// The buttons stay while the words on them change, so that the focus stays too.
#[component]
fn Line(
    spec: &'static CategorySpec,
    idea: &'static Template,
    site: Memo<SiteId>,
    pressed: Pressed,
) -> impl IntoView {
    let app = use_app();
    let out = Memo::new(move |_| app.directory.read().is_left_out(idea.id, &site.read()));
    let press = move |()| {
        pressed.idea.set(Some(idea));
        match kept(app).len() {
            0 | 1 => write(app, idea, out.get_untracked(), vec![site.get_untracked()]),
            _ => pressed.ask.set(true),
        }
    };
    let tag = move || match out.get() {
        true => view! { <StatusTag status="withdrawn" label=text::NOT_OFFERED /> },
        false => text::OFFERED.into_node(),
    };
    let act = move || if out.get() { text::OFFER_AGAIN } else { text::LEAVE_OUT };
    view! {
        <tr role="row">
            <Cell head="Idea" names_row=true>{idea.text}</Cell>
            <Cell head="For">{text::causes(Some(spec), idea.of)}</Cell>
            <Cell head="Strength">{CONTROL_STRENGTH.label(idea.strength)}</Cell>
            <Cell head="Here">
                <p>{tag}</p>
                <div class="row-acts">
                    <Button kind=ui::Kind::Quiet on_press=Callback::new(press)>
                        {act} <span class="visually-hidden">{format!(" {}", idea.text)}</span>
                    </Button>
                    <CopyLink spec of=idea />
                </div>
            </Cell>
        </tr>
    }
}

/// Offers an idea again at these sites, or leaves it out there.
fn write(app: App, idea: &'static Template, is_out: bool, sites: Vec<SiteId>) {
    let row = change(&app.directory.read_untracked(), idea.id, is_out, &sites);
    spawn_local(async move {
        match app.admin.change(vec![row], None).await {
            Ok(_) => {
                let words = if is_out { text::OFFERED_DONE } else { text::LEFT_OUT_DONE };
                app.notices.show(News::Success, words);
            }
            Err(refused) => {
                let told = refused.rows.into_iter().map(|row| row.sentence).next();
                app.notices.warn(told.unwrap_or(refused.problem.sentence));
            }
        }
    });
}

/// The row that changes these sites and leaves the others as they are.
fn change(directory: &Directory, id: &str, offer: bool, sites: &[SiteId]) -> Value {
    let mut out = directory.left_out.get(id).map(|out| out.sites.clone()).unwrap_or_default();
    out.retain(|site| !sites.contains(site));
    if !offer {
        out.extend_from_slice(sites);
    }
    json!({ "kind": LEFT_OUT, "id": id, "value": { "sites": out } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::directory::LeftOut;

    #[test]
    fn other_sites_stay_as_they_are() {
        let mut directory = Directory::default();
        directory.left_out.insert("one".into(), LeftOut { sites: vec!["elm".into(), "oak".into()] });
        let sites =
            |offer: bool, at: &str| change(&directory, "one", offer, &[at.into()])["value"]["sites"].clone();
        assert_eq!(sites(true, "elm"), json!(["oak"]));
        assert_eq!(sites(false, "elm"), json!(["oak", "elm"]), "once");
        assert_eq!(sites(false, "fir"), json!(["elm", "oak", "fir"]));
        assert_eq!(change(&directory, "two", false, &["elm".into()])["value"]["sites"], json!(["elm"]));
    }
}
