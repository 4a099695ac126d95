//! What the guided fuzzer starts from (`fuzz/seeds`): a quiet story is told, and what phones and server said in it is
//! written down. Written anew by `cargo xtask fuzz --samples`, and kept in the repository.

mod bodies;
mod files;
mod words;

use crate::{
    phone::path,
    prepared::Prepared,
    service::{Answer, Ask},
    world::World,
};
use anyhow::{Context, Result, ensure};
use chrono::Duration;
use domain::register::Register;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};
use sync::{Envelope, Signed, wire::PullQuery};

/// Five of each provider: together they can take every step.
const DEVICES: usize = 10;
const STEPS: usize = 2_000;
const MINUTES: i64 = 25;
/// Records whose whole life is a sample, at most.
const LIVES: usize = 20;
/// Longer samples take time and teach nothing.
const LONGEST: usize = 12_000;

/// A story that has been told, of the provider of the first phone.
struct Told<'a> {
    world: World<'a>,
    /// In the order of arrival.
    rows: Vec<(Signed, Envelope)>,
    register: Register,
}

/// Writes all of it under the folder of the fuzzer. Gives how many files.
/// # Errors  What stops the story, or the disk.
pub fn write(folder: &Path) -> Result<usize> {
    let prepared = Prepared::make(DEVICES)?;
    let mut told = Told::tell(&prepared)?;
    let mut files = told.fixed_and_replies()?;
    files.extend(told.requests()?);
    files.extend(told.lives()?);
    files.extend(files::packed(&serde_json::to_vec(&told.unsent()?)?)?);
    files.extend(files::rescue(&told.rows));
    files.extend(files::lists(&told.register, told.world.now)?);
    files.extend(words::dictionaries()?);
    for part in ["seeds", "fixed", "dictionaries"] {
        let old = folder.join(part);
        if old.is_dir() {
            fs::remove_dir_all(old)?;
        }
    }
    for (name, bytes) in &files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, bytes)?;
    }
    Ok(files.len())
}

/// Name under the folder, and content.
type Files = BTreeMap<String, Vec<u8>>;

impl<'a> Told<'a> {
    fn tell(prepared: &'a Prepared) -> Result<Told<'a>> {
        let seed = (1..100).find(|seed| is_large(prepared, *seed)).context("no seed has all devices")?;
        let mut world = World::new(prepared, seed)?;
        world.calm = true;
        for _ in 0..STEPS {
            world.now += Duration::minutes(MINUTES);
            world.service.set_clock(world.now);
            let phone = world.chance.below(DEVICES);
            world.somebody_writes(phone)?;
            world.turn(phone)?;
            let person = world.chance.below(world.phones[phone].people.len());
            world.phones[phone].hand_over(person);
        }
        // The first phone ends with a tab, in the hands of the same person as at the start.
        world.phones[0].hand_over(0);
        world.turn(0)?;
        let tenant = world.phones[0].tenant.clone();
        let kept = world.service.kept(&|_| 0)?;
        let (_, kept) = kept.into_iter().find(|(name, _)| *name == tenant).context("the provider")?;
        let signed: BTreeMap<_, _> = world.ledger.iter().map(|(hash, kept)| (*hash, &kept.signed)).collect();
        let row = |hash| {
            let signed: &Signed = signed.get(hash).copied()?;
            Some((signed.clone(), Envelope::open(&signed.bytes).ok()?))
        };
        let rows: Vec<_> = kept.rows.iter().filter_map(|kept| row(&kept.hash)).collect();
        ensure!(rows.len() > STEPS / 10, "too quiet a story: {} entries", rows.len());
        let register = world.phones[0].register(0, world.now);
        Ok(Told { world, rows, register })
    }

    /// One record after the other, as long as each brings a verb or a category that was not there before.
    fn lives(&self) -> Result<Files> {
        let mut lives: BTreeMap<&str, Vec<&(Signed, Envelope)>> = BTreeMap::new();
        for row in &self.rows {
            lives.entry(row.1.record.as_deref().unwrap_or("site")).or_default().push(row);
        }
        let mut lives: Vec<_> = lives.into_values().collect();
        lives.sort_by_key(|life| std::cmp::Reverse(life.len()));
        let (mut files, mut known) = (Files::new(), BTreeSet::new());
        for life in lives {
            let text = lines(life.iter().map(|row| &row.0));
            let new: BTreeSet<(String, String)> = life.iter().map(|row| what(&life[0].1, &row.1)).collect();
            if files.len() < LIVES && text.len() <= LONGEST && !new.is_subset(&known) {
                known.extend(new);
                files.insert(format!("seeds/events/life-{:02}", files.len()), text.into_bytes());
            }
        }
        let device = &self.rows.first().context("an entry")?.1.device;
        let chain = self.rows.iter().filter(|row| row.1.device == *device).map(|row| &row.0);
        files.insert("seeds/events/chain".to_owned(), lines(chain.take(5)).into_bytes());
        Ok(files)
    }

    fn ask(&self, post: bool, path: &str, body: Vec<u8>) -> Result<Answer> {
        let phone = &self.world.phones[0];
        let (device, cookie) = (Some(phone.id.clone()), phone.cookie());
        self.world.service.ask(&Ask { post, path: path.to_owned(), device, cookie, encoding: None, body })
    }

    fn page(&self, query: &PullQuery) -> Result<Answer> {
        let answer = self.ask(false, &path(query), Vec::new())?;
        ensure!(answer.status == 200, "a page: {}", answer.status);
        Ok(answer)
    }
}

fn is_large(prepared: &Prepared, seed: u64) -> bool {
    World::new(prepared, seed).is_ok_and(|world| world.phones.len() == DEVICES)
}

/// Verb, and the category of the report of its record.
fn what(first: &Envelope, envelope: &Envelope) -> (String, String) {
    let category = first.payload.get("category").and_then(Value::as_str).unwrap_or_default();
    (envelope.kind.clone(), category.to_owned())
}

fn lines<'a>(events: impl Iterator<Item = &'a Signed>) -> String {
    events.map(|event| format!("{}\n", event.bytes)).collect()
}
