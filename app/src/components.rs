//! The parts that pages are made of.

pub mod account_name;
pub mod avatar;
pub mod browser;
pub mod captcha;
pub mod chart;
pub mod choice;
pub mod copy;
pub mod decision;
pub mod failure;
pub mod field;
pub mod first_steps;
pub mod html;
pub mod idle;
#[cfg(not(feature = "ssr"))]
pub mod input;
pub mod loaded;
pub mod markup;
pub mod new_password;
pub mod page_id;
pub mod passkey;
pub mod password;
pub mod refusal;
pub mod text_area;
pub mod time;
#[cfg(feature = "hydrate")]
pub mod wait;
