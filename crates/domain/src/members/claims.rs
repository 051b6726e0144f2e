//! Claiming an account that was made for somebody: a mail goes to its address, and whoever reads it
//! confirms and chooses a password. Claims that nobody confirms are counted, and locked after too many.
use crate::{
    Client, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    links::AskedFor,
    members::member_by_typed,
    sign_in::captcha::SolvedFor,
};

impl Members<'_> {
    /// The captcha that claiming an account has to bring solved, as JSON; `None` while they are off.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn claim_captcha(self, workspace: &WorkspaceId, client: &Client) -> Result<Option<String>> {
        self.0.captchas().for_mail(workspace, SolvedFor::Claim, client).await
    }

    /// Claims the account with an address: its holder gets a mail to confirm it. Counts and answers the same
    /// if nobody has the address.
    ///
    /// # Errors
    /// [`policy::Refusal::ClaimsPaused`] after too many claims that nobody confirmed;
    /// [`policy::Refusal::AddressPaused`] after too many tries from one network address;
    /// [`policy::Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn claim_account(
        self,
        workspace: &WorkspaceId,
        email: &str,
        captcha: &str,
        client: &Client,
    ) -> Result<()> {
        let policy = self.0.policies().now(workspace).await?;
        self.0.captchas().judge_ask_for_mail(workspace, &policy.settings, SolvedFor::Claim, captcha, client).await?;
        let member = member_by_typed(&mut self.0.store().read().await?, workspace, email).await?;
        self.0
            .lockouts()
            .reserve(&self.0.lockouts().claim_attempt(workspace, email, member.as_ref()), &policy.settings)
            .await?;
        let entry = Entry::new(Channel::Members, "Claimed an account", Actor::Nobody)
            .about_holder(member.as_ref().map(|member| &member.email));
        let asked = AskedFor::Claim;
        self.0.links().ask_as_stranger(workspace, email, asked, entry, client, &policy.settings).await
    }
}
