//! What a community holds otherwise than its workspace, and what then holds for a member.
use crate::{Setting, Settings};
use std::collections::BTreeMap;

/// What a community overrides: the canonical text by the setting's key.
pub type Overrides = BTreeMap<String, String>;

/// How the values of several communities come together for a member who belongs to them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictest {
    /// The greatest number is the strictest; no limit is no check at all.
    Greatest,
    /// The least number is the strictest; no limit is the most generous.
    Least,
    /// It concerns the community's own pages, so nothing has to come together.
    Own,
}

/// What holds for a setting, and which of the communities decided; none of them where the value is
/// the workspace's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The canonical text.
    pub value: String,
    /// The place of the deciding community in the list.
    pub by: Option<usize>,
}

/// What holds for a member of these communities: where their values differ, the strictest.
pub fn effective(workspace: &Settings, communities: &[Overrides], setting: &Setting) -> Effective {
    let inherited = workspace.print(setting);
    let Some(strictest) = setting.per_community else { return Effective { value: inherited, by: None } };
    let values = communities.iter().enumerate().map(|(place, overrides)| match overrides.get(setting.key) {
        Some(value) => Effective { value: value.clone(), by: Some(place) },
        None => Effective { value: inherited.clone(), by: None },
    });
    let rank = |effective: &Effective| {
        let number = effective.value.parse::<u64>().unwrap_or_default();
        match strictest {
            Strictest::Greatest => number,
            // Counted from above, so that the least number ranks highest; 0 is no limit.
            Strictest::Least => u64::MAX - if number == 0 { u64::MAX } else { number },
            Strictest::Own => u64::from(effective.by.is_some()),
        }
    };
    // Of equal values the workspace's own goes first, then the community that was named first.
    let better = |best: Effective, next: Effective| if rank(&next) > rank(&best) { next } else { best };
    values.reduce(better).unwrap_or(Effective { value: inherited, by: None })
}

/// What holds within one community: what it overrides, and the workspace's for all else. What can't be read is inherited.
pub fn within(workspace: &Settings, overrides: &Overrides) -> Settings {
    let mut settings = workspace.clone();
    for setting in Settings::all().filter(|setting| setting.per_community.is_some()) {
        if let Some(value) = overrides.get(setting.key) {
            // What is not taken changes nothing.
            drop(settings.set(setting, value));
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Days, Limit, Passwords};

    fn setting(key: &str) -> &'static Setting {
        Settings::find(key).expect("it is declared")
    }

    fn overrides(key: &str, value: &str) -> Overrides {
        Overrides::from([(key.to_owned(), value.to_owned())])
    }

    fn holds(workspace: &Settings, communities: &[Overrides], key: &str) -> (String, Option<usize>) {
        let Effective { value, by } = effective(workspace, communities, setting(key));
        (value, by)
    }

    #[test]
    fn without_an_override_the_workspace_decides() {
        let key = "passwords.reuse_limit";
        assert_eq!(holds(&Settings::default(), &[], key), ("5".to_owned(), None));
        assert_eq!(holds(&Settings::default(), &[Overrides::new()], key), ("5".to_owned(), None));
    }

    #[test]
    fn of_several_communities_the_strictest_decides() {
        let key = "passwords.reuse_limit";
        let both = [overrides(key, "3"), overrides(key, "9"), overrides(key, "0")];
        assert_eq!(holds(&Settings::default(), &both, key), ("9".to_owned(), Some(1)));
        let mut workspace = Settings::default();
        workspace.passwords.reuse_limit = Limit::Of(Passwords(12));
        assert_eq!(holds(&workspace, &both, key).0, "9", "every community overrides it");
        assert_eq!(holds(&workspace, &[overrides(key, "3"), Overrides::new()], key), ("12".to_owned(), None));
    }

    #[test]
    fn a_shorter_time_is_stricter_and_no_limit_is_the_most_generous() {
        let key = "members.max_inactive";
        let mut workspace = Settings::default();
        workspace.members.max_inactive = Limit::Of(Days(90));
        let both = [overrides(key, "0"), overrides(key, "30")];
        assert_eq!(holds(&workspace, &both, key), ("30".to_owned(), Some(1)));
        assert_eq!(holds(&workspace, &both[..1], key), ("0".to_owned(), Some(0)), "its only community lifts the limit");
    }

    #[test]
    fn within_a_community_holds_what_it_overrides_and_can_be_read() {
        let workspace = Settings::default();
        let minutes = |overrides: &Overrides| within(&workspace, overrides).links.rank_assessment;
        let own = |value| minutes(&overrides("links.rank_assessment", value));
        assert_eq!(own("60"), Limit::Of(crate::value::Minutes(60)));
        assert_eq!(own("0"), Limit::Unlimited);
        assert_eq!(own("an hour"), workspace.links.rank_assessment);
        assert_eq!(within(&workspace, &overrides("sessions.lifetime", "5")), workspace);
    }

    #[test]
    fn what_no_community_may_override_stays_the_workspaces() {
        let key = "sessions.lifetime";
        assert_eq!(holds(&Settings::default(), &[overrides(key, "5")], key), ("480".to_owned(), None));
    }
}
