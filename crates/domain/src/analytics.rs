//! What is measured by others, for whoever looks at a page.
use crate::{Caller, CommunityId, IdeaId, Result, bailey::Analytics};
use policy::{
    SettingKey,
    decide::analytics::{Consent, Measuring, PageOf, measuring},
    value::{MeasurementId, Value},
};

/// Whose page it is, by what its address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageAbout {
    /// A community.
    Community(CommunityId),
    /// An idea, which is a community's.
    Idea(IdeaId),
    /// Neither.
    Workspace,
}

/// What holds for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    /// What the page does.
    pub here: Measuring,
    /// Whether a page may be measured at all, as far as the settings go.
    pub anywhere: bool,
    /// Whether pages of some communities follow something else than the workspace.
    pub by_community: bool,
}

impl Analytics<'_> {
    /// What holds for the caller on a page.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn on(self, caller: &Caller, page: &PageAbout, consent: Consent) -> Result<Measured> {
        let settings = &caller.in_force().settings;
        let mut tx = self.0.store().read().await?;
        let key = SettingKey::ANALYTICS_GOOGLE.as_str();
        let said = tx.overrides_of(caller.workspace(), key, caller.member()).await?;
        if settings.analytics.google.is_empty() && said.is_empty() {
            return Ok(Measured::default());
        }
        // What can't be read measures nothing.
        let read = |text: &str| MeasurementId::parse(text, None).unwrap_or_default();
        let theirs: Vec<_> = said.iter().filter(|(.., mine)| *mine > 0).map(|(_, text, _)| read(text)).collect();
        let community = match page {
            PageAbout::Community(id) => Some(id.clone()),
            PageAbout::Idea(id) => {
                let here = |idea: &store::IdeaRow| idea.workspace_id == *caller.workspace();
                tx.idea(id).await?.filter(here).map(|idea| idea.community_id)
            }
            PageAbout::Workspace => None,
        };
        let own =
            community.as_ref().and_then(|of| said.iter().find(|(id, ..)| id == of)).map(|(_, text, _)| read(text));
        let here = if community.is_some() { PageOf::Community(own.as_ref()) } else { PageOf::Workspace(&theirs) };
        Ok(Measured { here: measuring(settings, here, consent), anywhere: true, by_community: !said.is_empty() })
    }
}
