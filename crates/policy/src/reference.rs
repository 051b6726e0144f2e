//! The settings reference in `docs/settings.md`, written from the catalogue.
use crate::{Role, Setting, Settings, value::Kind, words};
use std::fmt::Write;

/// Writes the whole reference as Markdown.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Settings reference\n\nWritten from the catalogue in `crates/policy`; do not edit by hand: `make docs` writes it anew, and a test fails when it is stale.\n",
    );
    for section in Settings::sections() {
        push(&mut page, format_args!("\n## {}\n", section.title));
        for setting in section.settings {
            describe(&mut page, setting);
        }
    }
    page
}

fn describe(page: &mut String, setting: &Setting) {
    let about = setting.about();
    push(page, format_args!("\n### {} {{#{}}}\n\n", setting.label, setting.key));
    push(page, format_args!("{}\n\n", about.help.trim()));
    push(page, format_args!("- Key: `{}`\n- Kind: {}\n", setting.key, setting.kind.name()));
    if let Some(range) = range(setting) {
        push(page, format_args!("- Range: {range}\n"));
    }
    push(page, format_args!("- Default: {}\n- {}\n", setting.default_in_words(), setting.effect.in_words()));
    if setting.super_admin_only {
        push(page, format_args!("- Only a super-admin can change it\n"));
    }
    if setting.may_weaken == Role::SuperAdmin {
        push(page, format_args!("- Only a super-admin can give it a weaker value\n"));
    }
    if !setting.choices.is_empty() {
        let choices: Vec<_> = setting.choices.iter().map(|(value, label)| format!("`{value}` ({label})")).collect();
        push(page, format_args!("- Choices: {}\n", choices.join(" · ")));
    }
    if setting.per_community.is_some() {
        push(page, format_args!("- A community may override it\n"));
    }
    if !setting.active {
        push(page, format_args!("- Not active yet: saved, and not enforced so far\n"));
    }
    if let Some(words) = setting.deprecated {
        push(page, format_args!("- Deprecated: {words}\n"));
    }
    if let Some(risk) = setting.risk {
        push(page, format_args!("- Risk: {}\n", risk.words));
    }
    if let Some(reason) = setting.cosmetic {
        push(page, format_args!("- Asks for no fresh proof: {reason}\n"));
    }
    push(page, format_args!("- Seed: {}\n", about.seed));
    if !about.standards.is_empty() {
        push(page, format_args!("- Standards: {}\n", about.standards.join(" · ")));
    }
    if !about.more.is_empty() {
        push(page, format_args!("\n{}\n", about.more));
    }
}

/// The range of a setting in words: `5 to 43 200 minutes, or 0: never`.
pub fn range(setting: &Setting) -> Option<String> {
    let bounds = setting.bounds?;
    if !matches!(setting.kind, Kind::Number | Kind::Limit) {
        return Some(format!("up to {} characters", words::number(bounds.max.into())));
    }
    let zero = setting.zero.map_or_else(String::new, |name| format!(", or 0: {}", name.to_ascii_lowercase()));
    Some(format!(
        "{} to {} {}{zero}",
        // What 0 means has its own words.
        words::number(bounds.min.max(u32::from(setting.zero.is_some())).into()),
        words::number(bounds.max.into()),
        setting.unit.suffix()
    ))
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("writing to a String never fails");
}
