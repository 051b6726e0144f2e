//! Forms that are sent twice: by a double click, by a manager of passwords that submits, or by a proxy that tries again.
//! Both are one act, and both get its answer. It is kept in memory, and for seconds only: it may hold a session.
use super::CspNonce;
use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Extensions, HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use futures::future::{BoxFuture, Shared, WeakShared};
use policy::{Timestamp, time::Span};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The field by which each page marks its forms.
pub const PAGE_FIELD: &str = "page";
/// For how long an answer is given again.
pub const GIVEN_AGAIN: Span = Span::seconds(10);
/// How many acts are told apart; beyond them the oldest answer is given no more.
const TOLD_APART: usize = 256;
/// The longest answer that is kept, in bytes.
const LONGEST: usize = 256 * 1024;

/// What tells forms apart that are sent: a hash of all that they are.
pub type FormKey = [u8; 32];

/// An answer that can be given more than once.
#[derive(Debug, Clone)]
pub struct GivenAnswer {
    status: StatusCode,
    headers: HeaderMap,
    extensions: Extensions,
    body: Bytes,
}

impl GivenAnswer {
    /// Takes an answer whole, with the nonce that stands in it.
    pub async fn of(response: Response, nonce: Option<CspNonce>) -> Self {
        let (parts, body) = response.into_parts();
        let mut extensions = parts.extensions;
        if let Some(nonce) = nonce {
            extensions.insert(nonce);
        }
        match to_bytes(body, usize::MAX).await {
            Ok(body) => Self { status: parts.status, headers: parts.headers, extensions, body },
            Err(error) => {
                tracing::error!(%error, "the answer to a form broke off");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Self { status, headers: HeaderMap::new(), extensions, body: Bytes::new() }
            }
        }
    }

    const fn was_done(&self) -> bool {
        self.status.as_u16() < 400
    }
}

impl IntoResponse for GivenAnswer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        *response.extensions_mut() = self.extensions;
        response
    }
}

/// An act that goes on, whoever of those that wait for it goes away.
pub type Act = Shared<BoxFuture<'static, GivenAnswer>>;

#[derive(Debug)]
enum Progress {
    UnderWay(WeakShared<BoxFuture<'static, GivenAnswer>>),
    Answered(GivenAnswer),
}

/// What was sent lately, and what became of it.
#[derive(Debug, Default)]
pub struct RepeatedForms(Mutex<HashMap<FormKey, (Timestamp, Progress)>>);

impl RepeatedForms {
    /// The act of a form: the one that is under way or was done lately for the same form, or else this one. What was
    /// refused is given again only to the very `same_page`: somebody may try the same once more.
    pub fn enter(&self, key: FormKey, same_page: bool, now: Timestamp, act: Act) -> Result<GivenAnswer, Act> {
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        forms.retain(|_, (begun, progress)| match progress {
            Progress::UnderWay(act) => act.upgrade().is_some(),
            Progress::Answered(_) => now < *begun + GIVEN_AGAIN && !begun.is_ahead_of(now),
        });
        match forms.get(&key) {
            Some((_, Progress::Answered(answer))) if same_page || answer.was_done() => return Ok(answer.clone()),
            Some((_, Progress::UnderWay(act))) => {
                if let Some(act) = act.upgrade() {
                    return Err(act);
                }
            }
            _ => {}
        }
        if forms.len() >= TOLD_APART
            && let Some(oldest) = forms.iter().min_by_key(|(_, (begun, _))| *begun).map(|(key, _)| *key)
        {
            forms.remove(&oldest);
        }
        if let Some(weak) = act.downgrade() {
            forms.insert(key, (now, Progress::UnderWay(weak)));
        }
        Err(act)
    }

    /// Forgets a form, and what was answered to it.
    pub fn forget(&self, key: &FormKey) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// Notes what the act of a form has led to.
    pub fn answered(&self, key: &FormKey, answer: &GivenAnswer) {
        let mut forms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answer.body.len() > LONGEST {
            forms.remove(key);
        } else if let Some((_, progress)) = forms.get_mut(key) {
            *progress = Progress::Answered(answer.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    fn answer(status: StatusCode) -> GivenAnswer {
        GivenAnswer { status, headers: HeaderMap::new(), extensions: Extensions::new(), body: Bytes::new() }
    }

    fn act(status: StatusCode) -> Act {
        async move { answer(status) }.boxed().shared()
    }

    /// Whether a form is a new act at an instant; what was answered to the last one.
    fn is_new(forms: &RepeatedForms, same_page: bool, now: Timestamp, status: StatusCode) -> bool {
        let Err(act) = forms.enter([7; 32], same_page, now, act(status)) else { return false };
        let answer = act.now_or_never().expect("it is done at once");
        forms.answered(&[7; 32], &answer);
        true
    }

    /// Fails when an answer is given again for longer, or a refusal to somebody who tries the same once more.
    #[test]
    fn what_was_done_is_answered_again_for_seconds_and_what_was_refused_only_to_the_same_page() {
        let (forms, later) = (RepeatedForms::default(), NOON + GIVEN_AGAIN);
        assert!(is_new(&forms, false, NOON, StatusCode::SEE_OTHER));
        assert!(!is_new(&forms, false, later - Span::seconds(1), StatusCode::SEE_OTHER));
        assert!(is_new(&forms, false, later, StatusCode::UNPROCESSABLE_ENTITY));
        assert!(is_new(&forms, false, later, StatusCode::UNPROCESSABLE_ENTITY), "a try once more");
        assert!(!is_new(&forms, true, later, StatusCode::UNPROCESSABLE_ENTITY), "the same page");
    }

    /// Fails when a form that comes while the first is under way is another act, or when one that nobody waits for any more
    /// is waited for.
    #[test]
    fn while_an_act_is_under_way_the_same_form_waits_for_it() {
        let forms = RepeatedForms::default();
        let first = forms.enter([1; 32], false, NOON, act(StatusCode::OK)).expect_err("it is new");
        let second = forms.enter([1; 32], false, NOON, act(StatusCode::NOT_FOUND)).expect_err("it waits");
        assert!(second.ptr_eq(&first));
        drop((first, second));
        let third = forms.enter([1; 32], false, NOON, act(StatusCode::NOT_FOUND)).expect_err("it is new");
        assert_eq!(third.now_or_never().map(|answer| answer.status), Some(StatusCode::NOT_FOUND));
    }

    /// Fails when what strangers send makes it grow without an end.
    #[test]
    fn only_so_many_are_told_apart_and_only_short_ones_are_kept() {
        let forms = RepeatedForms::default();
        for n in 0..1_000_u32 {
            let mut key = [0; 32];
            key[..4].copy_from_slice(&n.to_be_bytes());
            let _ = forms.enter(key, false, NOON, act(StatusCode::OK));
            let long =
                GivenAnswer { body: vec![0; LONGEST + usize::from(n % 2 == 0)].into(), ..answer(StatusCode::OK) };
            forms.answered(&key, &long);
        }
        let held = forms.0.lock().expect("nothing has panicked");
        assert!(held.len() <= TOLD_APART);
        assert!(
            held.values().all(|(_, progress)| matches!(progress, Progress::Answered(a) if a.body.len() == LONGEST))
        );
    }
}
