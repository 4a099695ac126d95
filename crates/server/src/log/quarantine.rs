//! Why an event is kept without being folded: a stable code, a sentence for whoever wrote it, and one for the manager
//! who looks at it.

use sync::wire::PushOutcome;

macro_rules! reasons {
    ($($variant:ident $code:literal $sentence:literal $for_manager:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason { $($variant,)* }

        impl Reason {
            pub const ALL: &'static [Reason] = &[$(Reason::$variant,)*];

            pub fn code(self) -> &'static str {
                match self { $(Reason::$variant => $code,)* }
            }

            pub fn sentence(self) -> &'static str {
                match self { $(Reason::$variant => $sentence,)* }
            }

            /// Why, and what the manager can do.
            pub fn for_manager(self) -> &'static str {
                match self { $(Reason::$variant => $for_manager,)* }
            }
        }
    };
}

reasons! {
    Malformed "malformed" "It arrived in a form this server cannot read. It is kept. Update the app on that device."
        "It arrived in a form that this server cannot read. Update the app on the device that it came from, and ask who used it."
    NewerVersion "newer_version" "It was written by a newer version of the app than this server knows. It is kept. Update the server."
        "It was written by a newer version of the app than this server knows. Have the server updated, and ask the writer what it says."
    TooLarge "event_too_large" "It is longer than an entry may be. It is kept. Record it again with fewer words."
        "It is longer than an entry may be. Ask the writer, and record it again with fewer words."
    BadSignature "bad_signature" "The server could not make sure which device it comes from. It is kept. Set that device up again."
        "The server could not make sure which device it comes from. Ask the writer if it is theirs, and set that device up again."
    UnknownDevice "unknown_device" "It comes from a device that is not set up here. It is kept. Set that device up with an invite code."
        "It comes from a device that is not set up here. Read it, record it again if it is missing, and set that device up with an invite code."
    DeviceRevoked "device_revoked" "It comes from a device that a manager removed. It is kept, and the Registered Manager can see it."
        "It comes from a device that a manager removed. Read it, and record it again if it is missing."
    WrongDevice "wrong_device" "It was written on another device than the one that sent it. It is kept, and the Registered Manager can see it."
        "It was written on another device than the one that sent it. Ask the writer if it is theirs, and record it again if it is missing."
    WrongEpoch "wrong_epoch" "It belongs to another set-up of this device. It is kept, and the Registered Manager can see it."
        "It belongs to another set-up of the device. Read it, and record it again if it is missing."
    WrongTenant "wrong_tenant" "It belongs to another care provider. It is kept, but not shown with your records."
        "It belongs to another care provider, so its words are not shown. Ask who used the device."
    ActorNotOnDevice "actor_not_on_device" "The person named as its author has never signed in on that device. It is kept, and the Registered Manager can see it."
        "The person named as its author has never signed in on that device. Ask them if it is theirs, and record it again if it is missing."
    Forked "forked" "Two copies of this device wrote different entries at the same place. Both are kept. Set that device up again."
        "Two copies of one device wrote different entries at the same place. Record again what is missing, and set that device up again."
    DeviceLoss "device_loss" "This device lost entries before they were sent. Ask who used it, and record again what is missing."
        "This device lost entries before they were sent. Ask who used it, and record again what is missing."
    Disposed "disposed" "It is about a record whose words were disposed of, so its words are gone too. Its place among the entries of its device is kept."
        "It is about a record whose words were disposed of, so its words are gone too. Nothing can be recorded again."
}

impl Reason {
    /// Reasons for which an event still uses up its place in the chain of its device.
    pub const IN_CHAIN: &'static [Reason] = &[
        Reason::Malformed,
        Reason::NewerVersion,
        Reason::TooLarge,
        Reason::WrongTenant,
        Reason::ActorNotOnDevice,
        Reason::Disposed,
    ];

    /// Anybody can send these: nothing shows that a device of the provider wrote them.
    pub const UNPROVEN: [Reason; 3] = [Reason::BadSignature, Reason::UnknownDevice, Reason::WrongDevice];

    /// Those that can lie here without a proof: also what nobody could read as an entry of a device.
    pub const OF_ANYBODY: [Reason; 6] = [
        Reason::BadSignature,
        Reason::UnknownDevice,
        Reason::WrongDevice,
        Reason::Malformed,
        Reason::NewerVersion,
        Reason::TooLarge,
    ];

    /// Of a device that may not write any more.
    pub const SHUT_OUT: [Reason; 2] = [Reason::DeviceRevoked, Reason::WrongEpoch];

    pub fn of_code(code: &str) -> Option<Reason> {
        Reason::ALL.iter().copied().find(|reason| reason.code() == code)
    }

    pub fn outcome(self) -> PushOutcome {
        PushOutcome::Quarantined {
            reason: self.code().into(),
            sentence: self.sentence().into(),
            judgement: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manager_is_not_told_that_the_manager_can_see_it() {
        for reason in Reason::ALL {
            let sentence = reason.for_manager();
            assert!(
                !sentence.contains("Registered Manager") && !sentence.to_lowercase().contains("your "),
                "{sentence}"
            );
        }
    }
}
