//! The ways to settle an alert, or several at once, for those who may.

use super::{find::may, subject::Subject};
use crate::{
    state::use_app,
    ui::{Buttons, Kind, LinkButton},
};
use markup::prelude::*;

#[component]
pub fn SettleActs(subject: Subject) -> impl IntoView {
    let app = use_app();
    live(move || {
        // Several are of one rule: who settles one settles all.
        let Some(alert) = subject.alerts.first() else { return Node::Nothing };
        let (links, sets_aside) = (may(app, "link_alert", alert), may(app, "dismiss_alert", alert));
        if !links && !sets_aside {
            return view! {
                <p class="muted">"The Registered Manager, the deputy or the lead deals with this alert."</p>
            };
        }
        let to = |form: &str| subject.form(form);
        let (start, link, wait, aside) = (to("start"), to("link"), to("snooze"), to("dismiss"));
        view! {
            <Buttons>
                {links
                    .then(|| {
                        view! {
                            <LinkButton href=start kind=Kind::Primary icon="wrench">"Start an action"</LinkButton>
                            <LinkButton href=link kind=Kind::Secondary icon="link">"Link to an action"</LinkButton>
                            <LinkButton href=wait kind=Kind::Secondary icon="clock">"Wait until a date"</LinkButton>
                        }
                    })}
                {sets_aside
                    .then(|| {
                        view! {
                            <LinkButton href=aside kind=Kind::Secondary icon="x">"Set aside"</LinkButton>
                        }
                    })}
            </Buttons>
            <p><a href=to("think")>"Think about safeguarding or the risk register"</a></p>
        }
    })
}
