//! Defences of the sync core, and of the phones in the simulation.

use super::{Sabotage, Tests};

const SYNC: Tests = Tests::Native(&["--package", "sync"]);
const STORIES: Tests = Tests::Native(&["--package", "simulate", "--test", "stories"]);

pub const SABOTAGES: &[Sabotage] = &[
    Sabotage {
        name: "phones do not come back all at once",
        file: "crates/sync/src/plan.rs",
        defence: "random.clamp(0.0, 1.0) * ceiling",
        instead: "random.max(1.0) * ceiling",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a receipt names the hash of what was sent",
        file: "crates/sync/src/receipt.rs",
        defence: "if !unanswered.remove(&receipt.hash) {",
        instead: "if !unanswered.remove(&receipt.hash) && false {",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a reply repeats the nonce",
        file: "crates/sync/src/receipt.rs",
        defence: "self.nonce != request.nonce || ",
        instead: "",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a reply carries the hash of its own text",
        file: "crates/sync/src/receipt.rs",
        defence: "if !stamp::is_whole(body) {",
        instead: "if !stamp::is_whole(body) && false {",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "nothing leaves the outbox but by a receipt",
        file: "crates/sync/src/outbox.rs",
        defence: "        if !is_blamed {",
        instead: "        self.items.retain(|item| request.events.iter().all(|event| event.hash() != item.hash));\n        if !is_blamed {",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a firewall that stops one report does not stop the others",
        file: "crates/sync/src/outbox.rs",
        defence: "let is_blamed = failure.blames_the_batch() || went_on;",
        instead: "let is_blamed = failure.blames_the_batch() || (went_on && false);",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "only words of ours settle a letter without a name",
        file: "crates/sync/src/letter.rs",
        defence: "is_ours.then(problem).flatten()",
        instead: "Some(problem().unwrap_or_default())",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "what is there and cannot be read is not told as lost",
        file: "crates/sync/src/witness.rs",
        defence: "all.entry(*dseq).or_insert(Hash::ZERO);",
        instead: "all.entry(*dseq + 1_000).or_insert(Hash::ZERO);",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a word that takes away what was read needs the stamp of ours",
        file: "crates/sync/src/wire.rs",
        defence: "&& stamp::is_stamped(body)",
        instead: "&& stamp::is_whole(body)",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "another life of the server settles nothing",
        file: "crates/sync/src/receipt.rs",
        defence: "is_none_or(|known| *known == delivery.server_epoch)",
        instead: "is_none_or(|_| true)",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "after a restore everything kept waits again",
        file: "crates/sync/src/own.rs",
        defence: "let delivered = self.0.iter().filter(|own| !own.is_waiting());",
        instead: "let delivered = self.0.iter().filter(|own| !own.is_waiting()).take(0);",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "delivered events are kept for 30 days",
        file: "crates/sync/src/own.rs",
        defence: "(now - at).num_days() > KEPT_DAYS",
        instead: "(now - at).num_days() > KEPT_DAYS - 30",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a shorter server is not believed",
        file: "crates/sync/src/pull.rs",
        defence: "if theirs.seq < ours.seq {",
        instead: "if theirs.seq < ours.seq && false {",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "what is kept is compared with what was given",
        file: "crates/sync/src/digest.rs",
        defence: "(false, false) => Finding::Differs,",
        instead: "(false, false) => Finding::Agrees,",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "a removed phone sends its words before it forgets",
        file: "crates/sync/src/wipe.rs",
        defence: "() if words > 0 => Next::SendWords,",
        instead: "() if words > 0 && false => Next::SendWords,",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "an order to forget needs the key of the service",
        file: "crates/sync/src/wipe.rs",
        defence: "None => Verdict::Unproven,",
        instead: "None => Verdict::SignedBy(\"\"),",
        noticed_by: SYNC,
    },
    Sabotage {
        name: "rows and cursor are one transaction",
        file: "crates/simulate/src/phone/pull.rs",
        defence: "        self.commit(&ops)?;\n        let Some(tab)",
        instead: "        let cursor: Vec<Op> = ops.pop().into_iter().collect();\n        self.commit(&cursor)?;\n        self.commit(&ops)?;\n        let Some(tab)",
        noticed_by: STORIES,
    },
];
