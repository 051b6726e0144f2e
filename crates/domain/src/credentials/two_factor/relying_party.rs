//! Passkeys serve only at the host for which they were made (WebAuthn Level 3 §5.1.2, `rp.id`): what is to be said when
//! the public URL has moved away from them.
use crate::{Result, WorkspaceId, bailey::TwoFactor};

/// What is to be said of passkeys that were made for other hosts, so many for each.
fn warning(elsewhere: &[(String, i64)], here: &str) -> Option<String> {
    let made = |(host, n): &(String, i64)| {
        let passkeys = if *n == 1 { "passkey was" } else { "passkeys were" };
        format!("{n} {passkeys} made for {host} and can't be used at {here}.")
    };
    let said: Vec<_> = elsewhere.iter().map(made).collect();
    (!said.is_empty()).then(|| {
        format!(
            "{} Whoever has one signs in another way and adds a new one; or put BAILEY_PUBLIC_URL back.",
            said.join(" ")
        )
    })
}

impl TwoFactor<'_> {
    /// What is to be said of passkeys of a workspace that can't be used at the public URL's host; `None` where all
    /// can.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn passkey_warning(self, workspace: &WorkspaceId) -> Result<Option<String>> {
        let elsewhere = self.0.store().read().await?.passkeys_made_elsewhere(workspace, self.0.rp_id()).await?;
        Ok(warning(&elsewhere, self.0.rp_id()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when a host is left out, or one passkey is spoken of as several.
    #[test]
    fn the_words_say_how_many_were_made_for_which_host() {
        let elsewhere = [("old.example".to_owned(), 2), ("older.example".to_owned(), 1)];
        let said = warning(&elsewhere, "new.example").expect("it is told");
        let begins = "2 passkeys were made for old.example and can't be used at new.example. \
                      1 passkey was made for older.example and can't be used at new.example. ";
        assert!(said.starts_with(begins), "{said}");
        assert_eq!(warning(&[], "new.example"), None);
    }
}
