//! What stands in each report: what its owner sees on screens as well.
use crate::{
    Bailey, Error, Result,
    audit::{Channel, Record},
};
use csv::{Writer, WriterBuilder};
use policy::{
    Timestamp,
    decide::report::{ReportKind, cell},
};
use store::{IdeaRow, ReportRow, ReportedMemberRow};

/// How many rows are read at once.
const BATCH: i64 = 500;
/// By which spreadsheets tell that a file is in UTF-8.
const MARK: &str = "\u{feff}";

/// The rows of a report, from the first to the last.
pub(super) struct Table<'a> {
    kind: ReportKind,
    of: &'a ReportRow,
    /// The key of the row that was read last.
    after: String,
}

impl<'a> Table<'a> {
    pub const fn new(kind: ReportKind, of: &'a ReportRow) -> Self {
        Self { kind, of, after: String::new() }
    }

    /// How many rows there are.
    pub async fn count(&self, bailey: &Bailey) -> Result<i64> {
        let mut tx = bailey.store().read().await?;
        Ok(match self.kind {
            ReportKind::Members => tx.count_reported_members(&self.of.workspace_id).await?,
            ReportKind::Ideas => tx.count_ideas_for(&self.of.owner_id).await?,
            ReportKind::SignIns | ReportKind::Audit => tx.count_audit(&self.of.workspace_id, self.channel()).await?,
        })
    }

    /// The names of the columns.
    pub fn head(&self) -> Result<Vec<u8>> {
        let names: &[&str] = match self.kind {
            ReportKind::Members => {
                &["Address", "Name", "Role", "Status", "Address confirmed", "Second factor", "Last sign-in"]
            }
            ReportKind::Ideas => &["Posted", "Community", "Author", "State", "Title", "Description"],
            ReportKind::SignIns | ReportKind::Audit => {
                &["Entry", "At", "Channel", "Action", "By", "Subject", "Network address", "Changes", "Facts"]
            }
        };
        let mut lines = MARK.as_bytes().to_vec();
        lines.extend(written(std::iter::once(names.iter().map(|name| (*name).to_owned()).collect()))?);
        Ok(lines)
    }

    /// The next rows as they are written, and how many those are; `None` after the last.
    pub async fn next(&mut self, bailey: &Bailey) -> Result<Option<(Vec<u8>, i64)>> {
        let mut tx = bailey.store().read().await?;
        let (rows, last): (Vec<Vec<String>>, _) = match self.kind {
            ReportKind::Members => {
                let found = tx.members_after(&self.of.workspace_id, &self.after, BATCH).await?;
                let last = found.last().map(|row| row.id.to_string());
                (found.into_iter().map(member).collect(), last)
            }
            ReportKind::Ideas => {
                let found = tx.ideas_after(&self.of.owner_id, &self.after, BATCH).await?;
                let last = found.last().map(|row| row.id.to_string());
                (found.into_iter().map(idea).collect(), last)
            }
            ReportKind::SignIns | ReportKind::Audit => {
                let after = self.after.parse().unwrap_or(0);
                let found = tx.audit_after(&self.of.workspace_id, self.channel(), after, BATCH).await?;
                let last = found.last().map(|row| row.seq.to_string());
                let read = |body: &str| serde_json::from_str::<Record>(body).map_err(Error::internal);
                let mut entries = found.iter().map(|row| read(&row.body)).collect::<Result<Vec<_>>>()?;
                bailey.audit().resolve(&mut tx, &self.of.workspace_id, &mut entries).await?;
                (entries.into_iter().map(entry).collect(), last)
            }
        };
        let Some(last) = last else { return Ok(None) };
        self.after = last;
        let count = i64::try_from(rows.len()).map_err(Error::internal)?;
        Ok(Some((written(rows.into_iter())?, count)))
    }

    fn channel(&self) -> Option<&'static str> {
        (self.kind == ReportKind::SignIns).then(|| Channel::SignIn.name())
    }
}

/// Rows as they stand in a file, none of which a spreadsheet runs.
fn written(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut writer: Writer<Vec<u8>> = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|text| cell(text).into_owned())).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

fn member(row: ReportedMemberRow) -> Vec<String> {
    let second_factor = match (row.factors > 0, row.email_codes) {
        (true, _) => "on",
        (false, true) => "codes by e-mail",
        (false, false) => "off",
    };
    vec![
        row.email,
        row.name,
        row.role.label().to_owned(),
        row.status.name().to_owned(),
        if row.email_verified_at.is_some() { "yes" } else { "no" }.to_owned(),
        second_factor.to_owned(),
        row.last_sign_in_at.map(instant).unwrap_or_default(),
    ]
}

fn idea(row: IdeaRow) -> Vec<String> {
    vec![instant(row.posted_at), row.community, row.author, row.state.label().to_owned(), row.title, row.body]
}

fn entry(record: Record) -> Vec<String> {
    let changes = record.changes.iter().map(|change| format!("{}: {} → {}", change.key, change.from, change.to));
    let facts = record.facts.iter().map(|(name, value)| format!("{name}: {value}"));
    vec![
        record.seq.to_string(),
        instant(record.at),
        record.channel.name().to_owned(),
        record.action,
        record.actor,
        record.subject.unwrap_or_default(),
        record.address.unwrap_or_default(),
        changes.collect::<Vec<_>>().join("; "),
        facts.collect::<Vec<_>>().join("; "),
    ]
}

/// An instant in UTC, as spreadsheets read it.
fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when a cell is written as a spreadsheet would run it, or a row can end within one.
    #[test]
    fn no_cell_runs_and_none_ends_its_row() {
        let row = vec!["=1+1".to_owned(), "a\r\nb".to_owned(), "\"x\",y".to_owned()];
        let lines = written(std::iter::once(row)).expect("it is written");
        assert_eq!(String::from_utf8_lossy(&lines), "'=1+1,\"a\r\nb\",\"\"\"x\"\",y\"\r\n");
    }
}
