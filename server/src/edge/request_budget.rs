//! How many requests of one kind a network address has made in this minute, kept in memory: to count a stranger's
//! requests in the database would be the very writing that the count is to prevent.
use policy::{
    Refusal, Timestamp,
    decide::address_bucket::{AddressBucket, buckets},
    time::Span,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

const MINUTE: i64 = Span::minutes(1).millis();
/// How many buckets are told apart in a minute; all others are counted as one.
const TOLD_APART: usize = 50_000;

/// The requests of this minute.
#[derive(Debug, Default)]
pub struct RequestBudgets(Mutex<Minute>);

#[derive(Debug, Default)]
struct Minute {
    number: i64,
    requests: HashMap<(String, Option<AddressBucket>), u32>,
}

impl RequestBudgets {
    /// Counts a request of a route from an address, of which each party may make so many in a minute.
    ///
    /// # Errors
    /// [`Refusal::TooManyRequests`] when it has made as many.
    pub fn spend(&self, route: &str, address: Option<IpAddr>, of_one: u32, now: Timestamp) -> Result<(), Refusal> {
        let number = now.0.div_euclid(MINUTE);
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.number != number {
            *minute = Minute { number, requests: HashMap::new() };
        }
        for bucket in buckets(address) {
            let mut key = (route.to_owned(), Some(bucket));
            if minute.requests.len() >= TOLD_APART && !minute.requests.contains_key(&key) {
                key.1 = None;
            }
            let requests = minute.requests.entry(key).or_default();
            if *requests >= bucket.budget(of_one) {
                let left = Span::minutes(1).whole_seconds() - now.0.rem_euclid(MINUTE) / 1_000;
                return Err(Refusal::TooManyRequests { retry_after: u32::try_from(left).unwrap_or(60) });
            }
            *requests += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when `spend` mixes routes or addresses up, leaves the wider networks out, or never begins anew.
    #[test]
    fn a_minute_has_so_many_requests_of_a_route_for_each_address() {
        let budgets = RequestBudgets::default();
        let at = |route, address: &str, seconds: i64| {
            budgets
                .spend(route, address.parse().ok(), 2, Timestamp(1_000 * seconds))
                .map_err(|refusal| refusal.retry_after())
        };
        for _ in 0..2 {
            assert_eq!(at("/a", "203.0.113.7", 10), Ok(()));
        }
        assert_eq!(at("/a", "203.0.113.7", 10), Err(Some(50)));
        assert_eq!((at("/b", "203.0.113.7", 10), at("/a", "203.0.113.8", 10)), (Ok(()), Ok(())));
        assert_eq!((at("/a", "203.0.113.7", 59), at("/a", "203.0.113.7", 60)), (Err(Some(1)), Ok(())));
        for network in 0..8 {
            assert_eq!(at("/a", &format!("2001:db8:0:{network}::1"), 60), Ok(()), "{network}");
        }
        assert!(at("/a", "2001:db8:0:8::1", 60).is_err(), "many narrow networks of one that holds them");
    }

    /// Fails when a stranger can make `RequestBudgets` grow without an end.
    #[test]
    fn only_so_many_addresses_are_told_apart() {
        let budgets = RequestBudgets::default();
        for n in 0..70_000_u32 {
            let _ = budgets.spend("/a", Some(IpAddr::from(n.to_be_bytes())), 5, Timestamp(0));
        }
        let told_apart = budgets.0.lock().expect("nothing has panicked").requests.len();
        assert_eq!(told_apart, TOLD_APART + 1);
    }
}
