//! Renders a page of the application, whole, so that it works before and without WebAssembly.
use crate::{
    edge::{self, CspNonce},
    state::AppState,
};
use app::{
    api::waiting::{WaitingView, what_waits},
    navigation::DocumentFacts,
    page::{Mark, PageState, Viewer},
    sitemap::page_at,
};
use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode, Uri, request::Parts},
    response::Response,
};
use domain::{
    CommunityId, IdeaId,
    access::Pass,
    analytics::{Measured, PageAbout},
    avatars, banner,
};
use leptos::{nonce::Nonce, prelude::provide_context};
use policy::{
    decide::{
        analytics::{Consent, Measuring},
        headers, registration, session,
    },
    markup::Markup,
};
use web::RequestContext;

/// Renders the page that was asked for under a status.
pub async fn render(
    state: &AppState,
    context: &RequestContext,
    request: &Parts,
    page: PageState,
    status: StatusCode,
) -> Response {
    let nonce = request.extensions.get::<CspNonce>().map(|CspNonce(nonce)| nonce.clone()).unwrap_or_default();
    render_at(state, context, &nonce, &request.uri, page, status).await
}

/// Renders the page at an address, with what its form came back with.
pub async fn render_at(
    state: &AppState,
    context: &RequestContext,
    nonce: &str,
    at: &Uri,
    page: PageState,
    status: StatusCode,
) -> Response {
    let profile = state.bailey.workspaces().profile(&state.workspace.id).await;
    let consent = context.consent;
    let measured = measured(state, context, at).await;
    let is_measured = matches!(measured.here, Measuring::On(_));
    // A page that tells of a fault needs no database.
    let (workspace, mark) =
        profile.map_or_else(|_| ("Bailey".to_owned(), None), |profile| (profile.name, profile.mark));
    let page = PageState {
        measured_as: if let Measuring::On(id) = &measured.here { Some(id.as_str().to_owned()) } else { None },
        asks_consent: measured.here == Measuring::Asks,
        consent: measured.anywhere.then(|| match consent {
            Consent::Given => true,
            Consent::Refused => false,
            Consent::Unasked => !context.admission.in_force.settings.analytics.consent,
        }),
        workspace,
        mark: mark.map(|mark| Mark { address: format!("/mark/{}", mark.id), text: mark.text }),
        viewer: match page.viewer {
            Some(viewer) => Some(viewer),
            None => viewer(context).await,
        },
        safe_mode: state.edge.safe_mode,
        banner: banner_at(context, at),
        stay_signed_in: Some(&context.admission.policy.settings)
            .filter(|settings| settings.sessions.remember_me)
            .map(session::stays_in_words),
        waiting: waiting(context, at).await,
        document: context.admission.who.is_some().then(|| document_facts(state, context, &measured)),
        registers: registration::may_register(&context.admission.policy.settings).is_ok(),
        passkey_sign_in: context.admission.policy.settings.two_factor.passkeys,
        page_id: context.request_id.clone(),
        ..page
    };
    let (context, nonce, options) = (context.clone(), nonce.to_owned(), state.leptos.clone());
    let provide = move || {
        provide_context(page.clone());
        provide_context(context.clone());
        provide_context(Nonce::from_value(nonce.clone()));
    };
    let render = leptos_axum::render_app_async_with_context(provide, move || app::shell(options.clone()));
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = at.clone();
    let mut response = render(request).await;
    if status != StatusCode::OK {
        *response.status_mut() = status;
    }
    if is_measured { edge::as_measured(response) } else { response }
}

/// Returns what is measured of whoever looks at the page at an address. A page that can't be told about is not measured.
async fn measured(state: &AppState, context: &RequestContext, at: &Uri) -> Measured {
    let Ok(Pass::Member(caller)) = &context.admission.verdict else { return Measured::default() };
    let page = page_at(at.path()).filter(|page| page.is_measured());
    match state.bailey.analytics().on(caller, &about(at.path()), context.consent).await {
        Ok(found) if page.is_some() && context.admission.held_in.is_none() => found,
        Ok(found) => Measured { here: Measuring::Off, ..found },
        Err(error) => {
            tracing::warn!(%error, "whether a page is measured is not known");
            Measured::default()
        }
    }
}

/// Returns whose page an address is, by what it names.
fn about(path: &str) -> PageAbout {
    let mut parts = path.trim_start_matches('/').split('/');
    let page = match (parts.next(), parts.next()) {
        (Some("c"), Some(id)) => CommunityId::parse(id).map(PageAbout::Community),
        (Some("ideas"), Some(id)) => IdeaId::parse(id).map(PageAbout::Idea),
        _ => None,
    };
    page.unwrap_or(PageAbout::Workspace)
}

/// Returns what a document is rendered under.
fn document_facts(state: &AppState, context: &RequestContext, measured: &Measured) -> DocumentFacts {
    let settings = &context.admission.in_force.settings;
    DocumentFacts {
        revision: context.admission.in_force.revision,
        build: app::build(&state.leptos),
        analytics: measured.anywhere,
        analytics_by_community: measured.by_community,
        csp_differs: headers::differ_from_floor(&settings.headers),
    }
}

/// Returns the banner, on every authentication page, whoever looks; nothing of it elsewhere, as on a page that a stranger
/// is kept from or that does not exist.
fn banner_at(context: &RequestContext, at: &Uri) -> Vec<Markup> {
    let shown = context.admission.in_force.settings.sign_in.shown_banner();
    shown.filter(|_| app::sitemap::is_way_in(at.path())).map(|text| banner::banner(text.as_str())).unwrap_or_default()
}

/// Returns what waits for whoever may go on, on pages that show it.
async fn waiting(context: &RequestContext, at: &Uri) -> Vec<WaitingView> {
    match &context.admission.verdict {
        Ok(Pass::Member(caller)) if context.admission.held_in.is_none() && !app::sitemap::is_way_in(at.path()) => {
            // The page is there without it, and the next one asks anew.
            what_waits(&context.bailey, caller).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "what waits for somebody is not known");
                Vec::new()
            })
        }
        Ok(Pass::Member(_) | Pass::PendingSignIn(_) | Pass::Anybody) | Err(_) => Vec::new(),
    }
}

/// Returns whether there are assessments for whoever may go on, so that the navigation leads there.
async fn assesses(context: &RequestContext) -> bool {
    match &context.admission.verdict {
        Ok(Pass::Member(caller)) if context.admission.held_in.is_none() => {
            context.bailey.assessments().concern(caller).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "whether there are assessments for somebody is not known");
                false
            })
        }
        Ok(Pass::Member(_) | Pass::PendingSignIn(_) | Pass::Anybody) | Err(_) => false,
    }
}

async fn viewer(context: &RequestContext) -> Option<Viewer> {
    let who = context.admission.who.as_ref()?;
    let now = context.bailey.now();
    let ends_in = context.admission.ends.map(|(at, _)| at.since(now).whole_seconds());
    Some(Viewer {
        name: who.name.clone(),
        picture: context.admission.member.as_ref().map(avatars::path_of).unwrap_or_default(),
        email: who.email.to_string(),
        role: who.role,
        held_in: context.admission.held_in,
        auto_revert_at: context.admission.auto_revert_at,
        ends_in,
        assesses: assesses(context).await,
    })
}
