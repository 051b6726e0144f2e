//! Whose password a form asks for. Password managers read it where the form has no field of the address itself, and
//! would else save the password under another account.
use leptos::prelude::*;

/// A field that only password managers see.
#[component]
pub fn AccountName(
    /// The address of the account.
    email: String,
) -> impl IntoView {
    // Not `type="hidden"`, which no password manager reads.
    view! { <input type="text" name="username" autocomplete="username" value=email hidden /> }
}
