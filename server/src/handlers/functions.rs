//! Server functions, behind the gate of their area.
use super::Visit;
use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

/// Calls a server function.
pub async fn call(visit: Visit, request: Request) -> Response {
    let context = visit.context;
    let provide = move || provide_context(context.clone());
    leptos_axum::handle_server_fns_with_context(provide, request).await.into_response()
}
