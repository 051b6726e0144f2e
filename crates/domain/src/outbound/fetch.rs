//! One answer to one request: no redirects, no longer than a time, no more than so many bytes.
use super::{Outbound, OutboundError};
use http::{
    HeaderName, HeaderValue, Request,
    header::{HOST, USER_AGENT},
};
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::{body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::{task::JoinSet, time::timeout};
use url::{Position, Url};

/// How long the head of an answer may be, in bytes.
const LONGEST_HEAD: usize = 16 * 1_024;

/// How far an answer may go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the whole of it may take.
    pub time: Duration,
    /// How long its body may be, in bytes.
    pub bytes: usize,
}

impl Outbound {
    /// Fetches a text.
    ///
    /// # Errors
    /// Why there is none; every answer but 200 is an error.
    pub async fn get(
        &self,
        url: &Url,
        header: (HeaderName, HeaderValue),
        limits: Limits,
    ) -> Result<String, OutboundError> {
        let body = self.get_bytes(url, header, limits).await?;
        String::from_utf8(body.into()).map_err(|_| OutboundError::NoText)
    }

    /// Fetches whatever it is.
    ///
    /// # Errors
    /// Why there is nothing; every answer but 200 is an error.
    pub async fn get_bytes(
        &self,
        url: &Url,
        header: (HeaderName, HeaderValue),
        limits: Limits,
    ) -> Result<Bytes, OutboundError> {
        timeout(limits.time, self.answer(url, header, limits)).await.map_err(|_| OutboundError::TooSlow)?
    }

    async fn answer(
        &self,
        url: &Url,
        (name, value): (HeaderName, HeaderValue),
        limits: Limits,
    ) -> Result<Bytes, OutboundError> {
        let host = url.host().filter(|_| url.scheme() == "https").ok_or(OutboundError::BadUrl)?;
        let authority = &url[Position::BeforeHost..Position::AfterPort];
        let request = Request::get(&url[Position::BeforePath..Position::AfterQuery])
            .header(HOST, authority)
            .header(USER_AGENT, concat!("Bailey/", env!("CARGO_PKG_VERSION")))
            .header(name, value)
            .body(Empty::<Bytes>::new())
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
        match status {
            200 => {}
            300..400 => return Err(OutboundError::Redirected { status }),
            _ => return Err(OutboundError::Status { status }),
        }
        let body = Limited::new(response.into_body(), limits.bytes).collect().await.map_err(|cause| {
            if cause.is::<LengthLimitError>() {
                OutboundError::TooLong { most: limits.bytes }
            } else {
                OutboundError::BadAnswer(cause)
            }
        })?;
        Ok(body.to_bytes())
    }
}
