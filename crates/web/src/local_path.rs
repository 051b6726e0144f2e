//! Where somebody may be led to: a path of this site, and nothing that a browser reads as another one.

/// Returns the path that was wanted if it is one of this site, else the front page. Anything that a browser
/// could read as another site is none (`//e`, `/\\e`, `/%09/e`).
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
