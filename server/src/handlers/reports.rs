//! Admin, reports: the posts of its forms, and the files.
use crate::{
    extract::{Fields, Id, SignedIn},
    respond::{download, redirect_with_notice},
};
use app::page::Notice;
use axum::response::Response;
use domain::ReportId;

const PAGE: &str = "/admin/reports";

/// Asks for a report.
pub async fn ask(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    match request.context.bailey.reports().ask(&caller, fields.text("kind")).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::ReportAsked),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Stops one that is not ready yet.
pub async fn cancel(SignedIn { request, caller }: SignedIn, Id(id): Id<ReportId>) -> Response {
    match request.context.bailey.reports().cancel(&caller, &id).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::ReportCancelled),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Hands one out that is ready.
pub async fn show(SignedIn { request, caller }: SignedIn, Id(id): Id<ReportId>) -> Response {
    match request.context.bailey.reports().download(&caller, &id).await {
        Ok(file) => download(file),
        Err(error) => request.error_at(PAGE, error).await,
    }
}
