//! Sealed texts wherever they stand, and the name of the key that seals.
use crate::{Error, Tx, sql};
use strum::VariantArray;

/// Where sealed texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum SealedIn {
    /// The secrets of authenticator apps that wait for their first code, by member.
    PendingAuthenticators,
    /// The secrets of authenticator apps, by member.
    Authenticators,
    /// The letters of mails that wait or were given up, by mail.
    Mails,
    /// What somebody has asked a mail for, by what was asked.
    AskedMails,
    /// The addresses of webhooks, by webhook.
    ChatHooks,
    /// What waits to be posted to a chat or was given up, by notice.
    ChatNotices,
}

/// A sealed text.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SealedRow {
    /// What its row is found by.
    pub id: String,
    /// The sealed text.
    pub sealed: String,
}

impl Tx {
    /// The name of the key that seals now; none for the one key of a file from before keys had names.
    pub async fn sealing_key(&mut self) -> Result<Option<String>, Error> {
        let row = sql::fetch_optional!(self, (Option<String>,), "SELECT key_id FROM sealing")?;
        Ok(row.and_then(|(key,)| key))
    }

    /// The same, which then stays as it is until the end of the unit of work: whatever is sealed in it is committed
    /// before another key takes over.
    pub async fn hold_sealing_key(&mut self) -> Result<Option<String>, Error> {
        if self.holds_everything() {
            return self.sealing_key().await;
        }
        let row = sql::fetch_optional!(self, (Option<String>,), "SELECT key_id FROM sealing FOR SHARE")?;
        Ok(row.and_then(|(key,)| key))
    }

    /// Lets another key seal from now on, once every unit of work that holds the present one has ended; `false` when
    /// the present one is no longer `from`.
    pub async fn replace_sealing_key(&mut self, from: Option<&str>, to: &str) -> Result<bool, Error> {
        let sql = "UPDATE sealing SET key_id = $2 WHERE key_id IS NOT DISTINCT FROM $1";
        Ok(sql::execute!(self, sql, from, to)? == 1)
    }

    /// The next texts that do not begin with a mark, in the order of their rows.
    pub async fn sealed_otherwise(
        &mut self,
        place: SealedIn,
        mark: &str,
        after: &str,
        most: i64,
    ) -> Result<Vec<SealedRow>, Error> {
        let sql = match place {
            SealedIn::PendingAuthenticators => {
                "SELECT member_id AS id, secret AS sealed FROM pending_authenticators \
                 WHERE member_id > $2 AND secret NOT LIKE $1 || '%' ORDER BY member_id LIMIT $3"
            }
            SealedIn::Authenticators => {
                "SELECT member_id AS id, secret AS sealed FROM authenticators \
                 WHERE member_id > $2 AND secret NOT LIKE $1 || '%' ORDER BY member_id LIMIT $3"
            }
            SealedIn::Mails => {
                "SELECT id, letter AS sealed FROM mails \
                 WHERE id > $2 AND letter NOT LIKE $1 || '%' ORDER BY id LIMIT $3"
            }
            SealedIn::AskedMails => {
                "SELECT id, asked AS sealed FROM asked_mails \
                 WHERE id > $2 AND asked NOT LIKE $1 || '%' ORDER BY id LIMIT $3"
            }
            SealedIn::ChatHooks => {
                "SELECT id, address AS sealed FROM chat_hooks \
                 WHERE id > $2 AND address NOT LIKE $1 || '%' ORDER BY id LIMIT $3"
            }
            SealedIn::ChatNotices => {
                "SELECT id, notice AS sealed FROM chat_notices \
                 WHERE id > $2 AND notice NOT LIKE $1 || '%' ORDER BY id LIMIT $3"
            }
        };
        sql::fetch_all!(self, SealedRow, sql, mark, after, most)
    }

    /// How many texts do not begin with a mark, wherever they stand.
    pub async fn count_sealed_otherwise(&mut self, mark: &str) -> Result<i64, Error> {
        let sql = "SELECT (SELECT COUNT(*) FROM pending_authenticators WHERE secret NOT LIKE $1 || '%') \
                        + (SELECT COUNT(*) FROM authenticators WHERE secret NOT LIKE $1 || '%') \
                        + (SELECT COUNT(*) FROM mails WHERE letter NOT LIKE $1 || '%') \
                        + (SELECT COUNT(*) FROM asked_mails WHERE asked NOT LIKE $1 || '%') \
                        + (SELECT COUNT(*) FROM chat_hooks WHERE address NOT LIKE $1 || '%') \
                        + (SELECT COUNT(*) FROM chat_notices WHERE notice NOT LIKE $1 || '%')";
        Ok(sql::fetch_optional!(self, (i64,), sql, mark)?.map_or(0, |(count,)| count))
    }

    /// Puts another sealed text in the place of one; `false` when that was replaced or deleted meanwhile.
    pub async fn replace_sealed(&mut self, place: SealedIn, row: &SealedRow, with: &str) -> Result<bool, Error> {
        let sql = match place {
            SealedIn::PendingAuthenticators => {
                "UPDATE pending_authenticators SET secret = $3 WHERE member_id = $1 AND secret = $2"
            }
            SealedIn::Authenticators => "UPDATE authenticators SET secret = $3 WHERE member_id = $1 AND secret = $2",
            SealedIn::Mails => "UPDATE mails SET letter = $3 WHERE id = $1 AND letter = $2",
            SealedIn::AskedMails => "UPDATE asked_mails SET asked = $3 WHERE id = $1 AND asked = $2",
            SealedIn::ChatHooks => "UPDATE chat_hooks SET address = $3 WHERE id = $1 AND address = $2",
            SealedIn::ChatNotices => "UPDATE chat_notices SET notice = $3 WHERE id = $1 AND notice = $2",
        };
        Ok(sql::execute!(self, sql, &row.id, &row.sealed, with)? == 1)
    }
}
