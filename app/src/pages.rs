//! A page per file. All but the first that anybody sees are loaded when they are needed, in bundles.

/// Declares a page whose code the browser loads, with its bundle, when it is shown.
macro_rules! lazy_page {
    ($(#[doc = $about:literal])+ $name:ident in $bundle:ident: $page:ident) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub struct $name;

        const _: () = {
            #[cfg(not(feature = "ssr"))]
            #[leptos::wasm_split::wasm_split($bundle, wasm_split_path = leptos::wasm_split, fallible)]
            fn $page() -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok(leptos::prelude::IntoAny::into_any(self::$page()))
            }

            #[cfg(feature = "ssr")]
            async fn $page() -> Result<leptos::prelude::AnyView, std::convert::Infallible> {
                // The page names the bundle, so that the browser loads it at once.
                leptos::prefetch_lazy_fn_on_server(stringify!($bundle));
                Ok(leptos::prelude::IntoAny::into_any(self::$page()))
            }

            impl leptos_router::LazyRoute for $name {
                fn data() -> Self {
                    Self
                }

                async fn view($name: Self) -> leptos::prelude::AnyView {
                    match $page().await {
                        Ok(page) => page,
                        Err(_) => $crate::pages::not_loaded(),
                    }
                }
            }
        };
    };
}

pub mod admin;
pub mod assessments;
pub mod auth;
pub mod community;
pub mod conversations;
pub mod home;
pub mod ideas;
pub mod missing;
pub mod profile;
pub mod refusal;

/// Stands for a page whose bundle can't be loaded: the server may be of another build by now.
fn not_loaded() -> leptos::prelude::AnyView {
    use leptos::prelude::*;
    let at = leptos_router::hooks::use_location();
    let path =
        at.pathname.get_untracked() + &at.search.with_untracked(|query| format!("?{query}")) + &at.hash.get_untracked();
    view! { <crate::components::failure::NotLoaded path /> }.into_any()
}
