//! Who did something, by name and role.

use super::{gone, record::upper_first};
use domain::{directory::Directory, event::Author, record::Record, roles::Role, vocabulary};

/// "Amara N., Senior".
pub fn author(author: &Author, directory: &Directory, site: &str) -> String {
    match author {
        Author::Staff(id) => match role(id, directory, site) {
            Some(role) => format!("{}, {role}", directory.staff_name(id)),
            None => directory.staff_name(id).to_owned(),
        },
        Author::Anonymous => "somebody who gave no name".into(),
        // Of a decision, an audit or an alert: hidden only from who reads without names.
        Author::Hidden => "a member of staff".into(),
    }
}

/// The same at the start of a sentence that goes on with what they did: "Amara N., Senior,".
pub fn doer(by: &Author, directory: &Directory, site: &str) -> String {
    let by = upper_first(&author(by, directory, site));
    if by.contains(", ") { format!("{by},") } else { by }
}

/// The same for a reader who may not know who it was: "Senior".
pub fn author_role(author: &Author, directory: &Directory, site: &str) -> String {
    let role = match author {
        Author::Staff(id) => role(id, directory, site),
        Author::Anonymous | Author::Hidden => None,
    };
    role.unwrap_or("A member of staff").to_owned()
}

/// Who decided or did something in a record: their name may have gone with its words.
pub fn decider(by: &Author, record: &Record, directory: &Directory) -> String {
    match by {
        Author::Hidden if record.words_gone().is_some() => gone::NAME.into(),
        by => author(by, directory, &record.site),
    }
}

/// The author of something in a record that its reporter may have written too: a sealed name stays sealed.
pub fn in_record(by: &Author, record: &Record, directory: &Directory) -> String {
    match by {
        Author::Hidden if record.words_gone().is_some() => gone::NAME.into(),
        Author::Hidden if !record.withholds_authors() => "the reporter, name sealed".into(),
        Author::Hidden if record.facts.identity() != "named" => "somebody who is not named here".into(),
        by => author(by, directory, &record.site),
    }
}

fn role(id: &str, directory: &Directory, site: &str) -> Option<&'static str> {
    Some(vocabulary::ROLE.label(directory.best_known_by(id, site)?.code()))
}

/// The owner of a due item: a role, the reporter, or a member of staff.
pub fn owner<'a>(code: &'a str, directory: &'a Directory) -> &'a str {
    match code {
        "reporter" => "The reporter",
        code if Role::from_code(code).is_some() => vocabulary::ROLE.label(code),
        id => directory.staff_name(id),
    }
}
