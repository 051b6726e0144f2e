//! Text within HTML that is written as text.

/// A text as it stands between tags, or between the quotes of an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::escaped;

    /// Fails when a text could end the element or the attribute that it stands in.
    #[test]
    fn a_text_stays_where_it_is() {
        assert_eq!(escaped("a & b</p><b x=\"1\">"), "a &amp; b&lt;/p&gt;&lt;b x=&quot;1&quot;&gt;");
    }
}
