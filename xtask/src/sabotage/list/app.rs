//! Defences of the whole app in a browser: its service worker, its lock, its time without contact.

use super::{Sabotage, Tests};

pub const SABOTAGES: &[Sabotage] = &[
    Sabotage {
        name: "a file of another build is not kept",
        file: "public/sw.js",
        defence: "if (!(await isWhole(answer.clone(), integrity)))",
        instead: "if (false)",
        noticed_by: Tests::Walks(&["update"]),
    },
    Sabotage {
        name: "a new version waits for an open form",
        file: "public/sw.js",
        defence: "if (!busy) await skipWaiting();",
        instead: "await skipWaiting();",
        noticed_by: Tests::Walks(&["update"]),
    },
    Sabotage {
        name: "a version that does not start gives way",
        file: "public/sw.js",
        defence: "const fallen_back = tries > MOST_TRIES &&",
        instead: "const fallen_back = tries > 1_000 &&",
        noticed_by: Tests::Walks(&["update"]),
    },
    Sabotage {
        name: "a version of which a file did not come is looked for again",
        file: "src/browser/service_worker.rs",
        defence: "ServiceWorkerState::Redundant if !is_here.get() =>",
        instead: "ServiceWorkerState::Redundant if is_here.get() =>",
        noticed_by: Tests::Walks(&["update"]),
    },
    Sabotage {
        name: "the lock comes by itself",
        file: "src/state/lock.rs",
        defence: "            && idle_ms > f64::from(",
        instead: "            && idle_ms > 1e12 + f64::from(",
        noticed_by: Tests::Walks(&["sealed"]),
    },
    Sabotage {
        name: "14 days without contact count while the app is open",
        file: "src/state/lock.rs",
        defence: "if somebody && !self.away.get_untracked() &&",
        instead: "if somebody && self.away.get_untracked() &&",
        noticed_by: Tests::Walks(&["doors"]),
    },
];
