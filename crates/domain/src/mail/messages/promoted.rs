//! They are a super-admin, and somebody else became one through the list.
use crate::mail::letter::{Mail, moment};
use policy::{SettingKey, Timestamp, setting_link};

/// Tells whose address became a super-admin's.
pub(crate) fn promoted(who: &str, at: Timestamp) -> Mail {
    let words = format!(
        "{who} signed in on {} and became a super-admin, since the address is on the list of super-admin e-mail addresses.",
        moment(at)
    );
    let list = setting_link::to(SettingKey::MEMBERS_SUPER_ADMIN_EMAILS.as_str());
    Mail::new("promoted", "Somebody became super-admin", vec![words])
        .with_warning("If nobody should have put this address on the list, take the role back at once.")
        .with_button("See the list", &list)
}

pub(super) fn sample(now: Timestamp) -> Mail {
    promoted("grace@example.org", now)
}
