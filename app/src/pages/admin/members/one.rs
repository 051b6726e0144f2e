//! Admin, one member: everything that is theirs, and what can be done about it. Plain forms.
use super::{State, actions::Actions};
use crate::{
    api::{
        mail::{MailState, MailView},
        members::one::{FactorView, LockView, MemberPageView, MembershipView, OutstandingLinkView, load_member},
        profile::{SessionView, TrustedView},
    },
    components::{
        browser,
        loaded::{Loaded, ask},
        page_id::PageId,
        time::Time,
    },
    layout::member_layout::MemberLayout,
    pages::admin::audit::Entry,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use policy::{AccountStatus, Role, words};

lazy_page! {
    /// The page `/admin/members/{id}`.
    Member in admin: page
}

fn page() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let answer = ask(move || id.get(), load_member);
    view! {
        <MemberLayout>
            <p><a href="/admin/members">"All members"</a></p>
            <Loaded answer show={|found: MemberPageView| view! { <Shown found /> }.into_any()} />
        </MemberLayout>
    }
}

/// A form with one button and what it names.
fn button(
    action: String,
    words: &'static str,
    whom: String,
    fields: Vec<(&'static str, String)>,
) -> impl IntoView + use<> {
    let fields =
        fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form method="post" action=action>
            <PageId />
            {fields}
            <button class="button small">{words} <span class="unseen">" " {whom}</span></button>
        </form>
    }
}

/// A part of the page: its heading, and what stands in it or that there is nothing.
#[component]
fn Part(id: &'static str, title: &'static str, empty: Option<&'static str>, children: Children) -> impl IntoView {
    view! {
        <section class="card part" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {empty.map(|words| view! { <p class="soft">{words}</p> })}
            {children()}
        </section>
    }
}

#[component]
fn Shown(found: MemberPageView) -> impl IntoView {
    let MemberPageView { member, joined_at, .. } = found.clone();
    let (id, email, may) = (member.id.clone(), member.email.clone(), member.may_change);
    let last = match member.last_sign_in_at {
        Some(at) => view! { <Time at /> }.into_any(),
        None => view! { "Never" }.into_any(),
    };
    let why_not = match (found.is_self, may) {
        (true, _) => Some("This is you: what is yours you change in your profile."),
        (false, false) => Some("They stand above you: only a super-admin may change anything here."),
        (false, true) => None,
    };
    let acts = (may && member.status != AccountStatus::Pending).then(
        || view! { <div class="acts"><Actions member=member.clone() kept=vec![("from", "member".to_owned())] /></div> },
    );
    view! {
        <section class="card part" aria-labelledby="who">
            <h2 id="who">{member.name.clone()}</h2>
            <dl class="facts">
                <dt>"Address"</dt>
                <dd>{email.clone()}</dd>
                <dt>"State"</dt>
                <dd><State member=member.clone() /></dd>
                <dt>"Joined"</dt>
                <dd><Time at=joined_at /></dd>
                <dt>"Last sign-in"</dt>
                <dd>{last}</dd>
            </dl>
            {why_not.map(|words| view! { <p class="soft">{words}</p> })}
            {acts}
        </section>
        <RolePart id=id.clone() role=member.role roles=found.roles />
        <Locks id=id.clone() email=email.clone() locks=found.locks may />
        <Factors factors=found.factors email_codes=found.email_codes recovery_codes=found.recovery_codes />
        <Sessions id=id.clone() email=email.clone() sessions=found.sessions may />
        <Trusted id=id.clone() email=email.clone() trusted=found.trusted may />
        <Links id=id.clone() email=email.clone() links=found.links may />
        <Memberships id memberships=found.memberships others=found.others may />
        <Mails mails=found.mails />
        <Part id="history" title="History" empty=found.history.is_empty().then_some("Nothing has been recorded about them yet.")>
            <ol class="log">{found.history.into_iter().map(|entry| view! { <Entry entry /> }).collect_view()}</ol>
            <p><a href=format!("/admin/audit?about={}", browser::encoded(&email))>"All entries about them"</a></p>
        </Part>
    }
}

