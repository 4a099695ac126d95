//! Promises that hold for every category.

use super::{CATEGORIES, CategorySpec, Offered, Question, QuestionKind, Tile};
use crate::{
    directory::Directory,
    fields,
    record::{Facts, Kind},
    time,
    verbs::REPORT,
    vocabulary::{ACTION_KIND, CONTROL_STRENGTH, DESTINATION, ESCALATION, EVIDENCE_SOURCE, QUESTION},
};
use serde_json::{Map, Value, json};

type Answers = Map<String, Value>;

/// Facts of a report at midday on 11 June 2026.
pub(super) fn facts(fields: Value) -> Facts {
    let at = time::parse_instant("2026-06-11T12:00:00+01:00").unwrap();
    Facts::new(fields.as_object().unwrap().clone(), at)
}

/// Kind of a record with these step 1 fields.
pub(super) fn check_kind(fields: Value, expected: Kind) {
    let facts = facts(fields);
    assert_eq!(facts.kind(), expected, "{:?}", facts.fields);
}

fn questions() -> impl Iterator<Item = (&'static CategorySpec, &'static Question)> {
    CATEGORIES.into_iter().flat_map(|spec| spec.questions.iter().map(move |question| (spec, question)))
}

fn tiles(question: &'static Question) -> &'static [Tile] {
    match question.kind {
        QuestionKind::One { tiles, .. } => tiles,
        _ => &[],
    }
}

/// Every answer to a question that sets something: tiles, rows of opened lists, choices, typed values.
fn possible_answers(question: &'static Question) -> Vec<Vec<(&'static str, Value)>> {
    let one = |field, value| vec![(field, value)];
    match question.kind {
        QuestionKind::One { tiles, more } => {
            let plain = tiles.iter().filter(|tile| tile.opens.is_empty()).map(|tile| tile.answer().collect());
            let listed = more.into_iter().flat_map(|(field, _)| {
                question.opened(None).into_iter().map(move |code| vec![(field, json!(code.code))])
            });
            plain.chain(listed).collect()
        }
        QuestionKind::Many { field, tiles, none, free, .. } => {
            let values = |tile: &super::question::Choice| if free { tile.label } else { tile.code };
            let listed = question.opened(None).into_iter().map(|code| code.code);
            let chosen = tiles.iter().map(values).chain(listed);
            chosen
                .map(|value| one(field, json!([value])))
                .chain(none.map(|_| one(field, json!([]))))
                .collect()
        }
        QuestionKind::Flags { tiles, .. } => {
            let only = |said: &str| tiles.iter().map(|tile| (tile.code, json!(tile.code == said))).collect();
            tiles.iter().map(|tile| tile.code).chain([""]).map(only).collect()
        }
        QuestionKind::Person => vec![one("people", json!(["R-014"])), one("people", json!([]))],
        QuestionKind::Place => vec![one("location", json!("lounge"))],
        QuestionKind::Asset => vec![one("asset", json!("HOIST-07"))],
        QuestionKind::Words => vec![one("text", json!("It was stopped in time."))],
    }
}

fn answer_with(spec: &CategorySpec, question: &'static Question, choice: usize, answers: &mut Answers) {
    let all = possible_answers(question);
    spec.answer(question, all[choice % all.len()].clone(), answers);
}

#[test]
fn every_answer_uses_known_fields_and_known_codes() {
    for (spec, question) in questions() {
        for set in possible_answers(question) {
            let answers: Answers = set.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
            let problems = fields::problems(&answers, &[REPORT, spec.fields]);
            let wrong: Vec<_> = problems
                .iter()
                .filter(|problem| problem.code != crate::refusal::Code::MissingField)
                .collect();
            assert!(wrong.is_empty(), "{} {}: {wrong:?}", spec.id, question.id);
        }
    }
}

#[test]
fn a_group_tile_opens_only_codes_of_its_list() {
    for (spec, question) in questions() {
        for tile in tiles(question) {
            assert_eq!(question.opened(Some(tile)).len(), tile.opens.len(), "{} {}", spec.id, tile.label);
            assert_ne!(tile.opens.is_empty(), tile.sets.is_empty(), "{} {}", spec.id, tile.label);
        }
    }
}

#[test]
fn conditions_name_known_fields_and_codes() {
    for (spec, question) in questions() {
        for (field, code) in question.when {
            let answers = Answers::from_iter([((*field).to_owned(), json!(code))]);
            let problems = fields::problems(&answers, &[REPORT, spec.fields]);
            let missing =
                |problem: &crate::refusal::Refusal| problem.code == crate::refusal::Code::MissingField;
            assert!(problems.iter().all(missing), "{} {}: {field} {code}", spec.id, question.id);
        }
    }
}

#[test]
fn a_screen_is_short_and_has_at_most_eight_tiles() {
    let words = |text: &str| text.split_whitespace().count();
    for (spec, question) in questions() {
        let count = match question.kind {
            QuestionKind::One { tiles, .. } => tiles.len(),
            QuestionKind::Many { tiles, .. } | QuestionKind::Flags { tiles, .. } => tiles.len(),
            _ => 0,
        };
        assert!(count <= 8, "{} {} has {count} tiles", spec.id, question.id);
        assert!(words(question.heading) + words(question.hint) <= 25, "{} {}", spec.id, question.id);
        assert!(!question.heading.is_empty() && !question.short.is_empty() && !question.icon.is_empty());
        assert!(!question.hint.ends_with('.'), "{} {}", spec.id, question.id);
    }
}

#[test]
fn ids_of_questions_are_unique_in_a_category() {
    for spec in CATEGORIES {
        let mut ids: Vec<_> = spec.questions.iter().map(|question| question.id).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}", spec.id);
    }
}

