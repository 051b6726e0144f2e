//! The tables that hold something about members.
use super::{Datum, Holding};

/// Declares what tables hold: the table and the column that names the member, the columns that are handed out and what
/// each holds, and what becomes of it when the member is erased: `deleted`, `stays "why"`, or a statement.
macro_rules! holdings {
    ($($table:literal by $column:literal {
        $(hands out [$($name:literal $datum:ident),+ $(,)?] $(found $found:literal)?)? $(hands out nothing $unsaid:literal)?;
        $($erasure:tt)+
    })+) => {
        /// Each table that holds something about members, in the order in which they are erased.
        pub const HOLDINGS: &[Holding] = &[$(
            Holding {
                table: $table,
                column: $column,
                columns: &[$($(($name, Datum::$datum)),+)?],
                read: holdings!(@read $table, $column, [$($($name),+)?], $($($found)?)?),
                erase: holdings!(@erase $table, $column, $($erasure)+),
                why: concat!($($unsaid,)? holdings!(@why $($erasure)+)),
            },
        )+];
    };
    (@read $table:literal, $column:literal, [], $($found:literal)?) => { "" };
    (@read $table:literal, $column:literal, [$first:literal $(, $name:literal)*], ) => {
        holdings!(@read $table, $column, [$first $(, $name)*], "= $1")
    };
    (@read $table:literal, $column:literal, [$first:literal $(, $name:literal)*], $found:literal) => {
        concat!(
            "SELECT CAST(", $first, " AS TEXT)" $(, ", CAST(", $name, " AS TEXT)")*,
            " FROM ", $table, " WHERE ", $column, " ", $found, " ORDER BY 1 DESC LIMIT $4"
        )
    };
    (@erase $table:literal, $column:literal, deleted) => {
        // A text of its own: PostgreSQL keeps a statement by its text, with as many parameters as it was first given.
        Some(concat!("/* erasure */ DELETE FROM ", $table, " WHERE ", $column, " = $1"))
    };
    (@erase $table:literal, $column:literal, stays $why:literal) => { None };
    (@erase $table:literal, $column:literal, by $statement:literal) => { Some($statement) };
    (@why deleted) => { "" };
    (@why stays $why:literal) => { $why };
    (@why by $statement:literal) => { "" };
}

