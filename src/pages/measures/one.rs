//! One measure whole, with what can be chosen about it.

use super::{
    catalogue::{Ask, Measure, find},
    filters::Filters,
    look::{Look, look},
    options::{BED_DAYS, Chart, Options},
    picture::Framed,
    pictures::{WHICH, two_years},
    query_here,
};
use crate::{
    pages::{
        not_found::NotFoundPage,
        oversee::{NotYours, sections::READERS},
    },
    routes,
    state::use_app,
    text::measures::{COMPARE, key_name},
    ui::{Bound, Button, Choice, Details, Form, Kind, Page, Select, TextField, Width},
};
use domain::{
    measures::index::{By, Grain, Which, group},
    vocabulary::DENOMINATOR,
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use markup::prelude::*;

fn code_of(path: &str) -> &str {
    path.strip_prefix(routes::MEASURES).unwrap_or_default().trim_matches('/')
}

#[component]
pub fn MeasurePage() -> impl IntoView {
    let app = use_app();
    let path = use_location().pathname;
    let query = query_here(|path| find(code_of(path)).is_some());
    let measure = Memo::new(move |last: Option<&Option<&'static str>>| {
        let known = find(code_of(&path.read())).map(|measure| measure.code);
        known.or_else(|| last.copied().flatten())
    });
    let allowed = Memo::new(move |_| app.roles().meets(READERS));
    live(move || {
        if !allowed.get() {
            return view! { <NotYours heading="Measures" /> };
        }
        let Some(measure) = measure.get().and_then(find) else { return view! { <NotFoundPage /> } };
        view! {
            <Page
                title=measure.title
                heading=measure.title
                back=routes::MEASURES
                back_label="Measures"
                wide=true
            >
                {move || {
                    let query = query.get();
                    app.sync.filling.track();
                    look(|name| query.get(name)).map(|look| view! { <Whole measure look /> })
                }}
            </Page>
        }
    })
}

#[component]
fn Whole(measure: &'static Measure, look: Look) -> impl IntoView {
    let look = Look { options: Options { whole: true, ..look.options.clone() }, ..look };
    let more = look.options.pairs();
    view! {
        <Filters look=look.clone() path=routes::measure(measure.code) more dated=measure.has_dates() />
        <Choices measure look=look.clone() />
        <Framed measure=measure look=look alone=true />
        <p class="picture__note">{COMPARE}</p>
    }
}

#[component]
fn Choices(measure: &'static Measure, look: Look) -> impl IntoView {
    let navigate = use_navigate();
    let (wanted, options) = (StoredValue::new(look.wanted.clone()), StoredValue::new(look.options.clone()));
    let go = Callback::new(move |options: Options| {
        let query = wanted.get_value().query(&options.pairs());
        let keep = NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() };
        navigate(&format!("{}{query}", routes::measure(measure.code)), keep);
    });
    let asks = |ask| measure.asks.contains(&ask);
    let now = move || options.get_value();
    let grain = asks(Ask::Grain).then(|| {
        let choices = vec![Choice::new("week", "Each week"), Choice::new("month", "Each month")];
        let value = Bound::new(
            move || now().grain.map(Grain::code).unwrap_or_default().to_owned(),
            move |code: String| go.run(Options { grain: Grain::from_code(&code), ..now() }),
        );
        view! { <Select id="grain" label="Points" options=choices value empty="What fits the history" /> }
    });
    let chart = asks(Ask::Chart).then(|| {
        let choices = vec![Choice::new("run", "Run chart: the middle"), Choice::new("xmr", "XmR chart: mean and limits")];
        let value = Bound::new(
            move || now().chart.map(Chart::code).unwrap_or_default().to_owned(),
            move |code: String| {
                let chart = [Chart::Run, Chart::Xmr].into_iter().find(|chart| chart.code() == code);
                go.run(Options { chart, ..now() });
            },
        );
        view! { <Select id="chart" label="Chart" options=choices value empty="What fits the number of points" /> }
    });
    let per = asks(Ask::Per).then(|| {
        let others = DENOMINATOR.codes.iter().filter(|code| code.code != BED_DAYS);
        let choices: Vec<Choice> = others.map(|code| Choice::new(code.code, code.label)).collect();
        let value = Bound::new(move || now().per, move |per: String| go.run(Options { per, ..now() }));
        view! { <Select id="per" label="Per 1,000" options=choices value empty=DENOMINATOR.label(BED_DAYS) /> }
    });
    let event = asks(Ask::Event).then(|| {
        let rows = look.index.rows(&two_years(&look), Which::All);
        let names = group(&rows, By::Subtype).into_keys();
        let counted = WHICH.into_iter().map(|(which, name)| Choice::new(which.code(), name));
        let types = names.map(|key| Choice::new(key.clone(), key_name(By::Subtype, &key, &look.directory)));
        let choices: Vec<Choice> = counted.chain(types).collect();
        let value = Bound::new(move || now().event, move |event: String| go.run(Options { event, ..now() }));
        view! { <Select id="event" label="Events" options=choices value empty="Incidents with harm" /> }
    });
    let target = asks(Ask::Target).then(|| view! { <Target options=now() go /> });
    let baseline = asks(Ask::Baseline).then(|| view! { <Baseline options=now() go /> });
    view! {
        <div class="measure-filters">{grain} {chart} {per}</div>
        {event.map(|event| view! { <div class="measure-filters" data-long="true">{event}</div> })}
        {target}
        {baseline}
    }
}

