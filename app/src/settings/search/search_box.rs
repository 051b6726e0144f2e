//! The search field and the filter, and how many settings they find.
use crate::settings::draft::{Draft, Filter, filter::Only};
use leptos::{ev, html, prelude::*};
use policy::Settings;
use std::time::Duration;

/// After how long without a key the rows follow what was typed: to hide and show them all takes longer than a key may.
const PAUSE: Duration = Duration::from_millis(150);

const CHOICES: [(Only, &str, &str); 5] = [
    (Only::All, "all", "All"),
    (Only::Unsaved, "unsaved", "Unsaved"),
    (Only::Changed, "changed", "Changed from default"),
    (Only::Risky, "risky", "Risky"),
    (Only::Deprecated, "deprecated", "Deprecated"),
];

/// Whether somebody is writing or choosing something.
fn writes() -> bool {
    document().active_element().is_some_and(|element| {
        let name = element.tag_name();
        (name == "INPUT" && element.get_attribute("type").as_deref() != Some("checkbox"))
            || name == "TEXTAREA"
            || name == "SELECT"
    })
}

/// Shows the search field and the filter.
#[component]
pub fn SearchBox(filter: Filter) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let with_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
            if event.key() == "/" && !with_modifier && !writes() {
                event.prevent_default();
                if let Some(field) = field.get_untracked() {
                    drop(field.focus());
                }
            }
        });
        on_cleanup(move || handle.remove());
    });
    let mut search = debounce(PAUSE, move |()| filter.words.set(filter.typed.get_untracked()));
    let chosen = move || CHOICES.iter().find(|(only, ..)| *only == filter.only.get()).map(|(_, value, _)| *value);
    let options = CHOICES.map(|(_, value, label)| view! { <option value=value>{label}</option> }).collect_view();
    view! {
        <div class="find needs-script" role="search">
            <input
                type="search"
                aria-label="Search settings"
                placeholder=format!("Search {} settings", Settings::all().count())
                autocomplete="off"
                node_ref=field
                prop:value=filter.typed
                on:input:target=move |event| {
                    filter.typed.set(event.target().value());
                    search(());
                }
                on:keydown:target=move |event| {
                    if event.key() == "Escape" && filter.typed.with_untracked(String::is_empty) {
                        drop(event.target().blur());
                    } else if event.key() == "Escape" {
                        filter.typed.set(String::new());
                        filter.words.set(String::new());
                    }
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
            <select
                aria-label="Show"
                prop:value=chosen
                on:change:target=move |event| {
                    let chosen = event.target().value();
                    let only = CHOICES.iter().find(|(_, value, _)| *value == chosen);
                    filter.only.set(only.map_or(Only::All, |(only, ..)| *only));
                }
            >
                {options}
            </select>
        </div>
    }
}

/// Says how many settings a search finds.
#[component]
pub fn Found(draft: Draft) -> impl IntoView {
    let filter = draft.filter;
    let found = Memo::new(move |_| {
        if filter.is_idle() {
            return None;
        }
        Some(match draft.fields().into_iter().filter(|field| filter.finds(*field)).count() {
            0 if filter.only.get() == Only::Unsaved => "Nothing like that is unsaved.".to_owned(),
            0 => "No setting is like that.".to_owned(),
            1 => "1 setting".to_owned(),
            found => format!("{found} settings"),
        })
    });
    let ends = move || {
        let end = move |_| filter.end();
        found
            .with(Option::is_some)
            .then(|| view! { <button type="button" class="link" on:click=end>"Show all settings"</button> })
    };
    view! {
        <p class="soft found" class:idle=move || found.with(Option::is_none)>
            <span role="status">{found}</span> " " {ends}
        </p>
    }
}
