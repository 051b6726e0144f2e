//! Which links load a document. The router leads from any page to any other but for three cases, which are known from
//! the pages' rows and from what the document at hand was rendered under; no link has to know of them.
#[cfg(feature = "hydrate")]
mod links;

#[cfg(feature = "hydrate")]
pub use links::{answered, document_is, follow};

use crate::sitemap::Page;
use serde::{Deserialize, Serialize};

/// The header that says under which revision of the policy an answer was given.
pub const REVISION: &str = "x-bailey-revision";
/// The header that says which build gave an answer.
pub const BUILD: &str = "x-bailey-build";

/// What a document was rendered under.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// The revision of the policy.
    pub revision: i64,
    /// The build of the front-end.
    pub build: String,
    /// Whether analytics runs on the pages on which it may.
    pub analytics: bool,
    /// Whether it follows something else on pages of some communities.
    pub analytics_by_community: bool,
    /// Whether pages without a content security policy of their own carry another one than Bailey's own.
    pub csp_differs: bool,
}

impl DocumentFacts {
    /// Whether an answer under this revision, by this build, is newer than the document.
    pub fn is_older_than(&self, revision: Option<i64>, build: Option<&str>) -> bool {
        revision.is_some_and(|revision| revision > self.revision) || build.is_some_and(|build| build != self.build)
    }
}

/// Whether the way from one page to another leads over a document of its own: something is no page of the application,
/// one of the two comes by itself or under other headers, or an answer was newer than the document at hand.
pub fn needs_document(from: Option<&Page>, to: Option<&Page>, document: &DocumentFacts, is_outdated: bool) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return true };
    is_outdated
        || from.comes_by_itself()
        || to.comes_by_itself()
        || document.csp_differs && from.floor_only() != to.floor_only()
        || document.analytics && from.is_measured() != to.is_measured()
        || document.analytics_by_community && (from.is_of_community() || to.is_of_community())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sitemap::page_at;

    fn needs(from: &str, to: &str, document: &DocumentFacts) -> bool {
        needs_document(page_at(from), page_at(to), document, false)
    }

    #[test]
    fn the_router_leads_from_any_page_to_any_other() {
        let pages = ["/", "/ideas", "/ideas/7", "/profile", "/profile/password", "/profile/two-factor", "/admin/audit"];
        for (from, to) in pages.iter().flat_map(|from| pages.iter().map(move |to| (from, to))) {
            assert!(!needs(from, to, &DocumentFacts::default()), "{from} {to}");
        }
    }

    #[test]
    fn a_page_that_comes_by_itself_and_what_is_no_page_are_loaded() {
        for apart in
            ["/sign-in", "/forgot-password", "/profile/step-up", "/admin/settings/confirm", "/nothing", "/pkg/x"]
        {
            assert!(needs("/admin", apart, &DocumentFacts::default()), "to {apart}");
            assert!(needs(apart, "/admin", &DocumentFacts::default()), "from {apart}");
        }
    }

    #[test]
    fn a_step_into_what_analytics_measures_or_out_of_it_is_loaded_while_it_is_on() {
        let on = DocumentFacts { analytics: true, ..DocumentFacts::default() };
        assert!(!needs("/", "/ideas", &on) && !needs("/admin", "/admin/audit", &on));
        assert!(needs("/", "/admin", &on) && needs("/admin", "/", &on));
        for profile in ["/profile", "/profile/password", "/profile/sessions", "/profile/two-factor"] {
            assert!(
                needs("/", profile, &on) && needs(profile, "/ideas", &on) && !needs("/profile", profile, &on),
                "{profile}"
            );
        }
    }

    #[test]
    fn a_step_to_a_page_of_a_community_is_loaded_where_one_decides_otherwise() {
        let on = DocumentFacts { analytics: true, analytics_by_community: true, ..DocumentFacts::default() };
        assert!(needs("/ideas", "/ideas/7", &on) && needs("/ideas/7", "/", &on) && needs("/ideas/7", "/ideas/8", &on));
        assert!(!needs("/", "/ideas", &on));
    }

    #[test]
    fn a_step_under_another_content_security_policy_is_loaded_where_there_is_another() {
        let added = DocumentFacts { csp_differs: true, ..DocumentFacts::default() };
        assert!(!needs("/profile", "/admin", &added) && !needs("/profile/password", "/profile/two-factor", &added));
        assert!(needs("/profile", "/profile/password", &added) && needs("/profile/two-factor", "/admin", &added));
    }

    #[test]
    fn a_document_that_is_older_than_an_answer_is_replaced() {
        let document = DocumentFacts { revision: 7, build: "a".to_owned(), ..DocumentFacts::default() };
        assert!(needs_document(page_at("/"), page_at("/ideas"), &document, true));
        for (revision, build, is_older) in [
            (None, None, false),
            (Some(7), Some("a"), false),
            (Some(6), Some("a"), false),
            (Some(8), None, true),
            (Some(7), Some("b"), true),
        ] {
            assert_eq!(document.is_older_than(revision, build), is_older, "{revision:?} {build:?}");
        }
    }
}
