//! The lists that a manager keeps, as data: what each entry has, and which columns a CSV file may bring.

use super::ideas;
use crate::{
    pages::record::form::{
        Ask,
        Look::{Date, Line, Lines, Many, Pick, PickMany, Whole, Words, YesNo},
        Source, ask,
    },
    text::ideas as words,
};
use domain::{directory::Settings, vocabulary::ROLE};

#[derive(Debug)]
pub struct ListSpec {
    /// Last part of the address.
    pub section: &'static str,
    /// What the server calls an entry.
    pub kind: &'static str,
    pub title: &'static str,
    /// One entry in the middle of a sentence.
    pub one: &'static str,
    pub icon: &'static str,
    pub intro: &'static str,
    /// What the code of an entry is called.
    pub code: Ask,
    pub fields: &'static [Ask],
    /// Columns of the table: label and field.
    pub columns: &'static [(&'static str, &'static str)],
    /// Fields that a CSV file may bring, beside the code.
    pub csv: &'static [&'static str],
}

const SETTINGS: &str = "Times and settings";
const LOGS: &str = "Names of your own logs";
const STANDS_IN: &str = "Stands in for the Registered Manager";

const NAME: Ask = ask("name", "Name", Line).needed();

pub static LISTS: [ListSpec; 8] = [
    ListSpec {
        section: "sites",
        kind: "site",
        title: "Sites",
        one: "site",
        icon: "house",
        intro: "Homes and services, their settings and on-call number.",
        code: CODE,
        fields: &[
            NAME,
            ask("units", "Units, one per line", Lines)
                .hint("Wings, floors or rounds; the first one is used when nobody says"),
            ask("on_call", "On-call number", Line).hint("Shown when somebody may be hurt"),
            ask("council", "Council for safeguarding", Pick(Source::Council))
                .hint("Its threshold is shown when somebody decides who must be told"),
            ask("live_from", "First day with Noticed", Date).hint("Audits are expected from this day"),
            hours("settings.step2_hours", "Hours to look at the risk"),
            hours("settings.step3_hours", "Hours to decide who must be told"),
            days("settings.step4_days", "Days to plan an action"),
            days("settings.step5_days", "Days to check if it worked"),
            hours("settings.returned_hours", "Hours for the reporter to answer"),
            hours("settings.contract_hours", "Hours to tell the commissioner, if the contract says so"),
            minutes("settings.at_once_grace_min", "Minutes before something urgent counts as late"),
            minutes("settings.late_sync_min", "Minutes after which an entry counts as arrived late"),
            minutes("settings.clock_skew_min", "Minutes by which a device clock may be wrong"),
            days("settings.audit_due_days", "Days to sign an audit"),
            days("settings.oversight_due_days", "Days to sign an oversight"),
            ask(
                "settings.count_no_harm_incidents",
                "Count what reached somebody without harm as a near miss",
                YesNo,
            )
            .under(SETTINGS),
            log("log_names.medication_incident_form", "Medication incident form"),
            log("log_names.medication_log", "Medication log"),
            log("log_names.medication_audit_file", "Medication audit file"),
            log("log_names.maintenance_log", "Maintenance log"),
            log("log_names.near_miss_form", "Near miss form"),
            log("log_names.incident_log", "Incident log"),
            log("log_names.maintenance_system", "Maintenance system"),
            log("log_names.daily_record", "Daily record"),
            log("log_names.care_planning_system", "Care planning system"),
            log("log_names.governance_system", "Governance system"),
            log("log_names.governance_report", "Governance report"),
            log("log_names.service_improvement_plan", "Service improvement plan"),
            log("log_names.supervision_records", "Supervision records"),
        ],
        columns: &[("Name", "name"), ("Units", "units"), ("On call", "on_call")],
        csv: &["name", "units", "on_call"],
    },
    ListSpec {
        section: "places",
        kind: "place",
        title: "Places",
        one: "place",
        icon: "map-pin",
        intro: "Rooms and other places where things happen.",
        code: CODE,
        fields: &[NAME, ask("unit", "Unit", Pick(Source::Unit))],
        columns: &[("Name", "name"), ("Unit", "unit")],
        csv: &["name", "unit"],
    },
    ListSpec {
        section: "people",
        kind: "person",
        title: "People you support",
        one: "person",
        icon: "users-round",
        intro: "By code only. Never type a name.",
        code: ask("id", "Code", Line)
            .hint("For example, R-014. Never a name, and not initials with a room number")
            .needed(),
        fields: &[ask("place", "Place", Pick(Source::Place)).hint("Where carers find this person")],
        columns: &[("Place", "place")],
        csv: &["place"],
    },
    ListSpec {
        section: "assets",
        kind: "asset",
        title: "Equipment",
        one: "piece of equipment",
        icon: "wrench",
        intro: "Hoists, beds, chairs and other things that can fail.",
        code: CODE,
        fields: &[
            NAME,
            ask("place", "Place", Pick(Source::Place)),
            ask("exam_due", "Next examination", Date).hint("For lifting equipment"),
        ],
        columns: &[("Name", "name"), ("Place", "place"), ("Next examination", "exam_due")],
        csv: &["name", "place", "exam_due"],
    },
    ListSpec {
        section: "staff",
        kind: "staff",
        title: "Staff and roles",
        one: "member of staff",
        icon: "users",
        intro: "Who works here, what they do, and who stands in for the manager.",
        code: ask("id", "Sign-in name", Line).hint("Short, without blanks, for example amara").needed(),
        fields: &[
            ask("name", "Name", Line).hint("What colleagues call this person").needed(),
            ask("roles", "Roles here", Many(&ROLE)).hint("Select all that apply").needed(),
            ask("from", "First day", Date),
            ask("to", "Last day", Date),
            ask("delegate.from", "From", Date).under(STANDS_IN),
            ask("delegate.to", "Until", Date).under(STANDS_IN),
        ],
        columns: &[("Name", "name"), ("Roles", "roles"), ("Until", "to")],
        csv: &["name", "roles", "from", "to"],
    },
    ListSpec {
        section: "councils",
        kind: "council",
        title: "Councils",
        one: "council",
        icon: "landmark",
        intro: "When each council wants to hear of a safeguarding concern, in its own words.",
        code: ask("id", "Code", Line).hint("Short, for example norfolk. It cannot be changed later").needed(),
        fields: &[
            NAME,
            ask("text", "Threshold, as the council words it", Words).needed(),
            VERSION,
            VALID_FROM,
            SOURCE,
        ],
        columns: &[
            ("Name", "name"),
            ("Version", "version"),
            ("Valid from", "valid_from"),
            ("Source", "source"),
        ],
        csv: &["name", "text", "version", "valid_from", "source"],
    },
    ListSpec {
        section: "contracts",
        kind: "contract",
        title: "Contracts",
        one: "contract",
        icon: "file-check",
        intro: "What each contract says must be told to the commissioner, how, and how fast.",
        code: ask("id", "Code", Line)
            .hint("Short, for example icb-2026. It cannot be changed later")
            .needed(),
        fields: &[
            ask("name", "Commissioner", Line).needed(),
            ask("tell", "What must be told", Words).needed(),
            ask("hours", "Within how many hours", Whole)
                .within(&Settings::HOURS)
                .hint("Leave it empty if the contract has no number"),
            ask("how", "Address, or how", Line).hint("For example, an email address or a phone number"),
            ask("sites", "Sites", PickMany(Source::Site)).hint("Leave all empty if it covers every site"),
            VERSION,
            VALID_FROM,
            SOURCE,
            ask(FILLS_HOURS, "Use these hours as the time to tell the commissioner at these sites", YesNo)
                .hint("Yes writes them into the settings of the sites"),
        ],
        columns: &[
            ("Commissioner", "name"),
            ("What must be told", "tell"),
            ("Hours", "hours"),
            ("Sites", "sites"),
        ],
        csv: &["name", "tell", "hours", "how", "sites", "version", "valid_from", "source"],
    },
    // It has pages of its own: what is asked depends on the category. Here is what a file may bring.
    ListSpec {
        section: ideas::SECTION,
        kind: ideas::KIND,
        title: words::TITLE,
        one: "idea",
        icon: "lightbulb",
        intro: words::HINT,
        code: ask("id", "Code", Line),
        fields: &[
            ideas::TEXT,
            ask("category", "Category", Line).needed(),
            ideas::STRENGTH,
            ask("kind", "Kind of action", Line).needed(),
            ask("of", "For", Lines),
            ideas::SITES,
        ],
        columns: &[],
        csv: &["text", "category", "strength", "kind", "of", "sites"],
    },
];

