//! Connections: how long a client may take to say what it wants, and how they end.
use crate::failure::Failure;
use axum::{Router, extract::ConnectInfo};
use http::Request;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// How long a client may take for the head of a request, or idle between two: one that sends it byte by byte
/// holds a connection no longer than this.
const HEAD_WITHIN: Duration = Duration::from_secs(15);
/// How long requests that are under way may take after Bailey was told to stop.
const DRAIN_WITHIN: Duration = Duration::from_secs(30);
/// How long accepting pauses after it failed, as when the system has no more files to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes an address to listen at.
///
/// # Errors
/// Says which address, and why not.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|cause| Failure::Listen { address, cause })
}

/// Serves every connection until it is told to stop, and then what is under way.
pub async fn run(listener: TcpListener, router: Router, told_to_stop: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    tokio::pin!(told_to_stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => serve(stream, peer, router.clone(), &connections),
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            },
            () = &mut told_to_stop => break,
        }
    }
    drop(listener);
    if tokio::time::timeout(DRAIN_WITHIN, connections.shutdown()).await.is_err() {
        tracing::warn!("requests that took too long were cut off");
    }
}

fn serve(stream: TcpStream, peer: SocketAddr, router: Router, connections: &GracefulShutdown) {
    // Answers are written whole, so there is nothing to wait for.
    drop(stream.set_nodelay(true));
    let service = router.map_request(coming_from(peer));
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(HEAD_WITHIN);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

/// Marks each request of a connection with the address at its other end.
fn coming_from<B>(peer: SocketAddr) -> impl Fn(Request<B>) -> Request<B> + Clone {
    move |mut request| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }
}
