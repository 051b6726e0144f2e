//! One act on several members, before it is done.
#[cfg(feature = "ssr")]
use crate::api::{
    members::query::{Asked, pairs},
    serve::{context, fail},
};
use crate::{api::declare::server_function, error::ApiError};
use policy::decide::several::ActOnMembers;
use serde::{Deserialize, Serialize};

/// What an act would do to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeveralView {
    /// The act; `None` where the address names none.
    pub act: Option<ActOnMembers>,
    /// Whom it reaches.
    pub reached: Vec<OneOfSeveral>,
    /// Whom it does not, and why.
    pub left_out: Vec<OneOfSeveral>,
    /// Whether there are more than one act reaches.
    pub beyond: bool,
    /// The address of the list that was chosen from.
    pub list: String,
    /// The query of this page, as a form brings it back.
    pub asked: String,
}

/// One of several members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneOfSeveral {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Why nothing is done to them; `None` where it is.
    pub why_not: Option<String>,
}

server_function! {
    /// Says what an act would do to whom: the act, and the members or the search that a query names.
    "members/several" in Admin as caller;
    pub async fn preview_several(
        /// The query, perhaps with its question mark.
        #[server(default)]
        query: String,
    ) -> Result<SeveralView, ApiError> {
        use domain::{MemberId, members::several::Chosen};
        let named = pairs(&query);
        let value = |name: &str| named.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let asked = Asked::read(&named);
        let act: Option<ActOnMembers> = value("act").and_then(|act| act.parse().ok());
        let ids = named.iter().filter(|(name, _)| name == "m").filter_map(|(_, id)| MemberId::parse(id)).collect();
        let chosen = if value("all").is_some() { Chosen::Everybody(asked.filter) } else { Chosen::Members(ids) };
        let outcomes = match act {
            Some(act) => context().bailey.members().preview(&caller, act, &chosen).await.map_err(fail)?,
            None => domain::members::several::Outcomes::default(),
        };
        let each = outcomes.each.into_iter().map(OneOfSeveral::from);
        let (reached, left_out) = each.partition(|one| one.why_not.is_none());
        Ok(SeveralView {
            act,
            reached,
            left_out,
            beyond: outcomes.beyond,
            list: format!("{}{}", super::list::PAGE, super::query::encoded(&asked.view.fields())),
            asked: query.trim_start_matches('?').to_owned(),
        })
    }
}

#[cfg(feature = "ssr")]
impl From<domain::members::several::Outcome> for OneOfSeveral {
    fn from(outcome: domain::members::several::Outcome) -> Self {
        let domain::members::several::Outcome { id, name, email, why_not } = outcome;
        Self { id: id.to_string(), name, email, why_not }
    }
}
