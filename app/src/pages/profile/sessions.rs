//! My profile, sessions: where one is signed in.
use crate::{
    api::profile::{SessionView, TrustedView, load_sessions, load_trusted},
    components::{
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
};
use leptos::prelude::*;

lazy_page! {
    /// The page `/profile/sessions`.
    Sessions in profile: page
}

fn page() -> impl IntoView {
    let answer = ask(|| (), |()| load_sessions());
    let trusted = ask(|| (), |()| load_trusted());
    view! {
        <MemberLayout about="Every browser in which you are signed in.">
            <Loaded answer show={|sessions: Vec<SessionView>| view! { <List sessions /> }.into_any()} />
            <Loaded answer=trusted show={|trusted: Vec<TrustedView>| view! { <Trusted trusted /> }.into_any()} />
        </MemberLayout>
    }
}

#[component]
fn List(sessions: Vec<SessionView>) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.current);
    view! {
        <table class="card table">
            <thead>
                <tr>
                    <th scope="col">"Browser"</th>
                    <th scope="col">"Address"</th>
                    <th scope="col">"Signed in"</th>
                    <th scope="col">"Last seen"</th>
                    <th scope="col">"Ends"</th>
                    <th scope="col"><span class="unseen">"What you can do"</span></th>
                </tr>
            </thead>
            <tbody>{sessions.into_iter().map(|session| view! { <Row session /> }).collect_view()}</tbody>
        </table>
        {if others {
            view! {
                <form method="post" action="/profile/sessions/end-others">
                    <PageId />
                    <button class="button">"End all other sessions"</button>
                </form>
            }
                .into_any()
        } else {
            view! { <p class="soft">"You are signed in nowhere else."</p> }.into_any()
        }}
    }
}

#[component]
fn Row(session: SessionView) -> impl IntoView {
    let act = if session.current {
        view! { <span class="tag good">"This session"</span> }.into_any()
    } else {
        view! {
            <form method="post" action=format!("/profile/sessions/{}/end", session.id)>
                <PageId />
                <button class="button small">"End session"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{session.browser}</th>
            <td data-label="Address">{session.address.unwrap_or_else(|| "unknown".to_owned())}</td>
            <td data-label="Signed in"><Time at=session.started_at /></td>
            <td data-label="Last seen"><Time at=session.last_seen_at /></td>
            <td data-label="Ends"><Time at=session.ends_at /></td>
            <td class="act">{act}</td>
        </tr>
    }
}

/// The browsers in which the second step is skipped, where there are any.
#[component]
fn Trusted(trusted: Vec<TrustedView>) -> impl IntoView {
    let some = !trusted.is_empty();
    let rows = trusted
        .into_iter()
        .map(|one| {
            let TrustedView { id, browser, until, last_seen_at } = one;
            view! {
                <li>
                    <div>
                        <strong>{browser.clone()}</strong>
                        <p class="soft">"Trusted until " <Time at=until /> ", last signed in " <Time at=last_seen_at /> "."</p>
                    </div>
                    <form method="post" action=format!("/profile/sessions/trusted/{id}/end")>
                        <PageId />
                        <button class="button small">"Stop trusting" <span class="unseen">" " {browser}</span></button>
                    </form>
                </li>
            }
        })
        .collect_view();
    some.then(|| {
        view! {
            <section class="card part" aria-labelledby="trusted">
                <h2 id="trusted">"Trusted browsers"</h2>
                <p class="soft">"They skip the second step."</p>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}
