//! Formatted text as data: whoever shows it makes the elements, so that nothing in it can be taken for HTML.
use serde::{Deserialize, Serialize};

/// A part of a formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Markup {
    /// Plain text.
    Text(String),
    /// A text that a machine reads.
    Code(String),
    /// The next line.
    LineBreak,
    /// A paragraph.
    Paragraph(Vec<Self>),
    /// What matters.
    Strong(Vec<Self>),
    /// What is stressed.
    Emphasis(Vec<Self>),
    /// A list of items.
    List(Vec<Self>),
    /// A list of items in their order.
    NumberedList(Vec<Self>),
    /// An item of a list.
    Item(Vec<Self>),
    /// A link.
    Link {
        /// Where it leads: an address of `https` or `mailto`, or a path of this site.
        to: String,
        /// What stands in it.
        content: Vec<Self>,
    },
}

impl Markup {
    /// Whether a link may lead there: to an address of `https` or `mailto`, or to a path of this site.
    pub fn may_lead_to(address: &str) -> bool {
        let begins = |with: &str| address.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        begins("https://") || begins("mailto:") || (begins("/") && !begins("//") && !address.contains('\\'))
    }
}