#[test]
fn answering_every_question_that_is_not_optional_makes_a_whole_report() {
    for spec in CATEGORIES {
        for first in 0..5 {
            for second in 0..60 {
                let mut answers = Answers::from_iter([("category".to_owned(), json!(spec.id))]);
                let mut seed = first;
                while let Some(&question) = spec.missing(&answers).first() {
                    answer_with(spec, question, seed, &mut answers);
                    seed = second;
                }
                let problems = fields::problems(&answers, &[REPORT, spec.fields]);
                assert!(problems.is_empty(), "{} {answers:?}: {problems:?}", spec.id);
            }
        }
    }
}

#[test]
fn only_a_not_sure_answer_leaves_the_kind_open() {
    for spec in CATEGORIES {
        for choice in 0..4 {
            let mut answers = Answers::from_iter([("category".to_owned(), json!(spec.id))]);
            while let Some(&question) = spec.missing(&answers).first() {
                answer_with(spec, question, choice, &mut answers);
            }
            let unsure = answers.values().any(|value| value == "unsure");
            let kind = facts(Value::Object(answers)).kind();
            assert!(unsure || kind != Kind::Unclassified, "{} {choice}", spec.id);
        }
    }
}

#[test]
fn a_near_miss_takes_at_most_twelve_taps() {
    // Home tile, one tap for each question, Continue after each question with several answers or words, Save.
    let walk_taps = |spec: &CategorySpec, answers: &Answers| -> usize {
        let taps = |question: &Question| match question.kind {
            QuestionKind::Many { .. } => 2,
            _ => 1,
        };
        1 + spec.walk(answers).into_iter().map(taps).sum::<usize>() + 1
    };
    for (id, group) in [("medication", 1), ("environment", 1), ("behaviour", 0)] {
        let spec = super::find(id).unwrap();
        let mut answers = Answers::from_iter([("category".to_owned(), json!(id))]);
        for question in spec.questions.iter().filter(|question| !question.aside) {
            if question.is_asked(&answers) {
                let near_miss = possible_answers(question)
                    .iter()
                    .position(|set| set.contains(&("reached", json!("no"))))
                    .unwrap_or(0);
                answer_with(spec, question, near_miss, &mut answers);
            }
        }
        assert_eq!(facts(Value::Object(answers.clone())).kind(), Kind::NearMiss);
        let taps = walk_taps(spec, &answers) + group;
        assert!(taps <= 12, "{id} takes {taps} taps: {answers:?}");
    }
}

#[test]
fn a_new_answer_clears_what_the_earlier_one_set() {
    let spec = super::find("medication").unwrap();
    let mut answers = Answers::new();
    let reached = spec.question("reached").unwrap();
    spec.answer(reached, tiles(reached)[2].answer(), &mut answers);
    let harm = spec.question("harm").unwrap();
    spec.answer(harm, tiles(harm)[1].answer(), &mut answers);
    assert_eq!(
        Value::Object(answers.clone()),
        json!({"happened": "something_happened", "reached": "yes", "harm": "some"})
    );

    spec.answer(reached, tiles(reached)[1].answer(), &mut answers);

    assert_eq!(Value::Object(answers.clone()), json!({"happened": "nothing_yet"}));
    assert!(reached.is_chosen(&tiles(reached)[1], &answers));
    assert!(!reached.is_chosen(&tiles(reached)[0], &answers));
}

