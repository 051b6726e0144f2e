//! A page that this person may not see.
use crate::{components::refusal::RefusalNotice, layout::auth_layout::AuthLayout, page::refusal_view::RefusalView};
use leptos::prelude::*;

/// Shows the refusal in the place of the page that was asked for.
#[component]
pub fn RefusalPage(refusal: RefusalView) -> impl IntoView {
    view! {
        <AuthLayout title=refusal.title.clone()>
            <RefusalNotice refusal />
        </AuthLayout>
    }
}
