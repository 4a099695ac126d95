//! Words of outcomes, stories and the team board.

pub mod practice;
pub mod starter;

use crate::text::common::{count, day, grouped};
use chrono::NaiveDate;
use domain::{
    learning::{LAST_LOOK_DAYS, Standing},
    time::add_days,
};

pub const LEARNING: &str = "Outcomes";
pub const LEARNING_HEADING: &str = "What changed, and did it work?";
pub const LEARNING_WORDS: &str =
    "Each near miss whose actions are finished stands here until it is clear that the change lasts.";
/// For a reader whose device holds no people: patterns by person are not found on it.
pub const WITHOUT_PEOPLE: &str = "You are not shown which person a record is about. What happened again to the same person in another place is not counted for you, so \u{201c}came back\u{201d} can be lower here than for the people who run the service.";
pub const LEARNING_EMPTY: &str = "No change to look at yet.";
pub const LEARNING_EMPTY_WORDS: &str = "A record comes here when its actions are finished. Look in the inbox for records that wait for an action.";
pub const NONE_CHOSEN: &str = "No change fits this choice.";
pub const BOARD: &str = "Team board";
pub const BOARD_HEADING: &str = "What we noticed, and what changed";
pub const BOARD_WORDS: &str =
    "Near misses that led to a change here. Thank you to everybody who said something.";
pub const BOARD_EMPTY: &str = "No story yet.";
pub const BOARD_EMPTY_WORDS: &str =
    "When a near miss has led to a change, the manager or the deputy can share its story here.";
pub const BOARD_EMPTY_TELLER: &str =
    "Open Outcomes, choose a change that worked, and press Make it a story for the team.";
pub const NOTICED: &str = "What we noticed";
pub const CHANGED: &str = "What we changed";
pub const DIFFERENT: &str = "What is different now";
pub const MAKE_STORY: &str = "Make it a story for the team";
pub const STORY: &str = "A story for the team";
pub const STORY_WORDS: &str = "Everybody who works at this site can read the three texts, and nothing else of the record. Write no names and no codes of people.";
pub const TAKE_DOWN: &str = "Take it down";

/// For the person who is named by a story.
pub const NAMED: &str = "You are named here. If you no longer want that, tell the manager or the deputy: they take the story down.";

/// Consent is asked by people, not by the app.
pub fn ask_first(name: &str) -> String {
    format!(
        "Reported by {name}. Noticed does not ask them. Ask them yourself before you share the story, and choose below what they told you. If you have not asked, share it without a name. If they change their mind later, take the story down."
    )
}

/// Heads of the columns of a long list on paper.
pub const IN_SHORT_HEADS: [&str; 3] = ["Near miss", CHANGED, "How it stands"];

/// Above a long list on paper: how many stand how, how many of them follow, and how to print fewer of them whole.
pub fn in_short(all: &[Standing], rows: usize, whole: usize) -> String {
    let of = |wanted: &Standing| all.iter().filter(|standing| *standing == wanted).count();
    let each: Vec<String> = Standing::ALL
        .iter()
        .map(|wanted| (standing(*wanted).1, of(wanted)))
        .filter(|(_, number)| *number > 0)
        .map(|(words, number)| format!("{words}: {}", grouped(number)))
        .collect();
    let follow = match all.len() > rows {
        true => format!("The first {rows} follow, each in one row."),
        false => "Each is one row.".to_owned(),
    };
    let (all, each) = (count(all.len(), "change", "changes"), each.join(", "));
    format!(
        "{all}. {each}. {follow} Choose how it stands or a kind before you print: up to {whole} are printed whole."
    )
}

/// `data-status` of a tag, and its word.
pub fn standing(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::CameBack => ("urgent", "Came back"),
        Standing::LookDue => ("due", "Time to look"),
        Standing::NotBetter => ("contested", "No better"),
        Standing::Waiting => ("in-review", "Waiting"),
        Standing::Better => ("done", "Better"),
        Standing::Sustained => ("learned", "Better and it lasted"),
    }
}

/// "At 28 days", as the name of a look.
pub fn look(review: &str) -> &'static str {
    match review {
        "28d" => "First look, after 28 days",
        _ => "Second look, after 90 days",
    }
}

/// "Due by 3 December 2026", "Was due on 3 December 2026".
pub fn look_due(due: NaiveDate, today: NaiveDate) -> String {
    if due < today {
        format!("Was due on {}. Nobody has looked yet.", day(due))
    } else {
        format!("Due on {}.", day(due))
    }
}

/// "No similar record in the 90 days after 3 June 2026.", or "No similar record so far since 3 June 2026." while those
/// days have not passed. None: the type is "something else".
pub fn similar_since(number: Option<usize>, changed: NaiveDate, today: NaiveDate) -> String {
    let found = match number {
        None => {
            return "Its type is \u{201c}something else\u{201d}, so similar records cannot be counted."
                .to_owned();
        }
        Some(0) => "No similar record".to_owned(),
        Some(number) => count(number, "similar record", "similar records"),
    };
    match today <= add_days(changed, LAST_LOOK_DAYS) {
        true => format!("{found} so far since {}.", day(changed)),
        false => format!("{found} in the {LAST_LOOK_DAYS} days after {}.", day(changed)),
    }
}

/// "Story of 3 June 2026".
pub fn story_of(date: NaiveDate) -> String {
    format!("Story of {}", day(date))
}

/// Not more than so many characters, cut between words.
pub fn short(words: &str, most: usize) -> String {
    let words = words.trim();
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} ...", cut[..end].trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::{in_short, short, similar_since};
    use domain::{learning::Standing, time::parse_date};

    #[test]
    fn a_long_list_on_paper_says_how_many_there_are_and_how_many_follow() {
        let all = [vec![Standing::CameBack; 3], vec![Standing::Better; 30]].concat();
        let words = in_short(&all, 20, 5);
        assert_eq!(
            words,
            "33 changes. Came back: 3, Better: 30. The first 20 follow, each in one row. Choose how it stands or a kind before you print: up to 5 are printed whole."
        );
        assert!(in_short(&all, 100, 5).contains("Better: 30. Each is one row. Choose"));
    }

    #[test]
    fn a_count_of_90_days_never_says_since() {
        let said = |number, today: &str| {
            let date = |text: &str| parse_date(text).expect(text);
            similar_since(number, date("2026-01-03"), date(today))
        };
        assert_eq!(said(Some(0), "2026-04-03"), "No similar record so far since 3 January 2026.");
        assert_eq!(said(Some(0), "2026-04-04"), "No similar record in the 90 days after 3 January 2026.");
        assert_eq!(said(Some(1), "2026-01-03"), "1 similar record so far since 3 January 2026.");
        assert_eq!(said(Some(2), "2026-11-01"), "2 similar records in the 90 days after 3 January 2026.");
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(short("A new sling", 40), "A new sling");
        assert_eq!(short("We put a new sling, blue, in the bath room", 20), "We put a new sling ...");
        assert_eq!(short("\u{e9}\u{e9}\u{e9}\u{e9}", 2), "\u{e9}\u{e9} ...");
    }
}
