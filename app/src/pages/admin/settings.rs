//! Admin, settings: the Security tab.
use crate::{
    api::settings::{SettingsView, load_settings},
    components::loaded::{Loaded, ask},
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
    settings::{Draft, SearchBox, SecurityForm, draft::Filter},
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/admin/settings`.
    SecurityTab in security: page
}

fn page() -> impl IntoView {
    let filter = Filter::new();
    let context = StoredValue::new(page_context());
    let answer = ask(|| (), |()| load_settings());
    let show = move |found: SettingsView| {
        let context = context.get_value();
        let email = context.viewer.as_ref().map(|viewer| viewer.email.clone()).unwrap_or_default();
        let draft = Draft::new(found, context.form("Settings"), filter, email);
        view! { <SecurityForm draft /> }.into_any()
    };
    let aside = view! { <SearchBox filter /> }.into_any();
    view! {
        <MemberLayout
            about="What you save here holds for everyone; each row says from when."
            aside
        >
            <Loaded answer show />
        </MemberLayout>
    }
}
