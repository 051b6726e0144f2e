//! The `bailey` program: HTTP edge, jobs, command line and configuration, around the crates below.

#![recursion_limit = "512"]

pub mod cli;
pub mod commands;
pub mod config;
pub mod edge;
pub mod front_end;
pub mod gate;
pub mod handlers;
pub mod logging;
pub mod metrics;
pub mod problem;
pub mod render;
pub mod routes;
pub mod serve;
pub mod state;
