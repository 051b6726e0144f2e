//! Admin, settings: the Security tab.
#[cfg(feature = "ssr")]
use crate::components::frame::Frame;
use crate::{
    alone,
    api::settings::{SettingsView, load_settings},
    components::{
        arrival::arrival,
        browser,
        loaded::{Loaded, ask},
    },
    settings::{Draft, Search, SearchBox, SecurityForm},
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/admin/settings` inside the application: it wakes alone, so whoever comes to it there loads it.
    Away in admin: away
}

fn away() -> impl IntoView {
    Effect::new(|_| browser::load(alone::PATH));
}

/// The page: whole on the server, and in the browser what wakes of it.
pub fn page() -> impl IntoView {
    let search = Search::new();
    let arrival = StoredValue::new(arrival());
    let answer = ask(|| (), |()| load_settings());
    let show = move |found: SettingsView| {
        let arrival = arrival.get_value();
        let draft = Draft::new(&found, arrival.form("Settings").as_ref(), search);
        let who = arrival.viewer.map(|viewer| viewer.email).unwrap_or_default();
        view! { <SecurityForm draft who /> }.into_any()
    };
    let aside = view! { <SearchBox search /> }.into_any();
    #[cfg(feature = "ssr")]
    let whole = view! {
        <Frame
            about="What you save here holds for everyone; each row says from when."
            aside
        >
            <Loaded answer show />
        </Frame>
    };
    #[cfg(not(feature = "ssr"))]
    let whole =
        view! { <crate::components::frame::Woken aside><Loaded answer show /></crate::components::frame::Woken> };
    whole
}
