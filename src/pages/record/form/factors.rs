//! What made it more likely, in the six groups of SEIPS: the group itself, then its parts.

use super::{Ask, Entry};
use crate::ui::{Bound, Checkboxes, Choice, Group};
use domain::vocabulary::{Code, FACTOR};
use markup::prelude::*;

/// Groups in the order of the vocabulary, each with its codes; what belongs to none stands last.
fn groups() -> Vec<(&'static str, Vec<&'static Code>)> {
    let mut groups: Vec<(&'static str, Vec<&'static Code>)> = Vec::new();
    for code in FACTOR.codes {
        let name = code.fact("seips").unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, codes)) => codes.push(code),
            None => groups.push((name, vec![code])),
        }
    }
    groups
}

/// Name of a group; the code of a group is also its general choice.
fn legend(name: &str) -> &'static str {
    match name {
        "person" => "People",
        "task" => "The job",
        "tools_and_technology" => "Things we use",
        "organisation" => "The way we work",
        "internal_environment" => "The building",
        "external_environment" => "From outside",
        _ => "Other",
    }
}

pub fn show(ask: Ask, entry: Entry) -> Node {
    let all = entry.many(ask.name);
    let groups = groups().into_iter().enumerate().map(|(index, (name, codes))| {
        // The first box has the id of the question, so that an error can link to it.
        let id = if index == 0 { ask.name.to_owned() } else { format!("{}-{name}", ask.name) };
        let options: Vec<Choice> = codes.iter().map(|code| Choice::new(code.code, code.label)).collect();
        let codes: Vec<&'static str> = codes.into_iter().map(|code| code.code).collect();
        let own = codes.clone();
        let get = move || {
            let chosen = all.get();
            chosen.into_iter().filter(|code| own.contains(&code.as_str())).collect::<Vec<_>>()
        };
        let set = move |mine: Vec<String>| {
            let mut chosen = untrack(|| all.get());
            chosen.retain(|code| !codes.contains(&code.as_str()));
            chosen.extend(mine);
            chosen.sort_by_key(|code| FACTOR.position(code));
            all.set(chosen);
        };
        let value = Bound::new(get, set);
        view! { <Checkboxes id legend=legend(name) options value /> }
    });
    let groups = groups.collect_view();
    view! {
        <Group id=format!("{}-all", ask.name) legend=ask.words() hint=ask.hint error=entry.error(ask.name)>
            <div class="factors">{groups}</div>
        </Group>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_factor_stands_in_one_group_with_a_name() {
        let groups = groups();
        let count: usize = groups.iter().map(|(_, codes)| codes.len()).sum();
        assert_eq!(count, FACTOR.codes.len());
        assert_eq!(groups.len(), 7);
        let named = groups.iter().filter(|(name, _)| legend(name) != "Other").count();
        assert_eq!(named, 6);
        assert!(groups.iter().all(|(name, codes)| name.is_empty() || codes[0].code == *name));
    }
}
