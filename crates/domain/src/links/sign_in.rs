//! Signs in, in place of the password; a second factor is asked for all the same. Made at the console.
use super::behaviour::{Behaviour, LinkUsed, Opens, Press, no_mail};
use crate::Result;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts {
        offer: |member| {
            (format!("This link signs you in as {}, once, in place of your password.", member.email), "Sign in")
        },
        act: |press| Box::pin(act(press)),
    },
    samples: no_mail,
};

async fn act(Press { bailey, tx, member, client, .. }: Press<'_>) -> Result<LinkUsed> {
    let progress = bailey.sign_in().by_link(tx, &member, client).await?;
    Ok(LinkUsed::SignedIn(progress))
}
