//! Every building block in its states, for the people and the tests that look at them.

mod charts;

use crate::ui::*;
use charts::Charts;
use markup::prelude::*;

/// Split in parts, so that each fits on a screen of code.
#[component]
pub fn GalleryPage() -> impl IntoView {
    view! {
        <Page title="Gallery" heading="Gallery" caption="Building blocks" back="/" wide=true>
            <Tags />
            <Notices />
            <Acts />
            <Questions />
            <Errors />
            <Inputs />
            <Lists />
            <Record />
            <Tables />
            <Charts />
            <Rest />
        </Page>
    }
}

#[component]
fn Part(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="stack gallery__part">
            <h2>{title}</h2>
            {children()}
        </section>
    }
}

#[component]
fn Tags() -> impl IntoView {
    let tags = [
        ("draft", "Draft"),
        ("waiting", "Waiting to send"),
        ("new", "New"),
        ("in-review", "In review"),
        ("action-open", "Action open"),
        ("due", "Do this today"),
        ("overdue", "Overdue"),
        ("urgent", "May be an incident"),
        ("contested", "Two decisions"),
        ("learned", "Learned"),
        ("closed", "Closed"),
        ("withdrawn", "Withdrawn"),
        ("other", "Another word"),
    ];
    let tags = tags.map(|(status, label)| view! { <StatusTag status label /> }).collect_view();
    view! {
        <Part title="Status tags">
            <div class="cluster">{tags}</div>
            <div class="cluster">
                <SyncLine words="All sent, last sent 2:05pm" state="sent" />
                <SyncLine words="2 waiting to send, last sent 2:05pm" state="waiting" />
                <SyncLine words="Sending" state="sending" />
                <SyncLine words="No signal. 2 waiting to send" state="offline" />
                <SyncLine words="Sign in to send 2 reports" state="problem" />
            </div>
        </Part>
    }
}

#[component]
fn Notices() -> impl IntoView {
    view! {
        <Part title="Notices">
            <Notice>
                <p>"A near miss is something that could have hurt someone, but did not."</p>
            </Notice>
            <Notice tone=Tone::Success title="Sent">
                <p>"Your report reached Rose House at 2:05pm."</p>
            </Notice>
            <Notice tone=Tone::Warning title="Keep people away">
                <p>"Tell your senior now. Then go on."</p>
            </Notice>
            <Notice tone=Tone::Error title="The report is saved but not sent">
                <p>"Sign in again. Your report is kept on this phone."</p>
            </Notice>
        </Part>
    }
}

#[component]
fn Acts() -> impl IntoView {
    let busy = Signal::derive(|| true);
    view! {
        <Part title="Buttons">
            <Buttons>
                <Button on_press=|()| ()>"Save near miss"</Button>
                <Button kind=Kind::Secondary icon="clock" on_press=|()| ()>"Save and finish later"</Button>
                <Button kind=Kind::Quiet on_press=|()| ()>"Go back"</Button>
                <Button kind=Kind::Danger icon="trash-2" on_press=|()| ()>"Delete this draft"</Button>
                <Button busy on_press=|()| ()>"Saving"</Button>
                <LinkButton href="/quick" kind=Kind::Secondary icon="zap">"Quick record"</LinkButton>
            </Buttons>
        </Part>
    }
}

fn kinds() -> Vec<Choice> {
    vec![
        Choice::new("wrong_person", "Wrong person").icon("user-round"),
        Choice::new("wrong_medicine", "Wrong medicine").icon("pill"),
        Choice::new("wrong_dose", "Wrong dose").icon("gauge").hint("Too much or too little"),
        Choice::new("wrong_time", "Wrong time").icon("clock"),
        Choice::new("other", "Something else").icon("ellipsis"),
        Choice::new("not_sure", "Not sure").icon("circle-help"),
    ]
}

