//! Keeps somebody out who has asked to join, from the mail of whoever decides; the mail stands with the other decision.
use super::behaviour::{Behaviour, Opens, no_mail};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Decides {
        offer: |asked| {
            let what = format!(
                "{} ({}) has asked to join. This keeps them out; they are told so, and nothing is kept of them.",
                asked.name, asked.email
            );
            (what, "Reject")
        },
        approves: false,
    },
    samples: no_mail,
};
