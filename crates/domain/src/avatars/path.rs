//! Where pictures of members are.
use crate::MemberId;

/// The address of a member's picture on this site: it tells nothing of their e-mail address.
pub fn path_of(member: &MemberId) -> String {
    format!("/avatars/{member}")
}
