//! Chats that are told of ideas: the forms of what is posted, and to which addresses.
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The port of https, and the first of those that no service of the system's own listens at: a webhook is reached at one
/// of them.
const PORTS: (u16, u16) = (443, 1_024);

/// The form in which a chat takes what is posted to its incoming webhook. The names are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ChatForm {
    /// A message with an Adaptive Card.
    Teams,
    /// A text in Slack's own markup, which other chats take as well.
    Slack,
}

impl ChatForm {
    /// Every form.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that is stored and sent.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The name that people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Teams => "Microsoft Teams",
            Self::Slack => "Slack, or a chat that takes its form",
        }
    }
}

/// What is wrong with the address of a webhook; `None` where nothing is. It is judged by its parts.
pub fn problem(https: bool, has_credentials: bool, port: u16) -> Option<&'static str> {
    if !https {
        return Some("An address of a webhook begins with https://.");
    }
    if has_credentials {
        return Some("An address of a webhook has no user name and no password before its host.");
    }
    let (https_port, free_from) = PORTS;
    (port != https_port && port < free_from).then_some("A webhook is reached at port 443, or at one from 1024 on.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_reached_by_https_alone_at_ports_that_are_meant_for_it() {
        for (https, credentials, port, good) in [
            (true, false, 443, true),
            (true, false, 8443, true),
            (true, false, 22, false),
            (true, false, 1_023, false),
            (true, true, 443, false),
            (false, false, 443, false),
        ] {
            assert_eq!(problem(https, credentials, port).is_none(), good, "{https} {credentials} {port}");
        }
    }

    #[test]
    fn a_form_is_found_by_the_name_under_which_it_is_stored() {
        for form in ChatForm::ALL {
            assert_eq!(form.name().parse(), Ok(*form));
        }
        assert!("irc".parse::<ChatForm>().is_err());
    }
}
