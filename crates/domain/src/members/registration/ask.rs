//! Asking to join. Whether somebody has the address already is looked at by whatever hands mails over, so that asking
//! takes as long and says the same either way.
use crate::{
    Client, Error, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    links::AskedFor,
    members::create::judge_name,
    platform::random,
    sign_in::captcha::SolvedFor,
};
use policy::{
    AccountStatus, EmailAddress, Role,
    decide::{
        joining,
        registration::{self, AfterConfirmation},
    },
};
use std::collections::BTreeMap;
use store::{MemberRow, Tx};

impl Members<'_> {
    /// The captcha that asking to join has to bring solved, as JSON; `None` while they are off.
    ///
    /// # Errors
    /// [`policy::Refusal::RegistrationClosed`].
    pub async fn registration_captcha(self, workspace: &WorkspaceId, client: &Client) -> Result<Option<String>> {
        registration::may_register(&self.0.policies().now(workspace).await?.settings)?;
        self.0.captchas().for_mail(workspace, SolvedFor::Registration, client).await
    }

    /// Asks to join: whoever has the address gets a mail, whether they are known already or not.
    ///
    /// # Errors
    /// [`policy::Refusal::RegistrationClosed`]; [`policy::Refusal::DomainRefused`];
    /// [`Error::Invalid`] with the words beside the fields `name` and `email`;
    /// [`policy::Refusal::AddressPaused`] after too many tries from one network address;
    /// [`policy::Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn register(
        self,
        workspace: &WorkspaceId,
        name: &str,
        email: &str,
        captcha: &str,
        client: &Client,
    ) -> Result<()> {
        let policy = self.0.policies().now(workspace).await?;
        registration::may_register(&policy.settings)?;
        let mut wrong = BTreeMap::new();
        let name = judge_name(name).unwrap_or_else(|words| {
            wrong.insert("name".to_owned(), words);
            String::new()
        });
        let email = match EmailAddress::parse(email) {
            Ok(email) if wrong.is_empty() => email,
            Ok(_) => return Err(Error::Invalid(wrong)),
            Err(problem) => {
                wrong.insert("email".to_owned(), problem.to_string());
                return Err(Error::Invalid(wrong));
            }
        };
        joining::may_join(&policy.settings, &email)?;
        let solved_for = SolvedFor::Registration;
        self.0.captchas().judge_ask_for_mail(workspace, &policy.settings, solved_for, captcha, client).await?;
        let entry = Entry::new(Channel::Members, "Asked to join", Actor::Nobody);
        let asked = AskedFor::Registration { name };
        self.0.links().ask_as_stranger(workspace, email.as_str(), asked, entry, client, &policy.settings).await
    }

    /// Looks at somebody who has asked to join, and sends them what comes next.
    pub(crate) async fn take_registration(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        email: &str,
        name: &str,
    ) -> Result<()> {
        let settings = &self.0.policies().within(tx, workspace).await?.settings;
        let (Ok(then), Ok(email)) = (registration::may_register(settings), EmailAddress::parse(email)) else {
            return Ok(());
        };
        if joining::may_join(settings, &email).is_err() {
            return Ok(());
        }
        let member = match tx.member_by_email(workspace, &email).await? {
            Some(member) => {
                tx.lock_member(&member.id).await?;
                member
            }
            None => self.insert_registered(tx, workspace, email, name).await?,
        };
        let links = self.0.links();
        match tx.registration(&member.id).await?.filter(|_| member.status == AccountStatus::Pending) {
            // Who waits already is told no more of it, nor who is invited or a member.
            None => links.mail_known_already(tx, &member).await,
            Some(asked) if asked.approved => links.mail_complete_registration(tx, &member).await,
            Some(asked) if asked.confirmed_at.is_some() => links.mail_known_already(tx, &member).await,
            Some(_) => match then {
                AfterConfirmation::Joins => links.mail_complete_registration(tx, &member).await,
                AfterConfirmation::Waits => links.mail_registration(tx, &member).await,
            },
        }
    }

    async fn insert_registered(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        email: EmailAddress,
        name: &str,
    ) -> Result<MemberRow> {
        let now = self.0.now();
        let member = MemberRow {
            id: MemberId::from(random::id(now)?),
            workspace_id: workspace.clone(),
            email,
            email_verified_at: None,
            name: name.to_owned(),
            role: Role::Member,
            password_hash: None,
            password_set_at: None,
            password_falls_short: false,
            password_judged: None,
            status: AccountStatus::Pending,
            email_codes: false,
            created_at: now,
            last_sign_in_at: None,
        };
        tx.insert_member(&member).await?;
        tx.insert_registration(&member).await?;
        let entry = Entry::new(Channel::Members, "Registered", Actor::Nobody).about(&member.email);
        self.0.audit().record(tx, workspace, entry).await?;
        Ok(member)
    }
}
