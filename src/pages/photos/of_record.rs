//! The photos of a record: small ones in a row, each opens large.

use super::large::{Large, Shown};
use crate::{
    state::{App, use_app},
    text::{capture::photos as text, review::people},
};
use domain::{
    event::Author,
    ids::{EventId, RecordId},
    photo::Photographed,
    record::Record,
};
use markup::prelude::*;

/// The photos of a report and of its notes; or with an action, those that show that it is done.
pub fn photos_of(app: App, record: &Record, action: Option<&EventId>) -> Node {
    let all = record.photos.iter().enumerate();
    let photos: Vec<Shown> = all
        .filter(|(_, held)| held.action.as_ref() == action)
        .map(|(index, held)| shown(app, record, index + 1, held))
        .collect();
    if photos.is_empty() {
        return Node::Nothing;
    }
    let id = action.map_or_else(|| "photos".to_owned(), |action| format!("photos-{action}"));
    view! { <PhotosOf record=record.id.clone() id photos /> }
}

fn shown(app: App, record: &Record, number: usize, held: &Photographed) -> Shown {
    let subject = text::subject(record.spec(), &record.facts.fields);
    let directory = app.directory.read_untracked();
    let is_mine = untrack(|| app.me()).is_some_and(|me| held.by == Author::Staff(me.staff));
    let by = match is_mine {
        true => "you".to_owned(),
        false => people::in_record(&held.by, record, &directory),
    };
    Shown { photo: held.photo.clone(), label: text::label(number, &subject, &by) }
}

#[component]
pub fn PhotosOf(
    record: RecordId,
    /// Unique on the page.
    id: String,
    photos: Vec<Shown>,
) -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(None::<Shown>);
    let thumbs = photos
        .into_iter()
        .map(|shown| {
            let (small, pressed) = (shown.photo.clone(), shown.clone());
            let from_service = app.photo_address(&record, &small.thumb).unwrap_or_default();
            let address = move || app.photos.thumb(&small.sha256).unwrap_or_else(|| from_service.clone());
            view! {
                <li class="photo">
                    <button type="button" class="photo__open" on:click=move |_| open.set(Some(pressed.clone()))>
                        <img class="photo__small" src=address alt=shown.label />
                        <span class="visually-hidden">{text::LARGE}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="photos__list" aria-label=text::PHOTOS>{thumbs}</ul>
        <Large app record id open />
    }
}
