//! The steps of the first run: what a super-admin does once, each with the way to it.
use crate::{api::first_steps::FirstStepView, components::page_id::PageId, sitemap::page_at};
use leptos::prelude::*;
use policy::decide::first_run::FirstStep;

/// The page on which a step is done.
const fn page_of(step: FirstStep) -> &'static str {
    match step {
        FirstStep::NameWorkspace => "/admin/settings/general",
        FirstStep::SecondFactor => "/profile/two-factor",
        FirstStep::InvitePeople => "/admin/invitations",
        FirstStep::ConnectMail => "/admin/mail",
    }
}

/// What a step is called, and what it is for.
const fn words(step: FirstStep) -> (&'static str, &'static str) {
    match step {
        FirstStep::NameWorkspace => {
            ("Name the workspace", "It stands in the head of every page, in mails, and in authenticator apps.")
        }
        FirstStep::SecondFactor => {
            ("Set up your own second factor", "An authenticator app or a passkey: yours is the account worth the most.")
        }
        FirstStep::InvitePeople => ("Invite people", "They get a mail with a link by which they join."),
        FirstStep::ConnectMail => ("Connect mail", "Links, codes and warnings reach people by mail."),
    }
}

/// The steps that are offered: those whose page is there.
pub fn offered(steps: Vec<FirstStepView>) -> Vec<FirstStepView> {
    steps.into_iter().filter(|step| page_at(page_of(step.step)).is_some()).collect()
}

/// Shows steps, those that are done with a tick.
#[component]
pub fn FirstSteps(steps: Vec<FirstStepView>) -> impl IntoView {
    let steps = offered(steps).into_iter().map(|step| view! { <Step step /> });
    view! { <ol class="first-steps">{steps.collect_view()}</ol> }
}

#[component]
fn Step(step: FirstStepView) -> impl IntoView {
    let FirstStepView { step, done } = step;
    let (title, about) = words(step);
    let tick = if done { "✓" } else { "○" };
    let mail = (step == FirstStep::ConnectMail).then(|| view! { <Mail done /> });
    view! {
        <li class:done=done>
            <span class="tick" aria-hidden="true">{tick}</span>
            <div>
                <a href=page_of(step)>{title}</a>
                {done.then(|| view! { <span class="unseen">" (done)"</span> })}
                <p class="soft">{about}</p>
                {mail}
            </div>
        </li>
    }
}

/// Says what to configure, and offers a mail by which one sees that it works.
#[component]
fn Mail(done: bool) -> impl IntoView {
    view! {
        {(!done)
            .then(|| {
                view! {
                    <p class="soft">
                        "Give Bailey " <code>"BAILEY_SMTP_URL"</code> " and " <code>"BAILEY_MAIL_FROM"</code>
                        ", and start it anew. Until then mails are written as files into its data folder."
                    </p>
                }
            })}
        <form method="post" action="/admin/mail/test">
            <PageId />
            <button class="button small">"Send me a test mail"</button>
        </form>
    }
}
