//! What kind of answer a route gives.

/// What kind of answer a route gives, refusals included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseKind {
    /// A page: a refusal leads to where it can be mended.
    Page,
    /// A form's post: like a page, and back to the page of the form.
    Form,
    /// A server function: a refusal is an `ApiError` as JSON.
    ServerFunction,
    /// The REST API: a refusal is a problem document (RFC 9457).
    Api,
    /// A check that a reverse proxy asks on behalf of a browser; like the API.
    Check,
    /// No gate: health and reports.
    Open,
}
