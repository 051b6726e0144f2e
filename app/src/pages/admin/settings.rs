//! Admin, settings: the Security tab.
use crate::{
    api::settings::{SettingsView, load_settings},
    components::{
        arrival::arrival,
        frame::Frame,
        header::Place,
        loaded::{Loaded, ask},
    },
    settings::{Draft, Search, SearchBox, SecurityForm},
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/admin/settings`.
    Security in security: page
}

/// The page, inside the application or alone.
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
    view! {
        <Frame
            title="Security"
            about="What you save here holds from everyone's next request."
            here=Place::Settings
            aside=view! { <SearchBox search /> }.into_any()
        >
            <Loaded answer show />
        </Frame>
    }
}
