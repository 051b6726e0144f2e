//! What a refusal says to whoever would run into it after a save, and has not yet.
use super::{Ended, Refusal};
use crate::{SettingKey, words};

impl Refusal {
    /// What would happen to the person who saves, and what helps.
    pub fn preview(&self) -> String {
        match self {
            Self::SessionEnded { ended } => {
                let why = match ended {
                    Ended::Lifetime { minutes } => {
                        format!("a session will last {}, and yours is older", words::minutes((*minutes).into()))
                    }
                    Ended::Idle { minutes } => {
                        format!("a session will end after {} without activity", words::minutes((*minutes).into()))
                    }
                    Ended::NotPersistent => "sessions will no longer outlive the browser, as yours does".to_owned(),
                    _ => "your session will be over".to_owned(),
                };
                format!("You will be signed out: {why}. Sign in again after saving.")
            }
            Self::NewPasswordRequired { by: SettingKey::PASSWORD_MAX_AGE } => {
                "You will have to choose a new password first: yours has reached that age.".to_owned()
            }
            Self::NewPasswordRequired { .. } => {
                "You will have to choose a new password first: yours is less than is asked for.".to_owned()
            }
            Self::EnrolmentRequired { .. } => {
                "You have not set up two-factor authentication yourself: that is the first thing you will be asked to do."
                    .to_owned()
            }
            Self::AddressNotAllowed { .. } => {
                "You are not on this list yourself: after saving you can't reach the admin pages from where you are."
                    .to_owned()
            }
            _ => self.detail(),
        }
    }
}
