//! The entries about one member, under whatever address they had.
use super::Record;
use crate::{Error, Result, bailey::Audit};
use store::{MemberRow, Tx};

/// What an entry says by which a member got another address; the one before is a fact of it.
pub(crate) const ADDRESS_CHANGES: [&str; 2] = ["Changed their address", "Took the change of their address back"];
/// The name of that fact.
pub(crate) const ADDRESS_BEFORE: &str = "address before";
/// How many addresses of one member are followed back.
const ADDRESSES: usize = 20;

/// The entries about a member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntriesAbout {
    /// The entries, newest first.
    pub entries: Vec<Record>,
    /// Whether there are more than were asked for.
    pub more: bool,
    /// Every address that the member had, the latest first.
    pub addresses: Vec<String>,
}

impl Audit<'_> {
    /// The entries by and about a member, newest first, as many as asked for; those from when an address was somebody else's
    /// are none of theirs.
    pub(crate) async fn entries_about(self, tx: &mut Tx, member: &MemberRow, most: usize) -> Result<EntriesAbout> {
        let workspace = &member.workspace_id;
        let mut found = EntriesAbout::default();
        let (mut email, mut before) = (member.email.to_string(), i64::MAX);
        while found.addresses.len() < ADDRESSES {
            found.addresses.push(email.clone());
            let Some(mark) = self.mark_of(tx, workspace, &email).await? else { break };
            let left = i64::try_from(most.saturating_sub(found.entries.len())).unwrap_or(i64::MAX);
            let rows = tx.audit_entries_about(workspace, &mark, before, left.saturating_add(1)).await?;
            let read = |row: &store::AuditRow| serde_json::from_str::<Record>(&row.body).map_err(Error::internal);
            let mut records = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
            self.resolve(tx, workspace, &mut records).await?;
            records.retain(|record| record.at >= member.created_at);
            // From there on it is theirs; what is older is about whoever had it before.
            let got_it = records.iter().position(|record| {
                ADDRESS_CHANGES.contains(&record.action.as_str()) && record.subject.as_deref() == Some(email.as_str())
            });
            if let Some(place) = got_it {
                records.truncate(place + 1);
            }
            let earlier = got_it.and_then(|_| records.last()).and_then(|record| {
                let fact = record.facts.iter().find(|(name, _)| name == ADDRESS_BEFORE)?;
                Some((fact.1.clone(), record.seq))
            });
            found.entries.append(&mut records);
            if found.entries.len() > most {
                found.entries.truncate(most);
                found.more = true;
                break;
            }
            let Some((address, seq)) = earlier else { break };
            (email, before) = (address, seq);
        }
        Ok(found)
    }
}
