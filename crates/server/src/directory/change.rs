//! `POST /v1/directory`: changes of the lists by those who look after a site. All rows or none; every change is
//! kept with who made it and when.

use super::{
    entries::{self, ASSET, CONTRACT, COUNCIL, FRAMEWORK, IDEA, LEFT_OUT, PERSON, PLACE, SITE, STAFF},
    frameworks, ideas,
    rights::{Move, Rights, not_kept},
    rows::{self, Problem},
    rule_changes,
};
use crate::{
    app::App,
    door::{
        password_again::password_again,
        who::{KEEPERS, Person, roles_of},
    },
    error::{AppError, RowProblem, Why},
    http::{Body, Reply},
    log::{hub::Change, state::State as Provider},
    outside::links::{EndedLink, end_with_makers},
    store::{ChangeRow, Writing},
};
use axum::extract::State;
use chrono::NaiveDate;
use domain::{
    directory::{Asset, Contract, Council, Directory, Place, Site, Staff},
    ids::{SiteId, StaffId},
    roles::Role,
    time::{Instant, london_date, take_days},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A list of a large provider, with room to spare.
pub const MOST_BYTES: usize = 1024 * 1024;
const MOST_ROWS: usize = 2_000;
const PASSWORD_FIRST: &str = "Type your own password to give somebody this role.";

#[derive(Deserialize)]
pub struct Changes {
    changes: Vec<Row>,
    /// Of whoever asks: needed to give somebody a role beyond reporting.
    #[serde(default)]
    password: Option<String>,
}

/// One entry: its new value, or `null` to retire it. Nothing is ever removed.
#[derive(Clone, Debug, Deserialize)]
struct Row {
    kind: String,
    id: String,
    value: Value,
    /// Why the numbers of the rules of a site change.
    #[serde(default)]
    reason: String,
}

#[derive(Serialize)]
pub struct Changed {
    version: u64,
    /// Links for people outside that ended with this.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ended_links: Vec<EndedLink>,
}

pub async fn change(
    State(app): State<App>,
    person: Person,
    Body(body): Body<Changes, MOST_BYTES>,
) -> Result<Reply<Changed>, AppError> {
    if body.changes.is_empty() {
        return Err(AppError::from(Why::MissingField).field("changes"));
    }
    if body.changes.len() > MOST_ROWS {
        return Err(Why::TooLarge.into());
    }
    let is_proven = body.password.is_some();
    if let Some(password) = body.password {
        password_again(&app, &person, password, "password").await?;
    }
    let (hub, author) = (person.hub.clone(), person.staff);
    let (rows, now) = (body.changes, app.clock.now());
    hub.change(DirectoryChange { rows, author, is_proven, now }).await.map(Reply)
}

struct DirectoryChange {
    rows: Vec<Row>,
    author: StaffId,
    /// With the password, now: a session that was left open makes nobody a manager.
    is_proven: bool,
    now: Instant,
}

impl Change for DirectoryChange {
    type Done = Changed;

    async fn make(self, state: &mut Provider, writing: &mut Writing) -> Result<Changed, AppError> {
        let (after, changes) = Desk::new(state.directory(), &self)?.apply(&self.rows)?;
        if !self.is_proven && gives_more(state.directory(), &after, &self.rows) {
            return Err(AppError::from(Why::MissingField).field("password").saying(PASSWORD_FIRST));
        }
        let version = writing.change_directory(&changes, &self.author, self.now).await?;
        let by = (&*self.author, self.now);
        let ended_links = end_with_makers(writing, (state.directory(), &after), by).await?;
        state.set_directory(after, version);
        Ok(Changed { version, ended_links })
    }
}

/// The lists before and after, and what the author may touch.
struct Desk<'a> {
    before: &'a Directory,
    after: Directory,
    author: &'a StaffId,
    now: Instant,
    today: NaiveDate,
    rights: Rights,
}

