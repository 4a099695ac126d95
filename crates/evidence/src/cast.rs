//! Who is who in a pack. De-identified: people become "Person A", staff become roles, a person's own room has no name.
//! The letters belong to one pack: the same person has another letter in another pack.

use crate::{
    gone,
    telling::{Telling, names, people_of},
    words::upper_first,
};
use domain::{
    directory::Directory,
    event::Author,
    ids::PersonCode,
    record::{Action, Record, Reporter},
    vocabulary,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Somebody of staff whose role is not known, or not told to this reader.
const SOMEBODY: &str = "A member of staff";

#[derive(Clone, Debug)]
pub struct Cast {
    directory: Arc<Directory>,
    telling: Telling,
    people: BTreeMap<String, String>,
    devices: BTreeMap<String, String>,
    /// Places where somebody who is supported lives.
    homes: BTreeSet<String>,
}

impl Cast {
    /// Letters go to devices in the order in which the records name them. `number`: the number of a person in the
    /// tables of the same pack, from 0, so that A there is 1 here.
    pub fn of<'a>(
        directory: Arc<Directory>,
        records: impl IntoIterator<Item = &'a Record>,
        telling: Telling,
        number: &dyn Fn(&str) -> Option<usize>,
    ) -> Cast {
        let mut cast = Cast {
            people: BTreeMap::new(),
            devices: BTreeMap::new(),
            homes: directory.people.values().map(|person| person.place.clone()).collect(),
            directory,
            telling,
        };
        cast.homes.remove("");
        let own = cast.about().cloned();
        // Whoever shares a room with others still knows it as their own.
        if let Some(room) =
            own.as_ref().and_then(|own| cast.directory.people.get(own)).map(|own| own.place.clone())
        {
            cast.homes.remove(&room);
        }
        let (mut met, mut seen) = (Vec::new(), BTreeSet::new());
        for record in records {
            let corrected = record.events.iter().filter(|_| own.is_some());
            let corrected = corrected.flat_map(|received| people_of(&received.event)).map(PersonCode::from);
            for person in record.facts.people().chain(record.original.people()).chain(corrected) {
                if own.as_ref() != Some(&person) && seen.insert(person.clone()) {
                    met.push(person);
                }
            }
            for received in &record.events {
                cast.meet_device(&received.event.device);
            }
        }
        cast.people = letters_of(&met, number);
        cast
    }

    /// Names, codes and words of everybody stand as they are.
    pub fn is_identified(&self) -> bool {
        self.telling == Telling::Identified
    }

    /// Words that somebody typed stand as they are.
    pub fn tells_words(&self) -> bool {
        self.telling.tells_words()
    }

    /// The person whom it is all about, where it is about one.
    pub fn about(&self) -> Option<&PersonCode> {
        self.telling.about()
    }

    /// May something be said of this record? About one person: only where it names that person.
    pub fn may_tell(&self, record: &Record) -> bool {
        self.about().is_none_or(|person| names(record, person))
    }

    pub fn meet_device(&mut self, device: &str) {
        let next = self.devices.len();
        if device != "hidden" && !self.devices.contains_key(device) {
            self.devices.insert(device.to_owned(), letters(next));
        }
    }

    /// "Person A", or the code.
    pub fn person(&self, code: &str) -> String {
        if self.is_identified() || self.about().is_some_and(|own| **own == *code) {
            return format!("Person {code}");
        }
        let letter = self.people.get(code).map_or("not in this pack", String::as_str);
        format!("Person {letter}")
    }

    /// "Device A", or its id.
    pub fn device(&self, id: &str) -> String {
        if self.is_identified() || id == "hidden" {
            return id.to_owned();
        }
        self.devices.get(id).map_or_else(|| "another device".to_owned(), |letter| format!("Device {letter}"))
    }

    /// "the Registered Manager", or "Amara N., Registered Manager".
    pub fn author(&self, author: &Author, site: &str) -> String {
        match author {
            Author::Staff(id) => self.staff(id, site),
            Author::Anonymous => "somebody who gave no name".into(),
            // Of a decision, an audit or an alert: hidden only from who reads without names.
            Author::Hidden => SOMEBODY.into(),
        }
    }

    /// The author of an event of a record: a confidential reporter stays sealed, also here.
    pub fn author_in(&self, author: &Author, record: &Record) -> String {
        if *author == Author::Hidden && record.words_gone().is_some() {
            return upper_first(gone::NAME);
        }
        if *author == Author::Hidden && record.withholds_authors() {
            let is_staff = record.facts.identity() == "named";
            return if is_staff { SOMEBODY } else { "somebody who is not named here" }.into();
        }
        if self.seals(author, record) {
            return "the reporter, name sealed".into();
        }
        self.author(author, &record.site)
    }

    /// Who may not be named beside this event, even as a role or a device.
    pub fn seals(&self, author: &Author, record: &Record) -> bool {
        match &record.reporter {
            _ if record.withholds_reporter() => false,
            Reporter::Confidential(_) => *author == Author::Hidden || record.reporter.is(author),
            Reporter::Anonymous => matches!(author, Author::Anonymous | Author::Hidden),
            Reporter::Named(_) => *author == Author::Hidden,
        }
    }

    /// The owner of an action: their name went with its words.
    pub fn owner(&self, action: &Action, record: &Record) -> String {
        match action.withholds_words() && record.words_gone().is_some() {
            true => upper_first(gone::NAME),
            false => self.staff(&action.owner, &record.site),
        }
    }

    pub fn staff(&self, id: &str, site: &str) -> String {
        let role = self.role(id, site).unwrap_or(SOMEBODY);
        if self.telling.names_staff() {
            return format!("{}, {role}", self.directory.staff_name(id));
        }
        role.to_owned()
    }

    /// The role by which somebody is best known at a site.
    pub fn role(&self, id: &str, site: &str) -> Option<&'static str> {
        Some(vocabulary::ROLE.label(self.directory.best_known_by(id, site)?.code()))
    }

    /// The name of a place; a place where a person lives only says that.
    pub fn place(&self, code: &str) -> String {
        if !self.is_identified() && self.homes.contains(code) {
            return "a person's own room".into();
        }
        let name = self.directory.places.get(code).map(|place| place.name.as_str());
        match name.filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            // Typed by somebody, in no list: it may say anything.
            None if self.tells_words() => code.to_owned(),
            None => "a place that is in no list".into(),
        }
    }

    pub fn asset(&self, code: &str) -> String {
        let Some(asset) = self.directory.assets.get(code) else {
            return if self.tells_words() { code.to_owned() } else { "equipment that is in no list".into() };
        };
        // Equipment in a person's room may be named after them.
        if !self.is_identified() && self.is_of_a_home(code) {
            return "equipment of one person".into();
        }
        if self.tells_words() { format!("{} ({code})", asset.name) } else { code.to_owned() }
    }

    /// Somebody who is supported lives there, and not whom it is all about.
    pub fn is_home(&self, code: &str) -> bool {
        self.homes.contains(code)
    }

    /// Equipment that stands where such a person lives.
    pub fn is_of_a_home(&self, asset: &str) -> bool {
        self.directory.assets.get(asset).is_some_and(|asset| self.homes.contains(&asset.place))
    }

    pub fn site(&self, id: &str) -> String {
        let name = self.directory.sites.get(id).map(|site| site.name.as_str());
        name.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    pub fn provider(&self) -> &str {
        match self.directory.provider.as_str() {
            "" => "The provider",
            name => name,
        }
    }

    pub fn people_count(&self) -> usize {
        self.people.len()
    }

    pub fn directory(&self) -> &Directory {
        &self.directory
    }
}