holdings! {
    // Mails first: those to an address that they had before are found by the links.
    "mails" by "recipient" {
        hands out ["queued_at" Instant, "kind" Text, "recipient" Text, "subject" Text, "tries" Number, "settled_at" Instant, "problem" Text] found "= $3 AND workspace_id = $2";
        by "DELETE FROM mails WHERE workspace_id = $2 AND (recipient = $3 OR recipient IN \
              (SELECT subject FROM links WHERE member_id = $1 AND purpose IN ('email-change', 'email-change-undo')))"
    }
    "links" by "member_id" {
        hands out ["created_at" Instant, "purpose" Text, "subject" Text, "expires_at" Instant, "used_at" Instant];
        deleted
    }
    "links" by "subject" {
        hands out nothing "They are links of others, about the member: to approve them, say.";
        deleted
    }
    "sessions" by "member_id" {
        hands out ["started_at" Instant, "last_seen_at" Instant, "address" Text, "user_agent" Text, "kept" Flag, "proved_at" Instant, "ended_at" Instant, "ended_why" Text];
        deleted
    }
    "pending_sign_ins" by "member_id" {
        hands out ["created_at" Instant, "expires_at" Instant, "next_path" Text, "stay" Flag];
        deleted
    }
    "known_browsers" by "member_id" {
        hands out ["first_seen_at" Instant, "last_seen_at" Instant, "user_agent" Text, "trusted_at" Instant, "trusted_until" Instant];
        deleted
    }
    "authenticators" by "member_id" { hands out ["added_at" Instant, "last_used_at" Instant]; deleted }
    "pending_authenticators" by "member_id" { hands out ["created_at" Instant]; deleted }
    "passkeys" by "member_id" {
        hands out ["added_at" Instant, "name" Text, "last_used_at" Instant, "counter" Number, "rp_id" Text];
        deleted
    }
    "challenges" by "member_id" { hands out ["purpose" Text, "expires_at" Instant]; deleted }
    "recovery_codes" by "member_id" { hands out ["created_at" Instant, "used_at" Instant]; deleted }
    "emailed_codes" by "member_id" { hands out ["sent_at" Instant, "used_at" Instant, "works_until" Instant]; deleted }
    "earlier_passwords" by "member_id" { hands out ["replaced_at" Instant]; deleted }
    "lockouts" by "member_id" {
        hands out ["guarded" Text, "in_window" Number, "window_started" Instant, "locked_until" Instant, "delayed_until" Instant, "consecutive" Number];
        deleted
    }
    "kept_forms" by "member_id" { hands out ["kept_at" Instant, "page" Text, "fields" Text]; deleted }
    "help_requests" by "member_id" {
        hands out ["asked_at" Instant, "address" Text, "settled_at" Instant, "outcome" Text];
        deleted
    }
    "promotions" by "member_id" { hands out ["promoted_at" Instant, "email" Text]; deleted }
    "invitations" by "member_id" { hands out ["invited_at" Instant]; deleted }
    "invitations" by "invited_by" {
        hands out ["invited_at" Instant];
        stays "Whom they invited is told who it was: a former member."
    }
    "registrations" by "member_id" {
        hands out ["asked_at" Instant, "email" Text, "name" Text, "confirmed_at" Instant, "decided_at" Instant, "approved" Flag];
        deleted
    }
    "registrations" by "decided_by" {
        hands out nothing "It is in the audit log.";
        by "UPDATE registrations SET decided_by = $4 WHERE workspace_id = $2 AND decided_by = $3"
    }
    "community_members" by "member_id" { hands out nothing "Their communities are handed out by name."; deleted }
    "ideas" by "author_id" {
        hands out ["posted_at" Instant, "title" Text, "body" Text, "state" Text, "reason" Text, "decided_at" Instant];
        stays "Ideas are the workspace's, under a pseudonym."
    }
    "ideas" by "decided_by" {
        hands out nothing "It is in the audit log.";
        by "UPDATE ideas SET decided_by = $4 WHERE workspace_id = $2 AND decided_by = $3"
    }
    "idea_comments" by "author_id" {
        hands out ["posted_at" Instant, "body" Text];
        stays "What was said about an idea stays with it, under a pseudonym."
    }
    "idea_votes" by "member_id" { hands out ["voted_at" Instant, "idea_id" Text]; deleted }
    "idea_followers" by "member_id" { hands out ["idea_id" Text]; deleted }
    "idea_news" by "member_id" { hands out ["happened_at" Instant, "words" Text]; deleted }
    "chat_hooks" by "set_by" {
        hands out ["set_at" Instant, "host" Text] found "= $3 AND workspace_id = $2";
        by "UPDATE chat_hooks SET set_by = $4 WHERE workspace_id = $2 AND set_by = $3"
    }
    "avatars" by "member_id" { hands out ["media_type" Text, "good_until" Instant]; deleted }
    "files" by "owner_id" {
        hands out ["created_at" Instant, "name" Text, "media_type" Text, "bytes" Number];
        stays "Files of ideas are the workspace's, under a pseudonym."
    }
    "reports" by "owner_id" {
        hands out ["asked_at" Instant, "kind" Text, "state" Text, "rows_total" Number, "settled_at" Instant];
        stays "A report is deleted a week after it was made, and nobody else can download it."
    }
    "conversations" by "author_id" {
        hands out ["started_at" Instant, "subject" Text];
        stays "Others have taken part; it stands under a pseudonym."
    }
    "conversation_participants" by "member_id" {
        hands out ["conversation_id" Text, "muted" Flag, "left_at" Instant];
        stays "Who has taken part is shown to the others, under a pseudonym."
    }
    "messages" by "author_id" {
        hands out ["sent_at" Instant, "body" Text];
        stays "Others have answered it; it stands under a pseudonym."
    }
    "assessments" by "author_id" {
        hands out ["made_at" Instant, "title" Text, "kind" Text, "closes_at" Instant];
        stays "Others have answered it; it stands under a pseudonym."
    }
    "assessors" by "member_id" {
        hands out ["assessment_id" Text, "note" Text, "reminded_at" Instant, "submitted_at" Instant];
        stays "The results count it, under a pseudonym."
    }
    "assessment_answers" by "member_id" {
        hands out ["assessment_id" Text, "idea" Number, "criterion" Number, "grade" Text];
        stays "The results count it, under a pseudonym."
    }
    "policy_revisions" by "actor" {
        hands out ["revision" Number, "created_at" Instant, "address" Text, "origin" Text] found "= $3 AND workspace_id = $2";
        by "UPDATE policy_revisions SET actor = $4, address = NULL WHERE workspace_id = $2 AND actor = $3"
    }
    "policy_confirmations" by "saved_by" {
        hands out ["revision" Number, "deadline" Instant] found "= $3 AND workspace_id = $2";
        by "UPDATE policy_confirmations SET saved_by = $4 WHERE workspace_id = $2 AND saved_by = $3"
    }
    "members" by "id" {
        hands out ["id" Text, "name" Text, "email" Text, "email_verified_at" Instant, "role" Text, "standing" Text, "created_at" Instant, "last_sign_in_at" Instant, "password_set_at" Instant, "password_changed_at" Instant, "password_falls_short" Flag, "enrolment_asked_at" Instant, "email_codes" Flag, "idea_mails" Text, "activated_at" Instant, "warned_of_deactivation_at" Instant, "unused" Flag];
        by "UPDATE members SET name = 'Former member', email = $4, email_verified_at = NULL, role = 'member', \
              standing = 'banned', password_hash = NULL, password_set_at = NULL, password_changed_at = NULL, \
              password_falls_short = 0, password_judged = NULL, last_sign_in_at = NULL, enrolment_asked_at = NULL, \
              email_codes = 0, activated_at = NULL, warned_of_deactivation_at = NULL, unused = 0, created_at = $5, \
              erased_at = $5 WHERE id = $1"
    }
}

