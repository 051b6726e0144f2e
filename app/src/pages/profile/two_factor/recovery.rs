//! Recovery codes: shown once, counted afterwards.
use super::{Next, Shared};
use crate::components::copy::Copy;
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
                <Next />
                <button class="button small">"Make new codes"</button>
                <p class="soft">"The codes you have now stop working."</p>
            </form>
        </section>
    }
}

/// A file that the browser can save by itself: codes are letters, digits and hyphens, which stand
/// for themselves in an address.
fn as_file(codes: &[String]) -> String {
    format!("data:text/plain;charset=utf-8,{}%0A", codes.join("%0A"))
}

/// Shows fresh codes, this once.
#[component]
pub fn FreshCodes() -> impl IntoView {
    let shared = expect_context::<Shared>();
    let codes = shared.fresh.get_untracked();
    let next = shared.next.get_value().unwrap_or_else(|| "/profile/two-factor".to_owned());
    view! {
        <section class="card part" aria-labelledby="fresh">
            <h2 id="fresh">"Keep your recovery codes"</h2>
            <p>"They are shown this once. Keep them where you keep what matters, and not on the device that makes your codes."</p>
            <ul class="codes" data-testid="recovery-codes">
                {codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> }).collect_view()}
            </ul>
            <div class="acts">
                <Copy text=codes.join("\n") label="Copy" />
                <a class="button" href=as_file(&codes) download="bailey-recovery-codes.txt">"Download"</a>
                <button type="button" class="button when-awake" on:click=|_| drop(window().print())>"Print"</button>
                <a class="button main" href=next rel="external">"Continue"</a>
            </div>
        </section>
    }
}
