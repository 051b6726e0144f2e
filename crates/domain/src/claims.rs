//! Claiming an account that was made for somebody: a mail goes to its address, and whoever reads it
//! confirms and chooses a password. Claims that nobody confirms are counted, and locked after too many.
use crate::{
    Bailey, Client, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    captcha::SolvedFor,
    links::Purpose,
    mail::Mail,
    members::member_by_typed,
};
use policy::decide::lockout::Guarded;
use store::{MemberRow, Tx};

impl Bailey {
    /// The captcha that claiming an account has to bring solved, as JSON; `None` while they are off.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn captcha_for_claim(&self, workspace: &WorkspaceId, client: &Client) -> Result<Option<String>> {
        self.captcha_for_mail(workspace, SolvedFor::Claim, client).await
    }

    /// Claims the account with an address: its holder gets a mail to confirm it. Counts and answers the same
    /// if nobody has the address.
    ///
    /// # Errors
    /// [`policy::Refusal::ClaimsPaused`] after too many claims that nobody confirmed;
    /// [`policy::Refusal::AddressPaused`] after too many tries from one network address;
    /// [`policy::Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn claim_account(
        &self,
        workspace: &WorkspaceId,
        email: &str,
        captcha: &str,
        client: &Client,
    ) -> Result<()> {
        let policy = self.policy_now(workspace).await?;
        self.judge_ask_for_mail(workspace, &policy.settings, SolvedFor::Claim, captcha, client).await?;
        let member = member_by_typed(&mut self.store().read().await?, workspace, email).await?;
        self.reserve(&self.claim_attempt(workspace, email, member.as_ref()), &policy.settings).await?;
        let mut entry =
            Entry::new(Channel::Members, "Claimed an account", Actor::Nobody).from_address(client.address.as_deref());
        let mut tx = self.store().write().await?;
        match &member {
            Some(member) => {
                entry = entry.about(&member.email);
                if self.may_mail_link(&mut tx, member, Purpose::EmailClaim).await? {
                    let (link, link_until) = self.link_for_mail(&mut tx, member, Purpose::EmailClaim, None).await?;
                    self.queue_mail(&mut tx, member, &Mail::Claim { link, link_until }).await?;
                }
            }
            None => entry = entry.with("reason", "unknown address"),
        }
        self.record(&mut tx, workspace, entry).await?;
        self.count_for_address(&mut tx, workspace, Guarded::AddressMails, client, &policy.settings).await?;
        Ok(tx.commit().await?)
    }

    /// The holder of the address has confirmed the claim.
    pub(crate) async fn claim_confirmed(&self, tx: &mut Tx, member: &MemberRow, client: &Client) -> Result<()> {
        tx.clear_attempts_at(&member.id, Guarded::Claim.name()).await?;
        tx.verify_email(&member.id, self.now().0).await?;
        let entry = Entry::new(Channel::Members, "Confirmed a claim", Actor::Member(member.email.clone()))
            .from_address(client.address.as_deref());
        self.record(tx, &member.workspace_id, entry).await
    }
}
