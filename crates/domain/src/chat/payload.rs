//! What is posted to a chat. Whatever somebody has typed is text there, and never markup.
use policy::decide::chat::ChatForm;
use serde_json::{Value, json};

/// The words on the link.
const SEE: &str = "See the idea";

/// A notice with a link, as a chat takes it: JSON.
pub(super) fn payload(form: ChatForm, words: &str, link: &str) -> String {
    match form {
        ChatForm::Teams => teams(words, link),
        ChatForm::Slack => slack(words, link),
    }
    .to_string()
}

/// A message with an Adaptive Card. A run of rich text has no Markdown, which a text block would have.
fn teams(words: &str, link: &str) -> Value {
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": [{ "type": "RichTextBlock", "inlines": [{ "type": "TextRun", "text": words }] }],
                "actions": [{ "type": "Action.OpenUrl", "title": SEE, "url": link }],
            },
        }],
    })
}

/// A block of plain text, and a button. The text beside them is what a notification shows, in Slack's own markup.
fn slack(words: &str, link: &str) -> Value {
    json!({
        "text": format!("{} <{link}|{SEE}>", escaped(words)),
        "unfurl_links": false,
        "blocks": [
            { "type": "section", "text": { "type": "plain_text", "text": words, "emoji": false } },
            {
                "type": "actions",
                "elements": [{ "type": "button", "text": { "type": "plain_text", "text": SEE }, "url": link }],
            },
        ],
    })
}

/// A text in which Slack finds no link, no mention and no channel.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVIL: &str = "Eve asks “<!channel> [here](https://evil.example) & \"more\"”";
    const LINK: &str = "https://bailey.example.org/link/x";

    fn read(form: ChatForm) -> Value {
        serde_json::from_str(&payload(form, EVIL, LINK)).expect("JSON")
    }

    #[test]
    fn teams_gets_a_card_in_which_what_was_typed_is_no_markdown() {
        let card = &read(ChatForm::Teams)["attachments"][0]["content"];
        assert_eq!(card["body"][0]["inlines"][0], json!({ "type": "TextRun", "text": EVIL }));
        assert_eq!(card["actions"][0]["url"], LINK);
    }

    #[test]
    fn slack_gets_a_text_in_which_nobody_is_called() {
        let message = read(ChatForm::Slack);
        let text = message["text"].as_str().expect("a text");
        assert!(text.starts_with("Eve asks “&lt;!channel&gt; [here](https://evil.example) &amp; \"more\"”"), "{text}");
        assert!(text.ends_with(&format!(" <{LINK}|See the idea>")), "{text}");
        assert_eq!(message["blocks"][0]["text"]["type"], "plain_text");
    }
}
