//! The screens of Bailey and their thin server functions.
//!
//! Built twice: with `ssr` into the server, which renders every page whole so that it works before
//! and without WebAssembly, and with `hydrate` into the browser. It decides nothing by itself: rules
//! live in `policy`, acts in `domain`.
#![expect(clippy::needless_pass_by_value, reason = "a component owns what it is given")]
#![recursion_limit = "512"]

pub mod api;
mod components;
pub mod error;
#[cfg(feature = "hydrate")]
mod hydration;
mod layout;
pub mod navigation;
pub mod page;
mod pages;
mod palette;
pub mod routes;
mod settings;
#[cfg(feature = "ssr")]
mod shell;
pub mod sitemap;
mod wire;

/// Where a page reports that it could not be hydrated.
pub const FAULT_REPORT: &str = "/fault-report";

#[cfg(feature = "hydrate")]
pub use hydration::start as hydrate;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{build, shell, stylesheet};
