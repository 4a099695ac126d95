//! Keys and values: check answers, and the facts of a record.

use markup::prelude::*;

/// A list of `SummaryRow`s.
#[component]
pub fn SummaryList(children: Children) -> impl IntoView {
    view! { <dl class="summary-list">{children()}</dl> }
}

/// One key with its value.
#[component]
pub fn SummaryRow(
    #[prop(into)] key: String,
    /// Address where the answer can be changed.
    #[prop(into, optional)]
    change: MaybeProp<String>,
    /// Words of that link; "Change" unless the answer is missing ("Choose the person").
    #[prop(into, default = "Change".to_owned())]
    change_label: String,
    /// The value; "Not provided" is the caller's word.
    children: Children,
) -> impl IntoView {
    let about = key.clone();
    let link = move || {
        let (label, about) = (change_label.clone(), about.clone());
        change.get().map(|href| {
            let hidden = (label == "Change").then(|| {
                view! { <span class="visually-hidden">{format!(" {}", about.to_lowercase())}</span> }
            });
            view! {
                <dd class="summary-list__change">
                    <a href=href>{label}{hidden}</a>
                </dd>
            }
        })
    };
    view! {
        <div class="summary-list__row">
            <dt class="summary-list__key">{key}</dt>
            <dd class="summary-list__value">{children()}</dd>
            {link}
        </div>
    }
}