impl<'a> Desk<'a> {
    /// Roles are looked at under the lock: they may have ended since the request came in.
    fn new(before: &'a Directory, change: &'a DirectoryChange) -> Result<Self, AppError> {
        let rights = Rights::of(&roles_of(before, &change.author, change.now));
        if rights.kept.is_empty() {
            return Err(Why::NotAllowed.into());
        }
        let today = london_date(change.now);
        Ok(Self { before, after: before.clone(), author: &change.author, now: change.now, today, rights })
    }

    fn apply(mut self, given: &[Row]) -> Result<(Directory, Vec<ChangeRow>), AppError> {
        let mut problems: Vec<RowProblem> = Vec::new();
        let mut seen = BTreeSet::new();
        // Councils, sites, then places: later rows may speak of them.
        let mut order: Vec<usize> = (0..given.len()).collect();
        order.sort_by_key(|index| (entries::order_of(&given[*index].kind), *index));
        for index in order {
            let row = &given[index];
            let found = match seen.insert((row.kind.as_str(), row.id.to_lowercase())) {
                true => self.put(row),
                false => vec![("id", "The same code is on two rows.".to_owned())],
            };
            problems.extend(rows::at_row(index, found));
        }
        if problems.is_empty() {
            problems.extend(self.sites_without_a_keeper(given));
        }
        if !problems.is_empty() {
            problems.sort_by_key(|problem| problem.row);
            return Err(AppError::rows(problems));
        }
        let changes = self.changed(given)?;
        Ok((self.after, changes))
    }

    fn put(&mut self, row: &Row) -> Vec<Problem> {
        let code_fits =
            if matches!(row.kind.as_str(), SITE | STAFF | COUNCIL | CONTRACT | FRAMEWORK | IDEA | LEFT_OUT) {
                rows::is_code
            } else {
                rows::is_loose_code
            };
        if !code_fits(&row.id) {
            return vec![("id", "A code has 1 to 64 letters, digits, dots or hyphens.".into())];
        }
        let value = match self.value_of(row) {
            Ok(value) => value,
            Err(problem) => return vec![problem],
        };
        let put = match row.kind.as_str() {
            SITE => self.put_site(&row.id, &value, &row.reason),
            STAFF => self.put_staff(&row.id, &value),
            PERSON => self.put_person(&row.id, &value),
            PLACE => self.put_place(&row.id, &value),
            ASSET => self.put_asset(&row.id, &value),
            COUNCIL => self.put_council(&row.id, &value),
            CONTRACT => self.put_contract(&row.id, &value),
            FRAMEWORK => self.put_framework(&row.id, &value),
            IDEA => self.put_idea(&row.id, &value),
            LEFT_OUT => self.put_left_out(&row.id, &value),
            other => Err(("kind", format!("There is no list named {other}."))),
        };
        put.unwrap_or_else(|problem| vec![problem])
    }

    /// The new value; for `null`, the present one, retired.
    fn value_of(&self, row: &Row) -> Result<Value, Problem> {
        if !row.value.is_null() {
            return Ok(row.value.clone());
        }
        let unknown = || ("id", format!("There is no {} {} to retire.", row.kind, row.id));
        let mut value = entries::current(self.before, &row.kind, &row.id).ok_or_else(unknown)?;
        let fields = value.as_object_mut().ok_or_else(unknown)?;
        if row.kind == STAFF {
            let yesterday = take_days(self.today, 1);
            let staff = self.before.staff.get(row.id.as_str()).ok_or_else(unknown)?;
            let last = staff.to.map_or(yesterday, |to| to.min(yesterday));
            fields.insert("to".into(), Value::from(last.to_string()));
            if staff.from.is_some_and(|from| from > last) {
                fields.insert("from".into(), Value::from(last.to_string()));
            }
            fields.insert("delegate".into(), Value::Array(Vec::new()));
        } else {
            fields.insert("retired".into(), Value::Bool(true));
        }
        Ok(value)
    }

