//! What an admin can do about a member's account, a button each: in the menu of the list, and on their page.
use super::hidden;
use crate::{
    api::members::{MemberView, SecondFactor},
    components::page_id::PageId,
};
use leptos::prelude::*;
use policy::AccountStatus;

/// The buttons for whoever may do something to the member.
#[component]
pub fn Actions(
    member: MemberView,
    /// Where the answer leads back to, as fields: what was looked for, or that it was done on the member's own page.
    kept: Vec<(&'static str, String)>,
) -> impl IntoView {
    let MemberView { id, email, status, second_factor, .. } = member;
    let (data, shown) = (format!("/admin/members/{id}/data"), email.clone());
    let act = move |name: &str, words: &'static str| {
        view! {
            <form method="post" action=format!("/admin/members/{id}/{name}")>
                <PageId />
                {hidden(&kept)}
                <button class="button small">{words} <span class="unseen">" " {email.clone()}</span></button>
            </form>
        }
    };
    let reset = (status == AccountStatus::Active).then(|| act("reset", "Send a password reset"));
    let has_factor = second_factor != SecondFactor::Off;
    let factors = has_factor.then(|| act("reset-two-factor", "Remove the second factors"));
    let change = match status {
        AccountStatus::Active => {
            view! { {act("end-sessions", "End all sessions")} {act("deactivate", "Deactivate")} {act("ban", "Ban")} }
                .into_any()
        }
        AccountStatus::Pending => ().into_any(),
        AccountStatus::Inactive | AccountStatus::Banned => act("activate", "Activate").into_any(),
    };
    view! {
        {reset}
        {factors}
        {change}
        <a class="button small" href=data>"Data, erase" <span class="unseen">" " {shown}</span></a>
    }
}
