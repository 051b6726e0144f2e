//! The banner as the authentication pages will show it.
use crate::{api::settings::load_banner, components::markup::elements, error::ApiError, settings::draft::FieldState};
use leptos::prelude::*;
use policy::markup::Markup;

/// Shows the banner when it is asked for.
#[component]
pub fn BannerPreview(field: FieldState) -> impl IntoView {
    let shown = RwSignal::new(Vec::new());
    // What is shown is what was typed when it was asked for.
    Effect::watch(move || field.raw.track(), move |(), _, _| shown.set(Vec::new()), false);
    let show = move |_| {
        leptos::task::spawn_local(async move {
            shown.set(match load_banner(field.raw.get_untracked()).await {
                Ok(banner) if banner.is_empty() => sentence("No banner is shown."),
                Ok(banner) => banner,
                Err(ApiError::Invalid(_)) => {
                    sentence("The text can't be a banner as it is; the words beside the field say why.")
                }
                Err(_) => sentence("The preview could not be made just now. Try again."),
            });
        });
    };
    view! {
        <div class="needs-script banner-preview">
            <button type="button" class="link" on:click=show>"Preview"</button>
            <div class="gate-banner" role="status">{move || elements(shown.get())}</div>
        </div>
    }
}

fn sentence(words: &str) -> Vec<Markup> {
    vec![Markup::Paragraph(vec![Markup::Text(words.to_owned())])]
}
