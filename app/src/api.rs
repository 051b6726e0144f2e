//! Server functions by area: adapters that take the caller, make one call and map the error.
pub mod audit;
pub mod client;
pub mod communities;
#[cfg(feature = "ssr")]
pub mod cookies;
pub mod declare;
pub mod history;
pub mod ideas;
pub mod lockouts;
pub mod mail;
pub mod members;
pub mod passkeys;
pub mod policies;
pub mod profile;
#[cfg(feature = "ssr")]
pub mod serve;
pub mod settings;

use serde::{Deserialize, Serialize};

/// One value before and after, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// The setting's key or the field's name.
    pub key: String,
    /// The setting's label.
    pub label: String,
    /// Before, in words.
    pub from: String,
    /// After, in words.
    pub to: String,
}

/// The path to go to after a sign-in: the one that was wanted if it is a path of this site, else the
/// front page. Anything that a browser could read as another site is none (`//e`, `/\\e`, `/%09/e`).
pub fn local_path(wanted: Option<&str>) -> &str {
    let is_local = |path: &&str| {
        let mut chars = path.chars();
        chars.next() == Some('/')
            && !matches!(chars.next(), Some('/' | '\\' | '%'))
            && !path.chars().any(|c| c.is_control() || c == '\\')
            && path.len() <= 2_000
    };
    wanted.filter(is_local).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        for path in ["/", "/admin/settings", "/admin/audit?channel=settings#x"] {
            assert_eq!(local_path(Some(path)), path);
        }
        for elsewhere in [
            "//e",
            "/\\e",
            "/%09/e",
            "/%5ce",
            "https:e",
            "https://e",
            "e",
            "",
            "javascript:1",
            "/\t/e",
            "/a\r\nb",
            "/x\\y",
        ] {
            assert_eq!(local_path(Some(elsewhere)), "/", "{elsewhere:?}");
        }
        assert_eq!(local_path(None), "/");
    }
}
