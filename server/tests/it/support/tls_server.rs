//! A server over TLS on this machine, with an authority of its own, which answers as it is told.
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::{
    io::Write,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::NamedTempFile;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

/// What it answers.
#[derive(Debug, Clone)]
pub enum Reply {
    /// This head and body, as they are.
    Raw(String),
    /// Nothing, while the connection stays open.
    Silence,
    /// A body that comes a byte at a time, and goes on.
    Trickle,
    /// A body that never ends.
    Endless,
}

impl Reply {
    /// The status 200 with this body.
    pub fn ok(body: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
    }

    /// A status with this header and no body.
    pub fn status(status: &str, header: &str) -> Self {
        Self::Raw(format!("HTTP/1.1 {status}\r\n{header}\r\ncontent-length: 0\r\n\r\n"))
    }
}

/// The server.
pub struct TlsServer {
    pub port: u16,
    authority: NamedTempFile,
    asked: Arc<Mutex<Vec<String>>>,
    bodies: Arc<Mutex<Vec<String>>>,
    reply: Arc<Mutex<Reply>>,
}

impl TlsServer {
    /// Starts one, which is `localhost`, `range.example.org` and 127.0.0.1.
    pub async fn start(reply: Reply) -> Self {
        let (tls, pem) = identity(&["localhost", "range.example.org", "127.0.0.1"]);
        let mut authority = NamedTempFile::new().expect("a temporary file can be made");
        authority.write_all(pem.as_bytes()).expect("it can be written");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it has one").port();
        let (asked, bodies) = (Arc::default(), Arc::default());
        let reply = Arc::new(Mutex::new(reply));
        let server =
            Self { port, authority, asked: Arc::clone(&asked), bodies: Arc::clone(&bodies), reply: Arc::clone(&reply) };
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, asked, reply) = (acceptor.clone(), Arc::clone(&asked), Arc::clone(&reply));
                let bodies = Arc::clone(&bodies);
                tokio::spawn(async move {
                    // Whoever does not trust it hangs up.
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    answer(stream, (&asked, &bodies), &reply).await;
                });
            }
        });
        server
    }

    /// An address on it, by the name `localhost`.
    pub fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.port)
    }

    /// The file with the certificate of its authority.
    pub fn authority(&self) -> PathBuf {
        self.authority.path().to_owned()
    }

    /// Answers so from now on.
    pub fn replies(&self, reply: Reply) {
        *self.reply.lock().expect("nobody has panicked") = reply;
    }

    /// The heads of the requests that have come since the last time.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("nobody has panicked"))
    }

    /// The bodies of the requests that have come since the last time; empty of those that had none.
    pub fn bodies(&self) -> Vec<String> {
        std::mem::take(&mut self.bodies.lock().expect("nobody has panicked"))
    }
}

/// A certificate for these names, and the one of the authority that has signed it in PEM.
fn identity(names: &[&str]) -> (ServerConfig, String) {
    let mut params = CertificateParams::new(Vec::new()).expect("no name is wrong");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key can be made");
    let authority = params.self_signed(&key).expect("it signs itself");
    let issuer = Issuer::new(params, key);
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let key = KeyPair::generate().expect("a key can be made");
    let certificate = CertificateParams::new(names).expect("names").signed_by(&key, &issuer).expect("it signs");
    let private = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .expect("they belong together");
    (tls, authority.pem())
}

/// How long the body of a request is, as its head says.
fn length(head: &str) -> usize {
    let line = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length:").map(str::to_owned));
    line.and_then(|length| length.trim().parse().ok()).unwrap_or_default()
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    (asked, bodies): (&Mutex<Vec<String>>, &Mutex<Vec<String>>),
    reply: &Mutex<Reply>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else { return };
        head.push(byte);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let mut body = vec![0; length(&head)];
    if stream.read_exact(&mut body).await.is_err() {
        return;
    }
    asked.lock().expect("nobody has panicked").push(head);
    bodies.lock().expect("nobody has panicked").push(String::from_utf8_lossy(&body).into_owned());
    let reply = reply.lock().expect("nobody has panicked").clone();
    let (begins, goes_on, every): (&str, &[u8], u64) = match &reply {
        Reply::Raw(text) => (text, b"", 0),
        Reply::Silence => ("", b"", 0),
        Reply::Trickle => ("HTTP/1.1 200 OK\r\n\r\n", b"x", 100),
        Reply::Endless => ("HTTP/1.1 200 OK\r\n\r\n", &[b'x'; 16_000], 0),
    };
    if stream.write_all(begins.as_bytes()).await.is_err() || stream.flush().await.is_err() {
        return;
    }
    // Until the other side hangs up, or a minute has gone.
    for _ in 0..600 {
        if goes_on.is_empty() {
            match reply {
                Reply::Silence => tokio::time::sleep(Duration::from_millis(100)).await,
                _ => break,
            }
        } else if stream.write_all(goes_on).await.is_err() || stream.flush().await.is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(every)).await;
    }
    drop(stream.shutdown().await);
}
