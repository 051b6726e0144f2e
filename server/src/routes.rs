//! Every route with its area. A route can't be added without an area, and the gate is bound to it.
mod table;

pub use table::{Routes, Tag};

use crate::{
    edge,
    gate::{self, ResponseKind},
    handlers::{
        analytics, api, assessments, attachments, auth, avatars, blocklist, chat, communities, community,
        conversations, first_run, health, help_requests, ideas, invitation_list, invitations, join, link, lockouts,
        mail, mark, member, member_data, members, pages, password, policy_api, profile, register, registrations,
        reports, reset, second_step, sessions, set_up, settings, several, step_up, two_factor, unsubscribe, workspace,
    },
    respond::FormContent::{Buttons, File, Secret, Typed},
    state::AppState,
};
use app::sitemap::PageHandler;
use axum::{
    Router,
    http::Method,
    middleware::{from_fn_with_state, map_response},
    routing::{any, get, post, put},
};
use leptos::server_fn::axum::server_fn_paths;
use policy::{Area, RouteBudget};
use std::sync::{Arc, Once};
use tower_http::compression::CompressionLayer;

/// A server function without an area; nothing is served while there is one.
#[derive(Debug, thiserror::Error)]
#[error("the server function {0} has no area")]
pub struct Untagged(String);

/// The whole table of routes.
///
/// # Errors
/// When a server function has no area.
pub fn table(state: &AppState) -> Result<Routes, Untagged> {
    let mut routes = pages(Routes::new(state.clone()));
    routes = forms(routes);
    routes = rest(routes);
    for (path, method) in server_fn_paths() {
        let declared = app::api::declare::declared_at(path).ok_or_else(|| Untagged(path.to_owned()))?;
        routes = routes.server_function(method, declared);
    }
    let faults = post(edge::fault_report::collect).with_state(Arc::clone(&state.edge));
    let reports = post(edge::csp_report::collect).with_state(Arc::clone(&state.edge));
    Ok(routes
        .open(Method::GET, "/healthz", RouteBudget::Reads, get(health::alive))
        .open(Method::GET, "/readyz", RouteBudget::Reads, get(health::ready))
        .open(Method::GET, "/avatars/{id}", RouteBudget::Reads, get(avatars::picture))
        .open(Method::GET, "/mark/{id}", RouteBudget::Reads, get(mark::show))
        .open(Method::GET, "/password-blocklist", RouteBudget::Reads, get(blocklist::range))
        .open(Method::POST, "/csp-report", RouteBudget::Reports, reports)
        .open(Method::POST, app::FAULT_REPORT, RouteBudget::Reports, faults))
}

/// The router: the table, the static files, and what answers when nothing matches.
///
/// # Errors
/// When a server function has no area.
pub fn router(state: &AppState) -> Result<Router, Untagged> {
    // Leptos learns its routes and starts its executor here. While it does, no page anywhere in the
    // process loads its data, so it is done once, before the first page.
    static LEARNT: Once = Once::new();
    LEARNT.call_once(|| drop(leptos_axum::generate_route_list(app::App)));
    let dynamic = table(state)?.into_router();
    let all = state.front_end.serve(dynamic);
    let missing = any(pages::missing).layer(from_fn_with_state(gate::Gate::for_missing_page(state), gate::pass));
    let missing = missing.layer(from_fn_with_state((state.clone(), ResponseKind::Page), gate::in_turn));
    let all = all.fallback_service(missing.with_state(state.clone())).method_not_allowed_fallback(pages::wrong_method);
    let all = all.layer(from_fn_with_state(state.clone(), gate::find_policy));
    Ok(edge::layers(all.with_state(state.clone()), Arc::clone(&state.edge)))
}

fn pages(mut routes: Routes) -> Routes {
    for page in app::sitemap::PAGES {
        let handler = match page.handler {
            PageHandler::Plain => get(pages::show),
            PageHandler::SignIn => get(auth::sign_in_page),
            PageHandler::SecondStep => get(second_step::page),
            PageHandler::StepUp => get(step_up::page),
            PageHandler::ForgotPassword => get(reset::forgot_page),
            PageHandler::ChoosePassword => get(reset::choose_page),
            PageHandler::ClaimAccount => get(reset::claim_page),
            PageHandler::Join => get(join::page),
            PageHandler::Register => get(register::page),
            PageHandler::SetUp => get(set_up::page),
            PageHandler::Link => get(link::page),
            PageHandler::Unsubscribe => get(unsubscribe::page),
            PageHandler::Settings => get(settings::page),
            PageHandler::ConfirmSettings => get(settings::confirm_page),
        };
        // Pages of the admins are long and hold no secret that somebody could guess at by their size.
        let handler = if page.is_admin() { handler.layer(CompressionLayer::new()) } else { handler };
        let handler = if page.own_headers { handler.layer(map_response(edge::with_floor_only)) } else { handler };
        routes = routes.page(page.path, page.area, handler);
    }
    routes
}

