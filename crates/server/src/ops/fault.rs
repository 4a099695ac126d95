//! What can be wrong with a log, in words that name the row.

use domain::time::Instant;

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("This is not an exported log: its first line cannot be read.")]
    NoHead,
    #[error("This export was made by a newer version of Noticed. Check it with that version.")]
    Newer,
    #[error("Row {seq} cannot be read.")]
    Unreadable { seq: u64 },
    #[error("Row {expected} is missing: row {found} stands in its place.")]
    Missing { expected: u64, found: u64 },
    #[error("Row {found} stands where row {expected} belongs: rows were moved or added.")]
    Moved { expected: u64, found: u64 },
    #[error("Row {seq} was changed: its bytes do not have its hash.")]
    Bytes { seq: u64 },
    #[error("Row {seq} was changed: its bytes name another device, number or provider than the row.")]
    Place { seq: u64 },
    #[error("Row {seq} was changed or put in: no signature of its device stands behind it.")]
    Signature { seq: u64 },
    #[error("Row {seq} comes from a device that this provider does not have.")]
    Stranger { seq: u64 },
    #[error(
        "Row {seq} does not follow the entry that its device wrote before it: one was changed, removed or moved."
    )]
    DeviceChain { seq: u64 },
    #[error(
        "Row {seq} does not continue the chain of the log: it, or what was noted at its receipt, was changed."
    )]
    Chain { seq: u64 },
    #[error("Row {} is missing: the head of the log counts {head} rows.", last + 1)]
    Short { last: u64, head: u64 },
    #[error("The head of the log was changed: it does not name the chain of row {seq}.")]
    HeadChain { seq: u64 },
    #[error("The checkpoint of {at} was changed: its signature is not good.")]
    CheckpointSignature { at: Instant },
    #[error("The checkpoint of {at} is signed with another key than the one that you named.")]
    CheckpointKey { at: Instant },
    #[error("The checkpoint of {at} belongs to another provider.")]
    CheckpointOther { at: Instant },
    #[error("Row {} is missing: the checkpoint signed at {at} counts {seq} rows.{}", last + 1, restored(*epoch_ended))]
    Cut { last: u64, seq: u64, at: Instant, epoch_ended: bool },
    #[error("One of the rows {} to {seq} was changed: they are not those that were signed at {at}.{}", after + 1, restored(*epoch_ended))]
    Rewritten { after: u64, seq: u64, at: Instant, epoch_ended: bool },
}

fn restored(epoch_ended: bool) -> &'static str {
    match epoch_ended {
        true => " The database was put back from a copy after that.",
        false => "",
    }
}

impl Fault {
    /// The row that it names.
    pub fn row(&self) -> Option<u64> {
        match self {
            Fault::Unreadable { seq }
            | Fault::Bytes { seq }
            | Fault::Place { seq }
            | Fault::Signature { seq }
            | Fault::Stranger { seq }
            | Fault::DeviceChain { seq }
            | Fault::Chain { seq }
            | Fault::HeadChain { seq } => Some(*seq),
            Fault::Missing { expected, .. } | Fault::Moved { expected, .. } => Some(*expected),
            Fault::Short { last, .. } | Fault::Cut { last, .. } => Some(last + 1),
            Fault::Rewritten { after, .. } => Some(after + 1),
            Fault::NoHead
            | Fault::Newer
            | Fault::CheckpointSignature { .. }
            | Fault::CheckpointKey { .. }
            | Fault::CheckpointOther { .. } => None,
        }
    }
}
