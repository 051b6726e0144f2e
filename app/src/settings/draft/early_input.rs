//! What somebody typed or chose before the page was hydrated: it counts like anything typed later.
use crate::{api::settings::NEVER, components::input};
use leptos::prelude::document;

/// What stands in the field of a setting; `None` while that is what the server has put there.
pub fn before_hydration(key: &str) -> Option<String> {
    let changed = |id: &str| document().get_element_by_id(id).and_then(|field| input::changed(&field));
    // The box beside a number says that it is 0, or that it is to be another number.
    let in_the_box =
        || changed(&format!("{key}{NEVER}")).map(|never| if never == "true" { "0" } else { "" }.to_owned());
    changed(key).or_else(in_the_box)
}
