//! Admin, history: every revision of the settings; compare any two, restore any one.
use crate::{
    api::{
        history::{Asked, Compared, HistoryPage, NEWEST, Restore, RevisionView, Undo, load_history},
        settings::ReviewView,
    },
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    page::page_context::page_context,
    settings::save::consequences::{Consequences, Differences, LockMeOut, SelfImpact},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use policy::Settings;
use serde::Deserialize;

/// Why a revision was not restored or undone, as the form came back.
#[derive(Deserialize)]
struct NotDone {
    error: String,
}

lazy_page! {
    /// The page `/admin/history`.
    History in admin: page
}

fn asked() -> Memo<Asked> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            // What is no number is asked for all the same, and told of as no revision.
            let number = |name| Some(query.get(name)?.parse::<i64>().unwrap_or(-1));
            Asked {
                before: number("before").filter(|before| *before > 0),
                setting: query.get("setting"),
                compare: number("from").zip(number("to")),
                restore: number("restore"),
                undo: query.get("undo").map(|text| text.parse().unwrap_or(NEWEST)),
            }
        })
    })
}

fn page() -> impl IntoView {
    let asked = asked();
    let answer = ask(move || asked.get(), load_history);
    view! {
        <MemberLayout about="Every revision of the security settings. Compare any two; restore any one.">
            <Loaded answer show={move |found: HistoryPage| view! { <Revisions found asked=asked.get_untracked() /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Revisions(found: HistoryPage, asked: Asked) -> impl IntoView {
    let HistoryPage { now, revisions, older, compared, restore, undo, missing } = found;
    let about = asked.setting.as_deref().and_then(Settings::find).map(|setting| {
        view! {
            <p>
                "Only what changed " <strong>{setting.label}</strong> ". " <a href="/admin/history">"Show every revision"</a>
            </p>
        }
    });
    let empty = revisions.is_empty();
    let list = revisions.into_iter().map(|revision| view! { <Item revision now /> }).collect_view();
    view! {
        {missing.map(|words| view! { <p class="note" role="alert">{words}</p> })}
        {restore.map(|restore| view! { <RestorePanel restore now /> })}
        {undo.map(|undo| view! { <UndoPanel undo now /> })}
        {compared.map(|compared| view! { <ComparedPanel compared /> })}
        {about}
        <CompareForm now />
        {empty.then(|| view! { <p class="card empty">"Nothing was saved yet: the defaults hold."</p> })}
        <ol class="log card" hidden=empty>{list}</ol>
        <nav class="acts" aria-label="Pages of the history">
            {asked.before.map(|_| view! { <a class="button small" href="/admin/history">"Newest"</a> })}
            {older.map(|before| view! { <a class="button small" href=format!("/admin/history?before={before}")>"Older"</a> })}
        </nav>
    }
}

#[component]
fn CompareForm(now: i64) -> impl IntoView {
    let (from, to) = ((now - 1).max(0).to_string(), now.to_string());
    let last = now.to_string();
    view! {
        <form method="get" action="/admin/history" class="inline filter">
            <label for="from">"Compare revision"</label>
            <input id="from" name="from" class="short" type="number" min="0" max=last.clone() value=from required />
            <label for="to">"with"</label>
            <input id="to" name="to" class="short" type="number" min="0" max=last value=to required />
            <button class="button small">"Compare"</button>
        </form>
    }
}

#[component]
fn ComparedPanel(compared: Compared) -> impl IntoView {
    let Compared { from, to, changes } = compared;
    let same = changes.is_empty();
    view! {
        <section class="card part" aria-labelledby="compared">
            <h2 id="compared">"From revision " {from} " to " {to}</h2>
            {same.then(|| view! { <p class="soft">"Nothing differs."</p> })}
            <Differences changes />
        </section>
    }
}

#[component]
fn RestorePanel(restore: Restore, now: i64) -> impl IntoView {
    let Restore { revision, review } = restore;
    let name = if revision == 0 { "the defaults".to_owned() } else { format!("revision {revision}") };
    view! {
        <form method="post" action="/admin/history/restore" class="card part review">
            <PageId />
            <input type="hidden" name="revision" value=revision />
            <input type="hidden" name="base" value=now />
            <h2>"Restore " {name}</h2>
            <Outlook review act="Restore" />
        </form>
    }
}

#[component]
fn UndoPanel(undo: Undo, now: i64) -> impl IntoView {
    let Undo { revision, review, stays } = undo;
    let since = now - revision;
    view! {
        <form method="post" action="/admin/history/restore" class="card part review">
            <PageId />
            <input type="hidden" name="undo" value=revision />
            <input type="hidden" name="base" value=now />
            <h2>"Undo revision " {revision}</h2>
            {(since > 0)
                .then(|| {
                    view! {
                        <p class="note">
                            "It is not the newest: " {if since == 1 { "another one was".to_owned() } else { format!("{since} others were") }}
                            " saved since. Only what revision " {revision} " changed goes back; what the others changed stays."
                        </p>
                    }
                })}
            {(!stays.is_empty())
                .then(|| view! { <p class="note">"Changed again since, so it stays as it is: " {stays.join(", ")} "."</p> })}
            <Outlook review act="Undo" />
        </form>
    }
}

/// What an earlier state would change, and the buttons that bring it back.
#[component]
fn Outlook(
    review: ReviewView,
    /// The word on the button.
    act: &'static str,
) -> impl IntoView {
    let nothing = review.changes.is_empty();
    let error = page_context().form::<NotDone>("Restore").map(|came_back| came_back.error);
    view! {
        {nothing.then(|| view! { <p class="soft">"Nothing differs from what is saved."</p> })}
        <Differences changes=review.changes.clone() />
        {(!nothing).then(|| view! { <Consequences review=review.clone() /> })}
        {(!review.yourself.is_empty())
            .then(|| {
                view! {
                    <div class="note">
                        <SelfImpact review=review.clone() />
                        {review.blocked.clone().map(|words| view! { <p class="error">{words}</p> })}
                        {review.locks_you_out.then(|| view! { <LockMeOut typed=RwSignal::new(String::new()) refused=move || error.clone() /> })}
                    </div>
                }
            })}
        {(!nothing && review.blocked.is_none())
            .then(|| {
                view! {
                    <div class="acts">
                        <button class="button main" name="step" value="save">{act}</button>
                        {review
                            .risky
                            .then(|| view! { <button class="button" name="step" value="wait">{act} " with confirmation"</button> })}
                        <a class="button" href="/admin/history">"Cancel"</a>
                    </div>
                }
            })}
    }
}

/// How a revision came about, in words; `None` for a plain save.
fn origin(origin: &str) -> Option<String> {
    match origin.split_once(' ') {
        Some(("restore", revision)) => Some(format!("restored {revision}")),
        Some(("revert", revision)) => Some(format!("put back {revision}")),
        Some(("undo", revision)) => Some(format!("undid {revision}")),
        _ => (origin != "form").then(|| origin.to_owned()),
    }
}

#[component]
fn Item(revision: RevisionView, now: i64) -> impl IntoView {
    let RevisionView { number, by, address, at, origin: from, changes } = revision;
    let named = changes.iter().take(2).map(|change| change.label.clone()).collect::<Vec<_>>().join(", ");
    let more = changes.len().saturating_sub(2);
    let what = if more > 0 { format!("{named} and {more} more") } else { named };
    let current = number == now;
    view! {
        <li>
            <details>
                <summary>
                    <span class="what">{number} ". " {what}</span>
                    " "
                    <span class="soft">{by} " · " <Time at /></span>
                    " "
                    {origin(&from).map(|words| view! { <span class="tag">{words}</span> })}
                    {current.then(|| view! { <span class="tag good">"now"</span> })}
                </summary>
                <div class="inside">
                    <Differences changes />
                    {address.map(|address| view! { <p class="soft">"From " {address}</p> })}
                    <p class="acts">
                        {(!current)
                            .then(|| {
                                view! {
                                    <a class="button small" href=format!("/admin/history?restore={number}")>
                                        "Restore this revision"
                                    </a>
                                    <a class="button small" href=format!("/admin/history?from={number}&to={now}")>"Compare with now"</a>
                                }
                            })}
                    </p>
                </div>
            </details>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_revision_says_how_it_came_about() {
        assert_eq!(origin("form"), None);
        assert_eq!(origin("restore 3").as_deref(), Some("restored 3"));
        assert_eq!(origin("revert 4").as_deref(), Some("put back 4"));
        assert_eq!(origin("undo 5").as_deref(), Some("undid 5"));
        assert_eq!(origin("console").as_deref(), Some("console"));
    }
}
