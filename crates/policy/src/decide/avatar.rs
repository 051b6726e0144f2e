//! Whose picture is asked of the avatar server, and how long an answer is good.
use crate::{AccountStatus, Settings, Timestamp, time::Span};

/// How many pictures are fetched in a turn of the job, of which there is one in a second.
pub const FETCHES_A_TURN: usize = 5;
/// How many members wait for their pictures to be fetched, at most; whoever comes beyond them is asked for anew.
pub const WAITING: usize = 500;
/// How long a picture that nobody has asked for any more is kept after its answer was good.
pub const KEPT: Span = Span::days(30);

/// What the avatar server said of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It has a picture.
    Picture,
    /// It has none, or one that is no picture.
    Nothing,
    /// It did not answer as it should.
    Failed,
}

/// Whether the picture of a member is asked of the avatar server, and shown where there is one; else a pattern is drawn.
pub fn is_asked_for(settings: &Settings, status: AccountStatus) -> bool {
    settings.members.gravatar && status == AccountStatus::Active
}

/// Until when nobody asks again.
pub fn good_until(answer: Answer, now: Timestamp) -> Timestamp {
    now + match answer {
        Answer::Picture | Answer::Nothing => Span::days(1),
        Answer::Failed => Span::minutes(15),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_picture_is_asked_for_only_where_that_is_on_and_of_those_who_take_part() {
        let mut settings = Settings::default();
        assert!(!is_asked_for(&settings, AccountStatus::Active), "off by default");
        settings.members.gravatar = true;
        for status in [AccountStatus::Pending, AccountStatus::Active, AccountStatus::Inactive, AccountStatus::Banned] {
            assert_eq!(is_asked_for(&settings, status), status == AccountStatus::Active, "{status:?}");
        }
    }

    #[test]
    fn a_failure_is_tried_again_sooner_than_an_answer() {
        assert_eq!(good_until(Answer::Picture, NOON), NOON + Span::days(1));
        assert_eq!(good_until(Answer::Nothing, NOON), NOON + Span::days(1));
        assert_eq!(good_until(Answer::Failed, NOON), NOON + Span::minutes(15));
    }
}
