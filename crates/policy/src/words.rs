//! Numbers and durations as people read them.

/// Writes a whole number with a no-break space between thousands: `43 200`.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "−" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// Writes how much a file holds: `340 bytes`, `12 kB`, `3.4 MB`.
pub fn bytes(n: i64) -> String {
    const KIB: i64 = 1_024;
    match n {
        ..KIB => count(n, "byte"),
        KIB..1_048_576 => format!("{}\u{a0}kB", number(n.div_euclid(KIB))),
        _ => format!("{}.{}\u{a0}MB", number(n / 1_048_576), n % 1_048_576 * 10 / 1_048_576),
    }
}

/// Writes a number with its noun: `1 minute`, `43 200 minutes`.
pub fn count(n: i64, singular: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{}\u{a0}{singular}{ending}", number(n))
}

/// Writes minutes in the largest units that fit without a remainder to hide: `7 days`, `1 hour 30 minutes`.
pub fn minutes(total: i64) -> String {
    let parts = [(total / 1_440, "day"), (total % 1_440 / 60, "hour"), (total % 60, "minute")];
    let words: Vec<_> = parts.into_iter().filter(|(n, _)| *n != 0).map(|(n, noun)| count(n, noun)).collect();
    if words.is_empty() { count(0, "minute") } else { words.join(" ") }
}

/// Writes seconds in minutes, where there is a whole one: `1 minute 30 seconds`.
pub fn seconds(total: i64) -> Option<String> {
    match (total / 60, total % 60) {
        (0, _) => None,
        (whole, 0) => Some(minutes(whole)),
        (whole, rest) => Some(format!("{} {}", minutes(whole), count(rest, "second"))),
    }
}

/// Writes days in the unit that people think in, where there is a larger one: `2 weeks`, `1 year 35 days`.
pub fn days(total: i64) -> Option<String> {
    match (total / 365, total % 365) {
        (0, ..14) => None,
        (0, days) if days % 7 == 0 => Some(count(days / 7, "week")),
        (0, days) => (days >= 60).then(|| format!("about {}", count((days + 15) / 30, "month"))),
        (years, 0) => Some(count(years, "year")),
        (years, days) => Some(format!("{} {}", count(years, "year"), count(days, "day"))),
    }
}

/// Writes a span of seconds, rounded to what a reader needs: `40 seconds`, `12 minutes`, `2 hours`.
pub fn about_seconds(total: i64) -> String {
    match total {
        ..90 => count(total.max(0), "second"),
        90..5_400 => count((total + 59) / 60, "minute"),
        5_400..129_600 => count((total + 3_599) / 3_600, "hour"),
        _ => count((total + 86_399) / 86_400, "day"),
    }
}

/// Writes seconds as a clock that runs down: `0:07`, `15:00`, `24:00:00`.
pub fn countdown(total: u32) -> String {
    let (hours, minutes, seconds) = (total / 3_600, total / 60 % 60, total % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// The time of day of an instant in UTC: `14:05 UTC`.
pub fn clock(at: crate::Timestamp) -> String {
    let minutes = at.unix_seconds() / 60 % 1_440;
    format!("{:02}:{:02} UTC", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(7), "7");
        assert_eq!(number(480), "480");
        assert_eq!(number(43_200), "43\u{a0}200");
        assert_eq!(number(-1_000_000), "−1\u{a0}000\u{a0}000");
    }

    #[test]
    fn minutes_become_days_and_hours() {
        let plain = |n| minutes(n).replace('\u{a0}', " ");
        assert_eq!(plain(10_080), "7 days");
        assert_eq!(plain(480), "8 hours");
        assert_eq!(plain(90), "1 hour 30 minutes");
        assert_eq!(plain(1), "1 minute");
        assert_eq!(plain(0), "0 minutes");
    }

    #[test]
    fn seconds_and_days_are_told_in_larger_units_where_there_are_any() {
        let plain = |words: Option<String>| words.map(|words| words.replace('\u{a0}', " ")).unwrap_or_default();
        for (total, words) in
            [(59, ""), (60, "1 minute"), (90, "1 minute 30 seconds"), (600, "10 minutes"), (3_600, "1 hour")]
        {
            assert_eq!(plain(seconds(total)), words, "{total}");
        }
        for (total, words) in [
            (13, ""),
            (14, "2 weeks"),
            (30, ""),
            (90, "about 3 months"),
            (364, "52 weeks"),
            (365, "1 year"),
            (400, "1 year 35 days"),
            (730, "2 years"),
            (3_650, "10 years"),
        ] {
            assert_eq!(plain(days(total)), words, "{total}");
        }
    }

    /// Fails when hours are counted as minutes, or the parts behind the first lose their zeros.
    #[test]
    fn a_countdown_has_hours_from_the_first_one_on() {
        assert_eq!([7, 59, 60, 900, 3_599].map(countdown), ["0:07", "0:59", "1:00", "15:00", "59:59"]);
        assert_eq!([3_600, 3_661, 86_400].map(countdown), ["1:00:00", "1:01:01", "24:00:00"]);
    }
}
