//! Admin, audit log: who did what, and when.
use crate::{
    api::audit::{AuditEntryView, AuditPage, load_audit},
    components::{
        browser,
        loaded::{Loaded, ask},
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

lazy_page! {
    /// The page `/admin/audit`.
    Audit in admin: page
}

/// The channel, the entry and the member that the address asks for.
type Asked = (Option<String>, Option<i64>, Option<String>);

fn asked() -> Memo<Asked> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| {
            let channel = query.get("channel").filter(|channel| !channel.is_empty());
            let about = query.get("about").filter(|about| !about.is_empty());
            (channel, query.get("before").and_then(|before| before.parse().ok()), about)
        })
    })
}

fn page() -> impl IntoView {
    let asked = asked();
    let answer = ask(move || asked.get(), |(channel, before, about)| load_audit(channel, before, about));
    view! {
        <MemberLayout about="Newest first. Each entry is chained to the one before, so that none can be changed or left out unseen.">
            <Loaded answer show={move |found: AuditPage| view! { <Log found asked=asked.get_untracked() /> }.into_any()} />
        </MemberLayout>
    }
}

fn address(channel: Option<&str>, before: Option<i64>, about: Option<&str>) -> String {
    let mut parts = Vec::new();
    parts.extend(about.map(|about| format!("about={}", browser::encoded(about))));
    parts.extend(channel.map(|channel| format!("channel={channel}")));
    parts.extend(before.map(|before| format!("before={before}")));
    if parts.is_empty() { "/admin/audit".to_owned() } else { format!("/admin/audit?{}", parts.join("&")) }
}

#[component]
fn Log(found: AuditPage, asked: Asked) -> impl IntoView {
    let (channel, before, about) = asked;
    let known = channel.filter(|channel| found.channels.contains(channel));
    let older = found.older.map(|older| address(known.as_deref(), Some(older), about.as_deref()));
    let newest = before.map(|_| address(known.as_deref(), None, about.as_deref()));
    let empty = found.entries.is_empty();
    view! {
        {about
            .clone()
            .map(|about| {
                view! { <p class="soft">"Only entries about " {about} ". " <a href="/admin/audit">"All entries"</a></p> }
            })}
        <Filter channels=found.channels chosen=known about />
        {empty.then(|| view! { <p class="card empty">"Nothing has been recorded here yet."</p> })}
        <ol class="log card" hidden=empty>
            {found.entries.into_iter().map(|entry| view! { <Entry entry /> }).collect_view()}
        </ol>
        <nav class="acts" aria-label="Pages of the log">
            {newest.map(|href| view! { <a class="button small" href=href>"Newest"</a> })}
            {older.map(|href| view! { <a class="button small" href=href>"Older"</a> })}
        </nav>
    }
}

#[component]
fn Filter(channels: Vec<String>, chosen: Option<String>, about: Option<String>) -> impl IntoView {
    let navigate = use_navigate();
    let kept = about.clone().map(|about| view! { <input type="hidden" name="about" value=about /> });
    let options = channels
        .into_iter()
        .map(|channel| {
            let selected = chosen.as_ref() == Some(&channel);
            view! { <option value=channel.clone() selected=selected>{channel.clone()}</option> }
        })
        .collect_view();
    view! {
        <form method="get" action="/admin/audit" class="inline filter">
            {kept}
            <label for="channel">"Channel"</label>
            <select
                id="channel"
                name="channel"
                on:change:target=move |event| {
                    let channel = event.target().value();
                    let channel = (!channel.is_empty()).then_some(channel.as_str());
                    navigate(&address(channel, None, about.as_deref()), NavigateOptions::default());
                }
            >
                <option value="">"All channels"</option>
                {options}
            </select>
            <button class="button small until-hydrated">"Show"</button>
        </form>
    }
}

/// One entry, which opens.
#[component]
pub fn Entry(entry: AuditEntryView) -> impl IntoView {
    let changes = entry
        .changes
        .into_iter()
        .map(|change| {
            view! {
                <tr>
                    <th scope="row">{change.label} <br /> <code>{change.key}</code></th>
                    <td data-label="Before"><del>{change.from}</del></td>
                    <td data-label="After">
                        <ins>{change.to}</ins>
                        {change.weakens.then(|| view! { " " <span class="tag risk">"weaker"</span> })}
                    </td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    let facts = [("Subject", entry.subject), ("Address", entry.address), ("Entry", Some(entry.seq.to_string()))]
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .chain(entry.facts)
        .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> })
        .collect_view();
    view! {
        <li>
            <details>
                <summary>
                    <span class="what">{entry.action}</span>
                    " "
                    <span class="soft">{entry.actor} " · " <Time at=entry.at /></span>
                    " "
                    <span class="tag">{entry.channel}</span>
                </summary>
                {(!changes.is_empty())
                    .then(|| {
                        view! {
                            <table class="table">
                                <thead>
                                    <tr>
                                        <th scope="col">"Setting"</th>
                                        <th scope="col">"Before"</th>
                                        <th scope="col">"After"</th>
                                    </tr>
                                </thead>
                                <tbody>{changes}</tbody>
                            </table>
                        }
                    })}
                <dl class="facts">{facts}</dl>
            </details>
        </li>
    }
}
