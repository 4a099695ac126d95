//! How people and devices come in: set-up, invites, enrolment, sign-in, sessions, removal.

pub mod devices;
mod easy;
pub mod enrol;
pub mod invites;
pub mod limits;
pub mod new_password;
mod once;
pub mod own_sessions;
pub mod passes;
pub mod passkey;
pub mod password;
pub mod password_again;
pub mod proof;
pub mod secrets;
pub mod session;
pub mod set_up;
pub mod share;
pub mod sign_in;
pub mod welcome;
pub mod who;
