//! There is no page at this address.
use crate::layout::auth_layout::AuthLayout;
use leptos::prelude::*;

/// Says that there is nothing here.
#[component]
pub fn Missing() -> impl IntoView {
    view! {
        <AuthLayout title="Nothing here">
            <p>"There is no page at this address. It may have been moved, or the link was not copied whole."</p>
            <p><a class="button main" href="/">"Go to the start page"</a></p>
        </AuthLayout>
    }
}
