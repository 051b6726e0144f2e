//! A unit of work that PostgreSQL gave up in favour of another one is done again.
use crate::Result;

/// How often it is done again: of two that meet one always goes on, so that more than one meeting is rare.
const AGAIN: u32 = 3;

/// Does a unit of work, from its beginning to its commit; once more where another one stood in the way. What it does
/// outside of the database must bear being done twice.
///
/// Whoever holds several rows takes them in one order, so that hardly any two meet: members first (of several the one
/// with the lesser identifier), then the attempts at their credentials, then whatever else is theirs, and the log last.
///
/// # Errors
/// Those of the work; [`store::Error::Contended`] when others stood in the way each time.
pub(crate) async fn unit_of_work<T, F>(work: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for _ in 0..AGAIN {
        match work().await {
            Err(error) if error.is_contention() => tracing::debug!(%error, "a unit of work is done again"),
            done => return done,
        }
    }
    work().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use std::{cell::Cell, fs, path::Path};

    /// The lines of this crate that write to the database outside of a `unit_of_work`, by file and number.
    fn writes_once(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                writes_once(&path, found);
                continue;
            }
            if path.extension().is_none_or(|end| end != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("a source");
            let mut again = false;
            for (number, line) in text.lines().enumerate() {
                let begins_function =
                    ["fn ", "async fn ", "pub", "impl", "mod "].iter().any(|word| line.trim_start().starts_with(word));
                again = line.contains("unit_of_work(|| ") || (again && !begins_function);
                if line.contains(".write().await") && !again && !line.contains("line.contains") {
                    found.push(format!("{}:{}", path.display(), number + 1));
                }
            }
        }
    }

    /// Fails when something writes that is not done again where another one stood in the way.
    #[test]
    fn whatever_writes_is_a_unit_of_work() {
        let mut found = Vec::new();
        writes_once(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        // `begin_rotation` does `add_key` in one.
        found.retain(|place| !place.contains("rotation.rs"));
        assert!(found.is_empty(), "{found:#?}");
    }

    /// Fails `failing` times by an error; answers how often it was tried, and what came of it.
    async fn tried(failing: u32, error: fn() -> Error) -> (u32, Result<()>) {
        let times = Cell::new(0);
        let done = unit_of_work(|| async {
            times.set(times.get() + 1);
            if times.get() > failing { Ok(()) } else { Err(error()) }
        });
        let done = done.await;
        (times.get(), done)
    }

    /// Fails when `unit_of_work` gives up at the first meeting, goes on for ever, or does again what failed otherwise.
    #[tokio::test]
    async fn what_others_stood_in_the_way_of_is_done_again_a_few_times_and_nothing_else_is() {
        let contention = || Error::Store(store::Error::Contended("deadlock detected".to_owned()));
        assert!(matches!(tried(3, contention).await, (4, Ok(()))));
        let (times, done) = tried(9, contention).await;
        assert!(times == 4 && done.is_err_and(|error| error.is_outage()), "it may succeed later");
        assert!(matches!(tried(9, || Error::NotFound).await, (1, Err(Error::NotFound))));
    }
}
