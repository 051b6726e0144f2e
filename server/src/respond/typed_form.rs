//! Forms that hold what somebody has typed: on which page each stands, and how it comes back there when its author had
//! to sign in, or to prove who they are, before it was taken.
use crate::edge::PAGE_FIELD;
use app::page::Form;
use std::collections::BTreeMap;

/// What stands in a form besides what its page has put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormContent {
    /// Nothing: it has buttons alone.
    Buttons,
    /// A password, a code or a token, which is never kept.
    Secret,
    /// What somebody has typed, which comes back.
    Typed,
    /// A file, which is chosen again.
    File,
    /// A file, which is written to disk as it arrives and never held in memory.
    Upload,
}

/// Under which name a form that is kept tells where it was posted to; no field is called so.
const POSTED_TO: &str = ":posted-to";

/// What only the button that was pressed, the page, or consent to one save, is about.
const NOT_KEPT: [&str; 4] = ["step", "seen", "lock_me_out", PAGE_FIELD];

/// A form that holds what somebody has typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TypedForm<'a> {
    Settings,
    Idea,
    IdeaChange { idea: &'a str },
    Comment { idea: &'a str },
    IdeaRejection { idea: &'a str },
    Share { idea: &'a str },
    Assessment { community: &'a str },
    Grades { assessment: &'a str },
    Conversation,
    Reply { conversation: &'a str },
    Workspace,
    Community { id: &'a str, field: &'a str, name: &'static str },
    CommunityDetails { id: &'a str },
    CommunityMember { id: &'a str },
    PasskeyName { id: &'a str },
    EmailChange,
    Invitation,
    InvitationList,
    Rejection { id: &'a str },
    HelpRequest { id: &'a str },
    Erasure { id: &'a str },
    EverybodysSessions,
}

/// Returns the form that is posted to a path; `None` where that holds nothing that was typed.
fn form_at(path: &str) -> Option<TypedForm<'_>> {
    match path.split('/').skip(1).collect::<Vec<_>>().as_slice() {
        ["admin", "settings"] => Some(TypedForm::Settings),
        ["admin", "settings", "general"] => Some(TypedForm::Workspace),
        ["admin", "settings", "communities"] => Some(TypedForm::Community { id: "", field: "name", name: "name" }),
        ["admin", "settings", "communities", id, "members"] => {
            Some(TypedForm::Community { id, field: "email", name: "email" })
        }
        ["admin", "settings", "communities", id, key] => Some(TypedForm::Community { id, field: key, name: "value" }),
        ["admin", "communities"] => Some(TypedForm::CommunityDetails { id: "" }),
        ["admin", "communities", id] => Some(TypedForm::CommunityDetails { id }),
        ["admin", "communities", id, "members"] => Some(TypedForm::CommunityMember { id }),
        ["admin", "invitations"] => Some(TypedForm::Invitation),
        ["admin", "invitations", id, "reject"] => Some(TypedForm::Rejection { id }),
        ["admin", "help-requests", id] => Some(TypedForm::HelpRequest { id }),
        ["admin", "members", id, "data", "erase"] => Some(TypedForm::Erasure { id }),
        ["admin", "sessions", "end"] => Some(TypedForm::EverybodysSessions),
        ["admin", "invitations", "list"] => Some(TypedForm::InvitationList),
        ["ideas"] => Some(TypedForm::Idea),
        ["ideas", idea, "edit"] => Some(TypedForm::IdeaChange { idea }),
        ["ideas", idea, "comments"] => Some(TypedForm::Comment { idea }),
        ["ideas", idea, "reject"] => Some(TypedForm::IdeaRejection { idea }),
        ["ideas", idea, "share"] => Some(TypedForm::Share { idea }),
        ["assessments", "new", community] => Some(TypedForm::Assessment { community }),
        ["assessments", assessment] => Some(TypedForm::Grades { assessment }),
        ["conversations"] => Some(TypedForm::Conversation),
        ["conversations", conversation, "reply"] => Some(TypedForm::Reply { conversation }),
        ["profile", "email"] => Some(TypedForm::EmailChange),
        ["profile", "two-factor", "passkeys", id, "rename"] => Some(TypedForm::PasskeyName { id }),
        _ => None,
    }
}

/// Returns the page on which the form of a path comes back; `None` where it holds nothing that was typed.
pub fn page_of_typed(path: &str) -> Option<String> {
    Some(match form_at(path)? {
        TypedForm::Settings => "/admin/settings".to_owned(),
        TypedForm::Invitation | TypedForm::InvitationList | TypedForm::Rejection { .. } => {
            "/admin/invitations".to_owned()
        }
        TypedForm::HelpRequest { .. } => "/admin/help-requests".to_owned(),
        TypedForm::Erasure { id } => format!("/admin/members/{id}/data"),
        TypedForm::EverybodysSessions => "/admin/sessions".to_owned(),
        TypedForm::Idea => "/ideas".to_owned(),
        TypedForm::Share { idea } | TypedForm::IdeaChange { idea } | TypedForm::Comment { idea } => {
            format!("/ideas/{idea}")
        }
        TypedForm::IdeaRejection { .. } => "/moderation".to_owned(),
        TypedForm::Assessment { community } => format!("/assessments/new/{community}"),
        TypedForm::Grades { assessment } => format!("/assessments/{assessment}"),
        TypedForm::Conversation => "/conversations".to_owned(),
        TypedForm::Reply { conversation } => format!("/conversations/{conversation}"),
        TypedForm::Workspace => "/admin/settings/general".to_owned(),
        TypedForm::Community { .. } => "/admin/settings/communities".to_owned(),
        TypedForm::CommunityDetails { id: "" } => "/admin/communities".to_owned(),
        TypedForm::CommunityDetails { id } | TypedForm::CommunityMember { id } => format!("/admin/communities/{id}"),
        TypedForm::PasskeyName { .. } => "/profile/two-factor".to_owned(),
        TypedForm::EmailChange => "/profile".to_owned(),
    })
}

/// Returns the address of a page with the form that is kept for it.
pub fn with_saved_form(page: &str) -> String {
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}saved=yes")
}

/// Returns what is kept of a form that was posted to a path.
pub fn to_keep(path: &str, mut fields: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for name in NOT_KEPT {
        fields.remove(name);
    }
    fields.insert(POSTED_TO.to_owned(), path.to_owned());
    fields
}

/// Returns the ideas that were ticked in a form.
pub fn chosen_ideas(fields: &BTreeMap<String, String>) -> Vec<String> {
    fields.keys().filter_map(|name| name.strip_prefix("idea-")).map(str::to_owned).collect()
}

/// Returns what was answered in a form of an assessment, by the names of its fields.
pub fn grades(mut fields: BTreeMap<String, String>) -> BTreeMap<String, String> {
    fields.retain(|name, _| name.starts_with("grade-"));
    fields
}

/// Returns a form that was kept as its page shows it again, and the fields of one whose page reads them by itself.
pub fn came_back(mut saved: BTreeMap<String, String>) -> (Form, BTreeMap<String, String>) {
    let posted_to = saved.remove(POSTED_TO).unwrap_or_default();
    let (ideas, answers) = (chosen_ideas(&saved), grades(saved.clone()));
    let mut typed = |name: &str| saved.remove(name).unwrap_or_default();
    let form = match form_at(&posted_to) {
        None | Some(TypedForm::Settings) => Form::None,
        Some(TypedForm::Idea) => Form::Idea {
            community: typed("community"),
            title: typed("title"),
            body: typed("body"),
            errors: BTreeMap::new(),
        },
        Some(TypedForm::Invitation) => Form::Invitation {
            name: typed("name"),
            email: typed("email"),
            role: typed("role"),
            joining: typed("joining"),
            errors: BTreeMap::new(),
        },
        Some(TypedForm::Rejection { id }) => {
            Form::Rejection { id: id.to_owned(), reason: typed("reason"), error: String::new() }
        }
        Some(TypedForm::HelpRequest { id }) => {
            Form::HelpRequest { id: id.to_owned(), reason: typed("reason"), error: String::new() }
        }
        Some(TypedForm::Erasure { .. }) => Form::Erasure { email: typed("email"), error: None },
        Some(TypedForm::EverybodysSessions) => Form::EverybodysSessions { confirm: typed("confirm"), error: None },
        Some(TypedForm::InvitationList) => Form::InvitationList {
            people: typed("people"),
            role: typed("many_role"),
            although: typed("although") == "true",
            report: None,
            errors: BTreeMap::new(),
        },
        Some(TypedForm::IdeaChange { .. }) => {
            Form::IdeaChange { title: typed("title"), body: typed("body"), errors: BTreeMap::new() }
        }
        Some(TypedForm::Comment { .. }) => Form::Comment { comment: typed("comment"), error: None },
        Some(TypedForm::IdeaRejection { idea }) => {
            Form::IdeaRejection { id: idea.to_owned(), reason: typed("reason"), error: String::new() }
        }
        Some(TypedForm::Share { .. }) => Form::Share { email: typed("email"), error: None },
        Some(TypedForm::Assessment { .. }) => Form::Assessment {
            kind: typed("kind"),
            title: typed("title"),
            criteria: typed("criteria"),
            ideas,
            assessors: typed("assessors"),
            closes: typed("closes"),
            errors: BTreeMap::new(),
        },
        Some(TypedForm::Grades { .. }) => {
            Form::Grades { grades: answers, note: typed("note"), errors: BTreeMap::new() }
        }
        Some(TypedForm::Conversation) => Form::Conversation {
            community: typed("community"),
            to: typed("to"),
            subject: typed("subject"),
            body: typed("body"),
            errors: BTreeMap::new(),
        },
        Some(TypedForm::Reply { .. }) => Form::Reply { body: typed("body"), error: None },
        Some(TypedForm::Workspace) => Form::Workspace {
            name: typed("name"),
            from_name: typed("from_name"),
            time_zone: typed("time_zone"),
            errors: BTreeMap::new(),
        },
        Some(TypedForm::Community { id, field, name }) => {
            Form::Community { id: id.to_owned(), field: field.to_owned(), typed: typed(name), error: String::new() }
        }
        Some(TypedForm::CommunityDetails { id }) => Form::CommunityDetails {
            id: id.to_owned(),
            name: typed("name"),
            description: typed("description"),
            errors: BTreeMap::new(),
        },
        Some(TypedForm::CommunityMember { .. }) => Form::CommunityMember { email: typed("email"), error: None },
        Some(TypedForm::EmailChange) => Form::EmailChange { email: typed("email"), error: None },
        Some(TypedForm::PasskeyName { id }) => {
            Form::PasskeyName { id: id.to_owned(), name: typed("name"), error: String::new() }
        }
    };
    (form, saved)
}
