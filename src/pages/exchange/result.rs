//! After past incidents are read in: how many, what waits, and the rows that stayed out.

use super::{
    import::MOST_AT_ONCE,
    look::{Dry, save_faults},
};
use crate::{
    routes,
    state::use_app,
    text::common::count,
    ui::{Button, Buttons, Kind, LinkButton, Notice, Page, Panel, Tone},
};
use markup::prelude::*;

#[component]
pub fn Result(total: usize, left: usize, dry: Option<Dry>, on_next: Callback<()>) -> impl IntoView {
    let app = use_app();
    let left_out = dry.as_ref().map_or(0, |dry| dry.run.faults.len() - dry.run.twins().count());
    let save_faults = dry.map(|Dry { run, .. }| save_faults(app, run));
    let waiting = move || {
        let waiting = app.sync.waiting.get();
        match waiting {
            0 => "All of them are sent.".to_owned(),
            waiting => format!("{} waiting to be sent. You can go on working.", waiting),
        }
    };
    view! {
        <Page title="Past incidents are in">
            <Panel title=format!("{} read in", count(total, "past incident", "past incidents"))>
                <p>"They are saved on this device and count in your numbers from now on."</p>
            </Panel>
            <p role="status">{waiting}</p>
            {(left > 0).then(|| view! { <Left left on_next /> })}
            {(left_out > 0)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warning title=format!("{} left out", count(left_out, "row was", "rows were"))>
                            <p>
                                "Mend them in your list and read it in again. Rows that are here already are not read in twice."
                            </p>
                            {save_faults}
                        </Notice>
                    }
                })}
            <Buttons>
                <LinkButton href=routes::OVERSEE>"Go to learning and oversight"</LinkButton>
                <LinkButton href=routes::EXCHANGE kind=Kind::Secondary>"Data in and out"</LinkButton>
            </Buttons>
        </Page>
    }
}

/// Rows of a long list that wait until those before them are sent.
#[component]
fn Left(left: usize, on_next: Callback<()>) -> impl IntoView {
    let app = use_app();
    let next = count(left.min(MOST_AT_ONCE), "row", "rows");
    let act = move || match app.sync.waiting.get() {
        0 => {
            let words = format!("Read in the next {next}");
            view! { <Button icon="upload" on_press=move |()| on_next.run(())>{words}</Button> }
        }
        _ => view! { <p>"The next rows can be read in once these are sent. The button appears here."</p> },
    };
    view! {
        <Notice tone=Tone::Info title=format!("{} of your list still to read in", count(left, "row", "rows"))>
            <p>"Stay on this page. If you leave it, choose the same file again: rows that are here already are not read in twice."</p>
            {act}
        </Notice>
    }
}
