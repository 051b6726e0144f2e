//! Presenting a workspace otherwise.
use super::profile::{Profile, zone_named};
use crate::{
    Caller, Error, Result, WorkspaceId,
    audit::{Actor, Channel, Difference, Entry},
    bailey::Workspaces,
    members::{clean_name, hold_caller},
    platform::unit_of_work::unit_of_work,
};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::BTreeMap;

/// The longest name of a workspace, and of whoever its mails are from, in characters.
const NAME_LIMIT: usize = 60;
/// How alike a zone's name has to be to what was typed, to be suggested: 1 is the same.
const ALIKE: f64 = 0.8;

impl Profile {
    /// Judges what was typed.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside each field.
    fn judged(&self) -> Result<Self> {
        let mut wrong = BTreeMap::new();
        let (name, from_name) = (clean_name(&self.name), clean_name(&self.from_name));
        if name.is_empty() || name.chars().count() > NAME_LIMIT {
            wrong.insert("name".to_owned(), format!("Enter a name of 1 to {NAME_LIMIT} characters."));
        }
        if from_name.chars().count() > NAME_LIMIT {
            wrong.insert("from_name".to_owned(), format!("A name has at most {NAME_LIMIT} characters."));
        } else if from_name.contains(['@', '<', '>']) {
            let words = "Enter a name alone, without an address: mail programs would show that as the sender's.";
            wrong.insert("from_name".to_owned(), words.to_owned());
        }
        let typed = self.time_zone.trim();
        let zone = zone_named(typed);
        if zone.is_none() {
            wrong.insert("time_zone".to_owned(), no_such_zone(typed));
        }
        let time_zone = zone.as_ref().and_then(TimeZone::iana_name).unwrap_or("UTC").to_owned();
        if wrong.is_empty() { Ok(Self { name, from_name, time_zone, mark: None }) } else { Err(Error::Invalid(wrong)) }
    }

    /// What differs from an earlier one, in words.
    fn changes_since(&self, before: &Self) -> Vec<Difference> {
        let fields = [
            ("workspace.name", "Workspace name", &before.name, &self.name),
            ("workspace.from_name", "Sender's name", &before.from_name, &self.from_name),
            ("workspace.time_zone", "Time zone", &before.time_zone, &self.time_zone),
        ];
        let differs = fields.into_iter().filter(|(_, _, from, to)| from != to);
        let difference = |(key, label, from, to): (&str, &str, &String, &String)| Difference {
            key: key.to_owned(),
            label: label.to_owned(),
            from: from.clone(),
            to: to.clone(),
            weakens: false,
        };
        differs.map(difference).collect()
    }
}

/// What is said of a zone that there is not, with the one that was meant perhaps.
fn no_such_zone(typed: &str) -> String {
    if typed.is_empty() {
        return "Enter a time zone, as Europe/Zurich or UTC.".to_owned();
    }
    let wanted = typed.to_lowercase().replace(' ', "_");
    let bundled = TimeZoneDatabase::bundled();
    let city = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
    let likeness = |name: &str| {
        strsim::jaro_winkler(&wanted, &name.to_lowercase()).max(strsim::jaro_winkler(&wanted, &city(name)))
    };
    let names = bundled.available().map(|name| name.as_str().to_owned());
    let best = names.map(|name| (likeness(&name), name)).max_by(|(one, _), (other, _)| one.total_cmp(other));
    match best.filter(|(alike, _)| *alike > ALIKE) {
        Some((_, name)) => format!("There is no such time zone. Did you mean {name}?"),
        None => "There is no such time zone. Enter it as the IANA's list has it, as Europe/Zurich or UTC.".to_owned(),
    }
}

impl Workspaces<'_> {
    /// How a workspace presents itself.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none; when the database can't be reached.
    pub async fn profile(self, id: &WorkspaceId) -> Result<Profile> {
        let row = self.0.store().workspace(id).await?.ok_or(Error::NotFound)?;
        Ok(row.into())
    }

    /// Presents the caller's workspace otherwise.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside each field; [`policy::Refusal::StepUpRequired`]: the name stands in mails
    /// that people trust.
    pub async fn present(self, caller: &Caller, typed: &Profile) -> Result<()> {
        caller.is_fresh()?;
        let wanted = typed.judged()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let before: Profile = tx.workspace(caller.workspace()).await?.ok_or(Error::NotFound)?.into();
            let changes = wanted.changes_since(&before);
            if changes.is_empty() {
                return Ok(());
            }
            tx.set_workspace_profile(caller.workspace(), &wanted.name, &wanted.from_name, &wanted.time_zone).await?;
            let actor = Actor::Member(caller.email().clone());
            let entry = Entry::new(Channel::Settings, "Updated the workspace", actor)
                .from_address(caller.address())
                .with_differences(changes);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, from_name: &str, time_zone: &str) -> std::result::Result<Profile, Vec<String>> {
        let typed = Profile {
            name: name.to_owned(),
            from_name: from_name.to_owned(),
            time_zone: time_zone.to_owned(),
            mark: None,
        };
        typed.judged().map_err(|error| match error {
            Error::Invalid(wrong) => wrong.into_keys().collect(),
            other => vec![other.to_string()],
        })
    }

    /// Fails when `judged` takes a name that nobody could see or that looks like an address.
    #[test]
    fn a_name_is_seen_and_no_address() {
        let long = "n".repeat(NAME_LIMIT + 1);
        let wrong = |fields: &[&str]| Err(fields.iter().map(|field| (*field).to_owned()).collect());
        assert_eq!(judged(" \u{200b} ", &long, "Nowhere"), wrong(&["from_name", "name", "time_zone"]));
        assert_eq!(judged("Acme", "boss@acme.example", "UTC"), wrong(&["from_name"]));
        assert_eq!(judged(&long, "", ""), wrong(&["name", "time_zone"]));
        let taken = judged(" Acme\r\nRowing ", "Acme: Security", "europe/zurich").map(|p| (p.name, p.time_zone));
        assert_eq!(taken, Ok(("AcmeRowing".to_owned(), "Europe/Zurich".to_owned())));
    }

    /// Fails when what was nearly right gets no suggestion, or nonsense gets one.
    #[test]
    fn a_zone_that_was_nearly_right_is_suggested() {
        for (typed, meant) in
            [("Europe/Zurch", "Europe/Zurich"), ("new york", "America/New_York"), ("Zurich", "Europe/Zurich")]
        {
            assert!(no_such_zone(typed).ends_with(&format!("{meant}?")), "{typed}: {}", no_such_zone(typed));
        }
        assert!(!no_such_zone("§§§").contains("mean"));
    }
}
