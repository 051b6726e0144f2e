//! The whole server, in process, on both engines: one file per page or journey.

mod communities;
mod every_route;
mod lockouts;
mod network;
mod outage;
mod passkeys;
mod passwords;
mod program;
mod races;
mod review;
mod second_step;
mod secrets;
mod session_api;
mod sessions;
mod set_up;
mod settings;
mod sign_in;
mod support;
