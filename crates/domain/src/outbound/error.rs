//! Why something was not fetched.
use policy::decide::outbound::Reserved;
use std::net::IpAddr;

/// Why something was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The address is no URL over https with a host.
    #[error("the address is no URL over https")]
    BadUrl,
    /// The name has no address.
    #[error("{host} has no address")]
    Unresolved {
        /// The name.
        host: String,
    },
    /// The name leads to an address to which Bailey does not connect.
    #[error("{host} leads to {address}, {what}, to which Bailey connects only where outbound_allow names it")]
    NotAllowed {
        /// The name, or the address as it was written.
        host: String,
        /// The address.
        address: IpAddr,
        /// What it is for.
        what: Reserved,
    },
    /// Nothing came in time.
    #[error("there was no answer in time")]
    TooSlow,
    /// There was no connection, or no secure one.
    #[error("there was no connection: {0}")]
    NotConnected(#[source] std::io::Error),
    /// What came was no HTTP, or broke off.
    #[error("the answer is not HTTP as it should be: {0}")]
    BadAnswer(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer leads elsewhere, and is not followed.
    #[error("the answer leads elsewhere (status {status}), which is not followed")]
    Redirected {
        /// The status.
        status: u16,
    },
    /// The answer says no.
    #[error("the answer has the status {status}")]
    Status {
        /// The status.
        status: u16,
    },
    /// The answer is longer than was asked for.
    #[error("the answer is longer than {most} bytes")]
    TooLong {
        /// The most that is read.
        most: usize,
    },
    /// The answer is no text.
    #[error("the answer is no text")]
    NoText,
}
