//! Says what in the person's own words may name somebody, before it is saved. They may keep it or take it out.

use crate::{
    text::capture as text,
    ui::{Notice, Tone},
};
use domain::identifying::identifying;
use markup::prelude::*;

/// `words`: the text as it stands. Shows nothing where nothing is found.
#[component]
pub fn MayName(#[prop(into)] words: Signal<String>) -> impl IntoView {
    let found = Memo::new(move |_| {
        identifying(&words.read()).into_iter().map(|found| text::may_name(&found)).collect::<Vec<_>>()
    });
    view! {
        <div role="status">
            {move || {
                let found = found.get();
                (!found.is_empty())
                    .then(|| {
                        let lines = found.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                        view! {
                            <Notice tone=Tone::Warning title=text::MAY_NAME>
                                <ul>{lines}</ul>
                                <p>{text::MAY_NAME_WORDS}</p>
                            </Notice>
                        }
                    })
            }}
        </div>
    }
}