fn rest(routes: Routes) -> Routes {
    routes
        .check("/api/v1/session", Area::Member, get(api::session))
        .public_api(Method::GET, "/session/left", RouteBudget::Reads, get(sessions::left))
        .page("/admin/mail/preview/:kind", Area::Admin, get(mail::preview))
        .page("/admin/reports/:id/download", Area::Admin, get(reports::show))
        .page("/attachments/:id", Area::Member, get(attachments::show))
        .page("/attachments/:id/preview", Area::Member, get(attachments::preview))
        .api(Method::GET, "/api/v1/policy", Area::Admin, get(policy_api::read))
        .api(Method::PUT, "/api/v1/policy", Area::Admin, put(policy_api::write))
        .api(Method::GET, "/api/v1/policy/revisions", Area::Admin, get(policy_api::revisions))
}

#[expect(clippy::too_many_lines, reason = "a line for each form")]
fn forms(routes: Routes) -> Routes {
    routes
        .public_form_once("/sign-in", RouteBudget::Passwords, post(auth::sign_in))
        .form_once("/sign-in/second-step", Area::SecondStep, Secret, post(second_step::verify_code))
        .form_once("/sign-in/second-step/recovery", Area::SecondStep, Secret, post(second_step::use_recovery_code))
        .form("/sign-in/second-step/cancel", Area::SecondStep, Buttons, post(second_step::cancel))
        .form_once("/sign-in/second-step/email", Area::SecondStep, Secret, post(second_step::use_emailed_code))
        .form_once("/sign-in/second-step/email/send", Area::SecondStep, Buttons, post(second_step::send_code))
        .form("/sign-in/second-step/help", Area::SecondStep, Buttons, post(second_step::ask_for_help))
        .form("/session/stay", Area::SignedIn, Buttons, post(sessions::stay))
        .form_once("/profile/step-up", Area::Enrolment, Secret, post(step_up::by_code))
        .form_once("/profile/step-up/recovery", Area::Enrolment, Secret, post(step_up::by_recovery_code))
        .form_once("/profile/step-up/password", Area::Enrolment, Secret, post(step_up::by_password))
        .form("/profile/two-factor/email/on", Area::Enrolment, Buttons, post(two_factor::email_codes_on))
        .form("/profile/two-factor/email/off", Area::Enrolment, Buttons, post(two_factor::email_codes_off))
        .form("/admin/first-run/leave", Area::SuperAdmin, Buttons, post(first_run::leave))
        .form("/admin/mail/test", Area::Admin, Buttons, post(mail::test))
        .form("/admin/mail/:id/retry", Area::Admin, Buttons, post(mail::retry))
        .form("/ideas", Area::Member, Typed, post(ideas::post))
        .form("/ideas/:id/edit", Area::Member, Typed, post(ideas::edit))
        .form("/ideas/:id/share", Area::Member, Typed, post(ideas::share))
        .upload("/ideas/:id/attachments", Area::Member, post(attachments::add))
        .form("/attachments/:id/remove", Area::Member, Buttons, post(attachments::remove))
        .form("/ideas/:id/comments", Area::Member, Typed, post(ideas::comment))
        .form("/ideas/:id/vote", Area::Member, Buttons, post(ideas::vote))
        .form("/ideas/:id/take-vote-back", Area::Member, Buttons, post(ideas::take_vote_back))
        .form("/ideas/:id/follow", Area::Member, Buttons, post(ideas::follow))
        .form("/ideas/:id/unfollow", Area::Member, Buttons, post(ideas::unfollow))
        .form("/ideas/:id/approve", Area::Member, Buttons, post(ideas::approve))
        .form("/ideas/:id/reject", Area::Member, Typed, post(ideas::reject))
        .form("/profile/idea-mails", Area::Member, Buttons, post(ideas::choose_mails))
        .public_form("/unsubscribe/:token", RouteBudget::Token, post(unsubscribe::stop))
        .form("/assessments/new/:id", Area::Member, Typed, post(assessments::make))
        .form("/assessments/:id", Area::Member, Typed, post(assessments::fill_in))
        .form("/assessments/:id/remind", Area::Member, Buttons, post(assessments::remind))
        .form("/assessments/:id/close", Area::Member, Buttons, post(assessments::close))
        .form("/conversations", Area::Member, Typed, post(conversations::start))
        .form("/conversations/:id/reply", Area::Member, Typed, post(conversations::reply))
        .form("/conversations/:id/read", Area::Member, Buttons, post(conversations::read))
        .form("/conversations/:id/mute", Area::Member, Buttons, post(conversations::mute))
        .form("/conversations/:id/unmute", Area::Member, Buttons, post(conversations::unmute))
        .form("/conversations/:id/leave", Area::Member, Buttons, post(conversations::leave))
        .form("/sign-out", Area::SignedIn, Buttons, post(auth::sign_out))
        .form("/analytics", Area::Member, Buttons, post(analytics::choose))
        .form("/profile/email", Area::Member, Typed, post(profile::change_email))
        .form("/profile/data", Area::Member, Buttons, post(member_data::own))
        .form_once("/profile/password", Area::Password, Secret, post(password::change))
        .form("/admin/help-requests/:id", Area::Admin, Typed, post(help_requests::decide))
        .form("/admin/lockouts/:id/unlock", Area::Admin, Buttons, post(lockouts::unlock))
        .public_form("/forgot-password", RouteBudget::Mails, post(reset::ask))
        .public_form_once("/choose-password", RouteBudget::Token, post(reset::set))
        .public_form("/claim-account", RouteBudget::Mails, post(reset::claim))
        .public_form_once("/join", RouteBudget::Token, post(join::join))
        .public_form("/register", RouteBudget::Mails, post(register::register))
        .form("/admin/invitations/:id/approve", Area::Admin, Buttons, post(registrations::approve))
        .form("/admin/invitations/:id/reject", Area::Admin, Typed, post(registrations::reject))
        .form("/admin/invitations", Area::Admin, Typed, post(invitations::invite))
        .form("/admin/invitations/list", Area::Admin, Typed, post(invitation_list::post))
        .form("/admin/invitations/file", Area::Admin, File, post(invitation_list::file))
        .form("/admin/invitations/:id/send-again", Area::Admin, Buttons, post(invitations::send_again))
        .form("/admin/invitations/:id/withdraw", Area::Admin, Buttons, post(invitations::withdraw))
        .form("/admin/members/:id/data/download", Area::Admin, Buttons, post(member_data::download))
        .form("/admin/members/:id/data/erase", Area::Admin, Typed, post(member_data::erase))
        .form("/admin/sessions/end", Area::Admin, Typed, post(member_data::sign_everybody_out))
        .form("/admin/members/:id/activate", Area::Admin, Buttons, post(members::activate))
        .form("/admin/members/:id/deactivate", Area::Admin, Buttons, post(members::deactivate))
        .form("/admin/members/:id/ban", Area::Admin, Buttons, post(members::ban))
        .form("/admin/members/:id/end-sessions", Area::Admin, Buttons, post(members::end_sessions))
        .form("/admin/members/:id/reset", Area::Admin, Buttons, post(members::send_reset))
        .form("/admin/members/:id/reset-two-factor", Area::Admin, Buttons, post(members::reset_two_factor))
        .form("/admin/members/several", Area::Admin, Buttons, post(several::act))
        .form("/admin/members/:id/role", Area::Admin, Buttons, post(member::set_role))
        .form("/admin/members/:id/unlock", Area::Admin, Buttons, post(member::unlock))
        .form("/admin/members/:id/sessions/end", Area::Admin, Buttons, post(member::end_session))
        .form("/admin/members/:id/trusted/forget", Area::Admin, Buttons, post(member::forget_browser))
        .form("/admin/members/:id/links/void", Area::Admin, Buttons, post(member::void_link))
        .form("/admin/members/:id/communities/add", Area::Admin, Buttons, post(member::add_to_community))
        .form("/admin/members/:id/communities/remove", Area::Admin, Buttons, post(member::remove_from_community))
        .form("/admin/members/:id/communities/moderator", Area::Admin, Buttons, post(member::set_moderator))
        .form("/admin/communities", Area::Admin, Typed, post(community::create))
        .form("/admin/communities/:id", Area::Admin, Typed, post(community::describe))
        .form("/admin/communities/:id/members", Area::Admin, Typed, post(community::add_member))
        .form("/admin/communities/:id/remove", Area::Admin, Buttons, post(community::remove_member))
        .form("/admin/communities/:id/moderator", Area::Admin, Buttons, post(community::set_moderator))
        .form("/c/:id/approve", Area::Member, Buttons, post(community::approve))
        .form("/c/:id/reject", Area::Member, Buttons, post(community::reject))
        .public_form_once("/set-up", RouteBudget::Token, post(set_up::create))
        .public_form_once("/link/:token", RouteBudget::Token, post(link::act))
        .form("/profile/two-factor/authenticator", Area::Enrolment, Buttons, post(two_factor::begin))
        .form_once("/profile/two-factor/authenticator/confirm", Area::Enrolment, Secret, post(two_factor::confirm))
        .form("/profile/two-factor/authenticator/cancel", Area::Enrolment, Buttons, post(two_factor::cancel))
        .form("/profile/two-factor/authenticator/remove", Area::Member, Buttons, post(two_factor::remove))
        .form("/profile/two-factor/passkeys/:id/rename", Area::Member, Typed, post(two_factor::rename_passkey))
        .form("/profile/two-factor/passkeys/:id/remove", Area::Member, Buttons, post(two_factor::remove_passkey))
        .form_once("/profile/two-factor/recovery-codes", Area::Member, Buttons, post(two_factor::new_codes))
        .form("/profile/sessions/:id/end", Area::Member, Buttons, post(sessions::end))
        .form("/profile/sessions/trusted/:id/end", Area::Member, Buttons, post(sessions::end_trust))
        .form("/profile/sessions/end-others", Area::Member, Buttons, post(sessions::end_others))
        .form("/admin/settings", Area::Admin, Typed, post(settings::save))
        .form("/admin/settings/confirm", Area::Admin, Buttons, post(settings::confirm))
        .form("/admin/settings/general", Area::Admin, Typed, post(workspace::present))
        .upload("/admin/settings/general/mark", Area::Admin, post(mark::set))
        .form("/admin/settings/general/mark/remove", Area::Admin, Buttons, post(mark::remove))
        .form("/admin/reports", Area::Admin, Buttons, post(reports::ask))
        .form("/admin/reports/:id/cancel", Area::Admin, Buttons, post(reports::cancel))
        .form("/admin/settings/chat", Area::Admin, Secret, post(chat::set))
        .form("/admin/settings/chat/:id/remove", Area::Admin, Buttons, post(chat::remove))
        .form("/admin/settings/communities", Area::Admin, Typed, post(communities::create))
        .form("/admin/settings/communities/:id/members", Area::Admin, Typed, post(communities::add_member))
        .form("/admin/settings/communities/:id/:key", Area::Admin, Typed, post(communities::put))
        .form("/admin/settings/communities/:id/:key/reset", Area::Admin, Buttons, post(communities::reset))
        .form("/admin/history/restore", Area::Admin, Buttons, post(settings::restore))
}

