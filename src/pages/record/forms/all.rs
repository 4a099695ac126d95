//! Every small form of a record, one per verb.

use super::FormSpec;
use crate::pages::record::form::{
    Ask,
    Look::{Date, Due, Evidence, Factors, Line, Moment, One, Pick, Whys, Words, YesNo},
    Source, ask,
};
use domain::vocabulary as list;

const FORM: FormSpec = FormSpec {
    id: "",
    verb: "",
    title: "",
    intro: "",
    about: "",
    fields: &[],
    button: "Save",
    done: "Saved.",
};

const REASON: Ask = ask("reason", "Why?", Words).needed();
const FACTORS: Ask = ask("factors", "What made it more likely", Factors)
    .hint("Select all that apply")
    .under("What made it more likely");
const EVIDENCE: Ask =
    ask("evidence", "How do you know?", Evidence).hint("Select all that apply").under("How do you know?");

pub static FORMS: &[FormSpec] = &[
    FormSpec {
        id: "ask",
        verb: "ask",
        title: "Ask the reporter",
        intro: "The reporter sees your question in My reports and can answer there.",
        fields: &[ask("text", "Your question", Words).needed()],
        button: "Send the question",
        done: "Your question is sent.",
        ..FORM
    },
    FormSpec {
        id: "answer",
        verb: "answer",
        title: "Answer the question",
        about: "question",
        fields: &[ask("text", "Your answer", Words).needed()],
        button: "Send the answer",
        done: "Your answer is sent.",
        ..FORM
    },
    FormSpec {
        id: "return",
        verb: "return_for_correction",
        title: "Send back with a question",
        intro: "The report goes back to the reporter and waits there. To ask and keep the report here, use Ask the reporter.",
        fields: &[ask("question", "What do you need to know?", Words).needed()],
        button: "Send it back",
        done: "The report is back with the reporter.",
        ..FORM
    },
    FormSpec {
        id: "resubmit",
        verb: "resubmit",
        title: "Answer and send in again",
        intro: "To change what was reported, use Correct the facts first.",
        fields: &[ask("text", "Your answer", Words).needed()],
        button: "Send in again",
        done: "The report is sent in again.",
        ..FORM
    },
    FormSpec {
        id: "tell",
        verb: "tell_reporter",
        title: "Tell the reporter",
        intro: "The reporter sees this in My reports. Say thank you, and what changes.",
        fields: &[ask("text", "Your message", Words).needed()],
        button: "Send the message",
        done: "The reporter is told.",
        ..FORM
    },
    FormSpec {
        id: "feedback",
        verb: "add_feedback",
        title: "Add feedback",
        intro: "What people, families, staff or partners say about the change. Do not write names.",
        fields: &[
            ask("from", "Who said it?", One(&list::FEEDBACK_FROM)).needed(),
            ask("text", "What did they say?", Words).needed(),
        ],
        button: "Add the feedback",
        done: "The feedback is added.",
        ..FORM
    },
    FormSpec {
        id: "note",
        verb: "add_note",
        title: "Add a note",
        intro: "Everybody who sees this record can read it. Do not write names of people you support.",
        fields: &[ask("text", "Note", Words).needed()],
        button: "Add the note",
        done: "The note is added.",
        ..FORM
    },
    FormSpec {
        id: "sent",
        verb: "record_sent",
        title: "Record that they were told",
        about: "body",
        fields: &[
            ask("body", "Who was told?", One(&list::BODY)).needed(),
            ask("sent_at", "When?", Moment).needed(),
            ask("how", "How?", Line).hint("For example, online form or phone"),
            ask("reference", "Their reference", Line),
            ask("proof", "Where is the proof?", Line)
                .hint("A reference, or the address where the file or the email is kept"),
        ],
        button: "Save",
        done: "It is recorded that they were told.",
        ..FORM
    },
    FormSpec {
        id: "outage",
        verb: "start_outage",
        title: "Something is not working",
        intro: "After 24 hours without a break, the Care Quality Commission must be told.",
        fields: &[
            ask("what", "What is off?", One(&list::OUTAGE_WHAT)).needed(),
            ask("started_at", "When did it stop?", Moment).needed(),
        ],
        done: "It is recorded as not working.",
        ..FORM
    },
    FormSpec {
        id: "works",
        verb: "end_outage",
        title: "It works again",
        about: "outage",
        fields: &[ask("ended_at", "When did it work again?", Moment).needed()],
        done: "It is recorded as working again.",
        ..FORM
    },
    FormSpec {
        id: "link",
        verb: "link",
        title: "Link to another record",
        fields: &[ask("to", "Which record?", Pick(Source::Record)).needed()],
        button: "Link",
        done: "The records are linked.",
        ..FORM
    },
    FormSpec {
        id: "reference",
        verb: "link",
        title: "Link to something in another system",
        about: "kind",
        fields: &[
            ask("kind", "What is it?", One(&list::LINK_KIND)).needed(),
            ask("ref", "Reference", Line).hint("The number or name in the other system").needed(),
        ],
        button: "Link",
        done: "The reference is added.",
        ..FORM
    },
    FormSpec {
        id: "duplicate",
        verb: "mark_duplicate",
        title: "Mark as the same as another report",
        intro: "This record ends. The other one stays. Nothing is deleted.",
        fields: &[
            ask("of", "Which record stays?", Pick(Source::Record)).needed(),
            ask("reason", "How do you know?", Words),
        ],
        button: "Mark as the same",
        done: "This record is marked as the same as another report.",
        ..FORM
    },
    FormSpec {
        id: "withdraw",
        verb: "withdraw",
        title: "Take this record back",
        intro: "The record ends but stays readable. It no longer counts.",
        fields: &[REASON],
        button: "Take it back",
        done: "The record is taken back.",
        ..FORM
    },
    FormSpec {
        id: "reopen",
        verb: "reopen",
        title: "Open this record again",
        fields: &[REASON],
        button: "Open again",
        done: "The record is open again.",
        ..FORM
    },
    FormSpec {
        id: "plan",
        verb: "plan_action",
        title: "Add an action",
        fields: &[
            ask("text", "What will be done?", Words).needed(),
            ask("owner", "Who does it?", Pick(Source::Staff)).needed(),
            ask("due", "By when?", Due).needed(),
            ask("strength", "How strong is it?", One(&list::CONTROL_STRENGTH)).needed(),
            ask("kind", "What kind of action is it?", One(&list::ACTION_KIND)),
            ask("contractor", "Who comes to do it?", Line)
                .hint("The firm, not the name of a person")
                .under(WAITS)
                .only_for(REPAIRS),
            ask("waiting_for", "What does it wait for?", Line)
                .hint("For example, a part or a visit")
                .under(WAITS)
                .only_for(REPAIRS),
        ],
        button: "Add the action",
        done: "The action is added.",
        ..FORM
    },
    FormSpec {
        id: "done",
        verb: "complete_action",
        title: "Mark as done",
        about: "action",
        fields: &[
            ask("done_on", "When was it done?", Date),
            ask("note", "What was the result?", Words),
            EVIDENCE,
        ],
        button: "Mark as done",
        done: "The action is done.",
        ..FORM
    },
    FormSpec {
        id: "verify",
        verb: "verify_action",
        title: "Check the work",
        intro: "Somebody other than the person who did it looks and says if it is fixed.",
        about: "action",
        fields: &[
            ask("result", "Is it fixed?", One(&list::VERIFY_RESULT)).needed(),
            ask("note", "What did you see?", Words),
        ],
        button: "Save the check",
        done: "The check is saved.",
    },
    FormSpec {
        id: "finish",
        verb: "finish_actions",
        title: "Finish the actions",
        intro: "All actions are done. The deputy manager then checks if it worked.",
        fields: &[
            ask("plan.section", "Which part of the support plan changed?", Line).only_for(CARE_PLAN),
            ask("plan.version", "New version of the support plan", Line).only_for(CARE_PLAN),
            ask("plan.changed", "When did it change?", Date).only_for(CARE_PLAN),
            ask("plan.person_involved", "Did the person take part?", YesNo).only_for(CARE_PLAN),
            ask("plan.family_told", "Was the family told?", YesNo).only_for(CARE_PLAN),
            ask("plan.stomp_flag", "Must medicine for mood or behaviour be reviewed (STOMP)?", YesNo)
                .only_for(CARE_PLAN),
            ask("audit_sample", "What will the next audit look at?", Line).only_for("medication_audit_file"),
            ask("note", "Note", Words),
            FACTORS,
            ask("whys", "Why did it happen?", Whys)
                .hint("Ask why again, until the answer is about how the work is set up")
                .under("Five whys"),
            ask(
                "just_culture",
                "Would another competent person in the same situation have done the same?",
                One(&list::JUST_CULTURE),
            )
            .under("If one person's work was looked at"),
        ],
        button: "Finish and pass on",
        done: "The actions are finished.",
        ..FORM
    },
    FormSpec {
        id: "none",
        verb: "no_action_needed",
        title: "No action is needed",
        fields: &[REASON, FACTORS],
        button: "Save and pass on",
        done: "It is recorded that no action is needed.",
        ..FORM
    },
];

const WAITS: &str = "Contractor, or a part to wait for";
/// A step 4 whose actions are repairs is written in this log.
const REPAIRS: &str = "maintenance_system";
/// A step 4 that ends in a changed support plan is written in this log.
const CARE_PLAN: &str = "care_planning_system";
