//! Plain HTTP handlers: pages, the posts of forms, server functions and the REST API. Each takes the
//! context that the gate left, makes one call, and answers.
pub mod api;
pub mod auth;
pub mod blocklist;
pub mod communities;
pub mod functions;
pub mod health;
pub mod ideas;
pub mod invitation_list;
pub mod invitations;
pub mod join;
pub mod link;
pub mod lockouts;
pub mod mail;
pub mod members;
pub mod pages;
pub mod password;
pub mod policy_api;
pub mod reset;
pub mod second_step;
pub mod sessions;
pub mod set_up;
pub mod settings;
pub mod step_up;
pub mod two_factor;
pub mod workspace;
