//! A mail that an admin sends to themselves.
use crate::mail::letter::{Mail, moment};
use policy::Timestamp;

/// Tells when it was asked for.
pub(crate) fn test_mail(at: Timestamp) -> Mail {
    Mail::new("test", "A test mail", vec![format!("You asked for this mail on {}. Bailey can send mail.", moment(at))])
        .because("Sent by Bailey, because you wanted to know whether its mail arrives.")
}

pub(super) fn sample(now: Timestamp) -> Mail {
    test_mail(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspaces::Profile;

    #[test]
    fn it_does_not_say_that_the_account_is_at_stake() {
        let why = sample(Timestamp(1_800_000_000_000))
            .letter(&Profile { name: "Acme".to_owned(), ..Profile::default() }, "https://bailey.example.org")
            .why;
        assert!(!why.contains("safety"), "{why}");
    }
}
