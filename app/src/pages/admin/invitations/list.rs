//! The list of those who have not joined yet.
use crate::{
    api::invitations::{InvitationView, InvitationsView, LinkState, MailState},
    components::{page_id::PageId, time::Time},
};
use leptos::prelude::*;
use policy::words;

/// Says how far the mails are.
fn progress(all: i64, unsent: i64) -> String {
    let people = if all == 1 { "1 person has" } else { &format!("{} people have", words::number(all)) };
    let mails = match unsent {
        0 => "every mail was sent".to_owned(),
        unsent => format!("{} of {} sent so far", words::number(all - unsent), words::count(all, "mail")),
    };
    format!("{people} not joined yet; {mails}.")
}

/// Shows whoever has not joined yet.
#[component]
pub fn InvitationList(found: InvitationsView) -> impl IntoView {
    let InvitationsView { invitations, all, unsent, .. } = found;
    if invitations.is_empty() {
        return view! { <p class="card empty">"Nobody is invited just now."</p> }.into_any();
    }
    let more = usize::try_from(all).is_ok_and(|all| all > invitations.len());
    let rows = invitations.into_iter().map(|invitation| view! { <Row invitation /> }).collect_view();
    view! {
        <p class="soft" id="progress">{progress(all, unsent)}</p>
        <div class="card">
            <table class="table">
                <caption class="unseen">"Invited and not joined yet, the latest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Who"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Invited"</th>
                        <th scope="col">"Mail"</th>
                        <th scope="col">"Link"</th>
                        <th scope="col"><span class="unseen">"What can be done"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more.then(|| view! { <p class="soft">"There are more; these are the latest."</p> })}
    }
    .into_any()
}

#[component]
fn Row(invitation: InvitationView) -> impl IntoView {
    let mail = match invitation.mail.clone() {
        MailState::Waiting => view! { <span class="tag">"On its way"</span> }.into_any(),
        MailState::Sent => view! { <span class="tag good">"Sent"</span> }.into_any(),
        MailState::GivenUp(why) => {
            view! { <span class="tag bad">"Not sent"</span> <br /> <span class="soft">{why}</span> }.into_any()
        }
    };
    let link = match invitation.link {
        LinkState::Void => view! {
            <span class="tag bad">"No longer holds"</span>
            <br />
            <span class="soft">"Whoever invited them may not give this role any more."</span>
        }
        .into_any(),
        LinkState::Lapsed => view! { <span class="tag warn">"Lapsed"</span> }.into_any(),
        LinkState::Works(Some(until)) => view! { "Until " <Time at=until /> }.into_any(),
        LinkState::Works(None) => view! { "Never lapses" }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{invitation.name.clone()} <br /> <span class="soft">{invitation.email.clone()}</span></th>
            <td data-label="Role">{invitation.role.label()}</td>
            <td data-label="Invited">
                <div>
                    {if invitation.added { "Added " } else { "Invited " }} <Time at=invitation.invited_at /> <br />
                    <span class="soft">"by " {invitation.invited_by.clone()}</span>
                </div>
            </td>
            <td data-label="Mail"><div>{mail}</div></td>
            <td data-label="Link"><div>{link}</div></td>
            <td class="act"><Acts invitation /></td>
        </tr>
    }
}

#[component]
fn Acts(invitation: InvitationView) -> impl IntoView {
    let InvitationView { id, email, may_change, .. } = invitation;
    if !may_change {
        return ().into_any();
    }
    let for_whom = email.clone();
    let act = move |name: &str, words: &'static str| {
        view! {
            <form method="post" action=format!("/admin/invitations/{id}/{name}")>
                <PageId />
                <button class="button small">{words} <span class="unseen">" " {email.clone()}</span></button>
            </form>
        }
    };
    view! {
        <details class="menu">
            <summary class="button small">"Change" <span class="unseen">" " {for_whom}</span></summary>
            <div class="sheet">{act("send-again", "Send again")} {act("withdraw", "Withdraw")}</div>
        </details>
    }
    .into_any()
}
