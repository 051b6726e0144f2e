//! What the rooms stand on: the time, chance, tokens, the keys, and what can go wrong.
pub mod clock;
pub mod error;
pub(crate) mod random;
pub mod token;
pub(crate) mod unit_of_work;
pub mod vault;
