//! What HTTP means in Bailey, for the pages and for the server: cookies, the context of a request, the status of an
//! error, and paths of this site.

#[cfg(feature = "ssr")]
mod cookies;
mod local_path;
#[cfg(feature = "ssr")]
mod problem;
#[cfg(feature = "ssr")]
mod public_error;
#[cfg(feature = "ssr")]
mod request_context;

#[cfg(feature = "ssr")]
pub use cookies::Cookies;
pub use local_path::local_path;
#[cfg(feature = "ssr")]
pub use problem::Problem;
#[cfg(feature = "ssr")]
pub use public_error::{PublicError, UNREADABLE, explain, status_of};
#[cfg(feature = "ssr")]
pub use request_context::RequestContext;
