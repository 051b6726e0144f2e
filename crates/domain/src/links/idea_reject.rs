//! Rejects an idea that waits, and says why, from the mail of a moderator; the mail stands with the other decision.
use super::behaviour::{Behaviour, Opens, no_mail};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::DecidesIdea {
        offer: |idea| {
            let what = format!(
                "{} asks to publish “{}” in {}. This rejects it: {} is told why, and can change it and submit it again.",
                idea.author, idea.title, idea.community, idea.author
            );
            (what, "Reject")
        },
        approves: false,
    },
    samples: no_mail,
};