#[component]
fn Questions() -> impl IntoView {
    let chosen = RwSignal::new(Some("wrong_dose".to_owned()));
    let people = vec![
        Choice::new("p1", "Mary B").badge("MB").hint("Room 4"),
        Choice::new("p2", "Arthur K").badge("AK").hint("Room 11"),
        Choice::new("none", "No one person").icon("users-round"),
    ];
    let person = RwSignal::new(None::<String>);
    view! {
        <Part title="Tiles">
            <ul class="tiles" data-columns="1">
                <li>
                    <TileLink href="/gallery" label="Medication" icon="pill" tone="medication" large=true />
                </li>
                <li>
                    <TileLink href="/gallery" label="Environment" icon="house" tone="environment" large=true />
                </li>
                <li>
                    <TileLink
                        href="/gallery"
                        label="Distress or behaviour"
                        icon="heart-pulse"
                        tone="behaviour"
                        large=true
                    />
                </li>
            </ul>
            <Tiles
                id="kind"
                legend="What nearly happened?"
                caption="Medication, question 2 of 6"
                hint="Choose the closest one"
                heading=false
                options=kinds()
                selected=chosen
                on_choose=move |value| chosen.set(Some(value))
            />
            <Tiles
                id="person"
                legend="Who was it about?"
                heading=false
                options=people
                selected=person
                on_choose=move |value| person.set(Some(value))
            />
            <Tiles
                id="kind-radios"
                legend="What nearly happened? (with Continue)"
                heading=false
                options=kinds()
                selected=chosen
                on_choose=move |value| chosen.set(Some(value))
                press_continue=Signal::derive(|| true)
            />
        </Part>
    }
}

#[component]
fn Errors() -> impl IntoView {
    let errors = RwSignal::new(Vec::new());
    let safe = RwSignal::new(None::<String>);
    let name = RwSignal::new(String::new());
    let check = move |()| {
        errors.set(vec![
            FieldError::new("safe", "Select yes if it is safe now"),
            FieldError::new("sign-in", "Enter a sign-in name"),
        ]);
    };
    let error_of = move |id: &'static str| Signal::derive(move || find_error(&errors.read(), id));
    view! {
        <Part title="Errors">
            <ErrorSummary errors />
            <Form on_submit=check>
                <Radios
                    id="safe"
                    legend="Is it safe now?"
                    options=vec![Choice::new("yes", "Yes, made safe"), Choice::new("no", "Not yet")]
                    value=safe
                    error=error_of("safe")
                />
                <TextField id="sign-in" label="Sign-in name" value=name width=Width::Medium error=error_of("sign-in") />
                <Button>"Show the errors"</Button>
            </Form>
        </Part>
    }
}

fn find_error(errors: &[FieldError], id: &str) -> Option<String> {
    errors.iter().find(|error| error.id == id).map(|error| error.message.clone())
}

#[component]
fn Inputs() -> impl IntoView {
    let words = RwSignal::new("The label said 5 mg but the record said 2.5 mg.".to_owned());
    let did = RwSignal::new(vec!["stopped".to_owned()]);
    let did_choices = vec![
        Choice::new("stopped", "Stopped before giving"),
        Choice::new("senior", "Told my senior").hint("Shift lead or on call"),
        Choice::new("none", "I did none of these").exclusive(),
    ];
    let days = ["Today", "3 days", "7 days", "Another day"].map(|day| Choice::new(day, day)).to_vec();
    let places = ["Kitchen", "Dining room", "Room 4"].map(|place| Choice::new(place, place)).to_vec();
    view! {
        <Part title="Inputs">
            <TextArea id="text" label="Tell us more (optional)" value=words limit=60 speak=true />
            <Checkboxes id="did" legend="What did you do?" hint="Select all that apply" options=did_choices value=did />
            <Radios id="by" legend="Do this by" options=days value=RwSignal::new(Some("3 days".to_owned())) chips=true />
            <DateField
                id="when"
                legend="When did it happen?"
                hint="For example, 27 11 2026"
                value=RwSignal::new(DateParts::default())
            />
            <DateField
                id="when-wrong"
                legend="When is the next check?"
                hint="For example, 27 11 2026"
                error="Date of the next check must be in the future"
                value=RwSignal::new(DateParts { day: "13".into(), month: "nov".into(), year: "2025".into() })
            />
            <Select id="place" label="Where?" options=places value=RwSignal::new(String::new()) empty="Choose a place" />
            <TextField
                id="password"
                label="Password"
                kind="password"
                autocomplete="current-password"
                value=RwSignal::new("secret".to_owned())
            />
            <FileField
                id="csv"
                label="CSV file"
                hint="One row for each person"
                accept=".csv,text/csv"
                on_change=|_| ()
            />
        </Part>
    }
}

