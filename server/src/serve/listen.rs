//! Connections: how long a client may take to say what it wants, and how they end.
use super::connection_limit::{ConnectionLimit, ConnectionSlot};
use crate::failure::Failure;
use axum::{Router, extract::ConnectInfo};
use http::Request;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
    service::TowerToHyperService,
};
use rustix::net::sockopt::set_tcp_user_timeout;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long a client may say nothing at all.
const FIRST_BYTE_WITHIN: Duration = Duration::from_secs(15);
/// How long a client may take for the head of a request, or idle between two: longer than the minute for which balancers
/// keep a connection, so that they never send a request down one that was closed here.
const HEAD_WITHIN: Duration = Duration::from_secs(75);
/// How long a client may leave what was sent to it, in milliseconds.
const TAKEN_WITHIN: u32 = 60_000;
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

/// Serves as many connections as there may be until it is told to stop, and then what is under way.
pub async fn run(
    listener: TcpListener,
    router: Router,
    limit: Arc<ConnectionLimit>,
    told_to_stop: impl Future<Output = ()>,
) {
    let connections = GracefulShutdown::new();
    let stopping = CancellationToken::new();
    tokio::pin!(told_to_stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // One above the limit is closed by being dropped.
                    if let Some(slot) = limit.take(peer.ip()) {
                        let ends = (connections.watcher(), stopping.clone());
                        tokio::spawn(serve(stream, peer, router.clone(), slot, ends));
                    }
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            },
            () = &mut told_to_stop => break,
        }
    }
    drop(listener);
    stopping.cancel();
    if tokio::time::timeout(DRAIN_WITHIN, connections.shutdown()).await.is_err() {
        tracing::warn!("requests that took too long were cut off");
    }
}

async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    _slot: ConnectionSlot,
    (watcher, stopping): (Watcher, CancellationToken),
) {
    // Answers are written whole, so there is nothing to wait for.
    drop(stream.set_nodelay(true));
    let _ = set_tcp_user_timeout(&stream, TAKEN_WITHIN);
    let mut first = [0];
    tokio::select! {
        spoke = tokio::time::timeout(FIRST_BYTE_WITHIN, stream.peek(&mut first)) => {
            if !matches!(spoke, Ok(Ok(1..))) {
                return;
            }
        }
        () = stopping.cancelled() => return,
    }
    let service = router.map_request(coming_from(peer));
    // HTTP/2 without TLS is spoken by no browser, and telling the two apart would wait for ever.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)).into_owned();
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Marks each request of a connection with the address at its other end.
fn coming_from<B>(peer: SocketAddr) -> impl Fn(Request<B>) -> Request<B> + Clone {
    move |mut request| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::TrustedProxies;
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        time::Instant,
    };

    /// Serves on a free port for as long as the test runs.
    async fn served(most: usize) -> SocketAddr {
        let listener = bind(([127, 0, 0, 1], 0).into()).await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let router = Router::new().route("/", get(|| async { "hello" }));
        let limit = ConnectionLimit::new(most, TrustedProxies::default());
        tokio::spawn(run(listener, router, limit, std::future::pending()));
        address
    }

    /// Says something, and answers after how many seconds the connection was closed, and what was said until then.
    async fn until_closed(address: SocketAddr, said: &str) -> (u64, String) {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        stream.write_all(said.as_bytes()).await.expect("it is open");
        let (since, mut heard) = (Instant::now(), Vec::new());
        // A reset ends it as well.
        drop(stream.read_to_end(&mut heard).await);
        (since.elapsed().as_secs(), String::from_utf8_lossy(&heard).into_owned())
    }

    /// Fails when nothing limits how long the first byte may take, or when `HTTP/2` is told apart from `HTTP/1` first.
    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_is_left_and_one_that_idles_is_kept_for_more_than_a_minute() {
        let address = served(1_000).await;
        let (silent, heard) = until_closed(address, "").await;
        assert!(silent == FIRST_BYTE_WITHIN.as_secs() && heard.is_empty(), "{silent} {heard}");
        for begun in ["G", "GET / HTTP/1.1\r\nHost: ", "PRI * HT"] {
            let (after, _) = until_closed(address, begun).await;
            assert_eq!(after, HEAD_WITHIN.as_secs(), "{begun}");
        }
        until_closed(address, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
        let (idle, heard) = until_closed(address, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
        assert!(idle > 60 && heard.ends_with("hello"), "{idle} {heard}");
    }

    /// Fails when `run` no longer asks the limit, or keeps a slot of a connection that is gone.
    #[tokio::test]
    async fn more_connections_than_one_client_may_have_are_closed_at_once() {
        let address = served(32).await;
        let ask = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let held = [TcpStream::connect(address).await, TcpStream::connect(address).await];
        assert_eq!(until_closed(address, "").await, (0, String::new()));
        drop(held);
        // It is seen a moment later that they are gone.
        let mut answered = false;
        for _ in 0..100 {
            answered = answered || until_closed(address, ask).await.1.ends_with("hello");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(answered);
    }
}
