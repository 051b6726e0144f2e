//! Reading what is stored: an update or a damage never loosens anything.
use crate::{Error, Result, WorkspaceId};
use policy::{Reading, Setting, Settings};
use std::collections::{BTreeMap, BTreeSet};
use store::{RevisionRow, Tx};

/// How many revisions are read at once on the way back.
const BATCH: i64 = 50;

/// What is stored in one revision. For what can't be read the value of the latest revision before it holds in which it
/// can, else the safe one.
pub(crate) async fn load(tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Reading> {
    let Some(row) = tx.policy_revision(workspace, revision).await? else {
        return if revision == 0 { Ok(Settings::default().into()) } else { Err(Error::NotFound) };
    };
    let mut reading = read(&row)?;
    if !reading.unreadable.is_empty() {
        look_back(tx, workspace, &row, &mut reading).await?;
    }
    Ok(reading)
}

/// What is stored in a revision, with the safe value for whatever can't be read.
pub(super) fn read(row: &RevisionRow) -> Result<Reading> {
    let reading = Reading::of(&document(row)?);
    for found in &reading.unreadable {
        tracing::error!(
            key = found.key,
            revision = row.revision,
            "a stored setting can't be read; another value holds"
        );
    }
    Ok(reading)
}

fn document(row: &RevisionRow) -> Result<BTreeMap<String, String>> {
    serde_json::from_str(&row.document).map_err(Error::internal)
}

/// Finds what can't be read in the revisions before, newest first. What nobody confirmed and went back does not count.
async fn look_back(tx: &mut Tx, workspace: &WorkspaceId, of: &RevisionRow, reading: &mut Reading) -> Result<()> {
    let mut left: Vec<&'static Setting> =
        reading.unreadable.iter().filter_map(|found| Settings::find(found.key)).collect();
    let mut reverted: BTreeSet<i64> = reverted_by(of).into_iter().collect();
    let mut before = of.revision;
    while !left.is_empty() {
        let rows = tx.policy_revisions(workspace, before, BATCH).await?;
        let Some(last) = rows.last() else { break };
        before = last.revision;
        for row in &rows {
            reverted.extend(reverted_by(row));
            if reverted.contains(&row.revision) {
                continue;
            }
            let document = document(row)?;
            left.retain(|setting| {
                document.get(setting.key).is_none_or(|text| reading.settings.set(setting, text).is_err())
            });
        }
    }
    Ok(())
}

/// The revision that another one put back.
fn reverted_by(row: &RevisionRow) -> Option<i64> {
    row.origin.strip_prefix("revert ")?.parse().ok()
}
