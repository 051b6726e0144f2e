//! My profile, two-factor: what protects the account beside the password.
mod authenticator;
mod email;
mod passkeys;
mod recovery;

use crate::{
    api::profile::{TwoFactorView, load_two_factor},
    components::{
        browser,
        loaded::{Answer, Loaded, ask},
    },
    layout::member_layout::MemberLayout,
    page::{notices::Because, page_context::page_context, refusal_view::RefusalView},
};
use authenticator::Authenticator;
use email::EmailCodes;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use passkeys::Passkeys;
use recovery::{CodesLeft, FreshCodes};

lazy_page! {
    /// The page `/profile/two-factor`.
    TwoFactor in profile: page
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Shared {
    /// Recovery codes that are shown this once; empty most of the time.
    fresh: RwSignal<Vec<String>>,
    /// What just happened without a page load.
    notice: RwSignal<Option<&'static str>>,
    /// The factors.
    answer: Answer<TwoFactorView>,
    /// Where the person wanted to go.
    next: StoredValue<Option<String>>,
}

impl Shared {
    /// The page, which keeps where the person wanted to go.
    fn page(self) -> String {
        let next = self.next.get_value().map(|next| format!("?next={}", browser::encoded(&next))).unwrap_or_default();
        format!("/profile/two-factor{next}")
    }
}

/// Keeps where the person wanted to go over the post of a form.
#[component]
fn Next() -> impl IntoView {
    let next = use_context::<Shared>().and_then(|shared| shared.next.get_value());
    next.map(|next| view! { <input type="hidden" name="next" value=next /> })
}

fn page() -> impl IntoView {
    let context = page_context();
    let next = context
        .next
        .clone()
        .or_else(|| use_query_map().with_untracked(|query| query.get("next")))
        .filter(|path| web::local_path(Some(path)) == path);
    let shared = Shared {
        fresh: RwSignal::new(context.form("RecoveryCodes").unwrap_or_default()),
        notice: RwSignal::new(None),
        answer: ask(|| (), |()| load_two_factor()),
        next: StoredValue::new(next),
    };
    provide_context(shared);
    let body = move || {
        if shared.fresh.with(Vec::is_empty) {
            view! { <Loaded answer=shared.answer show={|found: TwoFactorView| view! { <Factors found /> }.into_any()} /> }
                .into_any()
        } else {
            view! { <FreshCodes /> }.into_any()
        }
    };
    view! {
        <MemberLayout about="Something you have, beside the password you know.">
            <p class="notice good" role="status">{shared.notice}</p>
            {body}
        </MemberLayout>
    }
}

/// Why a factor can't be removed, where its button would stand.
#[component]
fn Stays(refusal: RefusalView) -> impl IntoView {
    view! { <p class="soft">{refusal.detail} <Because setting=refusal.setting /></p> }
}

#[component]
fn Factors(found: TwoFactorView) -> impl IntoView {
    let enrolled = found.authenticator.is_some() || !found.passkeys.is_empty();
    let required = found.required_by.filter(|_| found.missing.is_none());
    view! {
        {found
            .missing
            .as_ref()
            .map(|refusal| {
                view! {
                    <p class="notice warn" role="status">
                        {refusal.detail.clone()} <Because setting=refusal.setting.clone() />
                    </p>
                }
            })}
        <p class="soft">
            {if enrolled {
                view! { <span class="tag good">"On"</span> }
            } else {
                view! { <span class="tag">{if found.email_codes { "By e-mail only" } else { "Off" }}</span> }
            }}
            " "
            {required.map(|by| view! { "Required by your organisation." <Because setting=Some(by) /> })}
        </p>
        <Authenticator
            found=found.authenticator
            pending=found.pending
            hidden=found.pending_hidden
            stays=found.authenticator_stays
            off=found.authenticator_off.map(|refusal| refusal.detail)
        />
        <Passkeys found=found.passkeys stay=found.passkeys_stay off=found.passkeys_off.map(|refusal| refusal.detail) />
        <EmailCodes
            on=found.email_codes
            off=found.email_codes_off.map(|refusal| refusal.detail)
            serves=found.email_codes_serve
        />
        {enrolled.then(|| view! { <CodesLeft left=found.recovery_codes_left /> })}
    }
}
