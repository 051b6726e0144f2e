//! Whose address may join the workspace at all?
use crate::{EmailAddress, Refusal, SettingKey, Settings};

/// May somebody with this address be invited, added or registered?
///
/// # Errors
/// [`Refusal::DomainRefused`] names the list that decided.
pub fn may_join(settings: &Settings, address: &EmailAddress) -> Result<(), Refusal> {
    let (allowed, refused) = (&settings.members.allowed_domains, &settings.members.refused_domains);
    let by = if refused.covers(address) {
        SettingKey::MEMBERS_REFUSED_DOMAINS
    } else if !allowed.is_empty() && !allowed.covers(address) {
        SettingKey::MEMBERS_ALLOWED_DOMAINS
    } else {
        return Ok(());
    };
    Err(Refusal::DomainRefused { by, domain: address.domain().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{DomainList, Value};

    #[test]
    fn a_refused_domain_wins_over_an_allowed_one_and_an_empty_list_allows_all() {
        let list = |text| DomainList::parse(text, None).expect("domains");
        let judged = |allowed, refused, address| {
            let mut settings = Settings::default();
            settings.members.allowed_domains = list(allowed);
            settings.members.refused_domains = list(refused);
            let address = EmailAddress::parse(address).expect("an address");
            may_join(&settings, &address).map_err(|refusal| refusal.setting().expect("one decides").as_str())
        };
        assert_eq!(judged("", "", "ada@example.org"), Ok(()));
        assert_eq!(judged("example.org", "", "ada@example.org"), Ok(()));
        assert_eq!(judged("example.org", "", "ada@example.com"), Err("members.allowed_domains"));
        assert_eq!(judged("", "example.com", "ada@example.com"), Err("members.refused_domains"));
        assert_eq!(judged("*.example.org", "lab.example.org", "ada@lab.example.org"), Err("members.refused_domains"));
        assert_eq!(judged("*.example.org", "lab.example.org", "ada@shop.example.org"), Ok(()));
    }
}
