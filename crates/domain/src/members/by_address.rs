//! Members of a community, named by their addresses as somebody types them.
use crate::{CommunityId, Result, WorkspaceId};
use policy::{AccountStatus, EmailAddress};
use std::collections::BTreeSet;
use store::{MemberRow, Tx};

/// The addresses in a text, each once: one a line, or with commas or semicolons between them.
///
/// # Errors
/// What is wrong with the text, in words.
pub(crate) fn addresses(typed: &str) -> std::result::Result<BTreeSet<EmailAddress>, String> {
    let parts = typed.split(['\n', '\r', ',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let found: std::result::Result<BTreeSet<_>, _> = parts.map(EmailAddress::parse).collect();
    let found = found.map_err(|problem| problem.to_string())?;
    if found.is_empty() { Err("Enter at least one address.".to_owned()) } else { Ok(found) }
}

/// The active members of a community with these addresses, or words where one of them is none. It is not told whether
/// somebody else has the address.
pub(crate) async fn members_at(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    community: &CommunityId,
    emails: &BTreeSet<EmailAddress>,
) -> Result<std::result::Result<Vec<MemberRow>, String>> {
    let (mut members, mut nobodys) = (Vec::new(), Vec::new());
    for email in emails {
        let found = tx.member_by_email(workspace, email).await?;
        match found.filter(|member| member.status == AccountStatus::Active) {
            Some(member) if tx.belongs_to(community, &member.id).await? => members.push(member),
            _ => nobodys.push(email.to_string()),
        }
    }
    Ok(if nobodys.is_empty() {
        Ok(members)
    } else {
        Err(format!("Nobody in this community has the address {}.", nobodys.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them_each_once() {
        let found =
            |typed: &str| addresses(typed).map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>());
        let both = Ok(vec!["grace@example.org".to_owned(), "joan@example.org".to_owned()]);
        assert_eq!(found("grace@example.org, joan@example.org"), both);
        assert_eq!(found("Joan@Example.org;\r\ngrace@example.org\n grace@example.org;\n"), both);
        assert_eq!(found(" ,;\n"), Err("Enter at least one address.".to_owned()));
        assert!(found("grace").is_err() && found("grace@example.org joan").is_err());
    }
}
