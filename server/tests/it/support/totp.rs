//! Codes of an authenticator app, computed without the server's own code.
use policy::Timestamp;
use totp_rs::{Builder, Secret};

/// The code that an app with this secret shows at an instant.
pub fn code_at(secret: &str, at: Timestamp) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret in base32");
    let totp = Builder::new().with_secret(secret).build().expect("the usual parameters");
    totp.generate(at.unix_seconds()).to_string()
}
