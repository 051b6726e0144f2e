//! Many at one moment: the members of a Monday morning, and strangers who flood a door while a member reads a page.
use crate::{
    Failure, RUN,
    program::{PASSWORD, Program},
    shots::{Shot, connect, paced, shoot},
};
use http_body_util::Full;
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{io::AsyncWriteExt, net::TcpSocket, task::JoinSet};

/// How many connections a flood comes over.
const FLOODERS: usize = 8;

/// What a crowd of sign-ins met.
pub(crate) struct Crowd {
    pub(crate) slowest: Duration,
    pub(crate) refused: usize,
}

/// Signs so many members in at one moment, each from an address of their own and from a browser that nobody knows;
/// answers how long the last one waited.
pub(crate) async fn sign_in_at_once(program: &Program, members: usize) -> Result<Crowd, Failure> {
    let mut crowd = JoinSet::new();
    for i in 0..members {
        let body = format!("email=known{i}%40example.org&password={}", PASSWORD.replace(' ', "+"));
        let from = format!("198.51.{}.{}", i / 250, i % 250 + 1);
        let shot = Shot { from, ..Shot::new("POST", "/sign-in", String::new(), body) };
        let mut sender = connect(program.address).await?;
        crowd.spawn(async move {
            let at = Instant::now();
            Ok::<_, Failure>((shoot(&mut sender, &shot).await?.status(), at.elapsed()))
        });
    }
    let mut met = Crowd { slowest: Duration::ZERO, refused: 0 };
    while let Some(answered) = crowd.join_next().await {
        let (status, took) = answered??;
        met.slowest = met.slowest.max(took);
        met.refused += usize::from(status != 303);
    }
    Ok(met)
}

/// What strangers can flood.
#[derive(Clone)]
pub(crate) enum Flood {
    Connections,
    Requests(Shot),
}

pub(crate) fn floods() -> [(&'static str, Flood); 5] {
    let post = |path, body: &str| Flood::Requests(Shot::new("POST", path, String::new(), body.to_owned()));
    [
        ("connections", Flood::Connections),
        ("bodies", post("/sign-in", &"x".repeat(60_000))),
        ("reports", post("/csp-report", r#"{"csp-report":{"blocked-uri":"https://e.example"}}"#)),
        ("ceremony starts", post("/api/app/passkeys/sign-in-start", "")),
        ("sign-ins", post("/sign-in", "email=nobody%40example.org&password=not+the+password")),
    ]
}

/// Answers the 99th percentile of a member's page while one stranger floods a door as fast as they can.
pub(crate) async fn during(program: &Program, flood: &Flood, page: Shot) -> Result<Duration, Failure> {
    let mut strangers = JoinSet::new();
    for _ in 0..FLOODERS {
        strangers.spawn(stranger(program.address, flood.clone()));
    }
    let p99 = paced(program.address, page).await;
    strangers.shutdown().await;
    p99
}

/// Floods for as long as a run takes, and begins anew whenever the door is closed.
async fn stranger(address: SocketAddr, flood: Flood) {
    let begin = Instant::now();
    let mut held = Vec::new();
    while begin.elapsed() < RUN * 2 {
        let Ok(mut stream) = from_elsewhere(address).await else { continue };
        match &flood {
            Flood::Connections => {
                drop(stream.write_all(b"GET / HTTP/1.1\r\n").await);
                held.push(stream);
                held.truncate(10_000);
            }
            Flood::Requests(shot) => {
                let Ok((mut sender, connection)) = http1::handshake::<_, Full<Bytes>>(TokioIo::new(stream)).await
                else {
                    continue;
                };
                let connection = tokio::spawn(connection);
                while shoot(&mut sender, shot).await.is_ok() {}
                connection.abort();
            }
        }
    }
}

/// Connects from an address that is no proxy's.
async fn from_elsewhere(address: SocketAddr) -> std::io::Result<tokio::net::TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 2], 0).into())?;
    socket.connect(address).await
}
