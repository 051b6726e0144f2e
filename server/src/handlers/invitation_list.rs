//! Admin, invitations: the posts of the form for many, which says what would become of each line before it does anything.
use crate::{
    extract::{Fields, GatedRequest, SignedIn},
    respond::{redirect_to_step_up, redirect_with_notice},
};
use app::page::{Form, ListReport, Notice, PageState, ReportLine};
use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    Caller, Error,
    members::invitations::{InvitationList, ReportedLine, text_of_file},
};
use policy::{Refusal, reason::Remedy};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/admin/invitations";

/// The form as it was sent.
struct Sent {
    people: String,
    role: String,
    although: bool,
}

impl Sent {
    fn list(&self) -> InvitationList<'_> {
        InvitationList { people: &self.people, role: &self.role, although: self.although }
    }
}

/// Looks at a list, or invites everybody on it.
pub async fn post(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let sent = Sent {
        people: fields.take("people"),
        role: fields.take("many_role"),
        although: fields.text("although") == "true",
    };
    if fields.text("step") != "invite" {
        return review(&request, &caller, sent, None, StatusCode::OK).await;
    }
    let Err(error) = request.context.bailey.members().invite_many(&caller, sent.list()).await else {
        return redirect_with_notice(PAGE, Notice::InvitationsSent);
    };
    let (status, answer) = explain(error);
    match answer {
        PublicError::Invalid(errors) => page(&request, sent, None, errors, None, status).await,
        PublicError::Refused(refusal) if refusal.remedy() == Remedy::StepUp => redirect_to_step_up(PAGE),
        PublicError::Refused(refusal) => review(&request, &caller, sent, Some(refusal), status).await,
        _ => request.fault_page(status),
    }
}

/// Reads the list out of a file, and looks at it.
pub async fn file(SignedIn { request, caller }: SignedIn, parts: Result<Multipart, MultipartRejection>) -> Response {
    let wrong = |words: &str| BTreeMap::from([("file".to_owned(), words.to_owned())]);
    let (mut text, mut role) = (Err("Choose a file that is not empty.".to_owned()), String::new());
    if let Ok(mut parts) = parts {
        while let Ok(Some(part)) = parts.next_field().await {
            match part.name() {
                Some("file") => match part.bytes().await {
                    Ok(bytes) if bytes.is_empty() => {}
                    Ok(bytes) => text = text_of_file(&bytes),
                    Err(_) => text = Err("That file did not arrive whole. Choose it again.".to_owned()),
                },
                Some("many_role") => role = part.text().await.unwrap_or_default(),
                _ => {}
            }
        }
    }
    match text {
        Ok(people) => {
            let sent = Sent { people, role, although: false };
            review(&request, &caller, sent, None, StatusCode::OK).await
        }
        Err(words) => {
            let sent = Sent { people: String::new(), role, although: false };
            page(&request, sent, None, wrong(&words), None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Shows the list with what would become of each line, and why nobody was invited, where that was wanted.
async fn review(
    request: &GatedRequest,
    caller: &Caller,
    sent: Sent,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    match request.context.bailey.members().review_invitations(caller, sent.list()).await {
        Ok(report) => page(request, sent, Some(shown(report)), BTreeMap::new(), refusal, status).await,
        Err(Error::Invalid(errors)) => {
            page(request, sent, None, errors, refusal, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => {
            let (status, answer) = explain(error);
            match answer {
                PublicError::Refused(refusal) => {
                    page(request, sent, None, BTreeMap::new(), Some(refusal), status).await
                }
                _ => request.fault_page(status),
            }
        }
    }
}

fn shown(report: Vec<ReportedLine>) -> ListReport {
    let bad = report.iter().filter(|line| !line.verdict.is_good()).count();
    let good = report.len() - bad;
    let lines = report.into_iter().map(|line| ReportLine {
        line: line.line,
        text: line.text,
        good: line.verdict.is_good(),
        verdict: line.verdict.in_words(),
    });
    ListReport { good, bad, lines: lines.collect() }
}

async fn page(
    request: &GatedRequest,
    Sent { people, role, although }: Sent,
    report: Option<ListReport>,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let form = Form::InvitationList { people, role, although, report, errors };
    request.page_at(PAGE, PageState { form, refusal, ..PageState::default() }, status).await
}
