//! Takes photos, or chooses them, and shows what was added with the way to remove it.

use crate::{
    pages::capture::Trouble,
    state::{App, KeptPhoto, Problem},
    text::capture::photos as text,
    ui::{Button, Kind, PictureButton},
};
use domain::{ids::RecordId, photo::MOST};
use leptos::{ev, task::spawn_local};
use markup::prelude::*;

#[component]
pub fn AddPhotos(
    app: App,
    /// The record that the report becomes, or that they are added to.
    record: RecordId,
    /// What is on them: "wet floor".
    #[prop(into)]
    subject: String,
    /// Over it all.
    #[prop(default = text::ADD)]
    title: &'static str,
    /// Keeps what was typed, then runs what it is given.
    before: Callback<Callback<()>>,
) -> impl IntoView {
    let record = StoredValue::new(record);
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let add = Callback::new(move |event: ev::Event| {
        problem.set(None);
        busy.set(true);
        app.notices.say(text::ADDING);
        spawn_local(async move {
            match app.photos.add(&record.get_value(), event).await {
                Ok(()) => app.notices.say(text::ADDED),
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    });
    let remove = Callback::new(move |note: KeptPhoto| {
        spawn_local(async move {
            match app.photos.remove(&note).await {
                Ok(()) => app.notices.say(text::REMOVED),
                Err(found) => drop(problem.try_set(Some(found))),
            }
        });
    });
    let added = Memo::new(move |_| app.photos.loose(&record.read_value()));
    let thumbs = live(move || {
        let photos = added.get();
        let subject = subject.clone();
        let thumb = move |(index, note): (usize, KeptPhoto)| {
            let label = text::label(index + 1, &subject, "you");
            view! { <Thumb app note label number=index + 1 on_remove=remove /> }
        };
        (!photos.is_empty()).then(|| {
            view! { <ul class="photos__list">{photos.into_iter().enumerate().map(thumb).collect_view()}</ul> }
        })
    });
    let has_room = Memo::new(move |_| added.read().len() < MOST);
    let buttons = live(move || match has_room.get() {
        false => view! { <p class="muted">{text::full()}</p> },
        true => view! {
            <div class="photos__buttons">
                <PictureButton
                    id="take-photo"
                    label=text::TAKE
                    icon="camera"
                    camera=true
                    on_press=before
                    on_change=add
                    busy=busy.into()
                />
                <PictureButton
                    id="choose-photo"
                    label=text::CHOOSE
                    icon="upload"
                    on_press=before
                    on_change=add
                    busy=busy.into()
                />
            </div>
        },
    });
    view! {
        <section class="photos" aria-labelledby="photos-title">
            <h2 class="h3" id="photos-title">{title}</h2>
            <p class="hint">{text::RULE}</p>
            {thumbs}
            <Trouble problem />
            {buttons}
        </section>
    }
}

#[component]
fn Thumb(
    app: App,
    note: KeptPhoto,
    label: String,
    number: usize,
    on_remove: Callback<KeptPhoto>,
) -> impl IntoView {
    let Some(photo) = note.photo() else { return Node::Nothing };
    let address = move || app.photos.thumb(&photo.sha256).unwrap_or_default();
    let words = label.clone();
    view! {
        <li class="photo">
            <img class="photo__small" src=address alt=label />
            <p class="small">{words}</p>
            <Button kind=Kind::Quiet icon="trash-2" on_press=move |()| on_remove.run(note.clone())>
                {text::REMOVE} <span class="visually-hidden">{format!(" photo {number}")}</span>
            </Button>
        </li>
    }
}
