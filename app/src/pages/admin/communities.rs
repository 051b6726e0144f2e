//! Admin, settings by community: what each inherits, and what it holds otherwise. Plain forms.
use crate::{
    api::communities::{CommunityView, OverrideView, load_communities},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
};
use leptos::prelude::*;
use serde::Deserialize;

lazy_page! {
    /// The page `/admin/settings/communities`.
    Communities in admin: page
}

/// A form of the page as it came back.
#[derive(Clone, Deserialize)]
struct Back {
    id: String,
    field: String,
    typed: String,
    error: String,
}

/// What was typed into a field, if its form came back, and what is wrong with it, if anything is.
fn came_back(id: &str, field: &str) -> (Option<String>, Option<String>) {
    let back = page_context().form::<Back>("Community").filter(|back| back.id == id && back.field == field);
    let (typed, error) = back.map(|back| (back.typed, back.error)).unzip();
    (typed, error.filter(|words| !words.is_empty()))
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_communities());
    view! {
        <MemberLayout
            about="A community inherits every setting of the workspace until it overrides one. For a member of several communities the strictest holds."
        >
            <Loaded answer show={|found: Vec<CommunityView>| view! { <List found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn List(found: Vec<CommunityView>) -> impl IntoView {
    let empty = found.is_empty();
    let cards = found.into_iter().map(|community| view! { <CommunityCard community /> }).collect_view();
    view! {
        {empty.then(|| view! { <p class="card empty">"There is no community yet: everybody is under the workspace's settings."</p> })}
        {cards}
        <section class="card part" aria-labelledby="add">
            <h2 id="add">"Add a community"</h2>
            <OneField id=String::new() action="/admin/settings/communities".to_owned() name="name" label="Name" button="Add the community" />
        </section>
    }
}

/// A form of one field.
#[component]
fn OneField(
    /// The community; empty for the form that adds one.
    id: String,
    action: String,
    name: &'static str,
    label: &'static str,
    button: &'static str,
) -> impl IntoView {
    let (typed, error) = came_back(&id, name);
    let field = format!("{name}-{id}");
    let problem = format!("{field}-error");
    view! {
        <form method="post" action=action class="inline" novalidate>
            <PageId />
            <label for=field.clone()>{label}</label>
            <input
                id=field
                name=name
                value=typed
                autocomplete="off"
                aria-describedby=error.is_some().then(|| problem.clone())
                aria-invalid=error.is_some().then_some("true")
            />
            <button class="button small">{button}</button>
            {error.map(|words| view! { <p class="error" id=problem>{words}</p> })}
        </form>
    }
}

#[component]
fn CommunityCard(community: CommunityView) -> impl IntoView {
    let CommunityView { id, name, members, settings } = community;
    let heading = format!("community-{id}");
    let labelled = heading.clone();
    let rows = settings.into_iter().map(|setting| view! { <Row id=id.clone() setting /> }).collect_view();
    view! {
        <section class="card part community" aria-labelledby=labelled>
            <h2 id=heading>{name} " " <span class="soft">{members} {if members == 1 { " member" } else { " members" }}</span></h2>
            <ul class="rows">{rows}</ul>
            <OneField
                id=id.clone()
                action=format!("/admin/settings/communities/{id}/members")
                name="email"
                label="Add a member by address"
                button="Add the member"
            />
        </section>
    }
}

#[component]
fn Row(id: String, setting: OverrideView) -> impl IntoView {
    let OverrideView { key, label, inherited, value, words, unit } = setting;
    let (typed, error) = came_back(&id, &key);
    let overridden = value.is_some();
    let field = format!("{key}-{id}");
    let (problem, named) = (format!("{field}-error"), format!("{field}-label"));
    let action = format!("/admin/settings/communities/{id}/{key}");
    let state = if overridden {
        view! { <span class="tag good">"Overridden"</span> }
    } else {
        view! { <span class="tag">"Inherited"</span> }
    };
    view! {
        <li>
            <p>
                <strong><label for=field.clone() id=named.clone()>{label}</label></strong> " " {state} <br />
                <span class="soft">{words} {overridden.then(|| format!("; the workspace has {inherited}"))}</span>
            </p>
            <div class="acts">
                <form method="post" action=action.clone() class="inline" novalidate>
                    <PageId />
                    <input
                        id=field
                        name="value"
                        class="short"
                        value=typed.or(value)
                        autocomplete="off"
                        aria-describedby=error.is_some().then(|| problem.clone())
                        aria-invalid=error.is_some().then_some("true")
                    />
                    <span class="soft">{unit}</span>
                    <button class="button small" aria-describedby=named.clone()>"Override"</button>
                    {error.map(|words| view! { <p class="error" id=problem>{words}</p> })}
                </form>
                {overridden
                    .then(|| {
                        view! {
                            <form method="post" action=format!("{action}/reset")>
                                <PageId />
                                <button class="button small" aria-describedby=named>"Reset"</button>
                            </form>
                        }
                    })}
            </div>
        </li>
    }
}