/// The columns of these tables, and those of others that name members, which are handed out to nobody: why, and what
/// becomes of them.
pub const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("mails", "id", "A number of ours."),
    ("mails", "letter", "What a mail says is sealed, and its recipient has it; deleted with its mail."),
    ("mails", "next_try_at", "It says when the mail is tried next."),
    ("links", "token_hash", "A secret: whoever has the token has the link."),
    ("links", "refused", "It counts tries at a link."),
    ("sessions", "id", "A number of ours."),
    ("sessions", "token_hash", "A secret."),
    ("sessions", "token_since", "It says when a secret was replaced."),
    ("sessions", "token_seen_at", "It says when a secret was replaced."),
    ("pending_sign_ins", "id", "A number of ours."),
    ("pending_sign_ins", "token_hash", "A secret."),
    ("known_browsers", "browser", "A secret: the hash of a cookie."),
    ("authenticators", "secret", "A secret."),
    ("authenticators", "last_step", "It guards a secret."),
    ("pending_authenticators", "secret", "A secret."),
    ("passkeys", "id", "A number of ours."),
    ("passkeys", "credential_id", "It belongs to the device that made it."),
    ("passkeys", "credential", "It belongs to the device that made it."),
    ("challenges", "id", "A number of ours."),
    ("challenges", "state", "A secret."),
    ("recovery_codes", "id", "A number of ours."),
    ("recovery_codes", "code_hash", "A secret."),
    ("emailed_codes", "id", "A number of ours."),
    ("emailed_codes", "code_hash", "A secret."),
    ("emailed_codes", "pending_id", "A number of ours."),
    ("earlier_passwords", "id", "A number of ours."),
    ("earlier_passwords", "password_hash", "A secret."),
    ("lockouts", "subject", "A keyed hash of what was tried."),
    ("lockouts", "browser", "A secret: the hash of a cookie."),
    ("kept_forms", "token_hash", "A secret."),
    ("help_requests", "id", "A number of ours."),
    ("invitations", "mail_id", "A number of ours."),
    ("community_members", "community_id", "Their communities are handed out by name."),
    ("community_members", "moderator", "Who moderates a community stands on its page."),
    ("ideas", "id", "A number of ours."),
    ("ideas", "community_id", "A number of ours."),
    ("idea_comments", "id", "A number of ours."),
    ("idea_comments", "idea_id", "A number of ours."),
    ("idea_news", "event_id", "A number of ours."),
    ("idea_news", "idea_id", "A number of ours."),
    ("avatars", "address_hash", "A keyed hash of the address."),
    ("avatars", "picture", "The avatar server has it."),
    ("files", "id", "A number of ours."),
    ("files", "stored_as", "A number of ours."),
    ("files", "digest", "It guards the file."),
    ("reports", "id", "A number of ours."),
    ("reports", "begun", "It says how the job goes on."),
    ("reports", "leased_until", "It says how the job goes on."),
    ("reports", "rows_done", "It says how the job goes on."),
    ("reports", "problem", "It says how the job went."),
    ("reports", "file_id", "A number of ours."),
    ("conversations", "id", "A number of ours."),
    ("conversations", "community_id", "A number of ours."),
    ("conversations", "last_message_at", "It stands with the messages."),
    ("conversations", "messages", "It stands with the messages."),
    ("conversation_participants", "read_through", "It says which mail is due."),
    ("conversation_participants", "mailed_at", "It says which mail is due."),
    ("conversation_participants", "mailed_through", "It says which mail is due."),
    ("conversation_participants", "mail_waits", "It says which mail is due."),
    ("messages", "conversation_id", "A number of ours."),
    ("messages", "number", "A number of ours."),
    ("assessments", "id", "A number of ours."),
    ("assessments", "community_id", "A number of ours."),
    ("chat_hooks", "id", "A number of ours."),
    ("chat_hooks", "community_id", "A number of ours."),
    ("chat_hooks", "form", "What the chat takes."),
    ("chat_hooks", "address", "A secret: whoever has it can post to the chat."),
    ("policy_revisions", "document", "The workspace's settings, which its admins can read."),
    ("members", "password_hash", "A secret."),
    ("members", "password_judged", "A keyed hash of the password."),
    ("members", "erased_at", "Nobody who has it is there to be told."),
    ("audit_entries", "actor", "Entries are handed out by themselves; the log keeps a name without an address."),
    ("audit_entries", "subject", "Entries are handed out by themselves; the log keeps a name without an address."),
    ("audit_names", "email", "Handed out with the entries; deleted when its member is erased."),
];
