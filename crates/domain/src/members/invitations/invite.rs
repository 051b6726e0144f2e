//! Inviting somebody, or adding them at once.
use crate::{
    Caller, Error, MemberId, Result,
    bailey::Members,
    members::{clean_name, create::NAME_LIMIT, hold_caller},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    AccountStatus, EmailAddress, Role, Timestamp,
    decide::{
        joining,
        rank::{self, Authority},
    },
};
use std::collections::BTreeMap;
use store::{InvitationRow, MemberRow, Tx};

/// How somebody comes to be a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joining {
    /// They are invited, and a member once they have taken the invitation.
    Invited,
    /// They are a member at once, and sign in once they have confirmed their address.
    Added,
}

/// What is needed to invite somebody.
#[derive(Debug, Clone, Copy)]
pub struct NewInvitation<'a> {
    /// Their name as typed; whoever is invited chooses it themselves.
    pub name: &'a str,
    /// Their address as typed.
    pub email: &'a str,
    /// The role as sent.
    pub role: &'a str,
    /// How they join.
    pub joining: Joining,
}

/// Somebody to be invited, every field of theirs judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub name: String,
    pub email: EmailAddress,
    pub role: Role,
    pub joining: Joining,
}

impl Person {
    fn judge(new: &NewInvitation<'_>) -> Result<Self> {
        let mut wrong = BTreeMap::new();
        let name = clean_name(new.name);
        if name.chars().count() > NAME_LIMIT {
            wrong.insert("name".to_owned(), format!("A name has at most {NAME_LIMIT} characters."));
        } else if name.is_empty() && new.joining == Joining::Added {
            wrong.insert("name".to_owned(), "Enter a name: whoever is added is not asked for theirs.".to_owned());
        }
        let email = EmailAddress::parse(new.email);
        if let Err(problem) = &email {
            wrong.insert("email".to_owned(), problem.to_string());
        }
        let role = new.role.parse();
        if role.is_err() {
            wrong.insert("role".to_owned(), "Choose a role.".to_owned());
        }
        match (email, role) {
            (Ok(email), Ok(role)) if wrong.is_empty() => Ok(Self { name, email, role, joining: new.joining }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

/// What is said of an address that somebody has already.
fn taken(by: &MemberRow) -> &'static str {
    match by.status {
        AccountStatus::Pending => {
            "Whoever has this address is invited already, or has asked to join: see the list below."
        }
        AccountStatus::Active | AccountStatus::Inactive | AccountStatus::Banned => {
            "A member with this address is already there."
        }
    }
}

impl Members<'_> {
    /// Invites somebody, or adds them at once; a mail tells them.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`policy::Refusal::RoleAboveYours`]; [`policy::Refusal::DomainRefused`];
    /// [`Error::Invalid`] with the words beside the fields `name`, `email` and `role`.
    pub async fn invite(self, caller: &Caller, new: NewInvitation<'_>) -> Result<()> {
        caller.is_fresh()?;
        let person = Person::judge(&new)?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let inviter = hold_caller(&mut tx, caller).await?;
            rank::may_give(Authority::Member(inviter.role), person.role)?;
            let settings = &self.0.policies().within(&mut tx, caller.workspace()).await?.settings;
            joining::may_join(settings, &person.email)?;
            if let Some(there) = tx.member_by_email(caller.workspace(), &person.email).await? {
                return Err(Error::field("email", taken(&there)));
            }
            self.invite_in(&mut tx, caller, &inviter, &person, self.0.now()).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Invites somebody whose address nobody has, in a unit of work; their mail is handed over at an instant at the
    /// earliest.
    pub(super) async fn invite_in(
        self,
        tx: &mut Tx,
        caller: &Caller,
        inviter: &MemberRow,
        person: &Person,
        due: Timestamp,
    ) -> Result<()> {
        let now = self.0.now();
        let (status, action) = match person.joining {
            Joining::Invited => (AccountStatus::Pending, "Invited a member"),
            Joining::Added => (AccountStatus::Active, "Added a member"),
        };
        let member = MemberRow {
            id: MemberId::from(random::id(now)?),
            workspace_id: caller.workspace().clone(),
            email: person.email.clone(),
            email_verified_at: None,
            name: person.name.clone(),
            role: person.role,
            password_hash: None,
            password_set_at: None,
            password_falls_short: false,
            password_judged: None,
            status,
            email_codes: false,
            created_at: now,
            last_sign_in_at: None,
        };
        match tx.insert_member(&member).await {
            // Somebody else was quicker.
            Err(store::Error::AlreadyExists) => return Err(Error::field("email", taken(&member))),
            done => done?,
        }
        self.mail_invited(tx, inviter, &member, due).await?;
        self.note(tx, caller, action, &member).await
    }

    /// Sends somebody who has not joined yet the mail with their link, and notes who has invited them.
    pub(super) async fn mail_invited(
        self,
        tx: &mut Tx,
        inviter: &MemberRow,
        member: &MemberRow,
        due: Timestamp,
    ) -> Result<()> {
        let mail_id = match Joining::of(member.status) {
            Joining::Invited => self.0.links().mail_invitation(tx, member, &inviter.name, due).await?,
            Joining::Added => self.0.links().mail_account_verification(tx, member, &inviter.name, due).await?,
        };
        let row = InvitationRow {
            member_id: member.id.clone(),
            workspace_id: member.workspace_id.clone(),
            invited_by: inviter.id.clone(),
            invited_at: self.0.now(),
            mail_id,
        };
        Ok(tx.put_invitation(&row).await?)
    }
}
