//! A page per file. Each is loaded when it is needed.

/// Declares a page whose code the browser loads only when it is shown.
macro_rules! lazy_page {
    ($(#[doc = $about:literal])+ $name:ident: $view:path) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub struct $name;

        #[leptos_router::lazy_route]
        impl leptos_router::LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            fn view(this: Self) -> leptos::prelude::AnyView {
                let $name = this;
                leptos::prelude::IntoAny::into_any($view())
            }
        }
    };
}

pub mod admin;
pub mod auth;
pub mod home;
pub mod missing;
pub mod profile;
pub mod refusal;

