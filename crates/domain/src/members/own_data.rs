//! Everything that is held about a member, handed out as JSON: to themselves, or to an admin who may act on them.
use crate::{
    Caller, MemberId, Result,
    audit::{Actor, Channel, Entry, Record},
    bailey::Members,
    members::{hold_caller, may_reach},
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Timestamp,
    decide::quota::{DATA_WITHIN, Quota},
};
use serde_json::{Map, Value, json};
use store::{
    MemberRow, Tx,
    personal::{Datum, EXCEPTIONS, HOLDINGS, Holding},
};

/// How many rows of one table are handed out, the latest.
const ROWS: usize = 10_000;

/// What the log says of it.
const ACTION: &str = "Downloaded what is held about a member";

impl Members<'_> {
    /// Everything that is held about the caller, or about another member.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`]; [`policy::Refusal::QuotaReached`];
    /// [`policy::Refusal::RoleRequired`] for a member above the caller;
    /// [`Error::NotFound`](crate::Error::NotFound) when the workspace has no such member.
    pub async fn data_of(self, caller: &Caller, member: &MemberId) -> Result<Value> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let now = self.0.now();
            let member = if member == caller.member() {
                hold_caller(&mut tx, caller).await?
            } else {
                may_reach(&mut tx, caller, member).await?
            };
            let since = now - DATA_WITHIN;
            let lately = self.0.audit().count_by(&mut tx, caller, Channel::Members, Some(ACTION), since).await?;
            Quota::DataDownloads.admits_another(lately)?;
            let entry = Entry::new(Channel::Members, ACTION, Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            let data = self.collect(&mut tx, &member, now).await?;
            tx.commit().await?;
            Ok(data)
        })
        .await
    }

    async fn collect(self, tx: &mut Tx, member: &MemberRow, now: Timestamp) -> Result<Value> {
        let mut held = Map::new();
        let mut cut_off = Vec::new();
        let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
        for holding in HOLDINGS.iter().filter(|holding| !holding.columns.is_empty()) {
            let mut rows = tx.held(holding, member, most + 1).await?;
            if rows.len() > ROWS {
                rows.truncate(ROWS);
                cut_off.push(section(holding));
            }
            let rows = rows.into_iter().map(|row| shown(holding.columns, row)).collect();
            held.insert(section(holding), Value::Array(rows));
        }
        let communities = tx.communities_of(&member.id).await?;
        let communities = communities.into_iter().map(|found| Value::String(found.name)).collect();
        held.insert("communities".to_owned(), Value::Array(communities));
        let about = self.0.audit().entries_about(tx, member, ROWS).await?;
        if about.more {
            cut_off.push("audit_log".to_owned());
        }
        held.insert("audit_log".to_owned(), about.entries.iter().map(entry).collect());
        let mut left_out: Vec<_> = EXCEPTIONS.iter().map(|(table, column, why)| left(table, column, why)).collect();
        let unsaid = HOLDINGS.iter().filter(|holding| holding.columns.is_empty());
        left_out.extend(unsaid.map(|holding| left(holding.table, holding.column, holding.why)));
        Ok(json!({
            "about": member.email.as_str(),
            "made_at": instant(now.0),
            "addresses": about.addresses,
            "held": held,
            "only_the_latest_of": cut_off,
            "left_out": left_out,
        }))
    }
}

/// The name of what a table holds.
fn section(holding: &Holding) -> String {
    match (holding.table, holding.column) {
        ("invitations", "invited_by") => "invitations_made".to_owned(),
        (table, _) => table.to_owned(),
    }
}

fn left(table: &str, column: &str, why: &str) -> Value {
    json!({ "what": format!("{table}.{column}"), "why": why })
}

/// A row, by the names of its columns.
fn shown(columns: &[(&str, Datum)], row: Vec<Option<String>>) -> Value {
    let named = columns.iter().zip(row).map(|((name, datum), text)| {
        let value = text.map_or(Value::Null, |text| match (datum, text.parse::<i64>()) {
            (Datum::Instant, Ok(at)) => instant(at),
            (Datum::Number, Ok(number)) => number.into(),
            (Datum::Flag, Ok(flag)) => (flag != 0).into(),
            (Datum::Text | Datum::Instant | Datum::Number | Datum::Flag, _) => text.into(),
        });
        ((*name).to_owned(), value)
    });
    Value::Object(named.collect())
}

/// An entry of the audit log.
fn entry(record: &Record) -> Value {
    let mut value = serde_json::to_value(record).unwrap_or_default();
    if let Some(at) = value.get_mut("at") {
        *at = instant(record.at.0);
    }
    value
}

/// An instant as RFC 3339 writes it.
fn instant(millis: i64) -> Value {
    jiff::Timestamp::from_millisecond(millis).map_or(millis.into(), |at| at.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_table_is_told_as_people_and_programs_read_it() {
        let columns: &[(&str, Datum)] =
            &[("at", Datum::Instant), ("kept", Datum::Flag), ("n", Datum::Number), ("t", Datum::Text)];
        let row = ["1800000000000", "1", "7", "7"].map(|text| Some(text.to_owned()));
        let expected = json!({ "at": "2027-01-15T08:00:00Z", "kept": true, "n": 7, "t": "7" });
        assert_eq!(shown(columns, row.to_vec()), expected);
        assert_eq!(shown(columns, vec![None; 4])["at"], Value::Null);
    }
}
