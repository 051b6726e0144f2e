//! Server functions, behind the gate of their area.
use crate::extract::GatedRequest;
use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;
use web::{Problem, UNREADABLE};

/// Calls a server function.
pub async fn call(gated: GatedRequest, request: Request) -> Response {
    let context = gated.context;
    let request_id = context.request_id.clone();
    let provide = move || provide_context(context.clone());
    let response = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    if response.status() == UNREADABLE { Problem::failed(UNREADABLE, &request_id).into_response() } else { response }
}
