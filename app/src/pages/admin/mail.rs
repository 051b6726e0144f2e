//! Admin, mail: what was sent to whom, what did not arrive and why, and what each mail looks like.
use crate::{
    api::mail::{MailState, MailView, OutboxView, SampleView, load_mail},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;
use policy::words;

lazy_page! {
    /// The page `/admin/mail`.
    Mail in admin: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_mail());
    let test = view! {
        <form method="post" action="/admin/mail/test">
            <PageId />
            <button class="button">"Send me a test mail"</button>
        </form>
    }
    .into_any();
    view! {
        <MemberLayout
            about="What Bailey has sent in the last 30 days. What a mail said is forgotten once it is handed over."
            aside=test
        >
            <Loaded answer show={|found: OutboxView| view! { <Outbox found /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn Outbox(found: OutboxView) -> impl IntoView {
    let OutboxView { goes, mails, samples } = found;
    view! {
        <p class="soft">{goes}</p>
        {if mails.is_empty() {
            view! { <p class="card empty">"No mail was sent yet."</p> }.into_any()
        } else {
            view! { <List mails /> }.into_any()
        }}
        <section class="card part" aria-labelledby="samples">
            <h2 id="samples">"What people get"</h2>
            <p class="soft">"Every mail there is, with made-up facts."</p>
            <ul class="rows">{samples.into_iter().map(|sample| view! { <Sample sample /> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn List(mails: Vec<MailView>) -> impl IntoView {
    let rows = mails
        .into_iter()
        .map(|mail| {
            let MailView { id, recipient, subject, queued_at, tries, state } = mail;
            let failed = matches!(state, MailState::GivenUp(..) | MailState::Waiting(Some(_), _));
            view! {
                <tr>
                    <th scope="row">{subject.clone()}</th>
                    <td data-label="To">{recipient}</td>
                    <td data-label="Queued"><Time at=queued_at /></td>
                    <td data-label="State"><div><State state tries /></div></td>
                    <td class="act">
                        {failed
                            .then(|| {
                                view! {
                                    <form method="post" action=format!("/admin/mail/{id}/retry")>
                                        <PageId />
                                        <button class="button small">"Try again" <span class="unseen">" " {subject}</span></button>
                                    </form>
                                }
                            })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="card">
            <table class="table">
                <caption class="unseen">"Mail, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Subject"</th>
                        <th scope="col">"To"</th>
                        <th scope="col">"Queued"</th>
                        <th scope="col">"State"</th>
                        <th scope="col"><span class="unseen">"What can be done"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn State(state: MailState, tries: i64) -> impl IntoView {
    match state {
        MailState::Delivered(at) => view! { <span class="tag good">"Handed over"</span> " " <Time at /> }.into_any(),
        MailState::Waiting(None, _) => view! { <span class="tag">"Waiting"</span> }.into_any(),
        MailState::Waiting(Some(problem), at) => view! {
            <span class="tag warn">"Waiting"</span>
            " "
            {words::count(tries, "try").replace("trys", "tries")}
            " so far; the next one is due "
            <Time at />
            ". "
            <span class="soft">{problem}</span>
        }
        .into_any(),
        MailState::GivenUp(problem, at) => {
            view! { <span class="tag bad">"Given up"</span> " " <Time at /> ". " <span class="soft">{problem}</span> }
                .into_any()
        }
    }
}

#[component]
fn Sample(sample: SampleView) -> impl IntoView {
    let SampleView { kind, subject, plain } = sample;
    let page = format!("/admin/mail/preview/{kind}");
    view! {
        <li>
            <details>
                <summary class="link">{subject.clone()}</summary>
                <pre class="letter">{plain}</pre>
            </details>
            <a href=page target="_blank">"As a page" <span class="unseen">" in a new tab: " {subject}</span></a>
        </li>
    }
}