    fn put_site(&mut self, id: &str, value: &Value, reason: &str) -> Result<Vec<Problem>, Problem> {
        let mut new: Site = rows::read(value)?;
        let id = SiteId::from(id);
        let is_new = !self.before.sites.contains_key(&id);
        if is_new && !self.rights.holds_higher {
            return Err(("id", "Only an administrator or the provider can add a site.".into()));
        }
        if !is_new && !self.rights.kept.contains(&id) {
            return Err(not_kept(&id));
        }
        let mut problems = rows::site(&new, london_date(self.now));
        problems.extend(rows::council_of_site(&self.after, &new));
        if problems.is_empty() {
            let why = rule_changes::Why { by: self.author, at: self.now, reason };
            problems.extend(rule_changes::note(self.before.sites.get(&id), &mut new, &why));
        }
        self.after.sites.insert(id.clone(), new);
        if is_new {
            self.give_to_author(id);
        }
        Ok(problems)
    }

    /// Whoever adds a site looks after it, so that no site is without anybody. Provider at one site is provider of all.
    fn give_to_author(&mut self, site: SiteId) {
        if let Some(staff) = self.after.staff.get_mut(self.author) {
            let roles = staff.roles.entry(site.clone()).or_default();
            roles.extend(self.rights.is_provider.then_some(Role::Provider));
            roles.push(Role::Administrator);
        }
        self.rights.kept.insert(site);
    }

    fn put_staff(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let mut new: Staff = rows::read(value)?;
        let id = StaffId::from(id);
        let twin = |known: &&StaffId| **known != id && known.eq_ignore_ascii_case(&id);
        if let Some(twin) = self.after.staff.keys().find(twin) {
            return Err(("id", format!("The code is too much like {twin}. Choose another one.")));
        }
        new.roles.values_mut().for_each(|roles| {
            roles.sort_unstable();
            roles.dedup();
        });
        new.roles.retain(|_, roles| !roles.is_empty());
        let old = self.before.staff.get(&id).cloned().unwrap_or_default();
        new.note_what_ends(&old, self.now);
        let is_new = !self.before.staff.contains_key(&id);
        let mut problems = rows::staff(&self.after, &new);
        if id != *self.author || old != new {
            problems.extend(self.rights.exceeded_by(&Move { old: &old, new: &new, is_new }));
        }
        self.after.staff.insert(id, new);
        Ok(problems)
    }

    fn put_person(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let new: domain::directory::Person = rows::read(value)?;
        let problems = rows::person(&self.after, &new);
        let old = self.before.people.get(id).map(|old| &old.site);
        let problems = self.at_kept_sites(problems, &new.site, old);
        self.after.people.insert(id.into(), new);
        Ok(problems)
    }

    fn put_place(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let new: Place = rows::read(value)?;
        let problems = rows::place(&self.after, &new);
        let problems =
            self.at_kept_sites(problems, &new.site, self.before.places.get(id).map(|old| &old.site));
        self.after.places.insert(id.to_owned(), new);
        Ok(problems)
    }

    fn put_asset(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let new: Asset = rows::read(value)?;
        let problems = rows::asset(&self.after, &new);
        let problems =
            self.at_kept_sites(problems, &new.site, self.before.assets.get(id).map(|old| &old.site));
        self.after.assets.insert(id.to_owned(), new);
        Ok(problems)
    }

    /// Any council may be added; one that a site goes by is changed by those who look after all such sites.
    fn put_council(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let new: Council = rows::read(value)?;
        let mut problems = rows::council(&new);
        let users = self.before.sites.iter().filter(|(_, site)| site.council == id);
        if let Some((site, _)) = users.into_iter().find(|(site, _)| !self.rights.kept.contains(*site)) {
            problems.push(("id", format!("The site {site} uses it too, and you do not manage that site.")));
        }
        self.after.councils.insert(id.to_owned(), new);
        Ok(problems)
    }

    /// A contract is changed by those who look after every site that it covers, before and after.
    fn put_contract(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let new: Contract = rows::read(value)?;
        let mut problems = rows::contract(&self.after, &new);
        let covered = |site: &SiteId| {
            new.covers(site) || self.before.contracts.get(id).is_some_and(|old| old.covers(site))
        };
        let foreign =
            self.before.sites.keys().find(|site| covered(site) && !self.rights.kept.contains(*site));
        if let Some(site) = foreign.filter(|_| problems.is_empty()) {
            problems.push(("sites", not_kept(site).1));
        }
        self.after.contracts.insert(id.to_owned(), new);
        Ok(problems)
    }

