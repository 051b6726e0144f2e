//! There is no page at this address.
use crate::components::card::Card;
use leptos::prelude::*;

/// Says that there is nothing here.
#[component]
pub fn Missing() -> impl IntoView {
    view! {
        <Card title="Nothing here">
            <p>"There is no page at this address. It may have been moved, or the link was not copied whole."</p>
            <p><a class="button main" href="/">"Go to the start page"</a></p>
        </Card>
    }
}
