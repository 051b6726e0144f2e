//! What runs beneath the pages: the program, its database, its keys, its mail.
pub mod clocks;
pub mod demo;
pub mod doctor;
pub mod keys;
pub mod mail;
pub mod mail_server;
pub mod outage;
pub mod outbound;
pub mod program;
pub mod program_files;
pub mod relying_party;
pub mod serving;
pub mod unreadable_settings;
pub mod upgrade;
pub mod wire;
