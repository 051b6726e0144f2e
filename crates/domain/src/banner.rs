//! The banner of the authentication pages: a subset of Markdown, as HTML that can do no harm.
use ammonia::Builder;
use pulldown_cmark::{Event, Parser, Tag, TagEnd, html::push_html};
use std::collections::HashSet;

/// The elements that come out: text, never pictures, forms, styles or scripts.
const ELEMENTS: [&str; 9] = ["a", "br", "code", "em", "li", "ol", "p", "strong", "ul"];

/// Renders a banner. HTML in it is shown as text, links lead only to `https` and `mailto`, and a heading is a paragraph
/// in bold: the page has headings of its own.
pub fn banner_html(markdown: &str) -> String {
    let events = Parser::new(markdown).flat_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
        Event::Start(Tag::Heading { .. }) => vec![Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)],
        Event::End(TagEnd::Heading(_)) => vec![Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)],
        other => vec![other],
    });
    let mut html = String::new();
    push_html(&mut html, events);
    // Whatever the parser lets through is cleaned once more, by a list of what is allowed.
    Builder::new()
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes([("a", HashSet::from(["href"]))].into_iter().collect())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["https", "mailto"]))
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::banner_html;

    #[test]
    fn paragraphs_lists_emphasis_and_links_come_out() {
        let html =
            banner_html("For **staff** of *Example* only.\n\n- [Help](https://help.example.org)\n- <it@example.org>");
        assert_eq!(
            html,
            "<p>For <strong>staff</strong> of <em>Example</em> only.</p>\n<ul>\n\
             <li><a href=\"https://help.example.org\" rel=\"noopener noreferrer nofollow\">Help</a></li>\n\
             <li><a href=\"mailto:it@example.org\" rel=\"noopener noreferrer nofollow\">it@example.org</a></li>\n</ul>\n"
        );
    }

    /// Fails when `banner_html` leaves a heading to the list of what is allowed, which has none.
    #[test]
    fn a_heading_is_a_paragraph_in_bold() {
        assert_eq!(
            banner_html("# Staff *only*\nRead on"),
            "<p><strong>Staff <em>only</em></strong></p>\n<p>Read on</p>\n"
        );
    }

    #[test]
    fn nothing_in_it_can_run() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](  jaVaScript:alert(1))",
            "[a](data:text/html,<script>alert(1)</script>)",
            "[a](vbscript:x \"onmouseover=alert(1)\")",
            "![x](https://evil.example/x.png)",
            "<svg onload=alert(1)>",
            "<a href=\"https://a.example\" style=\"position:fixed\" id=x onclick=alert(1)>x</a>",
            "<iframe src=https://evil.example></iframe>",
            "`<script>`",
            "<https://a.example/\"onmouseover=alert(1)>",
            "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
        ] {
            let html = banner_html(attack);
            let tags: Vec<_> = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect();
            for tag in tags {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                assert!(super::ELEMENTS.contains(&name), "{attack}: {html}");
                let lower = tag.to_lowercase();
                assert!(
                    !lower.contains(" on") && !lower.contains("script:") && !lower.contains("style="),
                    "{attack}: {html}"
                );
            }
        }
    }
}