/// 0 -> A, 25 -> Z, 26 -> AA.
/// Who has no number in the tables has a letter that none of them has.
fn letters_of(people: &[PersonCode], number: &dyn Fn(&str) -> Option<usize>) -> BTreeMap<String, String> {
    let taken: BTreeSet<usize> = people.iter().filter_map(|person| number(person)).collect();
    let mut free = (0..).filter(|place| !taken.contains(place));
    let place = |person: &PersonCode| number(person).or_else(|| free.next()).unwrap_or_default();
    let places: Vec<usize> = people.iter().map(place).collect();
    people.iter().zip(places).map(|(person, place)| (person.to_string(), letters(place))).collect()
}

fn letters(mut number: usize) -> String {
    let mut text = Vec::new();
    loop {
        text.push(char::from(b'A' + (number % 26) as u8));
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    text.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{letters, letters_of};
    use domain::ids::PersonCode;

    #[test]
    fn nobody_shares_a_letter_with_somebody_who_is_not_in_the_tables() {
        let people = ["first", "corrected-away", "other"].map(PersonCode::from);
        let number = |person: &str| match person {
            "first" => Some(1),
            "other" => Some(0),
            _ => None,
        };
        let letters = letters_of(&people, &number);
        assert_eq!([&letters["first"], &letters["corrected-away"], &letters["other"]], ["B", "C", "A"]);
    }

    #[test]
    fn letters_go_on_after_z() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 702].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}
