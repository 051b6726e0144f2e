//! The parts that pages are made of.
pub mod arrival;
pub mod browser;
pub mod card;
pub mod copy;
pub mod failure;
pub mod field;
pub mod footer;
pub mod frame;
pub mod header;
pub mod heading;
pub mod icon;
pub mod notices;
pub mod passkey;
pub mod password;
pub mod refused;
pub mod time;
pub mod title;
