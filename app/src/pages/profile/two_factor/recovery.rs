//! Recovery codes: shown once, counted afterwards.
use super::{Next, Shared};
use crate::{
    components::{copy::Copy, page_id::PageId},
    page::page_context::page_context,
};
use leptos::prelude::*;

/// Shows how many codes are left, and makes new ones.
#[component]
pub fn CodesLeft(left: u32) -> impl IntoView {
    view! {
        <section class="card part" aria-labelledby="recovery">
            <h2 id="recovery">"Recovery codes"</h2>
            <p class="soft">"For the day your device is lost. Each code signs you in once, after your password."</p>
            <p>
                {match left {
                    0 => "No codes left.".to_owned(),
                    1 => "1 code left.".to_owned(),
                    left => format!("{left} codes left."),
                }}
            </p>
            <form method="post" action="/profile/two-factor/recovery-codes">
                <PageId />
                <Next />
                <button class="button small">"Make new codes"</button>
                <p class="soft">"When new ones are made, the codes that you have now stop working."</p>
            </form>
        </section>
    }
}

/// Writes a text so that it can stand in an address: all but what stands there for itself as `%41` (RFC 3986 §2.1).
fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(escape).collect()
}

/// A file that the browser can save by itself. It says whose codes it holds, since somebody finds it years later.
fn as_file(codes: &[String], email: &str, workspace: &str) -> String {
    let text = format!(
        "Recovery codes of {email}, for signing in to {workspace}.\nEach signs you in once, after your password.\n\n{}\n",
        codes.join("\n")
    );
    format!("data:text/plain;charset=utf-8,{}", escaped(&text))
}

/// Shows fresh codes, this once.
#[component]
pub fn FreshCodes() -> impl IntoView {
    let shared = expect_context::<Shared>();
    let codes = shared.fresh.get_untracked();
    let email = page_context().viewer.map(|viewer| viewer.email).unwrap_or_default();
    let workspace = page_context().workspace;
    let next = shared.next.get_value().unwrap_or_else(|| "/profile/two-factor".to_owned());
    view! {
        <section class="card part" aria-labelledby="fresh">
            <h2 id="fresh">"Keep your recovery codes"</h2>
            <p>"These are the codes of " <strong>{email.clone()}</strong> "."</p>
            <p>"They are shown this once. Keep them where you keep what matters, and not on the device that makes your codes."</p>
            <ul class="codes" data-testid="recovery-codes">
                {codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view()}
            </ul>
            <div class="acts">
                <Copy text=codes.join("\n") label="Copy" />
                <a class="button" href=as_file(&codes, &email, &workspace) download="bailey-recovery-codes.txt">"Download"</a>
                <button type="button" class="button needs-script" on:click=|_| drop(window().print())>"Print"</button>
                // The document still tells them to enrol, where they had to.
                <a class="button main" href=next rel="external">"Continue"</a>
            </div>
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn the_file_says_whose_codes_it_holds_whatever_their_address_is_made_of() {
        let file = as_file(&["abcd-efgh".to_owned(), "ijkl-mnop".to_owned()], "a+b#1%@example.org", "Büro & Co");
        assert!(
            file.starts_with("data:text/plain;charset=utf-8,Recovery%20codes%20of%20a%2Bb%231%25%40example.org%2C")
        );
        assert!(file.contains("B%C3%BCro%20%26%20Co") && file.ends_with("%0A%0Aabcd-efgh%0Aijkl-mnop%0A"), "{file}");
    }
}
