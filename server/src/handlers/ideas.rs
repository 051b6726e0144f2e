//! Ideas: the posts of their forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{
    Error, IdeaId,
    ideas::{IdeaDecision, NewIdea, Reaction},
};
use policy::{Refusal, decide::idea::IdeaState};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/ideas";
const QUEUE: &str = "/moderation";

/// Returns the page of an idea.
pub fn page_of(id: &IdeaId) -> String {
    format!("{PAGE}/{id}")
}

/// Whether the button was pressed that keeps an idea as a draft.
fn is_draft(fields: &Fields) -> bool {
    fields.text("step") == "draft"
}

/// Answers an error: its words by field, or the refusal, and the form as it was typed.
async fn came_back(
    request: &GatedRequest,
    page: &str,
    error: Error,
    form: impl FnOnce(BTreeMap<String, String>) -> Form,
) -> Response {
    let (status, answer) = explain(error);
    let (errors, refusal): (_, Option<Refusal>) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    request.page_at(page, PageState { form: form(errors), refusal, ..PageState::default() }, status).await
}

/// Posts an idea, or keeps it as a draft.
pub async fn post(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let draft = is_draft(&fields);
    let (community, title, body) = (fields.take("community"), fields.take("title"), fields.take("body"));
    let new = NewIdea { community: &community, title: &title, body: &body, draft };
    match request.context.bailey.ideas().post(&caller, new).await {
        Ok((id, state)) => written(&id, state),
        Err(error) => came_back(&request, PAGE, error, |errors| Form::Idea { community, title, body, errors }).await,
    }
}

/// Leads to an idea that was written, and says what becomes of it.
fn written(id: &IdeaId, state: IdeaState) -> Response {
    match state {
        IdeaState::Draft => redirect_with_notice(&page_of(id), Notice::DraftSaved),
        IdeaState::Pending => redirect_with_notice(&page_of(id), Notice::IdeaSubmitted),
        IdeaState::Approved | IdeaState::Rejected => Redirect::to(&page_of(id)).into_response(),
    }
}

/// Changes an idea, and keeps it as a draft or submits it.
pub async fn edit(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>, mut fields: Fields) -> Response {
    let draft = is_draft(&fields);
    let (title, body) = (fields.take("title"), fields.take("body"));
    match request.context.bailey.ideas().rewrite(&caller, &id, &title, &body, draft).await {
        Ok(state) => written(&id, state),
        Err(error) => {
            came_back(&request, &page_of(&id), error, |errors| Form::IdeaChange { title, body, errors }).await
        }
    }
}

/// Tells somebody of an idea by mail.
pub async fn share(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>, mut fields: Fields) -> Response {
    let email = fields.take("email");
    let here = page_of(&id);
    match request.context.bailey.ideas().share(&caller, &id, &email).await {
        Ok(()) => redirect_with_notice(&here, Notice::IdeaShared),
        Err(error) => {
            let form = |mut errors: BTreeMap<_, _>| Form::Share { email, error: errors.remove("email") };
            came_back(&request, &here, error, form).await
        }
    }
}

/// Posts a comment.
pub async fn comment(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>, mut fields: Fields) -> Response {
    let comment = fields.take("comment");
    let here = page_of(&id);
    match request.context.bailey.ideas().comment(&caller, &id, &comment).await {
        Ok(()) => redirect_with_notice(&here, Notice::CommentPosted),
        Err(error) => {
            let form = |mut errors: BTreeMap<_, _>| Form::Comment { comment, error: errors.remove("comment") };
            came_back(&request, &here, error, form).await
        }
    }
}

/// Votes for an idea.
pub async fn vote(signed_in: SignedIn, id: Id<IdeaId>) -> Response {
    react(signed_in, id, Reaction::Vote).await
}

/// Takes a vote back.
pub async fn take_vote_back(signed_in: SignedIn, id: Id<IdeaId>) -> Response {
    react(signed_in, id, Reaction::TakeVoteBack).await
}

/// Follows an idea.
pub async fn follow(signed_in: SignedIn, id: Id<IdeaId>) -> Response {
    react(signed_in, id, Reaction::Follow).await
}

/// Follows an idea no longer.
pub async fn unfollow(signed_in: SignedIn, id: Id<IdeaId>) -> Response {
    react(signed_in, id, Reaction::Unfollow).await
}

async fn react(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>, reaction: Reaction) -> Response {
    let here = page_of(&id);
    match request.context.bailey.ideas().react(&caller, &id, reaction).await {
        Ok(()) => Redirect::to(&here).into_response(),
        Err(error) => request.error_at(&here, error).await,
    }
}

/// Approves an idea that waits.
pub async fn approve(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>) -> Response {
    match request.context.bailey.ideas().decide(&caller, &id, IdeaDecision::Approved).await {
        Ok(()) => redirect_with_notice(QUEUE, Notice::IdeaApproved),
        Err(error) => not_decided(&request, &id, error).await,
    }
}

/// Rejects an idea that waits, and says why.
pub async fn reject(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>, mut fields: Fields) -> Response {
    let reason = fields.take("reason");
    match request.context.bailey.ideas().decide(&caller, &id, IdeaDecision::Rejected(&reason)).await {
        Ok(()) => redirect_with_notice(QUEUE, Notice::IdeaRejected),
        Err(Error::Invalid(errors)) => {
            let form = |mut errors: BTreeMap<_, _>| Form::IdeaRejection {
                id: id.to_string(),
                reason,
                error: errors.remove("reason").unwrap_or_default(),
            };
            came_back(&request, QUEUE, Error::Invalid(errors), form).await
        }
        Err(error) => not_decided(&request, &id, error).await,
    }
}

/// Says why nothing was decided: in the queue to whoever has one, else on the page of the idea.
async fn not_decided(request: &GatedRequest, id: &IdeaId, error: Error) -> Response {
    let here = page_of(id);
    let page = if matches!(&error, Error::Refused(Refusal::ModeratorRequired)) { &here } else { QUEUE };
    request.error_at(page, error).await
}

/// Notes how a member wants to be told what happens on ideas.
pub async fn choose_mails(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    const PROFILE: &str = "/profile";
    match request.context.bailey.ideas().choose_mails(&caller, fields.text("idea_mails")).await {
        Ok(()) => redirect_with_notice(PROFILE, Notice::IdeaMailsChosen),
        // A list of choices sends nothing else.
        Err(Error::Invalid(errors)) => request.fault_page(explain(Error::Invalid(errors)).0),
        Err(error) => request.error_at(PROFILE, error).await,
    }
}
