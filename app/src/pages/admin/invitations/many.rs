//! The form that invites many: a list that is pasted or read from a file, and what becomes of each line.
use super::RoleChoice;
use crate::{
    components::{
        field::{FieldError, described_by, text_area},
        page_id::PageId,
    },
    page::{page_context::page_context, page_state::ListReport},
};
use leptos::prelude::*;
use policy::words;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back.
#[derive(Default, Deserialize)]
struct Typed {
    people: String,
    role: String,
    although: bool,
    report: Option<ListReport>,
    errors: BTreeMap<String, String>,
}

/// Shows the form, with the report on each line where there is one.
#[component]
pub fn InviteMany() -> impl IntoView {
    let Typed { people, role, although, report, mut errors } =
        page_context().form("InvitationList").unwrap_or_default();
    let error = errors.remove("people");
    let bad = error.is_some();
    let file = view! { <FromFile role=role.clone() error=errors.remove("file") /> };
    view! {
        <section class="card part" aria-labelledby="many">
            <h2 id="many">"Invite many"</h2>
            <form method="post" action="/admin/invitations/list" class="stack" novalidate>
                <PageId />
                <div class="field" class:bad=bad>
                    <label for="people">"Addresses"</label>
                    <p class="help" id="people-help">
                        "With names or without, one a line or separated by commas; or the lines of a CSV file whose first line names its columns: email, name, role. 1 000 people at most. Nobody is invited before you have seen what becomes of each line."
                    </p>
                    <textarea
                        id="people"
                        name="people"
                        rows="6"
                        spellcheck="false"
                        aria-describedby=described_by("people", true, bad)
                        aria-invalid=bad.then_some("true")
                        inner_html=text_area(&people)
                    ></textarea>
                    <FieldError name="people" error />
                </div>
                <RoleChoice
                    name="many_role"
                    label="Role, where the list says none"
                    chosen=role
                    error=errors.remove("many_role")
                />
                {report.map(|report| view! { <Report report although /> })}
                <button class="button" name="step" value="review">"Look at the list"</button>
            </form>
            {file}
        </section>
    }
}

/// The form that reads the list out of a file.
#[component]
fn FromFile(role: String, error: Option<String>) -> impl IntoView {
    let bad = error.is_some();
    view! {
        <form method="post" action="/admin/invitations/file" enctype="multipart/form-data" class="inline" novalidate>
            <PageId />
            <input type="hidden" name="many_role" value=if role.is_empty() { "member".to_owned() } else { role } />
            <label for="file">"Or a CSV file"</label>
            <input
                id="file"
                name="file"
                type="file"
                accept=".csv,.txt,text/csv,text/plain"
                aria-describedby=described_by("file", false, bad)
                aria-invalid=bad.then_some("true")
            />
            <button class="button small">"Read the file"</button>
            <FieldError name="file" error />
        </form>
    }
}

/// What becomes of each line, and the button that invites.
#[component]
fn Report(report: ListReport, although: bool) -> impl IntoView {
    let ListReport { good, bad, lines } = report;
    let count = |n: usize, one: &str| words::count(i64::try_from(n).unwrap_or(i64::MAX), one);
    let summary = match bad {
        0 => format!("{} will be invited.", count(good, "line")),
        bad => format!("{} will be invited, {} can't be used.", count(good, "line"), bad),
    };
    let rows = lines
        .into_iter()
        .map(|line| {
            let class = if line.good { "tag good" } else { "tag bad" };
            view! {
                <tr>
                    <td data-label="Line">{line.line}</td>
                    <td data-label="What it says">{line.text}</td>
                    <td data-label="What becomes of it"><div><span class=class>{line.verdict}</span></div></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div id="report">
            <p role="status"><strong>{summary}</strong></p>
            <div class="card">
                <table class="table">
                    <caption class="unseen">"What becomes of each line"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Line"</th>
                            <th scope="col">"What it says"</th>
                            <th scope="col">"What becomes of it"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(bad > 0 && good > 0)
                .then(|| {
                    view! {
                        <label class="check">
                            <input type="checkbox" name="although" value="true" checked=although />
                            "Invite the good ones although some lines can't be used"
                        </label>
                    }
                })}
            {(good > 0)
                .then(|| {
                    view! {
                        <button class="button main" name="step" value="invite">
                            {format!("Invite {}", words::number(i64::try_from(good).unwrap_or(i64::MAX)))}
                        </button>
                    }
                })}
        </div>
    }
}
