//! How much is kept apart of one device that may not write any more: all that an honest phone can have gathered, and
//! not more than a disk bears. What does not fit waits on the device, without a receipt.

use super::quarantine::Reason;
use crate::store::{Reading, StoreError};
use sync::Signed;

const MOST_ENTRIES: u64 = 5_000;
const MOST_BYTES: u64 = 50_000_000;

/// What is left for one device.
#[derive(Debug)]
pub struct Room {
    entries: u64,
    bytes: u64,
}

impl Room {
    /// What anybody can send in its name counts elsewhere.
    pub async fn of(reading: &Reading<'_>, device: &str) -> Result<Room, StoreError> {
        let (entries, bytes) = reading.kept_apart_of(device, Reason::UNPROVEN.map(Reason::code)).await?;
        let room =
            Room { entries: MOST_ENTRIES.saturating_sub(entries), bytes: MOST_BYTES.saturating_sub(bytes) };
        if room.entries == 0 || room.bytes == 0 {
            tracing::warn!(device, entries, bytes, "no more is kept apart of this device");
        }
        Ok(room)
    }

    /// Gives a place to one more, if there is one.
    pub fn takes(&mut self, signed: &Signed) -> bool {
        let size = u64::try_from(signed.bytes.len() + signed.sig.len()).unwrap_or(u64::MAX);
        if self.entries == 0 || self.bytes < size {
            return false;
        }
        self.entries -= 1;
        self.bytes -= size;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_and_bytes_both_end() {
        let signed = Signed { bytes: "12345678".into(), sig: "90".into() };
        let mut few = Room { entries: 2, bytes: 1_000 };
        assert!(few.takes(&signed) && few.takes(&signed) && !few.takes(&signed));
        let mut short = Room { entries: 100, bytes: 25 };
        assert!(short.takes(&signed) && short.takes(&signed) && !short.takes(&signed));
    }
}