/// Only where fewer is better.
#[component]
fn Target(options: Options, go: Callback<Options>) -> impl IntoView {
    let value = RwSignal::new(options.target.map(|target| target.to_string()).unwrap_or_default());
    let error = RwSignal::new(None::<String>);
    let show = move |()| {
        let typed = value.get_untracked();
        let target = typed.trim().parse::<f64>().ok().filter(|target| target.is_finite() && *target >= 0.0);
        if target.is_none() && !typed.trim().is_empty() {
            return error.set(Some("This many or fewer: type 0 or a higher number, for example 2.".into()));
        }
        error.set(None);
        go.run(Options { target, chart: target.map(|_| Chart::Xmr).or(options.chart), ..options.clone() });
    };
    view! {
        <Details summary="Set a target">
            <p>"The chart says whether the target will be met with things as they are."</p>
            <Form on_submit=show>
                <TextField id="target" label="This many or fewer" value inputmode="decimal" width=Width::Short error=error />
                <Button kind=Kind::Secondary>"Show the target"</Button>
            </Form>
        </Details>
    }
}

/// Other points for the limits need a reason, which then stands beside the chart. Only this view has them: the address
/// holds them, the log does not.
#[component]
fn Baseline(options: Options, go: Callback<Options>) -> impl IntoView {
    let points = RwSignal::new(options.baseline.map(|points| points.to_string()).unwrap_or_default());
    let reason = RwSignal::new(options.reason.clone());
    let (no_points, no_reason) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let show = move |()| {
        let typed = points.get_untracked();
        let baseline = typed.trim().parse::<usize>().ok().filter(|points| *points >= 3);
        let is_empty = typed.trim().is_empty();
        no_points.set(
            (baseline.is_none() && !is_empty)
                .then(|| "How many of the first points: type a whole number, 3 or more.".to_owned()),
        );
        let words = reason.get_untracked().trim().to_owned();
        no_reason.set(
            (baseline.is_some() && words.is_empty())
                .then(|| "Say why. The reason stands beside the chart.".to_owned()),
        );
        if no_points.get_untracked().is_some() || no_reason.get_untracked().is_some() {
            return;
        }
        let reason = if is_empty { String::new() } else { words };
        let chart = if is_empty { options.chart } else { Some(Chart::Xmr) };
        go.run(Options { baseline, reason, chart, ..options.clone() });
    };
    view! {
        <Details summary="Work out the limits from other points">
            <p>"Usually the first 12 points with records give the limits, wherever the picture begins. Here they come from the first points of the picture. Change that only when the work itself changed, and say why. It changes only what you see now: nothing is saved, and everybody else sees the usual limits. With fewer than 12 points the limits are trial limits."</p>
            <Form on_submit=show>
                <TextField id="baseline" label="How many of the first points" value=points inputmode="numeric" width=Width::Short error=no_points />
                <TextField id="reason" label="Reason" value=reason spellcheck=true error=no_reason />
                <Button kind=Kind::Secondary>"Show these limits"</Button>
            </Form>
        </Details>
    }
}
