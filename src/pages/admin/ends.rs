//! How the form of an entry ends: save it, leave it, or retire what is there.

use crate::{
    pages::record::form::Entry,
    ui::{Button, Buttons, Dialog, Kind},
};
use markup::prelude::*;

/// Save, Cancel, and Retire where an entry can be; it opens the question. `one`: an entry, in the middle of a sentence.
#[component]
pub fn Ends(
    entry: Entry,
    one: &'static str,
    on_cancel: Callback<()>,
    can_retire: bool,
    sure: RwSignal<bool>,
) -> impl IntoView {
    let ask = Callback::new(move |()| sure.set(true));
    view! {
        <Buttons>
            <Button busy=entry.busy>"Save"</Button>
            <Button kind=Kind::Quiet on_press=on_cancel>"Cancel"</Button>
            {can_retire.then(|| view! { <Button kind=Kind::Danger on_press=ask>{format!("Retire this {one}")}</Button> })}
        </Buttons>
    }
}

/// Asks before an entry is retired. Stands behind the form, not in it.
#[component]
pub fn RetireSure(
    sure: RwSignal<bool>,
    /// Which one.
    #[prop(into)]
    title: String,
    /// What happens then.
    #[prop(into)]
    words: String,
    on_retire: Callback<()>,
) -> impl IntoView {
    view! {
        <Dialog open=sure id="retire" title>
            <p>{words}</p>
            <Buttons>
                <Button kind=Kind::Danger on_press=on_retire>"Retire"</Button>
                <Button kind=Kind::Quiet on_press=Callback::new(move |()| sure.set(false))>"Cancel"</Button>
            </Buttons>
        </Dialog>
    }
}
