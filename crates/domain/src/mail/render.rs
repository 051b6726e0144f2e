//! The two parts of a mail, from the same words.
use super::Letter;
use maud::{DOCTYPE, Markup, html as markup};

/// The words on the link by which somebody gets no more such mails.
const STOP: &str = "Stop these mails";

/// The plain part.
pub fn plain(letter: &Letter, name: &str) -> String {
    let mut parts = vec![hello(name)];
    parts.extend(letter.paragraphs.iter().cloned());
    parts.extend(letter.code.iter().map(|code| format!("    {code}")));
    parts.extend(letter.button.iter().map(|(words, link)| format!("{words}:\n{link}")));
    parts.extend(letter.warning.iter().cloned());
    parts.extend(letter.links.iter().map(|(words, link)| format!("{words}:\n{link}")));
    parts.push(format!("-- \n{}", letter.why));
    parts.extend(letter.unsubscribe.iter().map(|link| format!("{STOP}:\n{link}")));
    parts.join("\n\n").replace('\u{a0}', " ")
}

const PAGE: &str = "margin:0;padding:24px;background:#f6f6f4;color:#1d1d1b;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";
const CARD: &str =
    "max-width:520px;margin:0 auto;padding:32px;background:#fff;border:1px solid #e2e1dc;border-radius:12px";
const BUTTON: &str = "display:inline-block;padding:10px 18px;background:#1f5f4a;color:#fff;border-radius:8px;text-decoration:none;font-weight:600";
const CODE: &str = "margin:24px 0;font:600 28px/1.2 ui-monospace,SFMono-Regular,Menlo,monospace;letter-spacing:.08em";
const LINK: &str = "color:#1f5f4a";
const SOFT: &str = "color:#5c5b57;font-size:14px";

/// The HTML part. Styles stand beside what they style, since many mail programs read no others.
pub fn html(letter: &Letter, name: &str) -> String {
    let page: Markup = markup! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (letter.subject) }
            }
            body style=(PAGE) {
                main style=(CARD) {
                    p { (hello(name)) }
                    @for words in &letter.paragraphs { p { (words) } }
                    @if let Some(code) = &letter.code { p style=(CODE) { (code) } }
                    @if let Some((words, link)) = &letter.button {
                        p { a href=(link) style=(BUTTON) { (words) } }
                    }
                    @if let Some(words) = &letter.warning { p style=(SOFT) { (words) } }
                    @for (words, link) in &letter.links { p style=(SOFT) { a href=(link) style=(LINK) { (words) } } }
                    p style=(SOFT) { (letter.why) }
                    @if let Some(link) = &letter.unsubscribe {
                        p style=(SOFT) { a href=(link) style=(LINK) { (STOP) } }
                    }
                }
            }
        }
    };
    page.into_string()
}

/// Greets somebody, by their name where it is known.
fn hello(name: &str) -> String {
    if name.is_empty() { "Hello,".to_owned() } else { format!("Hello {name},") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_text_in_the_html_part() {
        let letter = Letter {
            subject: "Hello".to_owned(),
            paragraphs: vec!["One.".to_owned()],
            code: Some("1234 5678".to_owned()),
            button: Some(("Go".to_owned(), "https://bailey.example.org/link/x?a=1&b=2".to_owned())),
            warning: Some("If not, look.".to_owned()),
            links: vec![("Look here".to_owned(), "https://bailey.example.org/profile".to_owned())],
            why: "Sent for a test.".to_owned(),
            unsubscribe: Some("https://bailey.example.org/unsubscribe/x".to_owned()),
        };
        let page = html(&letter, "<script>alert(1)</script>");
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"));
        assert!(page.contains("href=\"https://bailey.example.org/link/x?a=1&amp;b=2\""));
        assert!(page.contains("<a href=\"https://bailey.example.org/profile\"") && page.contains(">Look here</a>"));
        let text = plain(&letter, "Ada");
        assert!(text.starts_with(
            "Hello Ada,\n\nOne.\n\n    1234 5678\n\nGo:\nhttps://bailey.example.org/link/x?a=1&b=2\n\nIf not, look.\n\nLook here:\nhttps://bailey.example.org/profile\n\n-- \nSent for a test.\n\nStop these mails:\nhttps://bailey.example.org/unsubscribe/x"
        ));
    }
}