#[component]
fn RolePart(id: String, role: Role, roles: Vec<Role>) -> impl IntoView {
    let may = roles.iter().any(|other| *other != role);
    let options = roles
        .into_iter()
        .map(|one| view! { <option value=one.name() selected=one == role>{one.label()}</option> })
        .collect_view();
    view! {
        <Part id="role-of" title="Role" empty=None>
            <p>{role.label()}</p>
            {may.then(|| {
                view! {
                    <form method="post" action=format!("/admin/members/{id}/role") class="inline">
                        <PageId />
                        <label for="role">"Other role"</label>
                        <select id="role" name="role">{options}</select>
                        <button class="button small">"Change the role"</button>
                    </form>
                }
            })}
        </Part>
    }
}

#[component]
fn Locks(id: String, email: String, locks: Vec<LockView>, may: bool) -> impl IntoView {
    let lifts = may && locks.iter().any(|lock| lock.lifts);
    let empty = locks.is_empty().then_some("Nothing of theirs is locked.");
    let rows = locks
        .into_iter()
        .map(|lock| match lock.until {
            Some(until) => view! { <li><p>{lock.what} " is locked until " <Time at=until /> "."</p></li> }.into_any(),
            None => view! { <li><p>"After a hundred wrong codes in a row, codes no longer work."</p></li> }.into_any(),
        })
        .collect_view();
    view! {
        <Part id="locks" title="Locks" empty>
            <ul class="rows">{rows}</ul>
            {lifts.then(|| button(format!("/admin/members/{id}/unlock"), "Unlock", email, Vec::new()))}
        </Part>
    }
}