    /// A framework is for every site: it is changed by those who look after all of them.
    fn put_framework(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        frameworks::may_load(self.before, &self.rights)?;
        match frameworks::checked(&self.after, id, rows::read(value)?, self.now) {
            Ok(new) => drop(self.after.frameworks.insert(id.to_owned(), new)),
            Err(problems) => return Ok(problems),
        }
        Ok(Vec::new())
    }

    fn put_idea(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        match ideas::checked(&self.after, &self.rights, id, rows::read(value)?) {
            Ok(new) => drop(self.after.ideas.insert(id.to_owned(), new)),
            Err(problems) => return Ok(problems),
        }
        Ok(Vec::new())
    }

    fn put_left_out(&mut self, id: &str, value: &Value) -> Result<Vec<Problem>, Problem> {
        let new = ideas::left_out(&self.after, &self.rights, id, rows::read(value)?)?;
        self.after.left_out.insert(id.to_owned(), new);
        Ok(Vec::new())
    }

    /// An entry may move between sites that the author looks after.
    fn at_kept_sites(&self, mut problems: Vec<Problem>, new: &SiteId, old: Option<&SiteId>) -> Vec<Problem> {
        let foreign = old.into_iter().chain([new]).find(|site| !self.rights.kept.contains(*site));
        if let Some(site) = foreign.filter(|_| problems.is_empty()) {
            problems.push(not_kept(site));
        }
        problems
    }

    /// A site that somebody looked after must not be left alone.
    fn sites_without_a_keeper(&self, given: &[Row]) -> Vec<RowProblem> {
        let kept = |directory: &Directory, site: &SiteId| {
            directory.staff.keys().any(|who| directory.held(who, site, self.today).own.meets(KEEPERS))
        };
        let should = |site: &SiteId| kept(self.before, site) || !self.before.sites.contains_key(site);
        let alone = |site: &&SiteId| should(site) && !kept(&self.after, site);
        let row = given.iter().position(|row| row.kind == STAFF).unwrap_or_default();
        let words = |site: &SiteId| {
            format!("Nobody would be left to manage {site}. Give somebody else the role first.")
        };
        let live = self.after.sites.iter().filter(|(_, site)| !site.retired).map(|(id, _)| id);
        live.filter(alone).flat_map(|site| rows::at_row(row, vec![("roles", words(site))])).collect()
    }

    /// The rows to save: those that were given, and the author's own when a new site was given to them.
    fn changed(&self, given: &[Row]) -> Result<Vec<ChangeRow>, AppError> {
        let mut keys: BTreeMap<(String, String), ()> =
            given.iter().map(|row| ((row.kind.clone(), row.id.clone()), ())).collect();
        if self.before.staff.get(self.author) != self.after.staff.get(self.author) {
            keys.insert((STAFF.to_owned(), self.author.to_string()), ());
        }
        let mut changes = Vec::with_capacity(keys.len());
        for (kind, id) in keys.into_keys() {
            let before = entries::current(self.before, &kind, &id).map(|value| value.to_string());
            let after = entries::current(&self.after, &kind, &id).map(|value| value.to_string());
            let after = after.ok_or(Why::Broken)?;
            if before.as_deref() != Some(after.as_str()) {
                changes.push(ChangeRow { kind, id, before, after });
            }
        }
        Ok(changes)
    }
}

/// Whether a row gives somebody a role beyond reporting.
fn gives_more(before: &Directory, after: &Directory, rows: &[Row]) -> bool {
    rows.iter().filter(|row| row.kind == STAFF).any(|row| {
        let id = row.id.as_str();
        let old = before.staff.get(id).cloned().unwrap_or_default();
        let is_new = !before.staff.contains_key(id);
        after.staff.get(id).is_some_and(|new| Move { old: &old, new, is_new }.gives_more())
    })
}
