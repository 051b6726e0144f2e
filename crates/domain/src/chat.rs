//! Chats that are told of ideas that wait: the incoming webhook of a workspace, or of one community. Its address is a
//! secret, since whoever has it posts there: it is sealed, and never shown again.
mod notice;
mod payload;

pub(crate) use notice::ChatNotice;

use crate::{
    Caller, CommunityId, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Chat,
    members::hold_caller,
    outbox::DeliveryState,
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    Timestamp,
    decide::chat::{self, ChatForm},
};
use std::collections::BTreeMap;
use store::{ChatHookRow, IdeaRow, Tx};
use url::Url;
use uuid::Uuid;

/// The longest address of a webhook, in characters.
const ADDRESS: usize = 2_000;
/// How many notices the list shows.
const SHOWN: i64 = 20;

/// A webhook as somebody types it.
#[derive(Debug, Clone, Copy)]
pub struct NewHook<'a> {
    /// The community whose ideas it is told of, as an identifier; empty for all that have none of their own.
    pub community: &'a str,
    /// The form of what is posted, by its name.
    pub form: &'a str,
    /// Its address.
    pub address: &'a str,
}

/// A webhook as admins see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its identifier.
    pub id: String,
    /// The name of the community whose ideas it is told of; `None` for all that have none of their own.
    pub community: Option<String>,
    /// The form of what is posted; `None` for one that this version does not know.
    pub form: Option<ChatForm>,
    /// The host of its address, which is all of it that is shown.
    pub host: String,
    /// The address of e-mail of who set it.
    pub set_by: String,
    /// When.
    pub set_at: Timestamp,
}

/// A notice as admins see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedNotice {
    /// What it is about.
    pub subject: String,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// Where it stands.
    pub state: DeliveryState,
}

/// The place that the address of a webhook is sealed for.
pub(crate) fn place_of_address(id: &str) -> String {
    format!("chat_hooks/address/{id}")
}

/// Reads the address of a webhook.
fn read_address(typed: &str) -> std::result::Result<Url, &'static str> {
    const NONE: &str = "Paste the address of the webhook, which begins with https://.";
    let typed = typed.trim();
    if typed.is_empty() || typed.chars().count() > ADDRESS || typed.contains(char::is_control) {
        return Err(NONE);
    }
    let url = Url::parse(typed).map_err(|_| NONE)?;
    let port = url.port_or_known_default().unwrap_or_default();
    let credentials = !url.username().is_empty() || url.password().is_some();
    match chat::problem(url.scheme() == "https", credentials, port) {
        Some(words) => Err(words),
        None if url.host().is_some() => Ok(url),
        None => Err(NONE),
    }
}

impl Chat<'_> {
    /// The webhooks of the workspace, the one for all communities first, and the latest notices.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<(Vec<Hook>, Vec<QueuedNotice>)> {
        let mut tx = self.0.store().read().await?;
        let rows = tx.chat_hooks(caller.workspace()).await?;
        let communities = tx.communities(caller.workspace()).await?;
        let name = |id: CommunityId| communities.iter().find(|found| found.id == id).map(|found| found.name.clone());
        let hook = |row: ChatHookRow| Hook {
            community: row.community_id.and_then(name),
            form: row.form.parse().ok(),
            id: row.id,
            host: row.host,
            set_by: row.set_by,
            set_at: row.set_at,
        };
        let hooks = rows.into_iter().map(hook).collect();
        let notices = tx.chat_notices(caller.workspace(), SHOWN).await?.into_iter().map(|row| QueuedNotice {
            state: DeliveryState::read(row.queued_at, row.next_try_at, row.settled_at, row.problem),
            subject: row.subject,
            queued_at: Timestamp(row.queued_at),
        });
        Ok((hooks, notices.collect()))
    }

    /// Sets the webhook that is told of the ideas of a community, or of all that have none of their own, in the place of
    /// the one before.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `community`, `form` and `webhook`;
    /// [`policy::Refusal::StepUpRequired`].
    pub async fn set(self, caller: &Caller, new: NewHook<'_>) -> Result<()> {
        caller.is_fresh()?;
        let mut wrong = BTreeMap::new();
        let address = read_address(new.address).map_err(|words| wrong.insert("webhook".to_owned(), words.to_owned()));
        let form: std::result::Result<ChatForm, _> =
            new.form.parse().map_err(|_| wrong.insert("form".to_owned(), "Choose one of these.".to_owned()));
        let now = self.0.now();
        let id = random::id(now)?.to_string();
        unit_of_work(|| async {
            let mut wrong = wrong.clone();
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let community = match CommunityId::parse(new.community) {
                Some(id) => tx.community(caller.workspace(), &id).await?,
                None => None,
            };
            if community.is_none() && !new.community.is_empty() {
                wrong.insert("community".to_owned(), "There is no such community.".to_owned());
            }
            let (Ok(address), Ok(form), true) = (&address, &form, wrong.is_empty()) else {
                return Err(Error::Invalid(wrong));
            };
            let host = address.host_str().unwrap_or_default().to_owned();
            // The end of the log is held by one of several at once, so that one webhook takes the place of the other.
            let entry = entry(caller, "Set the webhook of a chat")
                .with("community", community.as_ref().map_or("all", |found| found.name.as_str()))
                .with("host", host.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            let row = ChatHookRow {
                address: self.0.keys().seal(&mut tx, &place_of_address(&id), address.as_str().as_bytes()).await?,
                id: id.clone(),
                workspace_id: caller.workspace().clone(),
                community_id: community.map(|found| found.id),
                form: form.name().to_owned(),
                host,
                set_by: caller.email().to_string(),
                set_at: now,
            };
            tx.put_chat_hook(&row).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Takes a webhook away; what waits for it is given up.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`policy::Refusal::StepUpRequired`].
    pub async fn remove(self, caller: &Caller, id: Uuid) -> Result<()> {
        caller.is_fresh()?;
        let id = id.to_string();
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let taken = tx.take_chat_hook(caller.workspace(), &id).await?.ok_or(Error::NotFound)?;
            let entry = entry(caller, "Took the webhook of a chat away").with("host", taken.host);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Tells the chat that was set for it of an idea that waits; nobody where none was.
    pub(crate) async fn tell_of(self, tx: &mut Tx, idea: &IdeaRow) -> Result<()> {
        match tx.chat_hook_for(&idea.workspace_id, &idea.community_id).await? {
            Some(hook) => self.queue(tx, &hook, idea).await,
            None => Ok(()),
        }
    }
}

fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Settings, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}

#[cfg(test)]
mod tests {
    use super::read_address;

    #[test]
    fn an_address_is_one_of_https_without_credentials() {
        for good in ["https://hooks.slack.com/services/T0/B0/x", " https://example.org:8443/hook?a=b "] {
            assert!(read_address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "hooks.slack.com/services",
            "http://hooks.slack.com/x",
            "https://u:p@hooks.slack.com/x",
            "https://u@hooks.slack.com/x",
            "https://hooks.slack.com:22/x",
            "https://",
            "https://example.org/\r\nHost: other",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ] {
            assert!(read_address(bad).is_err(), "{bad}");
        }
        assert!(read_address(&format!("https://example.org/{}", "x".repeat(2_000))).is_err());
    }
}
