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
            "/unsubscribe/:token" in Public titled "Stop these mails" answered by Unsubscribe => auth::unsubscribe::Unsubscribe;
            "/profile/step-up" in Enrolment titled "Confirm that it is you" with [way_in()] answered by StepUp => auth::step_up::StepUp;

            "/" in Member titled "Home" with [workspace("Home")] => home::Home;
            "/ideas" in Member titled "Ideas" with [workspace("Ideas")] => ideas::Ideas;
            "/ideas/:id" in Member titled "Idea" with [under("/ideas")] => ideas::idea::Idea;
            "/moderation" in Member titled "Moderation" with [under("/ideas")] => ideas::moderation::Moderation;
            "/c/:id" in Member titled "Community" with [under("/ideas")] => community::Community;
            "/conversations" in Member titled "Conversations" with [workspace("Conversations")] => conversations::Conversations;
            "/conversations/:id" in Member titled "Conversation" with [under("/conversations")] => conversations::conversation::Conversation;
            "/assessments" in Member titled "Assessments" with [workspace("Assessments"), for_some()] => assessments::Assessments;
            "/assessments/:id" in Member titled "Assessment" with [under("/assessments")] => assessments::assessment::Assessment;
            "/assessments/new/:id" in Member titled "Make an assessment" with [under("/assessments")] => assessments::make::MakeAssessment;
            "/profile" in Member titled "My profile" with [account("My profile"), tab("Details")] => profile::details::Details;
            "/profile/password" in Password titled "Password" with [under("/profile"), tab("Password")] => profile::password::Password;
            "/profile/two-factor" in Enrolment titled "Two-factor authentication" with [under("/profile"), tab("Two-factor")] => profile::two_factor::TwoFactor;
            "/profile/sessions" in Member titled "Sessions" with [under("/profile"), tab("Sessions")] => profile::sessions::Sessions;
            "/profile/policies" in Member titled "Policies that apply to me" with [under("/profile"), tab("Policies")] => profile::policies::Policies;

            "/admin" in Admin titled "Overview" with [admin("Overview")] => admin::overview::Overview;
            "/admin/members" in Admin titled "Members" with [people("Members")] => admin::members::Members;
            "/admin/members/:id/data" in Admin titled "Data of a member" with [under("/admin/members")] => admin::member_data::MemberData;
            "/admin/sessions" in Admin titled "End everybody's sessions" with [under("/admin/members")] => admin::everybody::Everybody;
            "/admin/members/several" in Admin titled "Several members" with [under("/admin/members")] => admin::members::several::Several;
            "/admin/members/:id" in Admin titled "Member" with [under("/admin/members")] => admin::members::one::Member;
            "/admin/communities" in Admin titled "Communities" with [people("Communities")] => admin::community_list::CommunityList;
            "/admin/communities/:id" in Admin titled "Community" with [under("/admin/communities")] => admin::community_page::CommunityPage;
            "/admin/invitations" in Admin titled "Invitations" with [people("Invitations")] => admin::invitations::Invitations;
            "/admin/help-requests" in Admin titled "Help with the second step" with [people("Help requests")] => admin::help_requests::HelpRequests;
            "/admin/lockouts" in Admin titled "Lockouts" with [people("Lockouts")] => admin::lockouts::Lockouts;
            "/admin/settings/general" in Admin titled "General" with [under("/admin/settings"), tab("General")] => admin::general::General;
            "/admin/settings" in Admin titled "Security" with [policy("Settings"), tab("Security")] answered by Settings => admin::settings::SecurityTab;
            "/admin/settings/confirm" in Admin titled "Confirm your change" with [under("/admin/settings"), own_headers()] answered by ConfirmSettings => admin::confirm::Confirm;
            "/admin/settings/communities" in Admin titled "Settings by community" with [under("/admin/settings"), tab("Communities")] => admin::communities::Communities;
            "/admin/settings/chat" in Admin titled "Notices in a chat" with [under("/admin/settings")] => admin::chat::Chat;
            "/admin/history" in Admin titled "History" with [policy("History")] => admin::history::History;
            "/admin/audit" in Admin titled "Audit log" with [activity("Audit log")] => admin::audit::Audit;
            "/admin/mail" in Admin titled "Mail" with [activity("Mail")] => admin::mail::Mail;
            "/admin/reports" in Admin titled "Reports" with [activity("Reports")] => admin::reports::Reports;
        }
    };
}

pub(crate) use every_page;
