//! What completes a sign-in: the session, and whatever follows from there being one.
use super::{Proof, SignInDone, lookup::SigningIn, pending::Choices};
use crate::{
    Client, Result, Token,
    audit::{Actor, Channel, Entry},
    bailey::SignIn,
    mail::messages::{new_browser::new_browser, promoted::promoted},
    sessions::{browser_name, new_session},
    sign_in::known_browsers::renew_browser,
};
use policy::{
    Ended, Role, Timestamp,
    decide::{
        promotion::{self, Holder},
        quota, trust,
    },
};
use store::{MemberRow, Tx};

impl SignIn<'_> {
    /// Lets somebody in who has proved who they are, unless they were banned or their password was replaced
    /// meanwhile.
    pub(crate) async fn complete(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        client: &Client,
        choices: Choices,
        proof: Proof,
    ) -> Result<SignInDone> {
        let found = self.reload_member(tx, member, client).await?;
        self.let_in(tx, found, client, choices, proof).await
    }

    /// Starts the session of a member as they stand now, promoting them where the list of super-admin
    /// addresses says so.
    pub(super) async fn let_in(
        self,
        tx: &mut Tx,
        sign_in: SigningIn,
        client: &Client,
        choices: Choices,
        proof: Proof,
    ) -> Result<SignInDone> {
        let now = self.0.now();
        let SigningIn { mut member, policy, from_known_browser, .. } = sign_in;
        let workspace = member.workspace_id.clone();
        let holder = Holder {
            email: &member.email,
            email_verified: member.email_verified_at.is_some(),
            role: member.role,
            promoted_before: false,
        };
        // Whether it was promoted before is looked up only for an address that is listed at all.
        if promotion::promotes(&policy.settings, &holder) {
            let promoted_before = tx.was_promoted(&workspace, &member.email).await?;
            if promotion::promotes(&policy.settings, &Holder { promoted_before, ..holder }) {
                self.promote(tx, &mut member, now).await?;
            }
        }
        if proof.passed_second_step() {
            self.0.two_factor().cancel_help(tx, &member.id).await?;
        }
        let persistent = choices.stay && policy.settings.sessions.remember_me;
        // The first time every browser is new.
        if !from_known_browser && member.last_sign_in_at.is_some() {
            self.tell_of_new_browser(tx, &member, client).await?;
        }
        if let Some(before) = &client.session {
            // The new session takes its place in this browser (ASVS 5.0 7.2.4).
            tx.end_session_of_token(before, Ended::SignedOut.name(), now.0).await?;
        }
        let trusted = client.browser.as_deref().filter(|_| choices.trust && trust::days(&policy.settings) > 0);
        let renewed = match trusted {
            Some(before) => Some(renew_browser(tx, before, &member.id).await?),
            None => None,
        };
        let browser = renewed.as_ref().map(Token::hash).or_else(|| client.browser.clone());
        let row = new_session(&member.id, client, persistent, proof.is_fresh(), now)?;
        let token = Token::new()?;
        tx.begin_session(&row, &token.hash(), browser.as_deref()).await?;
        tx.end_sessions_beyond(&member.id, quota::SESSIONS.into(), Ended::Crowded.name(), now.0).await?;
        if !policy.settings.sessions.allow_concurrent {
            tx.end_sessions(&member.id, Some(&row.id), Ended::Elsewhere.name(), now.0).await?;
        }
        if let (Some(browser), Some(_)) = (&browser, &renewed) {
            let until = trust::begins(&policy.settings, now).unwrap_or(now);
            tx.trust_browser(browser, &member.id, now.0, until.0).await?;
        }
        let entry = Entry::new(Channel::SignIn, "Signed in", Actor::Member(member.email.clone()))
            .from_address(client.address.as_deref())
            .with("by", proof.in_words());
        self.0.audit().record(tx, &workspace, entry).await?;
        Ok(SignInDone { session: token, browser: renewed })
    }

    /// Tells a member by mail that somebody signed in from a browser that was never seen before.
    async fn tell_of_new_browser(self, tx: &mut Tx, member: &MemberRow, client: &Client) -> Result<()> {
        let browser = browser_name(&client.user_agent);
        let mail = new_browser(&browser, client.address.as_deref(), self.0.now());
        self.0.mail().queue(tx, member, &mail).await
    }

    async fn promote(self, tx: &mut Tx, member: &mut MemberRow, now: Timestamp) -> Result<()> {
        if !tx.insert_promotion(member, now.0).await? {
            return Ok(());
        }
        let others = tx.super_admins(&member.workspace_id).await?;
        tx.set_role(&member.id, Role::SuperAdmin).await?;
        let entry = Entry::new(Channel::Members, "Promoted to super-admin", Actor::Nobody)
            .about(&member.email)
            .with("setting", policy::SettingKey::MEMBERS_SUPER_ADMIN_EMAILS.as_str())
            .with("role before", member.role.name());
        self.0.audit().record(tx, &member.workspace_id, entry).await?;
        for other in others {
            self.0.mail().queue(tx, &other, &promoted(member.email.as_str(), now)).await?;
        }
        member.role = Role::SuperAdmin;
        Ok(())
    }
}
