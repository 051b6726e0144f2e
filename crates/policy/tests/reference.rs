//! The checked-in settings reference is what the catalogue says.

#[test]
fn docs_settings_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/settings.md");
    let wanted = policy::reference::markdown();
    if std::env::var_os("BAILEY_BLESS").is_some() {
        std::fs::write(path, &wanted).expect("the docs folder is writable");
    }
    let found = std::fs::read_to_string(path).unwrap_or_default();
    assert!(found == wanted, "docs/settings.md is stale: run `make docs`");
}

/// The keys that the design names; whoever removes one has to say so here.
const DESIGNED: &str = "
    sessions.allow_concurrent sessions.remember_me sessions.idle_timeout sessions.lifetime sessions.step_up
    lockout.sign_in.max_attempts lockout.sign_in.window lockout.sign_in.duration lockout.prompt_delay
    lockout.claim.max_attempts lockout.claim.window lockout.claim.duration
    lockout.two_factor.max_attempts lockout.two_factor.window lockout.two_factor.duration
    sign_in.captcha sign_in.show_banner sign_in.banner links.auto_login members.super_admin_emails
    passwords.policy passwords.reuse_limit passwords.max_age passwords.change_interval links.passwordless
    two_factor.require_admins two_factor.require_everyone two_factor.email two_factor.email_code_lifetime
    two_factor.authenticator two_factor.passkeys two_factor.grace_days two_factor.trusted_device_days
    links.verification links.password_reset links.email_claim links.rank_assessment links.reviewscale
    links.resource_download links.member_approve links.member_reject links.member_profile links.idea_view
    links.idea_approve links.idea_reject links.idea_pending_auth links.conversation_view
    links.identity_verification members.max_inactive members.gravatar analytics.google
    headers.hsts headers.xss_protection headers.content_type_options headers.referrer_policy headers.csp
    headers.public_key_pins headers.permissions_policy headers.coep headers.coop headers.corp headers.expect_ct
    network.admin_allowlist files.allowed_extensions audit.retention";

#[test]
fn the_reference_holds_every_designed_key_and_every_item_of_the_seeds() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/settings.md")).expect("it is there");
    for key in DESIGNED.split_whitespace() {
        assert!(page.contains(&format!("- Key: `{key}`\n")), "{key}");
    }
    for item in 1..=54 {
        assert!(page.contains(&format!("- Seed: 1.{item}\n")), "item {item} of the first seed");
    }
    assert!(page.contains("- Seed: 2\n"));
}
