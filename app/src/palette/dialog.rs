//! The palette itself: a field, and what is found below it.
use super::entries::{Entry, pages, reference, settings};
use crate::{
    api::members::{FoundMember, MIN_LENGTH, find_members},
    components::{browser, time::Time},
    layout::icon,
    page::page_state::Viewer,
};
use leptos::{mount::mount_to, prelude::*, tachys::dom::body};
use std::time::Duration;
use web_sys::{HtmlElement, KeyboardEvent};

/// The id of the dialog.
pub const ID: &str = "palette";
/// After how long without a key the server is asked.
const PAUSE: Duration = Duration::from_millis(200);

/// Adds the dialog to the document.
pub fn mount(viewer: Viewer) {
    mount_to(body(), move || view! { <Palette viewer /> }).forget();
}

/// What is found, by kind.
type Found = Vec<(&'static str, Vec<Entry>)>;

fn member(found: FoundMember) -> Entry {
    let href = format!("/admin/members?holds={}", browser::encoded(&found.email));
    Entry { title: found.name, about: found.email, at: None, href }
}

/// Everything that is found, in the order in which it is shown.
fn all(viewer: &Viewer, typed: &str, members: Vec<FoundMember>) -> Found {
    let kinds = [
        ("Pages", pages(viewer, typed)),
        ("Settings", settings(viewer, typed)),
        ("Members", members.into_iter().map(member).collect()),
        ("Reference", reference(viewer, typed).into_iter().collect()),
    ];
    kinds.into_iter().filter(|(_, entries)| !entries.is_empty()).collect()
}

fn id(place: usize) -> String {
    format!("{ID}-{place}")
}

#[component]
fn Palette(viewer: Viewer) -> impl IntoView {
    let (typed, chosen) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let members = RwSignal::new(Vec::<FoundMember>::new());
    let asks = viewer.role.reaches_admin();
    let found = Memo::new(move |_| typed.with(|typed| all(&viewer, typed, members.get())));
    let count = Memo::new(move |_| found.with(|found| found.iter().map(|(_, entries)| entries.len()).sum::<usize>()));
    let mut ask = debounce(PAUSE, move |asked: String| {
        leptos::task::spawn_local(async move {
            let answer = find_members(asked.clone()).await.unwrap_or_default();
            // An answer that something else was typed over meanwhile is none any more.
            if typed.with_untracked(|typed| *typed == asked) {
                members.set(answer);
            }
        });
    });
    let mut on_input = move |text: String| {
        chosen.set(0);
        members.set(Vec::new());
        typed.set(text.clone());
        if asks && text.trim().chars().count() >= MIN_LENGTH {
            ask(text);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let last = count.get_untracked().saturating_sub(1);
        let now = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" => {
                if now >= last {
                    0
                } else {
                    now + 1
                }
            }
            "ArrowUp" => now.checked_sub(1).unwrap_or(last),
            "Enter" => {
                event.prevent_default();
                if let Some(option) = browser::by_id::<HtmlElement>(&id(now)) {
                    option.click();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        if let Some(option) = browser::by_id::<HtmlElement>(&id(next)) {
            option.scroll_into_view_with_bool(false);
        }
    };
    let ended = move |_| {
        typed.set(String::new());
        members.set(Vec::new());
        chosen.set(0);
    };
    let words = move || match count.get() {
        0 => "Nothing is called so.".to_owned(),
        1 => "1 result".to_owned(),
        count => format!("{count} results"),
    };
    view! {
        <dialog id=ID class="palette" aria-label="Go to" on:close=ended>
            <div class="palette-field">
                <span inner_html=icon::SEARCH></span>
                <input
                    type="text"
                    role="combobox"
                    aria-label="Go to a page, a setting, a person or a reference"
                    aria-autocomplete="list"
                    aria-controls="palette-list"
                    aria-expanded=move || (count.get() > 0).to_string()
                    aria-activedescendant=move || (count.get() > 0).then(|| id(chosen.get()))
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="200"
                    autofocus
                    prop:value=typed
                    on:input:target=move |event| on_input(event.target().value())
                    on:keydown=on_key
                />
                <button type="button" class="button small" on:click=move |_| browser::close_dialog(ID)>"Close"</button>
            </div>
            <div id="palette-list" class="palette-list" role="listbox" aria-label="Where to">
                {move || shown(found.get(), chosen)}
            </div>
            <p class="soft palette-status" role="status">{words}</p>
        </dialog>
    }
}

fn shown(found: Found, chosen: RwSignal<usize>) -> impl IntoView {
    let mut place = 0;
    let groups = found.into_iter().map(|(kind, entries)| {
        let options = entries.into_iter().map(|entry| {
            place += 1;
            view! { <Choice entry place=place - 1 chosen /> }
        });
        let options = options.collect_view();
        view! {
            <div role="group" aria-label=kind>
                <div class="group" role="presentation" aria-hidden="true">{kind}</div>
                {options}
            </div>
        }
    });
    groups.collect_view()
}

#[component]
fn Choice(entry: Entry, place: usize, chosen: RwSignal<usize>) -> impl IntoView {
    let Entry { title, about, at, href } = entry;
    view! {
        <a
            role="option"
            id=id(place)
            href=href
            tabindex="-1"
            aria-selected=move || (chosen.get() == place).to_string()
            on:mousemove=move |_| {
                if chosen.get_untracked() != place {
                    chosen.set(place);
                }
            }
            on:click=move |_| browser::close_dialog(ID)
        >
            <span>{title}</span>
            <span class="soft">{about} {at.map(|at| view! { <Time at /> })}</span>
        </a>
    }
}