#[component]
fn Lists() -> impl IntoView {
    view! {
        <Part title="Cards">
            <ul class="cards">
                <li>
                    <Card title="Wrong dose stopped in time" href="/gallery" icon="pill" tone="medication" unread=true>
                        <p class="card__meta">"Mary B, Room 4, 2 hours ago"</p>
                        <StatusTag status="action-open" label="Action open" />
                        <p>"Action started: new label on the shelf"</p>
                    </Card>
                </li>
                <li>
                    <Card title="Wet floor by the lift" href="/gallery" icon="house" tone="environment" current=true>
                        <p class="card__meta">"First floor, yesterday"</p>
                        <div class="cluster">
                            <StatusTag status="overdue" label="Overdue" />
                            <StatusTag status="in-review" label="In review" />
                        </div>
                    </Card>
                </li>
                <li>
                    <Card title="Distress before tea" icon="heart-pulse" tone="behaviour">
                        <p class="card__meta">"Arthur K, Dining room, 3 days ago"</p>
                        <StatusTag status="learned" label="Learned" />
                    </Card>
                </li>
            </ul>
            <EmptyState title="Nothing waiting">
                <p>"Oldest item this week took 6 hours."</p>
            </EmptyState>
        </Part>
    }
}

#[component]
fn Record() -> impl IntoView {
    view! {
        <Part title="Record">
            <NextStep title="Next: manager decision" meta="Jo Park, by 25 November">
                <LinkButton href="/gallery">"Decide"</LinkButton>
            </NextStep>
            <NextStep title="Next: senior review" meta="Amara N., by 21 November" overdue=true />
            <SummaryList>
                <SummaryRow key="What nearly happened" change="/gallery">"Wrong dose"</SummaryRow>
                <SummaryRow key="Person" change="/gallery" change_label="Choose the person">
                    "Not provided"
                </SummaryRow>
                <SummaryRow key="When">"23 November 2026, 2:05pm"</SummaryRow>
            </SummaryList>
            <blockquote class="quote">"The label said 5 mg but the record said 2.5 mg. I stopped and asked Amara."</blockquote>
            <Timeline>
                <TimelineItem
                    title="Action started"
                    by="Sam Okoro, medication lead"
                    when="24 November 2026, 9:40am"
                    datetime="2026-11-24T09:40:00Z"
                    mark="act"
                >
                    <p>"New label on the shelf."</p>
                </TimelineItem>
                <TimelineItem
                    title="Senior review done"
                    by="Amara N., senior carer"
                    when="23 November 2026, 4:10pm"
                    datetime="2026-11-23T16:10:00Z"
                    mark="review"
                />
                <TimelineItem
                    title="Near miss reported"
                    by="You"
                    when="23 November 2026, 2:05pm"
                    datetime="2026-11-23T14:05:00Z"
                    mark="report"
                />
            </Timeline>
        </Part>
    }
}

#[component]
fn Tables() -> impl IntoView {
    let heads = ["Name", "Role", "Open actions"].map(str::to_owned).to_vec();
    let rows = [("Amara N.", "Senior carer", 2), ("Jo Park", "Registered manager", 11)];
    let rows = rows
        .map(|(name, role, open)| {
            view! {
                <tr role="row">
                    <Cell head="Name" names_row=true>{name}</Cell>
                    <Cell head="Role">{role}</Cell>
                    <Cell head="Open actions" number=true>{open}</Cell>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Part title="Tables">
            <Table caption="Staff at Rose House" heads>{rows}</Table>
        </Part>
    }
}

#[component]
fn Rest() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Part title="Panel, interruption, dialog, details">
            <Panel title="Saved. Thank you.">
                <p>"Kept on this phone. It will send when you have signal."</p>
            </Panel>
            <Interruption title="Get help first">
                <p>"Tell your senior or the person on call now. This may be an incident, not a near miss."</p>
                <Buttons>
                    <Button on_press=|()| ()>"Save what I know for my senior"</Button>
                    <Button kind=Kind::Secondary on_press=|()| ()>"Go back"</Button>
                </Buttons>
            </Interruption>
            <Details summary="What is a near miss?">
                <p>"Something that could have hurt someone, but did not."</p>
            </Details>
            <Button kind=Kind::Secondary on_press=move |()| open.set(true)>"Open the dialog"</Button>
            <Dialog open id="delete-draft" title="Delete this draft?">
                <p>"The answers you gave are deleted from this phone."</p>
                <Buttons>
                    <Button kind=Kind::Danger on_press=move |()| open.set(false)>"Delete"</Button>
                    <Button kind=Kind::Secondary on_press=move |()| open.set(false)>"Keep it"</Button>
                </Buttons>
            </Dialog>
        </Part>
    }
}