#[test]
fn answers_are_told_in_the_words_of_the_tiles() {
    let spec = super::find("environment").unwrap();
    let mut answers = Answers::new();
    let what = spec.question("what").unwrap();
    spec.answer(what, [("hazard", json!("sling"))], &mut answers);
    assert_eq!(what.in_words(&answers), ["Sling or slide sheet"]);
    assert!(what.is_chosen(&tiles(what)[1], &answers));

    let did = spec.question("did").unwrap();
    assert!(did.in_words(&answers).is_empty());
    spec.answer(did, [("immediate_actions", json!([]))], &mut answers);
    assert_eq!(did.in_words(&answers), ["None of these"]);
}

#[test]
fn destinations_escalations_and_questions_of_step_3_are_known() {
    for spec in CATEGORIES {
        for step in 1..=5 {
            let codes = spec.destinations(step);
            assert!(
                !codes.is_empty() && codes.iter().all(|code| DESTINATION.has(code)),
                "{} {step}",
                spec.id
            );
        }
        assert!(ESCALATION.has(spec.escalation));
        for question in QUESTION.codes {
            let everybody = question.fact("asked") == Some("medication environment behaviour");
            let asked = question.fact("asked").is_some_and(|asked| asked.split(' ').any(|id| id == spec.id));
            assert_eq!(
                spec.asks.contains(&question.code),
                asked && !everybody,
                "{} {}",
                spec.id,
                question.code
            );
        }
    }
}

#[test]
fn every_record_has_actions_to_start_from_and_every_template_names_what_exists() {
    for spec in CATEGORIES {
        for template in spec.templates() {
            let known = |code: &&str| spec.causes().any(|list| list.has(code));
            assert!(template.of.iter().all(known), "{}", template.text);
            assert!(CONTROL_STRENGTH.has(template.strength), "{}", template.text);
            assert!(ACTION_KIND.has(template.kind), "{}", template.text);
        }
        for subtype in spec.subtypes.codes {
            let facts = facts(json!({"category": spec.id, spec.subtype: subtype.code}));
            let offered = spec.ideas_for(&Directory::default(), "elm", &facts);
            assert!(offered.iter().any(|one| one.strength != "weaker"), "{}", subtype.code);
            let for_all = |one: &Offered| {
                spec.templates().iter().any(|known| known.text == one.text && known.of.is_empty())
            };
            let closest = offered.iter().take_while(|one| !for_all(one)).count();
            assert!(closest < offered.len(), "{}: some fit any record", subtype.code);
            assert!(offered.iter().skip(closest).all(for_all), "{}: the closest first", subtype.code);
        }
        assert!(spec.evidence.iter().all(|code| EVIDENCE_SOURCE.has(code)), "{}", spec.id);
    }
}

#[test]
fn the_examples_of_a_category_show_more_than_one_kind() {
    let at = time::parse_instant("2026-06-11T12:00:00+01:00").unwrap();
    for spec in CATEGORIES {
        let kinds: Vec<Kind> = spec.examples.iter().map(|example| example.kind(spec.id, at)).collect();
        assert!(kinds.contains(&Kind::NearMiss) && kinds.contains(&Kind::Hazard), "{kinds:?}");
        assert!(kinds.iter().any(|kind| !matches!(kind, Kind::NearMiss | Kind::Hazard)), "{kinds:?}");
        assert!(!kinds.contains(&Kind::Unclassified), "{kinds:?}");
    }
}

#[test]
fn each_idea_that_comes_with_the_product_has_an_id_of_its_own() {
    let all = || CATEGORIES.into_iter().flat_map(|spec| spec.templates().iter().map(move |one| (spec, one)));
    for (spec, template) in all() {
        assert!(template.id.starts_with(&format!("{}.", spec.id)), "{}", template.id);
        assert_eq!(super::shipped(template.id).map(|one| one.text), Some(template.text));
        assert_eq!(all().filter(|(_, one)| one.id == template.id).count(), 1, "{}", template.id);
    }
}
