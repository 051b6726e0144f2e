//! The tabs of My profile.
use leptos::prelude::*;

/// A tab of My profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Name, address and role.
    Details,
    /// The password.
    Password,
    /// Second factors.
    TwoFactor,
    /// Sessions.
    Sessions,
    /// Policies that apply to the member.
    Policies,
}

const TABS: [(Tab, &str, &str); 5] = [
    (Tab::Details, "/profile", "Details"),
    (Tab::Password, "/profile/password", "Password"),
    (Tab::TwoFactor, "/profile/two-factor", "Two-factor"),
    (Tab::Sessions, "/profile/sessions", "Sessions"),
    (Tab::Policies, "/profile/policies", "Policies"),
];

/// Shows the tabs of My profile.
#[component]
pub fn Tabs(
    /// The one that is shown.
    here: Tab,
) -> impl IntoView {
    let tabs = TABS.into_iter().map(|(tab, href, label)| {
        view! { <a href=href aria-current=(tab == here).then_some("page")>{label}</a> }
    });
    let tabs = tabs.collect_view();
    view! { <nav class="tabs" aria-label="My profile">{tabs}</nav> }
}
