//! The whole server, in process, on both engines.

mod api;
mod attacks;
mod engine;
mod journeys;
mod pages;
mod postgres;
mod support;
