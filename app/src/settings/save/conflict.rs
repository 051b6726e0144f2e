//! Somebody saved meanwhile: the three versions of each setting that differs.
use super::ids::CONFLICT;
use crate::{
    api::settings::{Conflict, ConflictField},
    components::time::Time,
    settings::draft::{Draft, FieldState, only_theirs},
};
use leptos::prelude::*;

/// Shows what somebody else has saved, and lets the person take theirs or keep their own.
#[component]
pub fn ConflictPanel(draft: Draft) -> impl IntoView {
    move || {
        draft.conflict.get().map(|conflict| {
            let rows = conflict
                .fields
                .iter()
                .map(|field| {
                    let theirs_only = only_theirs(&conflict, &field.key);
                    view! { <Versions draft field=field.clone() theirs_only /> }
                })
                .collect_view();
            view! {
                <div class="summary conflict" id=CONFLICT role="alert" tabindex="-1">
                    <p>
                        {told(&conflict)} " Your save did not go through, and nothing was overwritten."
                    </p>
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">"Setting"</th>
                                <th scope="col">"When you opened the page"</th>
                                <th scope="col">"Saved now"</th>
                                <th scope="col">"Yours"</th>
                                <th scope="col"><span class="unseen">"What you can do"</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                    <p>
                        "The fields below hold what you want. " <strong>"Save settings"</strong>
                        " puts them in place of what is saved now; or "
                        <a href="/admin/settings" rel="external">"drop yours and see what is saved"</a> "."
                    </p>
                </div>
            }
        })
    }
}

/// Who came in between, and when.
fn told(conflict: &Conflict) -> AnyView {
    if conflict.by.is_empty() {
        return view! { <strong>"Bailey does not have the revision that this page was opened with."</strong> }
            .into_any();
    }
    view! {
        <strong>"These settings were changed by " {conflict.by.clone()} " "</strong>
        <Time at=conflict.at />
        ", after you opened this page."
    }
    .into_any()
}

#[component]
fn Versions(draft: Draft, field: ConflictField, theirs_only: bool) -> impl IntoView {
    let state = draft.field(&field.key);
    let dirty = move || state.is_some_and(FieldState::dirty);
    let yours = StoredValue::new(state.map(|state| state.raw.get_untracked()).unwrap_or_default());
    let switch = move |_| {
        if let Some(state) = state {
            let text = if untrack(dirty) { state.saved.get_untracked() } else { yours.get_value() };
            state.type_in(text);
        }
    };
    let act = if theirs_only {
        view! { <span class="soft">"Theirs was taken"</span> }.into_any()
    } else {
        view! {
            <button type="button" class="button small needs-script" on:click=switch>
                {move || if dirty() { "Take theirs" } else { "Keep yours" }}
            </button>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{field.label}</th>
            <td data-label="When you opened the page">{field.base}</td>
            <td data-label="Saved now">{field.theirs}</td>
            <td data-label="Yours">{field.yours}</td>
            <td class="act">{act}</td>
        </tr>
    }
}
