//! How one is told what happens on the ideas that one follows. A plain form.
use crate::{
    api::ideas::load_idea_mails,
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
    },
};
use leptos::prelude::*;
use policy::decide::idea_mail::IdeaMails;

/// Shows the choice, and the form that changes it.
#[component]
pub fn IdeaMailsChoice() -> impl IntoView {
    let answer = ask(|| (), |()| load_idea_mails());
    view! { <Loaded answer show={|chosen: IdeaMails| view! { <Choice chosen /> }.into_any()} /> }
}

#[component]
fn Choice(chosen: IdeaMails) -> impl IntoView {
    let options = IdeaMails::ALL
        .iter()
        .map(|choice| {
            view! { <option value=choice.name() selected=*choice == chosen>{choice.label()}</option> }
        })
        .collect_view();
    view! {
        <section class="card part" aria-labelledby="idea-mails">
            <h2 id="idea-mails">"Mails about ideas"</h2>
            <p class="soft">"When something happens on an idea that you follow: yours, and those that you have written a comment on."</p>
            <form method="post" action="/profile/idea-mails" class="stack narrow-form">
                <PageId />
                <div class="field">
                    <label for="idea_mails">"Tell me"</label>
                    <select id="idea_mails" name="idea_mails">{options}</select>
                </div>
                <button class="button">"Save the choice"</button>
            </form>
        </section>
    }
}
