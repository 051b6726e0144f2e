//! How a server function is declared: its area once, from which both the gate of its route and the question that its
//! body asks derive; and, where it is open to anybody, the budget that bounds what strangers cause by it. A page that is rendered on the server calls it without passing the router.

/// Declares a server function: its endpoint, its area, and under which name its body finds whoever calls: a
/// [`domain::Caller`], or the sign-in between its two steps. An area in which nobody has to prove anything has none.
macro_rules! server_function {
    (
        $(#[$($about:tt)*])*
        $endpoint:literal in $area:ident $(as $caller:ident)? $(within $budget:ident)? $(without $activity:ident)? $(reads $input:ty)?;
        pub async fn $name:ident($($(#[$($note:tt)*])* $argument:ident: $type:ty),* $(,)?) -> $answer:ty $body:block
    ) => {
        $(#[$($about)*])*
        #[leptos::prelude::server(endpoint = $endpoint, prefix = "/api/app", $(input = $input,)? output = $crate::wire::JsonAnswer, client = $crate::api::client::AppClient)]
        pub async fn $name($($(#[$($note)*])* $argument: $type),*) -> $answer {
            $crate::api::declare::server_function!(@ask $area $($caller)?);
            $body
        }

        #[cfg(feature = "ssr")]
        leptos::server_fn::inventory::submit! {
            $crate::api::declare::Declared {
                path: concat!("/api/app/", $endpoint),
                area: policy::Area::$area,
                budget: $crate::api::declare::server_function!(@budget $($budget)?),
                activity: $crate::api::declare::server_function!(@activity $($activity)?),
            }
        }
    };
    (@budget) => { None };
    (@budget $budget:ident) => { Some(policy::RouteBudget::$budget) };
    (@activity) => { true };
    (@activity activity) => { false };
    (@ask Public) => {};
    (@ask SecondStep $pending:ident) => {
        let $pending = $crate::api::serve::pending_sign_in()?;
    };
    (@ask $area:ident $caller:ident) => {
        let $caller = $crate::api::serve::caller(policy::Area::$area)?;
    };
    (@ask $area:ident) => {
        $crate::api::serve::caller(policy::Area::$area)?;
    };
}

pub(crate) use server_function;

#[cfg(feature = "ssr")]
pub use declared::{Declared, declared_at};

#[cfg(feature = "ssr")]
mod declared {
    use leptos::server_fn::inventory;
    use policy::{Area, RouteBudget};

    /// A server function that was declared.
    #[derive(Debug)]
    pub struct Declared {
        /// Its path.
        pub path: &'static str,
        /// Its area.
        pub area: Area,
        /// What bounds the work that strangers cause by it; `None` where it is not open to them.
        pub budget: Option<RouteBudget>,
        /// Whether a person causes the call; a page asks for the others by itself, which keeps no session alive.
        pub activity: bool,
    }

    inventory::collect!(Declared);

    /// Returns the server function at a path, or `None` for a path that is none.
    pub fn declared_at(path: &str) -> Option<&'static Declared> {
        inventory::iter::<Declared>().find(|declared| declared.path == path)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos::server_fn::{axum::server_fn_paths, inventory};
    use policy::Area;
    use std::collections::BTreeSet;

    /// Fails when a server function is declared past the macro: no gate would know of it.
    #[test]
    fn every_server_function_has_an_area() {
        let paths: BTreeSet<_> = server_fn_paths().map(|(path, _)| path).collect();
        let declared: BTreeSet<_> = inventory::iter::<Declared>().map(|declared| declared.path).collect();
        assert!(!paths.is_empty());
        assert_eq!(paths, declared);
    }

    #[test]
    fn a_path_that_is_no_server_function_has_no_area() {
        let area_of = |path| declared_at(path).map(|declared| declared.area);
        assert_eq!(area_of("/api/app/settings/load"), Some(Area::Admin));
        assert_eq!(area_of("/admin/settings"), None);
        assert_eq!(area_of("/api/app/settings/load/"), None);
    }
}
