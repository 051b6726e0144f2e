//! A sign-in between its two steps.
use super::factors::factors_of;
use crate::{Result, Token, WorkspaceId, bailey::SignIn, platform::unit_of_work::unit_of_work};
use policy::{
    EmailAddress, Timestamp,
    decide::{email_code, enrolment::Factors, second_step_help},
};
use store::{MemberRow, PendingId};

/// A sign-in between its two steps.
#[derive(Debug, Clone)]
pub struct PendingSignIn {
    pub(crate) id: PendingId,
    pub(crate) member: MemberRow,
    pub(crate) factors: Factors,
    pub(crate) recovery_codes: bool,
    pub(crate) emailed_codes: bool,
    pub(crate) code_sent: bool,
    pub(crate) help: Option<WaitingHelp>,
    pub(crate) next: Option<String>,
    pub(crate) choices: Choices,
}

/// A request to have the second step removed, which waits for an admin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingHelp {
    /// When it was made.
    pub asked_at: Timestamp,
    /// From when it may be granted.
    pub granted_from: Timestamp,
}

/// What somebody has chosen for the session that begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    /// It is to outlive the browser.
    pub stay: bool,
    /// This browser is to skip the second step from now on.
    pub trust: bool,
}

impl PendingSignIn {
    /// The address that is signing in.
    pub const fn email(&self) -> &EmailAddress {
        &self.member.email
    }

    /// The factors that the member has.
    pub const fn factors(&self) -> Factors {
        self.factors
    }

    /// Whether the member has recovery codes left.
    pub const fn has_recovery_codes(&self) -> bool {
        self.recovery_codes
    }

    /// Whether a code that is sent by e-mail passes this second step.
    pub const fn takes_emailed_code(&self) -> bool {
        self.emailed_codes
    }

    /// Whether such a code was sent.
    pub const fn code_was_sent(&self) -> bool {
        self.code_sent
    }

    /// The member's request to have the second step removed, where one waits.
    pub const fn help(&self) -> Option<WaitingHelp> {
        self.help
    }

    /// Whether the session is to outlive the browser.
    pub const fn stays(&self) -> bool {
        self.choices.stay
    }

    /// Lets this browser skip the second step from now on, once it is passed.
    #[must_use]
    pub const fn trusting(mut self, trust: bool) -> Self {
        self.choices.trust = trust;
        self
    }

    /// Where the member wanted to go.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }
}

impl SignIn<'_> {
    /// Finds the sign-in that a token stands for; `None` when it lapsed.
    pub(crate) async fn pending(self, workspace: &WorkspaceId, token: &Token) -> Result<Option<PendingSignIn>> {
        let mut tx = self.0.store().read().await?;
        let now = self.0.now();
        let Some(row) = tx.pending(&token.hash(), now.0).await? else { return Ok(None) };
        // It began before a clock was set back, and nobody knows when.
        if row.created_at.is_ahead_of(now) {
            return Ok(None);
        }
        let Some(member) = tx.member(&row.member_id).await? else { return Ok(None) };
        if member.workspace_id != *workspace {
            return Ok(None);
        }
        let factors = factors_of(&mut tx, &member.id).await?;
        let recovery_codes = tx.recovery_codes_left(&member.id).await? > 0;
        let code_sent = !tx.emailed_codes(&row.id, 1).await?.is_empty();
        let asked_at = tx.open_help_request(&member.id, (now - second_step_help::LASTS).0).await?.map(Timestamp);
        let settings = &self.0.policies().within(&mut tx, workspace).await?.settings;
        let emailed_codes = email_code::serves(settings, factors, member.email_codes);
        Ok(Some(PendingSignIn {
            emailed_codes,
            code_sent,
            help: asked_at.map(|asked_at| WaitingHelp {
                asked_at,
                granted_from: second_step_help::may_be_granted_from(settings, asked_at),
            }),
            id: row.id,
            member,
            factors,
            recovery_codes,
            next: row.next_path,
            choices: Choices { stay: row.stay, trust: false },
        }))
    }

    /// Gives a sign-in up between its steps.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn cancel(self, between: &PendingSignIn) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.take_pending(&between.id).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}
