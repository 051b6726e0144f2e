//! A notice waits in the outbox until it was posted to its webhook.
use super::{payload::payload, place_of_address};
use crate::{
    Result,
    bailey::{Bailey, Chat},
    outbound::{Limits, OutboundError},
    outbox::{Kind, Retries, Undelivered},
    platform::random,
};
use policy::{decide::chat::ChatForm, time::Span};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::{ChatHookRow, IdeaRow, NewChatNoticeRow, OutboxTable, Tx};
use url::Url;

/// How far the answer of a chat may go.
const LIMITS: Limits = Limits { time: Duration::from_secs(10), bytes: 16 * 1_024 };

/// What is sealed: what a notice says, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ChatNotice {
    /// What it says.
    pub words: String,
    /// The page that it leads to.
    pub link: String,
}

impl Kind for ChatNotice {
    const TABLE: OutboxTable = OutboxTable::ChatNotices;
    const RETRIES: Retries = Retries {
        at_once: 10,
        lease: Span::minutes(5),
        // The pauses between them add up to some hours; the mails to moderators have long arrived by then.
        most: 8,
        longest_pause: Span::minutes(120),
        retention: Span::days(30),
    };

    fn place(id: &str) -> String {
        format!("chat_notices/notice/{id}")
    }

    async fn hand_over(&self, bailey: &Bailey, _: &str, hook: &str) -> std::result::Result<(), Undelivered> {
        let passing = |error: crate::Error| Undelivered { words: error.to_string(), permanent: false };
        let given_up = |words: &str| Undelivered { words: words.to_owned(), permanent: true };
        let found = async { Ok(bailey.store().read().await?.chat_hook(hook).await?) };
        let row: Option<ChatHookRow> = found.await.map_err(passing)?;
        let row = row.ok_or_else(|| given_up("The webhook was taken away, or another one is in its place."))?;
        let form: ChatForm =
            row.form.parse().map_err(|_| given_up("This version does not know the webhook's form."))?;
        let address = bailey.vault().open(&place_of_address(&row.id), &row.address).map_err(passing)?;
        let address = String::from_utf8(address).ok().and_then(|text| Url::parse(&text).ok());
        let address = address.ok_or_else(|| given_up("The webhook's address can't be read."))?;
        let posted = bailey.outbound().post_json(&address, payload(form, &self.words, &self.link), LIMITS).await;
        // What the error says names the host at most, and never the address.
        posted.map_err(|error| Undelivered { permanent: is_final(&error), words: error.to_string() })
    }
}

/// Whether posting it again is of no use: the chat says that there is no such webhook, or that it takes no such notice.
const fn is_final(error: &OutboundError) -> bool {
    match error {
        OutboundError::Status { status } => matches!(*status, 400..=499) && !matches!(*status, 408 | 425 | 429),
        OutboundError::BadUrl => true,
        _ => false,
    }
}

impl Chat<'_> {
    /// Queues a notice of an idea that waits, with a link of its own.
    pub(super) async fn queue(self, tx: &mut Tx, hook: &ChatHookRow, idea: &IdeaRow) -> Result<()> {
        let now = self.0.now();
        let (path, _) = self.0.links().for_chat(tx, idea).await?;
        let notice = ChatNotice {
            words: format!("{} asks to publish the idea “{}” in {}.", idea.author, idea.title, idea.community),
            link: format!("{}{path}", self.0.origin()),
        };
        let id = random::id(now)?.to_string();
        let row = NewChatNoticeRow {
            notice: self.0.outbox().seal(tx, &id, &notice).await?,
            id,
            workspace_id: hook.workspace_id.clone(),
            hook_id: hook.id.clone(),
            subject: idea.title.clone(),
            queued_at: now.0,
        };
        Ok(tx.insert_chat_notice(&row).await?)
    }

    /// Posts the notices that are due; returns how many there were.
    ///
    /// # Errors
    /// When the database can't be reached; what a chat says is noted with the notice.
    pub async fn deliver_due(self) -> Result<usize> {
        self.0.outbox().deliver_due::<ChatNotice>().await
    }

    /// Deletes notices that were settled long ago.
    pub(crate) async fn forget_settled(self, tx: &mut Tx) -> Result<u64> {
        self.0.outbox().forget_settled::<ChatNotice>(tx).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when a chat that is asked too often, or is away, is taken for one that says no.
    #[test]
    fn what_a_chat_says_is_final_only_where_it_is_about_the_webhook() {
        for (status, is) in
            [(400, true), (403, true), (404, true), (410, true), (408, false), (429, false), (500, false), (503, false)]
        {
            assert_eq!(is_final(&OutboundError::Status { status }), is, "{status}");
        }
        assert!(!is_final(&OutboundError::TooSlow));
    }
}
