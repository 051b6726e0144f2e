//! The whole server, in process, on both engines: one file per page or journey.

mod attacks;
mod captcha;
mod claims;
mod communities;
mod email_codes;
mod every_route;
mod lockouts;
mod mail;
mod members;
mod network;
mod outage;
mod passkeys;
mod passwords;
mod program;
mod races;
mod reset;
mod review;
mod second_step;
mod secrets;
mod session_api;
mod sessions;
mod set_up;
mod settings;
mod sign_in;
mod step_up;
mod support;
