//! Compares this machine's clock with the database's: one that is wrong ends sessions, links and codes too soon or
//! too late, and differently on each node.
use crate::{Bailey, Result};
use policy::{Timestamp, time::Span, words::count};

/// How far apart two clocks may be before it is told.
const TOLERATED: Span = Span::seconds(5);

/// What is to be said of two clocks, from this machine's time before and after the other was asked, and its answer:
/// `None` while they may be at most [`TOLERATED`] apart, since the answer was on its way for some of the time.
fn warning(asked: Timestamp, database: Timestamp, answered: Timestamp) -> Option<String> {
    let (ahead, behind) = (database.since(answered), asked.since(database));
    let (apart, way) = if ahead > behind { (ahead, "ahead of") } else { (behind, "behind") };
    let seconds = count(apart.millis() / 1_000, "second");
    (apart > TOLERATED).then(|| {
        format!("The database's clock is {seconds} {way} this machine's, by which sessions, links, codes and locks go: let NTP set both.")
    })
}

impl Bailey {
    /// What is to be said of this machine's clock beside the database's; `None` while they agree, and on an engine
    /// that has no clock of its own.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn clock_warning(&self) -> Result<Option<String>> {
        let mut tx = self.store().read().await?;
        let asked = self.now();
        let Some(database) = tx.clock().await? else { return Ok(None) };
        Ok(warning(asked, Timestamp(database), self.now()))
    }
}

impl Bailey {
    /// What is to be said of instants that lie ahead, as what was written while a clock ran ahead that was set right
    /// since, or is by a clock that is slow now; nothing while there are none.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn instants_ahead(&self) -> Result<Option<String>> {
        let latest = self.now() + Span::seconds(5);
        let found = self.store().read().await?.ahead_of(latest.0).await?;
        let counted: Vec<_> = found.into_iter().map(|(what, many)| format!("{what}: {many}")).collect();
        Ok((!counted.is_empty()).then(|| {
            format!(
                "the database holds times that lie ahead of this machine's clock ({}). Where a clock ran ahead and was set right, there is nothing to do: sessions, codes, links and trust of then have ended, locks last as long as they would from now, mails are tried at once, and passwords with a highest age are to be replaced. Where this clock is slow, let NTP set it.",
                counted.join(", ")
            )
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_800_000_000_000;

    fn apart(by: i64, took: i64) -> Option<String> {
        warning(Timestamp(NOON), Timestamp(NOON + by), Timestamp(NOON + took))
    }

    /// Fails when five seconds are too many, or more are not.
    #[test]
    fn up_to_five_seconds_are_tolerated_either_way() {
        for by in [0, 1, -1, 5_000, -5_000] {
            assert_eq!(apart(by, 0), None, "{by}");
        }
        for by in [5_001, -5_001, 86_400_000, i64::MIN / 2, i64::MAX / 2] {
            assert!(apart(by, 0).is_some(), "{by}");
        }
    }

    /// Fails when a slow answer is taken for a slow clock.
    #[test]
    fn the_time_that_an_answer_took_counts_for_the_clocks() {
        assert_eq!(apart(9_000, 9_000), None);
        assert_eq!(apart(0, 9_000), None);
        assert!(apart(9_000, 3_000).is_some());
    }

    /// Fails when ahead and behind are exchanged.
    #[test]
    fn the_words_say_which_clock_is_ahead() {
        let said = |by| apart(by, 0).expect("it is told").replace('\u{a0}', " ");
        assert!(
            said(6_500).starts_with("The database's clock is 6 seconds ahead of this machine's"),
            "{}",
            said(6_500)
        );
        assert!(
            said(-61_000).starts_with("The database's clock is 61 seconds behind this machine's"),
            "{}",
            said(-61_000)
        );
    }
}
