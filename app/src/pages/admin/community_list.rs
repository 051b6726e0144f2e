//! Admin, communities: which there are, and the form that adds one. Plain forms.
use crate::{
    api::community::{CommunityLine, load_community_list},
    components::{
        field::{Field, FieldError, described_by, text_area},
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use policy::words;
use serde::Deserialize;
use std::collections::BTreeMap;

lazy_page! {
    /// The page `/admin/communities`.
    CommunityList in admin: page
}

/// The form as it came back.
#[derive(Default, Deserialize)]
pub(super) struct Typed {
    pub id: String,
    pub name: String,
    pub description: String,
    pub errors: BTreeMap<String, String>,
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_community_list());
    view! {
        <MemberLayout about="Members post their ideas in communities. A community may have moderators of its own.">
            <Loaded answer show={|found: Vec<CommunityLine>| view! { <List found /> }.into_any()} />
            <section class="card part" aria-labelledby="add">
                <h2 id="add">"Add a community"</h2>
                {details("", Typed::default(), "Add the community")}
            </section>
            <p class="soft">
                "Which settings a community holds otherwise stands in "
                <a href="/admin/settings/communities">"Settings, Communities"</a> "."
            </p>
        </MemberLayout>
    }
}

#[component]
fn List(found: Vec<CommunityLine>) -> impl IntoView {
    if found.is_empty() {
        return view! { <p class="card empty">"There is no community yet."</p> }.into_any();
    }
    let rows = found
        .into_iter()
        .map(|one| {
            view! {
                <li>
                    <div>
                        <a href=format!("/admin/communities/{}", one.id)><strong>{one.name}</strong></a>
                        " "
                        <span class="soft">{words::count(one.members, "member")}</span>
                        <p class="soft">{one.description}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <section class="card part" aria-label="Communities"><ul class="rows">{rows}</ul></section> }.into_any()
}

/// The form of what a community is called and is for, with what is saved or what came back.
pub(super) fn details(id: &str, saved: Typed, button: &'static str) -> impl IntoView + use<> {
    let came_back = page_context().form::<Typed>("CommunityDetails").filter(|typed| typed.id == id);
    let Typed { name, description, mut errors, .. } = came_back.unwrap_or(saved);
    let wrong = errors.remove("description");
    let bad = wrong.is_some();
    let action = if id.is_empty() { "/admin/communities".to_owned() } else { format!("/admin/communities/{id}") };
    view! {
        <form method="post" action=action class="stack narrow-form" novalidate>
            <PageId />
            <Field name="name" label="Name" value=name error=errors.remove("name") autocomplete="off" />
            <div class="field" class:bad=bad>
                <label for="description">"Description"</label>
                <textarea
                    id="description"
                    name="description"
                    rows="3"
                    aria-describedby=described_by("description", false, bad)
                    aria-invalid=bad.then_some("true")
                    inner_html=text_area(&description)
                ></textarea>
                <FieldError name="description" error=wrong />
            </div>
            <button class="button">{button}</button>
        </form>
    }
}
