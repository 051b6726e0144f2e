//! Requests that are sent again and again, and how long their answers take.
use crate::{CONNECTIONS, Failure, RUN};
use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;

/// A request that is sent again and again.
#[derive(Clone)]
pub(crate) struct Shot {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) cookie: String,
    pub(crate) body: String,
    pub(crate) from: String,
}

impl Shot {
    pub(crate) fn new(method: &'static str, path: &'static str, cookie: String, body: String) -> Self {
        Self { method, path, cookie, body, from: "203.0.113.7".to_owned() }
    }
}

pub(crate) async fn connect(address: SocketAddr) -> Result<http1::SendRequest<Full<Bytes>>, Failure> {
    let (sender, connection) = http1::handshake(TokioIo::new(TcpStream::connect(address).await?)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

pub(crate) async fn shoot(
    sender: &mut http1::SendRequest<Full<Bytes>>,
    shot: &Shot,
) -> Result<hyper::Response<Bytes>, Failure> {
    let request = Request::builder()
        .method(shot.method)
        .uri(shot.path)
        .header("host", "localhost")
        .header("cookie", &shot.cookie)
        .header("x-forwarded-for", &shot.from)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(shot.body.clone())))?;
    sender.ready().await?;
    let (parts, body) = sender.send_request(request).await?.into_parts();
    Ok(hyper::Response::from_parts(parts, body.collect().await?.to_bytes()))
}

/// Shoots over several connections for a while, each with its own of these shots; answers how many a second, and the 99th percentile.
pub(crate) async fn load(
    address: SocketAddr,
    shots: &[Shot],
    status: u16,
    run: Duration,
) -> Result<(f64, Duration), Failure> {
    let begin = Instant::now();
    let mut shooters = Vec::new();
    for shot in shots.iter().cycle().take(CONNECTIONS) {
        let (mut sender, shot) = (connect(address).await?, shot.clone());
        shooters.push(tokio::spawn(async move {
            let mut took = Vec::new();
            while begin.elapsed() < run {
                let at = Instant::now();
                let answer = shoot(&mut sender, &shot).await?;
                if answer.status() != status {
                    return Err(Failure::from(format!("{} answered {}", shot.path, answer.status())));
                }
                took.push(at.elapsed());
            }
            Ok(took)
        }));
    }
    let mut took = Vec::new();
    for shooter in shooters {
        took.extend(shooter.await??);
    }
    let seconds = begin.elapsed().as_secs_f64();
    took.sort();
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
    Ok((took.len() as f64 / seconds, p99))
}

/// Sends one request every few milliseconds for a while; answers the 99th percentile.
pub(crate) async fn paced(address: SocketAddr, shot: Shot) -> Result<Duration, Failure> {
    let mut sender = connect(address).await?;
    let mut took = Vec::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(5));
    let begin = Instant::now();
    while begin.elapsed() < RUN {
        ticks.tick().await;
        let at = Instant::now();
        drop(shoot(&mut sender, &shot).await?);
        took.push(at.elapsed());
    }
    took.sort();
    Ok(took.get(took.len() * 99 / 100).copied().unwrap_or_default())
}

/// A cookie that an answer sets, by the beginning of its line.
pub(crate) fn cookie(answer: &hyper::Response<Bytes>, begins: &str) -> Option<String> {
    let lines = answer.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with(begins)).map(str::to_owned)
}
