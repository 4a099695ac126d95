//! Who did something, by name and role.

use domain::{directory::Directory, event::Author, roles::Role, vocabulary};

/// The role by which colleagues know somebody who holds several.
const BEST_KNOWN_BY: [Role; 12] = [
    Role::RegisteredManager,
    Role::DeputyManager,
    Role::MedicationLead,
    Role::MaintenanceLead,
    Role::BehaviourLead,
    Role::ShiftLead,
    Role::Senior,
    Role::Provider,
    Role::Administrator,
    Role::Inspector,
    Role::Commissioner,
    Role::Reporter,
];

/// "Amara N., Senior".
pub fn author(author: &Author, directory: &Directory, site: &str) -> String {
    match author {
        Author::Staff(id) => match role(id, directory, site) {
            Some(role) => format!("{}, {role}", directory.staff_name(id)),
            None => directory.staff_name(id).to_owned(),
        },
        Author::Anonymous => "somebody who gave no name".into(),
        Author::Hidden => "the reporter, name sealed".into(),
    }
}

fn role(id: &str, directory: &Directory, site: &str) -> Option<&'static str> {
    let held = directory.staff.get(id)?.roles.get(site)?;
    let role = BEST_KNOWN_BY.into_iter().find(|role| held.contains(role))?;
    Some(vocabulary::ROLE.label(role.code()))
}

/// The owner of a due item: a role, the reporter, or a member of staff.
pub fn owner<'a>(code: &'a str, directory: &'a Directory) -> &'a str {
    match code {
        "reporter" => "The reporter",
        code if Role::from_code(code).is_some() => vocabulary::ROLE.label(code),
        id => directory.staff_name(id),
    }
}
