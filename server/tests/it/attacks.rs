//! What somebody tries who wants in, wants others out, or wants to know more than they may.
pub mod abuse;
pub mod account_enumeration;
pub mod alternative_sign_in;
pub mod cross_site;
pub mod every_route;
pub mod extra_fields;
pub mod forwarding;
pub mod hosts;
pub mod links;
pub mod malformed;
pub mod member_races;
pub mod passkey_ceremonies;
pub mod races;
pub mod rank;
pub mod redirects;
pub mod secret_leaks;
pub mod secrets;
