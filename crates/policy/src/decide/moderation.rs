//! Who may moderate what belongs to a community: its ideas, and whoever waits to join it?
use crate::Role;

/// Whether a member may moderate what belongs to a community: moderators of the workspace, and whoever stands above them,
/// everywhere; anybody else where they were made a moderator.
pub fn may_moderate(role: Role, moderates_this_community: bool) -> bool {
    role >= Role::Moderator || moderates_this_community
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_moderates_everywhere_and_everybody_else_where_they_were_made_a_moderator() {
        for role in Role::ALL {
            assert!(may_moderate(*role, true), "{role}");
            assert_eq!(may_moderate(*role, false), *role != Role::Member, "{role}");
        }
    }
}
