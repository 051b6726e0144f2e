//! The admin panel.
pub mod audit;
pub mod overview;
pub mod settings;
