//! Prometheus metrics, on a listener of their own.
use axum::{Router, extract::State, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};
use domain::{Bailey, Readiness};
use prometheus_client::{encoding::text::encode, metrics::gauge::Gauge, registry::Registry};
use tokio::net::TcpListener;

/// Serves `/metrics`.
pub async fn serve(listener: TcpListener, bailey: Bailey) {
    let router = Router::new().route("/metrics", get(show)).with_state(bailey);
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "the metrics listener stopped");
    }
}

async fn show(State(bailey): State<Bailey>) -> impl IntoResponse {
    let mut registry = Registry::with_prefix("bailey");
    gauge(
        &mut registry,
        "password_hash_free_slots",
        "Password hashes that could begin this moment",
        bailey.hasher().free_slots(),
    );
    let reachable = usize::from(matches!(bailey.store().readiness().await, Ok(Readiness::Ready)));
    gauge(
        &mut registry,
        "database_ready",
        "1 when the database answers, its schema is current and it takes writes",
        reachable,
    );
    let mut text = String::new();
    match encode(&mut text, &registry) {
        Ok(()) => ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text),
        Err(_) => ([(CONTENT_TYPE, "text/plain")], String::new()),
    }
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: usize) {
    let gauge = Gauge::<i64>::default();
    gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
    registry.register(name, help, gauge);
}
