//! How strong an action is, as help while it is written: the person decides.
//! The three strengths and what belongs to them: background.md section 2.7, in our own words.

/// A phrase that speaks for a strength; the strongest that is found counts.
const STRONGER: &[&str] = &[
    "replace",
    "repair",
    "remove",
    "take away",
    "take out of use",
    "out of use",
    "fit",
    "install",
    "lock",
    "lockable",
    "restrictor",
    "valve",
    "rail",
    "guard",
    "redesign",
    "move the",
    "simplify",
    "fewer steps",
    "take out the step",
    "standard",
    "same type",
    "one pack",
    "printed mar",
    "new equipment",
    "buy",
];
const INTERMEDIATE: &[&str] = &[
    "checklist",
    "check list",
    "prompt card",
    "card",
    "alarm",
    "second person",
    "two staff",
    "two people",
    "read back",
    "repeat back",
    "separate",
    "different shelf",
    "different shelves",
    "rota",
    "more staff",
    "more time",
    "fewer tasks",
    "software",
    "protected",
    "do not disturb",
    "photo",
    "colour",
    "sheet",
    "profile",
    "picture",
    "pictures",
    "body map",
    "quiet",
];
const WEAKER: &[&str] = &[
    "remind",
    "reminded",
    "reminder",
    "retrain",
    "train",
    "training",
    "trained",
    "memo",
    "email to staff",
    "poster",
    "sign",
    "notice",
    "warning",
    "label",
    "double check",
    "double-check",
    "be careful",
    "more careful",
    "policy",
    "procedure",
    "tell",
    "told",
    "supervision",
    "discuss",
    "discussed",
    "investigate",
    "look into",
    "monitor",
    "watch",
];
/// What is done to or asked of one member of staff.
const ONE_PERSON: &[&str] = &[
    "retrain",
    "retrained",
    "supervision",
    "talk to",
    "talk with",
    "speak to",
    "speak with",
    "warn",
    "warned",
    "disciplinary",
    "competency",
    "capability",
    "be careful",
    "more careful",
    "the carer",
    "the nurse",
];
/// Words of a cause that lies in how the work is set up.
const THE_WORK: &[&str] = &[
    "staffing",
    "short",
    "rota",
    "agency",
    "handover",
    "policy",
    "procedure",
    "plan",
    "checklist",
    "training",
    "system",
    "equipment",
    "stock",
    "pharmacy",
    "design",
    "layout",
    "storage",
    "light",
    "noise",
    "phone",
    "signal",
    "software",
    "mar",
    "label",
    "contractor",
    "budget",
    "time",
    "nobody is",
    "no one is",
    "there is no",
    "we do not",
    "not written",
];

/// Code of `control_strength` that the words speak for; none where they say nothing.
pub fn of_words(text: &str) -> Option<&'static str> {
    let lists = [(STRONGER, "stronger"), (INTERMEDIATE, "intermediate"), (WEAKER, "weaker")];
    lists.into_iter().find(|(list, _)| has(text, list)).map(|(_, code)| code)
}

/// The words speak of one member of staff.
pub fn is_about_one_person(text: &str) -> bool {
    has(text, ONE_PERSON)
}

/// The words speak of how the work is set up.
pub fn is_about_the_work(text: &str) -> bool {
    has(text, THE_WORK)
}

/// One sentence and examples for a strength.
pub fn help(code: &str) -> &'static str {
    match code {
        "stronger" => "It changes the place, the equipment or the steps, so it works also on a bad day.",
        "intermediate" => "It helps people to do it right. It still needs them to use it.",
        _ => "It asks people to try harder. On its own it helps for a few weeks only.",
    }
}

pub const EXAMPLES: [(&str, &str); 3] = [
    (
        "stronger",
        "Change the building or the equipment. Make the wrong way impossible. Take out a step. Use one kind everywhere. A manager who does it with the team.",
    ),
    (
        "intermediate",
        "More staff or fewer tasks at once. Fewer interruptions. A checklist or picture. Keep look-alikes apart. Repeat it back. Software that warns.",
    ),
    ("weaker", "A double check. A warning or label. A new rule or memo. Training. Looking into it more."),
];

/// Whole words only: "sign" is not in "design".
fn has(text: &str, phrases: &[&str]) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let padded = format!(" {} ", words.join(" "));
    phrases.iter().any(|phrase| padded.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_word_counts_and_parts_of_words_do_not() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(of_words(text), expected, "{text}");
        check("Remind all staff at handover", Some("weaker"));
        check("Retrain the carer", Some("weaker"));
        check("Fit a restrictor and remind staff", Some("stronger"));
        check("Put a checklist on the trolley.", Some("intermediate"));
        check("Designate a lead", None);
        check("Ask the family", None);
        check("", None);
    }

    #[test]
    fn templates_read_no_stronger_than_they_say() {
        for spec in domain::category::CATEGORIES {
            for template in spec.templates().iter().filter(|template| template.strength == "weaker") {
                assert_ne!(of_words(template.text), Some("stronger"), "{}", template.text);
            }
        }
    }

    #[test]
    fn one_person_and_the_work_are_told_apart() {
        assert!(is_about_one_person("Supervision with the member of staff"));
        assert!(!is_about_one_person("Replace the sling"));
        assert!(is_about_the_work("There is no phone on the second floor"));
        assert!(!is_about_the_work("She was tired"));
    }
}
