//! Defences of the server.

use super::{Sabotage, Tests};

const PUSHES: Tests = Tests::Native(&["--package", "server", "--test", "it", "pushes"]);
const PULLS: Tests = Tests::Native(&["--package", "server", "--test", "it", "pulls"]);
const REMOVALS: Tests = Tests::Native(&["--package", "server", "--test", "it", "removals"]);
const WAITING: Tests = Tests::Native(&["--package", "domain", "--lib", "what_waits"]);
const CHECKS: Tests = Tests::Native(&["--package", "server", "--test", "it", "log_"]);

pub const SABOTAGES: &[Sabotage] = &[
    Sabotage {
        name: "the same bytes again are the same row",
        file: "crates/server/src/log/intake.rs",
        defence: "if let Some(seq) = self.state.place_of(&incoming.link.hash) {",
        instead: "if let Some(seq) = self.state.place_of(&incoming.link.hash).filter(|_| false) {",
        noticed_by: PUSHES,
    },
    Sabotage {
        name: "both branches of a fork stay",
        file: "crates/server/src/log/intake.rs",
        defence: "self.quarantine(incoming.link.device.to_string(), hash, incoming.signed, Reason::Forked).await",
        instead: "Ok(PushOutcome::Duplicate { judgement: None })",
        noticed_by: PUSHES,
    },
    Sabotage {
        name: "an event follows the one before it",
        file: "crates/server/src/log/intake.rs",
        defence: " || incoming.link.prev != expected.hash",
        instead: "",
        noticed_by: PUSHES,
    },
    Sabotage {
        name: "a signature is checked",
        file: "crates/server/src/door/proof.rs",
        defence: "signature.is_some_and(|signature| self.0.verify(message, &signature).is_ok())",
        instead: "signature.is_some_and(|signature| self.0.verify(message, &signature).is_ok() || true)",
        noticed_by: PUSHES,
    },
    Sabotage {
        name: "what is quarantined is kept",
        file: "crates/server/src/log/intake.rs",
        defence: "        self.writing.quarantine(&row).await?;\n",
        instead: "        drop(row);\n",
        noticed_by: PUSHES,
    },
    Sabotage {
        name: "what a removed device sends stays outside the log",
        file: "crates/server/src/log/push.rs",
        defence: "return Err(Reason::DeviceRevoked);",
        instead: "",
        noticed_by: REMOVALS,
    },
    Sabotage {
        name: "a page of rows is cut to what a person may see",
        file: "crates/server/src/log/pull.rs",
        defence: "if is_visible(state, viewer, received, &mut sees) &&",
        instead: "if (is_visible(state, viewer, received, &mut sees) || true) &&",
        noticed_by: PULLS,
    },
    Sabotage {
        name: "who may see more or less begins at the first row",
        file: "crates/server/src/log/pull.rs",
        defence: "let reset = scope != query.scope;",
        instead: "let reset = scope != query.scope && false;",
        noticed_by: PULLS,
    },
    Sabotage {
        name: "lists are cut to the sites of a person",
        file: "crates/server/src/directory/cut.rs",
        defence: "    part.people.retain(|_, person| mine(&person.site));\n    part.places.retain(|_, place| mine(&place.site));\n    part.assets.retain(|_, asset| mine(&asset.site));\n    // A council",
        instead: "    // A council",
        noticed_by: Tests::Native(&["--package", "server", "cut"]),
    },
    Sabotage {
        name: "what a device signed to sign in counts once",
        file: "crates/server/src/door/once.rs",
        defence: "is_new = writing.use_proof(",
        instead: "is_new = true | writing.use_proof(",
        noticed_by: Tests::Native(&["--package", "server", "--test", "it", "door_proofs"]),
    },
    Sabotage {
        name: "a wrong password can be tried a few times",
        file: "crates/server/src/door/limits.rs",
        defence: "if *count >= counted.allowed() && ",
        instead: "if *count >= counted.allowed() && false && ",
        noticed_by: Tests::Native(&["--package", "server", "limits"]),
    },
    Sabotage {
        name: "a packed body has a limit",
        file: "crates/server/src/http/unpack.rs",
        defence: "if bytes.len() > limit {",
        instead: "if bytes.len() > limit && false {",
        noticed_by: Tests::Native(&["--package", "server", "unpack"]),
    },
    Sabotage {
        name: "a copy that is put back begins another life",
        file: "crates/server/src/ops/restore.rs",
        defence: "    start::restored(&Place::folder(&aside)).await?;\n",
        instead: "",
        noticed_by: Tests::Native(&["--package", "server", "--test", "it", "log_copies"]),
    },
    Sabotage {
        name: "each row is chained to the one before",
        file: "crates/server/src/ops/check.rs",
        defence: "if chain != line.chain {",
        instead: "if chain != line.chain && false {",
        noticed_by: CHECKS,
    },
    Sabotage {
        name: "a row is where its device wrote it",
        file: "crates/server/src/ops/check.rs",
        defence: "if line.dseq != expected.dseq || prev != expected.hash {",
        instead: "if line.dseq != expected.dseq {",
        noticed_by: CHECKS,
    },
    Sabotage {
        name: "a checkpoint is signed by the server",
        file: "crates/server/src/ops/check.rs",
        defence: "if !checkpoint.is_signed() {",
        instead: "if !checkpoint.is_signed() && false {",
        noticed_by: CHECKS,
    },
    Sabotage {
        name: "a log that was shortened behind a checkpoint shows",
        file: "crates/server/src/ops/check.rs",
        defence: "match self.checkpoints.range(last + 1..).next()",
        instead: "match self.checkpoints.range(last + 1..).next().filter(|_| false)",
        noticed_by: CHECKS,
    },
    Sabotage {
        name: "what is on legal hold is not disposed of",
        file: "crates/server/src/ops/dispose/mod.rs",
        defence: "let hold = holds.iter().find(|hold| hold.record == *record.id &&",
        instead: "let hold = holds.iter().find(|hold| false && hold.record == *record.id &&",
        noticed_by: Tests::Native(&["--package", "server", "--test", "it", "log_disposal"]),
    },
    Sabotage {
        name: "a row of another provider is hidden by the database",
        file: "crates/server/migrations/postgres/always.sql",
        defence: "USING (tenant = current_setting(''app.tenant'', true)) '",
        instead: "USING (true) '",
        noticed_by: Tests::Postgres(&["walls"]),
    },
    Sabotage {
        name: "rules look at what waits before anything else changes",
        file: "crates/domain/src/register.rs",
        defence: "        if !may_wait {\n            self.run_rules();\n        }\n",
        instead: "",
        noticed_by: WAITING,
    },
    Sabotage {
        name: "a moment that makes a decision stale does not wait",
        file: "crates/domain/src/register/rules.rs",
        defence: "if self.boards.all.values().any(is_due) {",
        instead: "if false && self.boards.all.values().any(is_due) {",
        noticed_by: WAITING,
    },
    Sabotage {
        name: "one server at a time numbers the rows of a provider",
        file: "crates/server/src/store/postgres/mod.rs",
        defence: " FOR UPDATE\"",
        instead: "\"",
        noticed_by: Tests::Postgres(&["together", "faults"]),
    },
];
