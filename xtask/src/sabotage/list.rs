//! The defences, each as the words that make it and the words that take it away.

pub struct Sabotage {
    pub name: &'static str,
    pub file: &'static str,
    /// Stands once in the file.
    pub defence: &'static str,
    pub instead: &'static str,
    /// Arguments of `cargo test`: where somebody should notice.
    pub test: &'static [&'static str],
}

const SYNC: &[&str] = &["--package", "sync"];
const PUSHES: &[&str] = &["--package", "server", "--test", "it", "pushes"];
const STORIES: &[&str] = &["--package", "simulate", "--test", "stories"];

pub const SABOTAGES: &[Sabotage] = &[
    Sabotage {
        name: "a receipt names the hash of what was sent",
        file: "crates/sync/src/receipt.rs",
        defence: "if !unanswered.remove(&receipt.hash) {",
        instead: "if !unanswered.remove(&receipt.hash) && false {",
        test: SYNC,
    },
    Sabotage {
        name: "a reply repeats the nonce",
        file: "crates/sync/src/receipt.rs",
        defence: "self.nonce != request.nonce || ",
        instead: "",
        test: SYNC,
    },
    Sabotage {
        name: "a reply carries the hash of its own text",
        file: "crates/sync/src/receipt.rs",
        defence: "if !stamp::is_whole(body) {",
        instead: "if !stamp::is_whole(body) && false {",
        test: SYNC,
    },
    Sabotage {
        name: "nothing leaves the outbox but by a receipt",
        file: "crates/sync/src/outbox.rs",
        defence: "        if !is_blamed {",
        instead: "        self.items.retain(|item| request.events.iter().all(|event| event.hash() != item.hash));\n        if !is_blamed {",
        test: SYNC,
    },
    Sabotage {
        name: "a firewall that stops one report does not stop the others",
        file: "crates/sync/src/outbox.rs",
        defence: "let is_blamed = failure.blames_the_batch() || went_on;",
        instead: "let is_blamed = failure.blames_the_batch() || (went_on && false);",
        test: SYNC,
    },
    Sabotage {
        name: "only words of ours settle a letter without a name",
        file: "crates/sync/src/letter.rs",
        defence: "is_ours.then(problem).flatten()",
        instead: "Some(problem().unwrap_or_default())",
        test: SYNC,
    },
    Sabotage {
        name: "what is there and cannot be read is not told as lost",
        file: "crates/sync/src/witness.rs",
        defence: "all.entry(*dseq).or_insert(Hash::ZERO);",
        instead: "all.entry(*dseq + 1_000).or_insert(Hash::ZERO);",
        test: SYNC,
    },
    Sabotage {
        name: "a word that takes away what was read needs the stamp of ours",
        file: "crates/sync/src/wire.rs",
        defence: "&& stamp::is_stamped(body)",
        instead: "&& stamp::is_whole(body)",
        test: SYNC,
    },
    Sabotage {
        name: "another life of the server settles nothing",
        file: "crates/sync/src/receipt.rs",
        defence: "is_none_or(|known| *known == delivery.server_epoch)",
        instead: "is_none_or(|_| true)",
        test: SYNC,
    },
    Sabotage {
        name: "after a restore everything kept waits again",
        file: "crates/sync/src/own.rs",
        defence: "let delivered = self.0.iter().filter(|own| !own.is_waiting());",
        instead: "let delivered = self.0.iter().filter(|own| !own.is_waiting()).take(0);",
        test: SYNC,
    },
    Sabotage {
        name: "delivered events are kept for 30 days",
        file: "crates/sync/src/own.rs",
        defence: "(now - at).num_days() > KEPT_DAYS",
        instead: "(now - at).num_days() > KEPT_DAYS - 30",
        test: SYNC,
    },
    Sabotage {
        name: "a shorter server is not believed",
        file: "crates/sync/src/pull.rs",
        defence: "if theirs.seq < ours.seq {",
        instead: "if theirs.seq < ours.seq && false {",
        test: SYNC,
    },
    Sabotage {
        name: "what is kept is compared with what was given",
        file: "crates/sync/src/digest.rs",
        defence: "(false, false) => Finding::Differs,",
        instead: "(false, false) => Finding::Agrees,",
        test: SYNC,
    },
    Sabotage {
        name: "a removed phone sends its words before it forgets",
        file: "crates/sync/src/wipe.rs",
        defence: "() if words > 0 => Next::SendWords,",
        instead: "() if words > 0 && false => Next::SendWords,",
        test: SYNC,
    },
    Sabotage {
        name: "an order to forget needs the key of the service",
        file: "crates/sync/src/wipe.rs",
        defence: "None => Verdict::Unproven,",
        instead: "None => Verdict::SignedBy(\"\"),",
        test: SYNC,
    },
    Sabotage {
        name: "the same bytes again are the same row",
        file: "crates/server/src/log/intake.rs",
        defence: "if let Some(seq) = self.state.place_of(&incoming.link.hash) {",
        instead: "if let Some(seq) = self.state.place_of(&incoming.link.hash).filter(|_| false) {",
        test: PUSHES,
    },
    Sabotage {
        name: "both branches of a fork stay",
        file: "crates/server/src/log/intake.rs",
        defence: "self.quarantine(incoming.link.device.to_string(), hash, incoming.signed, Reason::Forked).await",
        instead: "Ok(PushOutcome::Duplicate { judgement: None })",
        test: PUSHES,
    },
    Sabotage {
        name: "an event follows the one before it",
        file: "crates/server/src/log/intake.rs",
        defence: " || incoming.link.prev != expected.hash",
        instead: "",
        test: PUSHES,
    },
    Sabotage {
        name: "a signature is checked",
        file: "crates/server/src/door/proof.rs",
        defence: "signature.is_some_and(|signature| self.0.verify(message, &signature).is_ok())",
        instead: "signature.is_some_and(|signature| self.0.verify(message, &signature).is_ok() || true)",
        test: PUSHES,
    },
    Sabotage {
        name: "what is quarantined is kept",
        file: "crates/server/src/log/intake.rs",
        defence: "        self.writing.quarantine(&row).await?;\n",
        instead: "        drop(row);\n",
        test: PUSHES,
    },
    Sabotage {
        name: "rows and cursor are one transaction",
        file: "crates/simulate/src/phone/pull.rs",
        defence: "        self.commit(&ops)?;\n        let Some(tab)",
        instead: "        let cursor: Vec<Op> = ops.pop().into_iter().collect();\n        self.commit(&cursor)?;\n        self.commit(&ops)?;\n        let Some(tab)",
        test: STORIES,
    },
];
