//! Stops the mails about ideas, for whoever comes from one of them. Opening the page changes nothing.
use crate::{components::page_id::PageId, layout::auth_layout::AuthLayout, page::page_context::page_context};
use leptos::prelude::*;
use serde::Deserialize;

/// What the token is good for.
#[derive(Deserialize)]
struct Stops {
    token: String,
    stopped: bool,
}

lazy_page! {
    /// The page `/unsubscribe/{token}`.
    Unsubscribe in gate: page
}

fn page() -> impl IntoView {
    let Some(Stops { token, stopped }) = page_context().form("Unsubscribe") else {
        return view! {
            <AuthLayout title="This link no longer works">
                <p>"Sign in, and choose under My profile how you are told of ideas."</p>
                <p><a class="button main wide-button" href="/profile">"Go to My profile"</a></p>
            </AuthLayout>
        }
        .into_any();
    };
    if stopped {
        return view! {
            <AuthLayout title="No more mails about ideas">
                <p role="status">"You get no more mails about what happens on ideas."</p>
                <p>"You can have them again under " <a href="/profile">"My profile"</a> "."</p>
            </AuthLayout>
        }
        .into_any();
    }
    view! {
        <AuthLayout>
            <p>"This stops all mails about what happens on the ideas that you follow. Under My profile you can have them once a day instead."</p>
            <form method="post" action=format!("/unsubscribe/{token}")>
                <PageId />
                <button class="button main wide-button">"Stop these mails"</button>
            </form>
        </AuthLayout>
    }
    .into_any()
}
