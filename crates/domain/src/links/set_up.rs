//! The link of the first start, printed at the console: `/set-up` asks for its token.
use super::behaviour::{Behaviour, Opens, no_mail};

pub(super) const BEHAVIOUR: Behaviour = Behaviour { opens: Opens::Elsewhere, samples: no_mail };
