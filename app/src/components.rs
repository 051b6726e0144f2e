//! The parts that pages are made of.

/// Declares a function that the browser loads when it is first called, in one bundle with all others that are
/// declared so: each bundle more takes what is shared apart once more, and what is apart is compressed worse.
macro_rules! late {
    ($(#[doc = $about:literal])+ fn $name:ident($($argument:ident: $type:ty),+ $(,)?) -> $answer:ty $body:block) => {
        $(#[doc = $about])+
        #[leptos::lazy(late)]
        fn $name($($argument: $type),+) -> $answer $body
    };
}

/// An attribute that the server writes once and for all: the browser leaves it as it is, and does not load what
/// makes it. Only for pages that the browser never makes anew.
#[cfg(feature = "ssr")]
macro_rules! sent {
    ($made:expr) => {
        $made
    };
}

#[cfg(not(feature = "ssr"))]
macro_rules! sent {
    ($made:expr) => {
        ()
    };
}

/// The same for all that stands in an element: its `inner_html`.
#[cfg(feature = "ssr")]
macro_rules! sent_html {
    ($made:expr) => {
        leptos::prelude::RenderHtml::to_html($made)
    };
}

#[cfg(not(feature = "ssr"))]
macro_rules! sent_html {
    ($made:expr) => {
        None::<String>
    };
}

/// The text of a text area, as its `inner_html`: what stands between its tags would be written as it is, and a
/// text could end it.
#[cfg(feature = "ssr")]
macro_rules! sent_text {
    ($text:expr) => {
        Some($text).filter(|text| !text.is_empty()).map(leptos::prelude::RenderHtml::to_html)
    };
}

#[cfg(not(feature = "ssr"))]
macro_rules! sent_text {
    ($text:expr) => {{
        let _ = || $text;
        None::<String>
    }};
}

pub(crate) use {late, sent, sent_html, sent_text};

pub mod arrival;
pub mod browser;
pub mod captcha;
pub mod card;
pub mod copy;
pub mod current_page;
pub mod failure;
pub mod field;
pub mod footer;
pub mod frame;
pub mod header;
pub mod heading;
pub mod icon;
pub mod idle;
pub mod loaded;
pub mod new_password;
pub mod notices;
pub mod passkey;
pub mod password;
pub mod refused;
pub mod tabs;
pub mod time;
pub mod title;
pub mod wake;
