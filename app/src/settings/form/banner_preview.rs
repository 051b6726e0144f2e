//! The banner as the authentication pages will show it.
use crate::{api::settings::render_banner, settings::draft::FieldState};
use leptos::prelude::*;

/// Shows the banner when it is asked for.
#[component]
pub fn BannerPreview(field: FieldState) -> impl IntoView {
    let shown = RwSignal::new(String::new());
    // What is shown is what was typed when it was asked for.
    Effect::watch(move || field.raw.track(), move |(), _, _| shown.set(String::new()), false);
    let show = move |_| {
        leptos::task::spawn_local(async move {
            let text = field.raw.get_untracked();
            shown.set(match render_banner(text).await {
                Ok(html) if html.is_empty() => "<p>No banner is shown.</p>".to_owned(),
                Ok(html) => html,
                Err(_) => "<p>The preview could not be made just now. Try again.</p>".to_owned(),
            });
        });
    };
    view! {
        <div class="needs-script banner-preview">
            <button type="button" class="link" on:click=show>"Preview"</button>
            <div class="gate-banner" role="status" inner_html=shown></div>
        </div>
    }
}
