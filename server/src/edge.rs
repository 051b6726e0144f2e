//! Steps 1 to 5 of a request, around everything else: trace, address, headers, workspace, origin.
mod address;
pub mod csp_report;
pub mod fault_report;
mod faults;
mod headers;
mod host;
mod origin;
mod pace;
mod page;
mod repeated_forms;
mod request_budget;
mod tally;
mod trace;
mod well_formed;

pub use address::{ClientAddress, Forwarding};
pub use faults::content_length;
pub use headers::{
    CspNonce, as_file, as_mail, as_measured, as_picture, from_anywhere, has_policy, under, with_floor_only,
    without_referrer,
};
pub use origin::is_from_own_page;
pub use page::{came_from, plain_page, too_large};
pub use repeated_forms::{Act, FormKey, GIVEN_AGAIN, GivenAnswer, PAGE_FIELD};
pub use tally::Tally;
pub use trace::request_id;

use crate::config::{Config, PublicUrl, TrustedProxies};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
};
use csp_report::Reports;
use fault_report::Faults;
use pace::Pace;
use policy::Settings;
use repeated_forms::RepeatedForms;
use request_budget::RequestBudgets;
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};
use tower_http::timeout::RequestBodyTimeoutLayer;

/// The largest body that a request may have in general, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;

/// How much is read, in bytes, of whatever holds what members have typed: twice what every setting together can be as a
/// form, so that whatever is too long is said beside its field.
pub static TYPED_BODY_LIMIT: LazyLock<usize> = LazyLock::new(|| BODY_LIMIT.max(2 * Settings::form_bytes()));

/// How much is read, in bytes, of a form that brings a file: the largest one, and what stands around it.
pub const UPLOAD_BODY_LIMIT: usize = 10 * 1024 * 1024 + BODY_LIMIT;

/// How long a body may pause before it is taken for one that never comes.
const BODY_PAUSE: Duration = Duration::from_secs(10);

/// What the edge knows of the site.
#[derive(Debug)]
pub struct Edge {
    /// The address under which people reach it.
    pub public_url: PublicUrl,
    /// The proxies whose word is believed.
    pub trusted_proxies: TrustedProxies,
    /// What became of forwarding headers so far.
    pub forwarding: Forwarding,
    /// Whether every request came by TLS where nothing says otherwise.
    pub behind_tls: bool,
    /// Whether the check that a reverse proxy asks keeps a session from idling.
    pub session_check_is_activity: bool,
    /// Whether the operator started in safe mode.
    pub safe_mode: bool,
    /// The address of the style sheet.
    pub stylesheet: String,
    /// What browsers have reported.
    pub reports: Reports,
    /// Which pages browsers could not hydrate.
    pub faults: Faults,
    /// The turns of network addresses at what is open to anybody.
    pub pace: Pace,
    /// How many requests network addresses have made of what costs strangers nothing.
    pub requests: RequestBudgets,
    /// The forms that were sent lately.
    pub repeated_forms: RepeatedForms,
    /// How often strangers asked for another host.
    pub misdirected: Tally,
}

impl Edge {
    /// Takes what the edge needs out of the configuration.
    pub fn new(config: &Config, stylesheet: String) -> Self {
        Self {
            public_url: config.public_url.clone(),
            trusted_proxies: config.trusted_proxies.clone(),
            forwarding: Forwarding::default(),
            behind_tls: config.behind_tls,
            session_check_is_activity: config.session_check_is_activity,
            safe_mode: config.safe_mode,
            stylesheet,
            reports: Reports::default(),
            faults: Faults::default(),
            pace: Pace::default(),
            requests: RequestBudgets::default(),
            repeated_forms: RepeatedForms::default(),
            misdirected: Tally::default(),
        }
    }
}

/// Puts the edge around a router. The header layer lies outside of all that can refuse, so that
/// every refusal carries the headers too.
pub fn layers(router: Router, edge: Arc<Edge>) -> Router {
    router
        // Routes with a gate have a limit of their own.
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn_with_state(Arc::clone(&edge), faults::catch))
        .layer(from_fn_with_state(Arc::clone(&edge), origin::check))
        .layer(from_fn(well_formed::check))
        .layer(from_fn_with_state(Arc::clone(&edge), host::check))
        .layer(from_fn_with_state(Arc::clone(&edge), headers::set))
        .layer(from_fn_with_state(edge, address::find))
        .layer(from_fn(trace::follow))
}

#[cfg(test)]
mod tests;
