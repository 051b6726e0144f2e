//! A port that leads to one server after the other, as a virtual address or a balancer does.
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};
use tokio::net::{TcpListener, TcpStream};

pub struct Forwarder {
    address: SocketAddr,
    target: Arc<AtomicU16>,
}

impl Forwarder {
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let target = Arc::new(AtomicU16::new(port));
        let now = Arc::clone(&target);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let port = now.load(Ordering::SeqCst);
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(("127.0.0.1", port)).await else { return };
                    // Either side may break off.
                    drop(tokio::io::copy_bidirectional(&mut near, &mut far).await);
                });
            }
        });
        Self { address, target }
    }

    /// Leads new connections to another server. Those that are open stay where they are.
    pub fn move_to(&self, port: u16) {
        self.target.store(port, Ordering::SeqCst);
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres", self.address)
    }
}
