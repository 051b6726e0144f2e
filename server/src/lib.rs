//! The `bailey` program: HTTP edge, jobs, command line and configuration, around the crates below.

#![recursion_limit = "512"]

pub mod cli;
pub mod commands;
pub mod config;
pub mod edge;
pub mod extract;
pub mod failure;
pub mod files;
pub mod front_end;
pub mod gate;
pub mod handlers;
pub mod jobs;
pub mod logging;
pub mod metrics;
pub mod open;
pub mod respond;
pub mod routes;
pub mod serve;
pub mod state;
