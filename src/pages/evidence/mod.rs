//! Packs of evidence: what is asked for, making it in steps, and looking at it; and checking one. `/evidence`.

mod asked;
pub mod blocks;
mod check;
mod form;
mod frameworks;
mod made;
mod own_words;
mod person;
mod reason;

use crate::{
    pages::oversee::NotYours,
    routes,
    state::{EvidenceRights, use_app},
    text::evidence as text,
    ui::{Button, Buttons, Kind, Notice, Page},
};
use asked::Asked;
pub use check::CheckPackPage;
use evidence::{Builder, Built, Fault, STEPS};
use form::AskForm;
pub use frameworks::{FRAMEWORK, FrameworkChoice};
use leptos::task::spawn_local;
use made::MadeView;
use markup::prelude::*;
pub use reason::{REASON, ReasonField, why_named};
use std::sync::Arc;

#[component]
pub fn EvidencePage() -> impl IntoView {
    let app = use_app();
    let rights = Memo::new(move |_| app.evidence_rights());
    live(move || match rights.get() {
        Some(rights) => view! { <Maker rights /> },
        None => view! { <NotYours heading=text::EVIDENCE words=text::NOT_YOURS /> },
    })
}

/// Where the making of a pack stands.
#[derive(Clone)]
enum Stage {
    Asking,
    /// Number of the step that is being done.
    Making(usize),
    Made(Arc<Built>),
}

#[component]
fn Maker(rights: EvidenceRights) -> impl IntoView {
    let app = use_app();
    let asked = Asked::new(app, &rights);
    let stage = RwSignal::new(Stage::Asking);
    let busy = Signal::derive(move || matches!(*stage.read(), Stage::Making(_)));
    let own = rights.clone();
    let make = move |()| {
        if busy.get_untracked() {
            return;
        }
        let Some(request) = asked.request(app, &own) else { return };
        spawn_local(async move {
            let ledger = app.ledger().await;
            let register = (*app.register.get_untracked()).clone();
            match Builder::new(register, request, ledger) {
                Ok(builder) => {
                    let told = move |number| drop(stage.try_set(Stage::Making(number)));
                    let built = app.make_pack(builder, told).await;
                    let register = app.register.get_untracked();
                    app.took_along(built.worded.iter().filter_map(|id| register.record(id)));
                    stage.try_set(Stage::Made(Arc::new(built)));
                }
                Err(faults) => asked.show_faults(&faults.iter().map(Fault::to_string).collect::<Vec<_>>()),
            }
        });
    };
    view! {
        <Page
            title=text::EVIDENCE
            heading=text::EVIDENCE
            back=routes::OVERSEE
            back_label=crate::text::oversee::OVERSEE
            wide=true
        >
            <p class="lede">{text::LEDE}</p>
            <p>
                <a class="lone" href=routes::EVIDENCE_CHECK>{text::CHECK}</a>
            </p>
            // One thing at a time, so that on a phone the result is not below a long form.
            <div hidden=move || !matches!(*stage.read(), Stage::Asking)>
                <AskForm rights asked busy on_make=Callback::new(make) />
            </div>
            {move || match stage.get() {
                Stage::Asking => Node::Nothing,
                Stage::Making(number) => view! { <Progress number /> },
                Stage::Made(built) => {
                    view! {
                        <MadeView built />
                        <Buttons>
                            <Button kind=Kind::Quiet on_press=move |()| stage.set(Stage::Asking)>
                                {text::ANOTHER}
                            </Button>
                        </Buttons>
                    }
                }
            }}
        </Page>
    }
}

/// The steps that are really done, one after the other.
#[component]
fn Progress(number: usize) -> impl IntoView {
    let total = STEPS.len();
    let words = STEPS.get(number).copied().unwrap_or_default();
    let said = format!("Step {} of {total}: {}", number + 1, words);
    view! {
        <Notice title=text::MAKING>
            <p role="status">{said}</p>
            <progress class="pack-progress" max=total.to_string() value=number.to_string()></progress>
        </Notice>
    }
}
