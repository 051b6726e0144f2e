//! A mail server that says what a test wants at each step, and keeps what it was told.
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server answers in place of the usual: to `CONNECT`, `EHLO`, `AUTH`, `MAIL`, `RCPT`, `DATA`, and to `.`, the
/// end of a mail.
type Script = Vec<(&'static str, &'static str)>;

/// A mail server.
pub struct SmtpServer {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    told: Arc<Mutex<Vec<String>>>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let server = Self { address, script: Arc::default(), told: Arc::default() };
        let (script, told) = (Arc::clone(&server.script), Arc::clone(&server.told));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, told) = (Arc::clone(&script), Arc::clone(&told));
                // Whoever hangs up ends it.
                tokio::spawn(async move { drop(converse(stream, &script, &told).await) });
            }
        });
        server
    }

    /// Its address, with whatever stands before the host and behind the port.
    pub fn url(&self, user: &str, query: &str) -> String {
        format!("smtp://{user}{}{query}", self.address)
    }

    /// Answers so from now on.
    pub fn says(&self, script: &[(&'static str, &'static str)]) {
        *self.script.lock().expect("nobody panics") = script.to_vec();
    }

    /// The lines that it was told since the last time.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.told.lock().expect("nobody panics"))
    }
}

async fn converse(stream: TcpStream, script: &Mutex<Script>, told: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let answer = |step: &str, usual: &str| {
        let script = script.lock().expect("nobody panics");
        let said = script.iter().find(|(at, _)| *at == step).map_or(usual, |(_, said)| said);
        format!("{said}\r\n")
    };
    write.write_all(answer("CONNECT", "220 mail.example.org ESMTP").as_bytes()).await?;
    while let Some(line) = lines.next_line().await? {
        told.lock().expect("nobody panics").push(line.clone());
        let step = line.split(' ').next().unwrap_or_default().to_uppercase();
        let usual = match step.as_str() {
            "EHLO" => "250-mail.example.org\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            "AUTH" => "235 2.7.0 Welcome",
            "DATA" => "354 Go on",
            _ => "250 2.0.0 Fine",
        };
        let said = answer(&step, usual);
        write.write_all(said.as_bytes()).await?;
        if step == "DATA" && said.starts_with("354") {
            while let Some(line) = lines.next_line().await? {
                if line == "." {
                    break;
                }
                told.lock().expect("nobody panics").push(line);
            }
            write.write_all(answer(".", "250 2.0.0 Taken").as_bytes()).await?;
        }
    }
    Ok(())
}
