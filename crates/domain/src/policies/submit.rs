//! A form of settings that somebody posts: saved, or answered with the review that it asks for.
use super::{Review, SaveOptions, Saved};
use crate::{Caller, Result, bailey::Policies};
use std::collections::BTreeMap;

/// What became of a form that was posted to be saved.
#[derive(Debug, Clone)]
pub enum Submitted {
    /// It was saved.
    Saved(Saved),
    /// Nothing was saved: its author sees first what it does.
    NeedsReview(Box<Review>),
}

impl Policies<'_> {
    /// Saves a whole form, or nothing of it; where the save asks for a review that its author has not seen, answers that.
    ///
    /// # Errors
    /// [`Error::Invalid`](crate::Error::Invalid) with the words beside each field; [`Error::Refused`](crate::Error::Refused) when the caller may not
    /// change something, would lock themselves or somebody above them out, or has not proved lately
    /// who they are, and while a change waits to be confirmed; [`Error::Conflict`](crate::Error::Conflict) when somebody saved meanwhile.
    pub async fn submit(
        self,
        caller: &Caller,
        base: i64,
        form: &BTreeMap<String, String>,
        options: SaveOptions,
    ) -> Result<Submitted> {
        let wanted = self.read_form(caller, form).await?;
        self.proved(caller, base, &wanted).await?;
        let review = self.review_settings(caller, base, wanted.clone()).await?;
        // What stands in the fields by now may be something else than what was shown.
        if options.seen != Some(review.fingerprint()) && !review.reasons().is_empty() {
            return Ok(Submitted::NeedsReview(Box::new(review)));
        }
        let saved = self.save_proved(caller, base, wanted, "form", options).await?;
        if let Err(error) = self.0.saved_forms().forget(caller).await {
            tracing::error!(%error, "a kept form could not be forgotten");
        }
        Ok(Submitted::Saved(saved))
    }
}
