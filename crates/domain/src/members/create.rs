//! Members: create, and count those with a second factor.
use crate::{
    Error, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{AccountStatus, EmailAddress, LinkPurpose, Role, Settings, decide::password::Owner, pasted};
use secrecy::SecretString;
use std::collections::BTreeMap;
use store::{MemberRow, Tx};

/// The longest name of a person.
pub(super) const NAME_LIMIT: usize = 100;

/// What is needed to create a member.
#[derive(Debug)]
pub struct NewMember<'a> {
    /// Their name as typed.
    pub name: &'a str,
    /// Their address as typed.
    pub email: &'a str,
    /// Their password; without one they sign in by link.
    pub password: Option<SecretString>,
    /// Their role.
    pub role: Role,
    /// Whether somebody vouches that the address is theirs; otherwise they confirm it by mail before they are in.
    pub confirmed: bool,
}

/// A new member that was judged and hashed, ready to be stored.
#[derive(Clone)]
pub(crate) struct Judged {
    name: String,
    email: EmailAddress,
    password_hash: Option<String>,
    role: Role,
    confirmed: bool,
}

impl Members<'_> {
    /// Judges every field at once, so that a form comes back with all of its errors; the password
    /// is hashed only when nothing is wrong.
    pub(crate) async fn judge_new(
        self,
        workspace: &WorkspaceId,
        settings: &Settings,
        new: NewMember<'_>,
    ) -> Result<Judged> {
        let mut wrong = BTreeMap::new();
        let name = judge_name(new.name).unwrap_or_else(|words| {
            wrong.insert("name".to_owned(), words);
            String::new()
        });
        let email = EmailAddress::parse(new.email);
        if let Err(problem) = &email {
            wrong.insert("email".to_owned(), problem.to_string());
        }
        let owner = Owner { name: &name, email: new.email };
        if let Some(typed) = &new.password
            && let Err(problem) = self.0.passwords().judge_new(workspace, settings, typed, owner).await?
        {
            wrong.insert("password".to_owned(), problem.in_words());
        }
        let (Ok(email), true) = (email, wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
        let password_hash = match &new.password {
            Some(password) => Some(self.0.hasher().hash(password).await?),
            None => None,
        };
        Ok(Judged { name, email, password_hash, role: new.role, confirmed: new.confirmed })
    }

    pub(crate) async fn insert(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        new: Judged,
        actor: Actor,
    ) -> Result<MemberRow> {
        let now = self.0.now();
        let row = MemberRow {
            id: MemberId::from(random::id(now)?),
            workspace_id: workspace.clone(),
            email: new.email,
            email_verified_at: new.confirmed.then_some(now),
            name: new.name,
            role: new.role,
            password_set_at: new.password_hash.is_some().then_some(now),
            password_hash: new.password_hash,
            password_falls_short: false,
            password_judged: None,
            email_codes: false,
            status: AccountStatus::Active,
            created_at: now,
            last_sign_in_at: None,
        };
        match tx.insert_member(&row).await {
            Err(store::Error::AlreadyExists) => {
                return Err(Error::field("email", "A member with this address is already there."));
            }
            done => done?,
        }
        let entry =
            Entry::new(Channel::Members, "Created a member", actor).about(&row.email).with("role", row.role.name());
        self.0.audit().record(tx, workspace, entry).await?;
        Ok(row)
    }

    /// Creates a member from the server's console. Without a password the answer is a one-time
    /// sign-in link.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside each field.
    pub async fn create(self, workspace: &WorkspaceId, new: NewMember<'_>) -> Result<Option<crate::Token>> {
        let by_link = new.password.is_none();
        let policy = self.0.policies().now(workspace).await?;
        let judged = self.judge_new(workspace, &policy.settings, new).await?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = self.insert(&mut tx, workspace, judged.clone(), Actor::Console).await?;
            let link = if by_link {
                Some(self.0.links().issue(&mut tx, workspace, LinkPurpose::SignIn, Some(&member.id), None).await?.0)
            } else {
                None
            };
            tx.commit().await?;
            Ok(link)
        })
        .await
    }
}

/// Returns a name as it is kept.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn judge_name(typed: &str) -> std::result::Result<String, String> {
    let name = clean_name(typed);
    match name.chars().count() {
        0 => Err("Enter a name.".to_owned()),
        length if length > NAME_LIMIT => Err(format!("A name has at most {NAME_LIMIT} characters.")),
        _ => Ok(name),
    }
}

/// Trims a name and drops what could disguise it: control characters and bidirectional marks.
pub(crate) fn clean_name(typed: &str) -> String {
    let mut name = String::new();
    for c in typed.chars() {
        // Joiners shape the letters of some scripts, and pictures.
        let joins = matches!(c, '\u{200c}' | '\u{200d}') && name.ends_with(|before: char| !before.is_ascii());
        if joins || !(pasted::is_invisible(c) || c.is_control()) {
            name.push(c);
        }
    }
    name.trim_matches(|c: char| c.is_whitespace() || pasted::is_invisible(c)).to_owned()
}

/// Cleans a text of several lines as a name is cleaned, line by line.
pub(crate) fn clean_text(typed: &str) -> String {
    let lines: Vec<_> = typed.lines().map(clean_name).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{clean_name, clean_text};

    #[test]
    fn a_name_loses_what_could_disguise_it() {
        assert_eq!(clean_name("  Ada\u{202e}\r\nLovelace "), "AdaLovelace");
        assert_eq!(clean_name("gardeners\u{200b}\u{200d}"), "gardeners");
        assert_eq!([clean_name(" \u{200b} "), clean_name("\u{3164}")], ["", ""]);
        assert_eq!(clean_name("علی\u{200c}رضا"), "علی\u{200c}رضا");
    }

    #[test]
    fn a_text_keeps_its_lines_and_loses_what_could_disguise_it() {
        assert_eq!(clean_text("\r\n One\u{202e} \r\n\r\ntwo\u{0}\n"), "One\n\ntwo");
    }
}
