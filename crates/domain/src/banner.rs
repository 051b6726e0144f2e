//! The banner of the authentication pages: a subset of Markdown.
use policy::markup::Markup;
use pulldown_cmark::{Event, LinkType, Parser, Tag};

/// How deep an element stands at the most; those that are deeper are left out, what stands in them is not.
const DEPTH: usize = 16;

/// Reads a banner. HTML in it is text, a picture is its description, and a heading is a paragraph in bold: the page has
/// headings of its own.
pub fn banner(markdown: &str) -> Vec<Markup> {
    let (mut found, mut open) = (Vec::new(), Vec::<(Tag, Vec<Markup>)>::new());
    for event in Parser::new(markdown) {
        let parts = match event {
            Event::Start(tag) => {
                open.push((tag, Vec::new()));
                continue;
            }
            Event::End(_) => match open.pop() {
                Some((_, content)) if open.len() >= DEPTH => content,
                Some((tag, content)) => element(tag, content),
                None => continue,
            },
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => vec![Markup::Text(text.into_string())],
            Event::Code(text) => vec![Markup::Code(text.into_string())],
            Event::SoftBreak => vec![Markup::Text("\n".to_owned())],
            Event::HardBreak => vec![Markup::LineBreak],
            Event::Rule
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => continue,
        };
        let around = open.last_mut().map_or(&mut found, |(_, content)| content);
        for part in parts {
            match (around.last_mut(), part) {
                (Some(Markup::Text(before)), Markup::Text(text)) => before.push_str(&text),
                (_, part) => around.push(part),
            }
        }
    }
    found
}

/// Returns an element with its content, or the content alone where there is no such element in a banner.
fn element(tag: Tag<'_>, content: Vec<Markup>) -> Vec<Markup> {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock | Tag::CodeBlock(_) => vec![Markup::Paragraph(content)],
        Tag::Heading { .. } => vec![Markup::Paragraph(vec![Markup::Strong(content)])],
        Tag::Strong => vec![Markup::Strong(content)],
        Tag::Emphasis => vec![Markup::Emphasis(content)],
        Tag::List(None) => vec![Markup::List(content)],
        Tag::List(Some(_)) => vec![Markup::NumberedList(content)],
        Tag::Item => vec![Markup::Item(content)],
        Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
            vec![Markup::Link { to: format!("mailto:{dest_url}"), content }]
        }
        Tag::Link { dest_url, .. } if Markup::may_lead_to(&dest_url) => {
            vec![Markup::Link { to: dest_url.into_string(), content }]
        }
        _ => content,
    }
}

#[cfg(test)]
mod tests {
    use super::{Markup::*, *};

    fn text(text: &str) -> Markup {
        Text(text.to_owned())
    }

    fn link(to: &str, text: &str) -> Markup {
        Link { to: to.to_owned(), content: vec![self::text(text)] }
    }

    #[test]
    fn paragraphs_lists_emphasis_and_links_come_out() {
        let markdown =
            "For **staff** of *Example*  \nonly.\n\n- [Help](https://help.example.org)\n- <it@example.org>\n\n1. `x`";
        let paragraph = vec![
            text("For "),
            Strong(vec![text("staff")]),
            text(" of "),
            Emphasis(vec![text("Example")]),
            LineBreak,
            text("only."),
        ];
        let links = [link("https://help.example.org", "Help"), link("mailto:it@example.org", "it@example.org")];
        assert_eq!(
            banner(markdown),
            [
                Paragraph(paragraph),
                List(links.map(|link| Item(vec![link])).to_vec()),
                NumberedList(vec![Item(vec![Code("x".to_owned())])]),
            ]
        );
    }

    /// Fails when a heading is one.
    #[test]
    fn a_heading_is_a_paragraph_in_bold() {
        let heading = Strong(vec![text("Staff "), Emphasis(vec![text("only")])]);
        assert_eq!(banner("# Staff *only*\nRead on"), [Paragraph(vec![heading]), Paragraph(vec![text("Read on")])]);
    }

    #[test]
    fn html_is_text_and_a_picture_its_description() {
        assert_eq!(
            banner("a <b onclick=x>c</b> ![a cat](https://a.example/x.png)"),
            [Paragraph(vec![text("a <b onclick=x>c</b> a cat")])]
        );
        assert_eq!(banner("<script>alert(1)</script>"), [Paragraph(vec![text("<script>alert(1)</script>")])]);
    }

    #[test]
    fn a_link_that_may_run_something_is_its_text() {
        for to in [
            "javascript:alert(1)",
            "  jaVaScript:alert(1)",
            "java&Tab;script:alert(1)",
            "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
            "vbscript:x",
            "http://a.example",
            "//a.example",
            "/\\a.example",
            "x:https://a.example",
        ] {
            assert_eq!(banner(&format!("[a](<{to}>)")), [Paragraph(vec![text("a")])], "{to}");
        }
        for to in ["https://a.example/?q=1", "HTTPS://a.example", "mailto:it@example.org", "/link"] {
            assert_eq!(banner(&format!("[a](<{to}>)")), [Paragraph(vec![link(to, "a")])], "{to}");
        }
    }

    #[test]
    fn elements_within_elements_have_an_end() {
        fn depth(parts: &[Markup]) -> usize {
            let inner = |part: &Markup| match part {
                Text(_) | Code(_) | LineBreak => 0,
                Paragraph(content)
                | Strong(content)
                | Emphasis(content)
                | List(content)
                | NumberedList(content)
                | Item(content)
                | Link { content, .. } => 1 + depth(content),
            };
            parts.iter().map(inner).max().unwrap_or_default()
        }
        for deep in ["- ".repeat(900), "**a ".repeat(400) + &"a** ".repeat(400), "> 1. ".repeat(400)] {
            assert!(depth(&banner(&(deep + "x"))) <= DEPTH);
        }
    }
}
