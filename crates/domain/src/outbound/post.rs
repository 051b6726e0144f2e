//! Handing something over to another system: one request with a body, of whose answer only the status counts.
use super::{Limits, Outbound, OutboundError};
use http::{
    Request,
    header::{CONTENT_TYPE, HOST, USER_AGENT},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use tokio::{task::JoinSet, time::timeout};
use url::{Position, Url};

/// How long the head of an answer may be, in bytes.
const LONGEST_HEAD: usize = 16 * 1_024;

impl Outbound {
    /// Posts JSON.
    ///
    /// # Errors
    /// Why it was not taken; every answer but those from 200 to 299 is an error.
    pub async fn post_json(&self, url: &Url, json: String, limits: Limits) -> Result<(), OutboundError> {
        timeout(limits.time, self.hand_in(url, json, limits)).await.map_err(|_| OutboundError::TooSlow)?
    }

    async fn hand_in(&self, url: &Url, json: String, limits: Limits) -> Result<(), OutboundError> {
        let host = url.host().filter(|_| url.scheme() == "https").ok_or(OutboundError::BadUrl)?;
        let request = Request::post(&url[Position::BeforePath..Position::AfterQuery])
            .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
            .header(USER_AGENT, concat!("Bailey/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(json)))
            .map_err(|_| OutboundError::BadUrl)?;
        let stream = self.connect(host, url.port_or_known_default().unwrap_or(443), limits.time).await?;
        let broken = |cause: hyper::Error| OutboundError::BadAnswer(cause.into());
        let handshake = http1::Builder::new().max_buf_size(LONGEST_HEAD).handshake(TokioIo::new(stream));
        let (mut sender, connection) = handshake.await.map_err(broken)?;
        // Dropped with whoever waits for the answer, and the connection with it.
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        let response = sender.send_request(request).await.map_err(broken)?;
        let status = response.status().as_u16();
        // What else it says is read as far as it may go, so that the other side sees its answer taken.
        drop(Limited::new(response.into_body(), limits.bytes).collect().await);
        match status {
            200..300 => Ok(()),
            300..400 => Err(OutboundError::Redirected { status }),
            _ => Err(OutboundError::Status { status }),
        }
    }
}
