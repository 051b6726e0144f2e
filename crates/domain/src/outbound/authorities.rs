//! The certification authorities that are trusted.
use tokio_rustls::rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

/// Certification authorities that are trusted beside the system's.
#[derive(Debug, Clone, Default)]
pub struct Authorities(Vec<CertificateDer<'static>>);

impl Authorities {
    /// Reads certificates in PEM (RFC 7468).
    ///
    /// # Errors
    /// Says what is wrong, and what would be right.
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let found = found.map_err(|cause| format!("It is no file of certificates in PEM: {cause}."))?;
        if found.is_empty() {
            return Err("It holds no certificate: each begins with -----BEGIN CERTIFICATE-----.".to_owned());
        }
        let mut store = RootCertStore::empty();
        for (at, certificate) in found.iter().enumerate() {
            store
                .add(certificate.clone())
                .map_err(|cause| format!("Its certificate number {} can't be used: {cause}.", at + 1))?;
        }
        Ok(Self(found))
    }

    /// How many certificates there are beside the system's.
    pub const fn count(&self) -> usize {
        self.0.len()
    }

    /// All that are trusted: the system's and these. What of the system's can't be read is left out.
    pub(super) fn with_system(&self) -> RootCertStore {
        let system = rustls_native_certs::load_native_certs();
        for problem in &system.errors {
            tracing::warn!(%problem, "an authority of the system can't be read");
        }
        let mut store = RootCertStore::empty();
        store.add_parsable_certificates(system.certs);
        store.add_parsable_certificates(self.0.iter().cloned());
        store
    }
}

#[cfg(test)]
mod tests {
    use super::Authorities;

    #[test]
    fn what_is_no_certificate_is_told_of() {
        for (pem, words) in [
            ("", "It holds no certificate"),
            ("hello", "It holds no certificate"),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "Its certificate number 1 can't be used",
            ),
            ("-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", "It is no file of certificates in PEM"),
        ] {
            let said = Authorities::from_pem(pem.as_bytes()).expect_err(pem);
            assert!(said.starts_with(words), "{said}");
        }
    }
}
