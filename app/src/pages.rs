//! A page per file. All but the first that anybody sees are loaded when they are needed, in bundles.

/// Declares a page whose code the browser loads, with its bundle, when it is shown.
macro_rules! lazy_page {
    ($(#[doc = $about:literal])+ $name:ident in $bundle:ident: $page:ident) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub struct $name;

        const _: () = {
            // Every use of this line names the same place, so a name stands for one bundle.
            #[leptos::lazy($bundle)]
            fn $page() -> leptos::prelude::AnyView {
                leptos::prelude::IntoAny::into_any(self::$page())
            }

            impl leptos_router::LazyRoute for $name {
                fn data() -> Self {
                    Self
                }

                async fn view($name: Self) -> leptos::prelude::AnyView {
                    $page().await
                }
            }
        };
    };
}

pub mod admin;
pub mod auth;
pub mod home;
pub mod ideas;
pub mod missing;
pub mod profile;
pub mod refusal;
