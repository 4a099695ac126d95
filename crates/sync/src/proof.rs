//! What stands behind a request that carries no session: the key of a device, and when. Without it an id that others
//! can read would be as good as the device.

use domain::{ids::DeviceId, time::Instant};

/// The header that carries it.
pub const PROOF_HEADER: &str = "x-noticed-asks";

/// A device stands behind one request, for a short while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The device that signs: the one that asks, or another one of the same provider.
    pub by: DeviceId,
    /// By the clock of the service, as far as the device knows it.
    pub at: Instant,
    /// ECDSA P-256 with SHA-256 over the hash of `text`; r and s in base64url.
    pub sig: String,
}

/// What is signed. `of`: the device that the request is about; `path` without a query.
pub fn text(by: &str, at: Instant, of: &str, method: &str, path: &str) -> String {
    let at = at.timestamp_millis();
    format!("nm.ask.v1\n{by}\n{at}\n{of}\n{method} {path}")
}

impl Proof {
    /// As the header says it.
    pub fn header(&self) -> String {
        let Proof { by, at, sig } = self;
        format!("{by} {} {sig}", at.timestamp_millis())
    }

    /// `None` for anything else.
    pub fn read(header: &str) -> Option<Proof> {
        let mut parts = header.split(' ');
        let (by, at, sig) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
        let at = Instant::from_timestamp_millis(at)?;
        parts.next().is_none().then(|| Proof { by: by.into(), at, sig: sig.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_reads_back_and_nothing_else_does() {
        let at = Instant::from_timestamp_millis(1_800_000_000_123).expect("an instant");
        let proof = Proof { by: "phone-1".into(), at, sig: "abc".into() };
        assert_eq!(proof.header(), "phone-1 1800000000123 abc");
        assert_eq!(Proof::read(&proof.header()), Some(proof));
        for other in
            ["", "phone-1", "phone-1 soon abc", "phone-1 1 abc more", "phone-1 99999999999999999999 a"]
        {
            assert_eq!(Proof::read(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_signed_names_who_when_for_whom_and_what() {
        let at = Instant::from_timestamp_millis(1).expect("an instant");
        let one = text("a", at, "b", "GET", "/v1/directory");
        assert_eq!(one, "nm.ask.v1\na\n1\nb\nGET /v1/directory");
    }
}