/// Writes the lists in `docs/headers.md`.
pub fn markdown() -> String {
    let list = |own: bool| -> String {
        let pages = app::sitemap::PAGES.iter().filter(|page| page.floor_only() == own);
        pages.fold(String::new(), |list, page| format!("{list}- `{}` ({})\n", page.path, page.title))
    };
    format!(
        "# Which pages follow the headers of the settings\n\nWritten from the site map by `make docs`; a test fails when it is stale, and another asks every page.\n\nEvery answer carries the headers that *Browser protection* says, but for the content security policy of the pages that are a way in or back: they must work whatever was saved.\n\n## Pages that follow the settings\n\n{}\nSo do files, the REST API, the answers of server functions, and what answers where nothing matches (404, 405) or something broke, once Bailey has read the settings.\n\n## Pages that keep Bailey's own content security policy\n\n{}\nSo do the forms of these pages. The preview of a mail (`/admin/mail/preview/…`) has a policy of its own, under which nothing runs. So do files of ideas, reports and the mark of the workspace, which are never sniffed either, whatever was saved; the mark may be shown by other sites.\n\nHSTS and what else only counts over TLS is sent where a request came by it: a trusted proxy says so by X-Forwarded-Proto, or the operator by `behind_tls`.\n",
        list(false),
        list(true)
    )
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn docs_headers_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/headers.md");
        let wanted = markdown();
        if std::env::var_os("BAILEY_BLESS").is_some() {
            std::fs::write(path, &wanted).expect("the docs folder is writable");
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(found == wanted, "docs/headers.md is stale: run `make docs`");
    }

    /// The journeys that visit every page read this list.
    #[test]
    fn the_list_of_pages_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/sitemap.json");
        let row = |page| serde_json::to_string(page).expect("a row is JSON");
        let rows: Vec<_> = app::sitemap::PAGES.iter().map(row).collect();
        let wanted = format!("[\n  {}\n]\n", rows.join(",\n  "));
        if std::env::var_os("BAILEY_BLESS").is_some() {
            std::fs::write(path, &wanted).expect("the folder is writable");
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(found == wanted, "end2end/sitemap.json is stale: run `make docs`");
    }
}
