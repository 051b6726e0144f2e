//! A page that this person may not see.
use crate::{
    components::{card::Card, refused::Refused},
    said::Said,
};
use leptos::prelude::*;

/// Shows the refusal in the place of the page that was asked for.
#[component]
pub fn RefusalPage(said: Said) -> impl IntoView {
    view! {
        <Card title=said.title.clone()>
            <Refused said />
        </Card>
    }
}
