//! Codes by e-mail: for whoever has nothing better at hand.
use super::Next;
use crate::components::page_id::PageId;
use leptos::prelude::*;

/// Shows whether codes come by e-mail, and turns them on or off.
#[component]
pub fn EmailCodes(
    /// Whether the member has chosen them.
    on: bool,
    /// Why they can't be chosen, if they can't.
    off: Option<String>,
    /// Whether they would pass the member's second step as things are.
    serves: bool,
) -> impl IntoView {
    let act = if on {
        view! {
            {(off.is_none() && !serves)
                .then(|| {
                    view! {
                        <p class="note">
                            "You have one of the factors above: a code by e-mail does not take its place, since whoever reads your mail would have it."
                        </p>
                    }
                })}
            {off.map(|words| view! { <p class="soft">{words}</p> })}
            <form method="post" action="/profile/two-factor/email/off">
                <PageId />
                <Next />
                <button class="button small">"Turn codes by e-mail off"</button>
            </form>
        }
        .into_any()
    } else {
        match off {
            Some(words) => view! { <p class="soft">{words}</p> }.into_any(),
            None => view! {
                <form method="post" action="/profile/two-factor/email/on">
                    <PageId />
                    <Next />
                    <button class="button small">"Turn codes by e-mail on"</button>
                </form>
            }
            .into_any(),
        }
    };
    view! {
        <section class="card part" aria-labelledby="email-codes">
            <h2 id="email-codes">"Codes by e-mail " {on.then(|| view! { <span class="tag good">"On"</span> })}</h2>
            <p class="soft">
                "After your password we send you a code. Better than a password alone, and weaker than the two above: whoever reads your mail has it, and it does not count where two-factor authentication is required."
            </p>
            {act}
        </section>
    }
}