/// Asked with a contract and kept in the settings of its sites, not with the contract.
pub const FILLS_HOURS: &str = "fills_hours";

const VERSION: Ask = ask("version", "Version", Line).hint("What they call it, for example 2026");
const VALID_FROM: Ask = ask("valid_from", "Valid from", Date);
const SOURCE: Ask = ask("source", "Source", Line).hint("The document or the address where you read it");

const CODE: Ask =
    ask("id", "Code", Line).hint("Short, for example room-4. It cannot be changed later").needed();

const fn hours(name: &'static str, label: &'static str) -> Ask {
    ask(name, label, Whole).within(&Settings::HOURS).under(SETTINGS)
}

const fn days(name: &'static str, label: &'static str) -> Ask {
    ask(name, label, Whole).within(&Settings::DAYS).under(SETTINGS)
}

const fn minutes(name: &'static str, label: &'static str) -> Ask {
    ask(name, label, Whole).within(&Settings::MINUTES).under(SETTINGS)
}

const fn log(name: &'static str, label: &'static str) -> Ask {
    ask(name, label, Line).under(LOGS)
}

pub fn find(section: &str) -> Option<&'static ListSpec> {
    LISTS.iter().find(|list| list.section == section)
}

impl ListSpec {
    pub fn field(&self, name: &str) -> Option<&'static Ask> {
        self.fields.iter().find(|ask| ask.name == name)
    }
}
