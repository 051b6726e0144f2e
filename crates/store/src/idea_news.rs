//! Who is told what happens on ideas, and what waits for their next digest.
use crate::{Error, IdeaId, MemberId, MemberRow, Tx, columns::Millis, members::member_columns, sql};
use policy::{
    Timestamp,
    decide::{idea::IdeaState, idea_mail::IdeaMails},
};

/// Something that happened on an idea, for somebody's digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewsRow<'a> {
    /// What tells it from everything else that happened.
    pub event_id: &'a str,
    /// The idea.
    pub idea_id: &'a IdeaId,
    /// What happened, in words.
    pub words: &'a str,
    /// When, in milliseconds.
    pub happened_at: i64,
}

/// What waits for somebody's digest.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WaitingNewsRow {
    /// The idea.
    pub idea_id: IdeaId,
    /// Its title.
    pub title: String,
    /// What happened, in words.
    pub words: String,
    /// When.
    #[sqlx(try_from = "Millis")]
    pub happened_at: Timestamp,
}

/// Whoever follows an idea and may see it: active members of its community, moderators of the workspace and whoever stands
/// above them; of an idea that was not approved its author alone. The idea is `i`, the member `m`; `$1` is the idea, and
/// `$2` whoever is left out.
macro_rules! followers {
    () => {
        "FROM idea_followers f JOIN ideas i ON i.id = f.idea_id JOIN members m ON m.id = f.member_id \
         WHERE f.idea_id = $1 AND m.id <> $2 AND m.standing = 'active' AND m.email_verified_at IS NOT NULL \
           AND (i.state = 'approved' OR m.id = i.author_id) \
           AND (m.role IN ('moderator', 'admin', 'it-admin', 'super-admin') OR EXISTS (SELECT 1 \
             FROM community_members n WHERE n.community_id = i.community_id AND n.member_id = m.id))"
    };
}

impl Tx {
    /// Those who follow an idea and want a mail each time, but for one of them, by identifier, as many as asked for.
    pub async fn followers_at_once(
        &mut self,
        idea: &IdeaId,
        except: &MemberId,
        most: i64,
    ) -> Result<Vec<MemberRow>, Error> {
        let sql = concat!(
            "SELECT ",
            member_columns!(),
            " ",
            followers!(),
            " AND m.idea_mails = 'at-once' ORDER BY m.id LIMIT $3"
        );
        sql::fetch_all!(self, MemberRow, sql, idea, except, most)
    }

    /// Lets something wait for the digests of those who follow an idea, but for one of them: whoever wants one mail a day,
    /// and whoever wants a mail each time and comes after an identifier.
    pub async fn insert_news_for_followers(
        &mut self,
        news: &NewsRow<'_>,
        except: &MemberId,
        after: &str,
    ) -> Result<u64, Error> {
        let sql = concat!(
            "INSERT INTO idea_news (event_id, member_id, idea_id, words, happened_at) \
             SELECT $3, m.id, i.id, $4, $5 ",
            followers!(),
            " AND (m.idea_mails = 'daily' OR (m.idea_mails = 'at-once' AND m.id > $6)) ON CONFLICT DO NOTHING"
        );
        sql::execute!(self, sql, news.idea_id, except, news.event_id, news.words, news.happened_at, after)
    }

    /// Lets something wait for a member's digest.
    pub async fn insert_news(&mut self, news: &NewsRow<'_>, member: &MemberId) -> Result<(), Error> {
        let sql = "INSERT INTO idea_news (event_id, member_id, idea_id, words, happened_at) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        sql::execute!(self, sql, news.event_id, member, news.idea_id, news.words, news.happened_at).map(drop)
    }

    /// Those for whom something waits since an instant or longer, as many as asked for.
    pub async fn digests_due(&mut self, since: i64, most: i64) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT member_id FROM idea_news WHERE happened_at <= $1 GROUP BY member_id \
                   ORDER BY MIN(happened_at) LIMIT $2";
        let found = sql::fetch_all!(self, (MemberId,), sql, since, most)?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }

    /// What waits for a member's digest and they may still see, the first first.
    pub async fn waiting_news(&mut self, member: &MemberId) -> Result<Vec<WaitingNewsRow>, Error> {
        let sql = "SELECT w.idea_id, i.title, w.words, w.happened_at FROM idea_news w JOIN ideas i ON i.id = w.idea_id \
                   JOIN members m ON m.id = w.member_id WHERE w.member_id = $1 \
                     AND (i.state = $2 OR m.id = i.author_id) \
                     AND (m.role IN ('moderator', 'admin', 'it-admin', 'super-admin') OR EXISTS (SELECT 1 \
                       FROM community_members n WHERE n.community_id = i.community_id AND n.member_id = m.id)) \
                   ORDER BY w.happened_at, w.event_id";
        sql::fetch_all!(self, WaitingNewsRow, sql, member, IdeaState::Approved.name())
    }

    /// Forgets what waits for a member's digest.
    pub async fn delete_news_of(&mut self, member: &MemberId) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM idea_news WHERE member_id = $1", member)
    }

    /// How a member wants to be told what happens on ideas; `None` where there is no such member, or the text is no choice.
    pub async fn idea_mails_of(&mut self, member: &MemberId) -> Result<Option<IdeaMails>, Error> {
        let sql = "SELECT idea_mails FROM members WHERE id = $1";
        Ok(sql::fetch_optional!(self, (String,), sql, member)?.and_then(|(choice,)| choice.parse().ok()))
    }

    /// Notes how a member wants to be told; `false` when that is so already.
    pub async fn set_idea_mails(&mut self, member: &MemberId, choice: IdeaMails) -> Result<bool, Error> {
        let sql = "UPDATE members SET idea_mails = $2 WHERE id = $1 AND idea_mails <> $2";
        Ok(sql::execute!(self, sql, member, choice.name())? == 1)
    }
}
