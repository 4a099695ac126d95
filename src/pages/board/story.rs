//! One story as the team reads it, on the screen and on the wall.

use super::TELLERS;
use crate::{routes, state::use_app, text::learning as text};
use domain::{ids::RecordId, roles::Role, stories::Story, time::london_date};
use markup::prelude::*;

#[component]
pub(super) fn StoryView(
    story: Story,
    /// The only one on the page.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let app = use_app();
    let heading = format!("story-{}", story.id);
    let parts = [
        (text::NOTICED, &story.noticed),
        (text::CHANGED, &story.changed),
        (text::DIFFERENT, &story.different),
    ]
    .into_iter()
    .map(|(title, words)| {
        let words = words.clone();
        view! {
            <div class="story__part">
                <h3>{title}</h3>
                <p class="story__words">{words}</p>
            </div>
        }
    })
    .collect_view();
    let thanks = story.credit.as_ref().map(|id| {
        let name = app.directory.read_untracked().staff_name(id).to_owned();
        view! { <p>{format!("Noticed by {name}. Thank you.")}</p> }
    });
    let is_me = untrack(|| app.me()).is_some_and(|me| story.credit.as_ref() == Some(&me.staff));
    let named = is_me.then(|| view! { <p class="small muted no-print">{text::NAMED}</p> });
    let of = text::story_of(london_date(story.at));
    let about = move |words: &'static str| {
        let of = of.clone();
        view! { {words}<span class="visually-hidden">{format!(": {of}")}</span> }
    };
    let poster = (!alone).then(|| {
        let href = format!("{}?story={}", routes::BOARD, story.id);
        let words = about("Print as a poster");
        view! { <li><a href=href>{words}</a></li> }
    });
    // Whoever only reports reads their own report.
    let only_reports = untrack(|| app.roles()).iter().all(|role| role == Role::Reporter);
    let known = |id: &&RecordId| app.register.read_untracked().record(id).is_some();
    let record = story.record.as_ref().filter(known).map(|id| {
        let (href, words) = match only_reports {
            true => (routes::report(id), about("See your report")),
            false => (routes::record(id), about("See the record")),
        };
        view! { <li><a href=href>{words}</a></li> }
    });
    let down = untrack(|| app.roles()).meets(TELLERS).then(|| {
        let (href, words) = (routes::story_down(&story.id), about(text::TAKE_DOWN));
        view! { <li><a href=href>{words}</a></li> }
    });
    let title = text::story_of(london_date(story.at));
    // Pages of a board are cut apart and hung up: each of them says where it happened.
    let site = untrack(|| app.site()).map(|site| app.site_name(&site));
    let letters = [&story.noticed, &story.changed, &story.different].map(|words| words.chars().count());
    let length = length(letters.iter().sum());
    view! {
        <article class="story" data-length=length aria-labelledby=heading.clone()>
            <p class="story__site">{site}</p>
            <h2 class="card__meta" id=heading>{title}</h2>
            {parts}
            {thanks}
            {named}
            <ul class="record-part__acts no-print">{poster} {record} {down}</ul>
        </article>
    }
}

/// How long the words of a story are, from 1 to 6: on a poster short ones are larger, so that each fills its page.
fn length(letters: usize) -> String {
    const MOST: [usize; 5] = [180, 330, 520, 800, 1400];
    (MOST.iter().filter(|most| letters > **most).count() + 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn the_longer_a_story_is_the_smaller_are_its_words() {
        assert_eq!([0, 180, 181, 520, 521, 5000].map(length), ["1", "1", "2", "3", "4", "6"]);
    }
}