#[component]
fn Factors(factors: Vec<FactorView>, email_codes: bool, recovery_codes: i64) -> impl IntoView {
    let empty = (factors.is_empty() && !email_codes).then_some("Their password alone protects the account.");
    let rows = factors
        .into_iter()
        .map(|factor| {
            let used = factor.last_used_at.map(|at| view! { ", last used " <Time at /> });
            view! {
                <li>
                    <div>
                        <strong>{factor.name}</strong>
                        <p class="soft">"Added " <Time at=factor.added_at /> {used} "."</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <Part id="factors" title="Second factors" empty>
            <ul class="rows">
                {rows} {email_codes.then(|| view! { <li><div><strong>"Codes by e-mail"</strong></div></li> })}
            </ul>
            {(recovery_codes > 0)
                .then(|| view! { <p class="soft">{words::count(recovery_codes, "recovery code")} " left."</p> })}
        </Part>
    }
}

#[component]
fn Sessions(id: String, email: String, sessions: Vec<SessionView>, may: bool) -> impl IntoView {
    let empty = sessions.is_empty().then_some("They are signed in nowhere.");
    let rows = sessions
        .into_iter()
        .map(|session| {
            let act = may.then(|| {
                let action = format!("/admin/members/{id}/sessions/end");
                button(action, "End session", format!("{} of {email}", session.browser), vec![("session", session.id)])
            });
            view! {
                <li>
                    <div>
                        <strong>{session.browser}</strong>
                        <p class="soft">
                            "From " {session.address.unwrap_or_else(|| "an unknown address".to_owned())} ", signed in "
                            <Time at=session.started_at /> ", last seen " <Time at=session.last_seen_at /> "."
                        </p>
                    </div>
                    {act}
                </li>
            }
        })
        .collect_view();
    view! { <Part id="sessions" title="Sessions" empty><ul class="rows">{rows}</ul></Part> }
}

#[component]
fn Trusted(id: String, email: String, trusted: Vec<TrustedView>, may: bool) -> impl IntoView {
    let empty = trusted.is_empty().then_some("They skip the second step in no browser.");
    let all = (may && trusted.len() > 1).then(|| {
        button(format!("/admin/members/{id}/trusted/forget"), "Forget all of them", email.clone(), Vec::new())
    });
    let rows = trusted
        .into_iter()
        .map(|one| {
            let act = may.then(|| {
                let action = format!("/admin/members/{id}/trusted/forget");
                button(action, "Forget", format!("{} of {email}", one.browser), vec![("browser", one.id)])
            });
            view! {
                <li>
                    <div>
                        <strong>{one.browser}</strong>
                        <p class="soft">"Trusted until " <Time at=one.until /> ", last signed in " <Time at=one.last_seen_at /> "."</p>
                    </div>
                    {act}
                </li>
            }
        })
        .collect_view();
    view! { <Part id="trusted" title="Trusted browsers" empty><ul class="rows">{rows}</ul> {all}</Part> }
}

#[component]
fn Links(id: String, email: String, links: Vec<OutstandingLinkView>, may: bool) -> impl IntoView {
    let empty = links.is_empty().then_some("No link that was sent to them works.");
    let all = (may && links.len() > 1)
        .then(|| button(format!("/admin/members/{id}/links/void"), "Void all of them", email.clone(), Vec::new()));
    let rows = links
        .into_iter()
        .map(|link| {
            let act = may.then(|| {
                let action = format!("/admin/members/{id}/links/void");
                button(action, "Void", format!("{} of {email}", link.purpose), vec![("link", link.id)])
            });
            let until = match link.works_until {
                Some(at) => view! { ", works until " <Time at /> }.into_any(),
                None => view! { ", never lapses" }.into_any(),
            };
            view! {
                <li>
                    <div>
                        <strong>{link.purpose}</strong>
                        <p class="soft">"Made " <Time at=link.made_at /> {until} "."</p>
                    </div>
                    {act}
                </li>
            }
        })
        .collect_view();
    view! { <Part id="links" title="Links that work" empty><ul class="rows">{rows}</ul> {all}</Part> }
}

#[component]
fn Memberships(
    id: String,
    memberships: Vec<MembershipView>,
    others: Vec<(String, String)>,
    may: bool,
) -> impl IntoView {
    let empty = memberships.is_empty().then_some("They belong to no community.");
    let with_others = may && !others.is_empty();
    let options = others.into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view();
    let action = format!("/admin/members/{id}/communities");
    let add = format!("{action}/add");
    let rows = memberships
        .into_iter()
        .map(|one| {
            let acts = may.then(|| {
                let named = || vec![("community", one.id.clone())];
                let (words, wanted) =
                    if one.moderator { ("Take moderation back", "no") } else { ("Make a moderator", "yes") };
                let moderate = named().into_iter().chain([("moderator", wanted.to_owned())]).collect();
                view! {
                    <div class="acts">
                        {button(format!("{action}/moderator"), words, one.name.clone(), moderate)}
                        {button(format!("{action}/remove"), "Remove", format!("from {}", one.name), named())}
                    </div>
                }
            });
            view! {
                <li>
                    <p>
                        <a href=format!("/admin/communities/{}", one.id)>{one.name.clone()}</a>
                        {one.moderator.then(|| view! { " " <span class="tag">"Moderator"</span> })}
                    </p>
                    {acts}
                </li>
            }
        })
        .collect_view();
    view! {
        <Part id="communities" title="Communities" empty>
            <ul class="rows">{rows}</ul>
            {with_others
                .then(|| {
                    view! {
                        <form method="post" action=add class="inline">
                            <PageId />
                            <label for="community">"Another community"</label>
                            <select id="community" name="community">{options}</select>
                            <button class="button small">"Add to it"</button>
                        </form>
                    }
                })}
        </Part>
    }
}

#[component]
fn Mails(mails: Vec<MailView>) -> impl IntoView {
    let empty = mails.is_empty().then_some("No mail was sent to them in the last 30 days.");
    let rows = mails
        .into_iter()
        .map(|mail| {
            let (state, problem) = match mail.state {
                MailState::Delivered(_) => ("handed over", None),
                MailState::Waiting(problem, _) => ("waiting", problem),
                MailState::GivenUp(problem, _) => ("given up", Some(problem)),
            };
            view! {
                <li>
                    <div>
                        <strong>{mail.subject}</strong>
                        <p class="soft">"Queued " <Time at=mail.queued_at /> ", " {state} ". " {problem}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <Part id="mails" title="Mail" empty><ul class="rows">{rows}</ul></Part> }
}
