//! Claiming an account that was made for somebody: a mail goes to its address, and whoever reads it
//! confirms and chooses a password. Claims that nobody confirms are counted, and locked after too many.
use crate::{
    Bailey, Client, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    captcha::SolvedFor,
    links::Purpose,
    mail::Mail,
};
use policy::{
    EmailAddress,
    decide::{captcha, lockout::Guarded},
};
use store::{MemberRow, Tx};

impl Bailey {
    /// The captcha that claiming an account has to bring solved, as JSON; nothing while they are off.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn captcha_for_claim(&self, workspace: &WorkspaceId) -> Result<Option<String>> {
        let policy = self.policy_now(workspace).await?;
        let level = captcha::for_mail(&policy.settings);
        level.map(|level| self.make_captcha(SolvedFor::Claim, level)).transpose()
    }

    /// Claims the account with an address: its holder gets a mail to confirm it. Counts and answers the same
    /// if nobody has the address.
    ///
    /// # Errors
    /// [`policy::Refusal::ClaimsPaused`] after too many claims that nobody confirmed;
    /// [`policy::Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn claim_account(
        &self,
        workspace: &WorkspaceId,
        email: &str,
        captcha: &str,
        client: &Client,
    ) -> Result<()> {
        let policy = self.policy_now(workspace).await?;
        if let Some(level) = captcha::for_mail(&policy.settings) {
            self.judge_captcha(SolvedFor::Claim, level, captcha).await?;
        }
        let member = match EmailAddress::parse(email) {
            Ok(email) => self.store().read().await?.member_by_email(workspace, &email).await?,
            Err(_) => None,
        };
        self.reserve(&self.claim_trial(workspace, email, member.as_ref()), &policy.settings).await?;
        let mut entry =
            Entry::new(Channel::Members, "Claimed an account", Actor::Nobody).from_address(client.address.as_deref());
        let mut tx = self.store().write().await?;
        match &member {
            Some(member) => {
                entry = entry.about(&member.email);
                let purpose = Purpose::EmailClaim;
                let (token, link_until) = self.make_link(&mut tx, workspace, purpose, Some(&member.id)).await?;
                let link = format!("{}/link/{}", self.origin(), token.expose());
                self.queue_mail(&mut tx, member, &Mail::Claim { link, link_until }).await?;
            }
            None => entry = entry.with("reason", "unknown address"),
        }
        self.record(&mut tx, workspace, entry).await?;
        Ok(tx.commit().await?)
    }

    /// The holder of the address has confirmed the claim.
    pub(crate) async fn claim_confirmed(&self, tx: &mut Tx, member: &MemberRow, client: &Client) -> Result<()> {
        tx.clear_tries_at(&member.id, Guarded::Claim.name()).await?;
        tx.verify_email(&member.id, self.now().0).await?;
        let entry = Entry::new(Channel::Members, "Confirmed a claim", Actor::Member(member.email.clone()))
            .from_address(client.address.as_deref());
        self.record(tx, &member.workspace_id, entry).await
    }
}
