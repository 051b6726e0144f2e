//! The rows of the site map: add a page here.

/// Hands every page to a macro, a row each: its path in its area, its title, its place in the navigation and what else
/// is not plain about it (the methods of [`Page`](super::Page)), the handler of its own on the server if it has one,
/// and what shows it.
macro_rules! every_page {
    ($expand:ident) => {
        $expand! {
            "/sign-in" in Public titled "Sign in" answered by SignIn => auth::sign_in::SignIn;
            "/sign-in/second-step" in SecondStep titled "Second step" answered by SecondStep => auth::second_step::SecondStep;
            "/forgot-password" in Public titled "Forgot your password?" answered by ForgotPassword => auth::forgot_password::ForgotPassword;
            "/choose-password" in Public titled "Choose a new password" answered by ChoosePassword => auth::choose_password::ChoosePassword;
            "/claim-account" in Public titled "Claim your account" answered by ClaimAccount => auth::claim_account::ClaimAccount;
            "/join" in Public titled "Join" answered by Join => auth::join::Join;
            "/register" in Public titled "Ask to join" answered by Register => auth::register::Register;
            "/set-up" in Public titled "Set up" answered by SetUp => auth::set_up::SetUp;
            "/link/:token" in Public titled "One click to go" answered by Link => auth::link::Link;
            "/profile/step-up" in Enrolment titled "Confirm that it is you" with [way_in()] answered by StepUp => auth::step_up::StepUp;

            "/" in Member titled "Welcome" => home::Home;
            "/ideas" in Member titled "Ideas" with [entry("Ideas")] => ideas::Ideas;
            "/ideas/:id" in Member titled "Idea" with [under("/ideas")] => ideas::idea::Idea;
            "/profile" in Member titled "My profile" with [entry("My profile"), tab("Details")] => profile::details::Details;
            "/profile/password" in Password titled "Password" with [under("/profile"), tab("Password")] => profile::password::Password;
            "/profile/two-factor" in Enrolment titled "Two-factor authentication" with [under("/profile"), tab("Two-factor")] => profile::two_factor::TwoFactor;
            "/profile/sessions" in Member titled "Sessions" with [under("/profile"), tab("Sessions")] => profile::sessions::Sessions;
            "/profile/policies" in Member titled "Policies that apply to me" with [under("/profile"), tab("Policies")] => profile::policies::Policies;

            "/admin" in Admin titled "Overview" with [entry("Overview")] => admin::overview::Overview;
            "/admin/settings" in Admin titled "Security" with [entry("Settings")] answered by Settings => admin::settings::SecurityTab;
            "/admin/settings/confirm" in Admin titled "Confirm your change" with [under("/admin/settings"), own_headers()] answered by ConfirmSettings => admin::confirm::Confirm;
            "/admin/settings/general" in Admin titled "General" with [under("/admin/settings")] => admin::general::General;
            "/admin/settings/communities" in Admin titled "Settings by community" with [under("/admin/settings")] => admin::communities::Communities;
            "/admin/history" in Admin titled "History" with [entry("History")] => admin::history::History;
            "/admin/members" in Admin titled "Members" with [entry("Members")] => admin::members::Members;
            "/admin/invitations" in Admin titled "Invitations" with [entry("Invitations")] => admin::invitations::Invitations;
            "/admin/lockouts" in Admin titled "Lockouts" with [entry("Lockouts")] => admin::lockouts::Lockouts;
            "/admin/mail" in Admin titled "Mail" with [entry("Mail")] => admin::mail::Mail;
            "/admin/audit" in Admin titled "Audit log" with [entry("Audit log")] => admin::audit::Audit;
        }
    };
}

pub(crate) use every_page;
