//! An instant: UTC as it comes from the server, then the zone of the reader.
use leptos::prelude::*;
use policy::Timestamp;

/// `2026-11-21T04:31:07Z`, as machines read it.
#[cfg(feature = "ssr")]
fn iso(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.to_string())
}

/// `2026-11-21T04:31:07Z`, as machines read it.
#[cfg(not(feature = "ssr"))]
fn iso(at: Timestamp) -> String {
    let date = date(at);
    if date.get_time().is_nan() { String::new() } else { String::from(date.to_iso_string()) }
}

/// `2026-11-21 04:31 UTC`
fn utc(iso: &str) -> String {
    match (iso.get(..10), iso.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => "unknown".to_owned(),
    }
}

fn date(at: Timestamp) -> js_sys::Date {
    #[expect(clippy::cast_precision_loss, reason = "a date of JavaScript is a float of milliseconds")]
    js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64))
}

/// `21 Nov 2026, 05:31` in the zone of the reader.
fn local(date: &js_sys::Date) -> String {
    let style = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        drop(js_sys::Reflect::set(&style, &name.into(), &value.into()));
    }
    String::from(date.to_locale_string("en-GB", &style))
}

/// Tells an instant that stands in the page in the zone of the reader.
#[cfg(feature = "hydrate")]
pub fn enhance(part: &web_sys::Element) {
    if let Some(iso) = part.get_attribute("datetime").filter(|iso| !iso.is_empty()) {
        part.set_text_content(Some(&local(&js_sys::Date::new(&iso.into()))));
    }
}

/// The same as [`Time`], as text: UTC, until [`enhance`] tells it in the zone of the reader.
pub fn html(at: Timestamp) -> String {
    let iso = iso(at);
    let title = utc(&iso);
    ["<time datetime=\"", &iso, "\" title=\"", &title, "\">", &title, "</time>"].concat()
}

/// Shows an instant in the zone of the reader, with the UTC instant on hover.
#[component]
pub fn Time(at: Timestamp) -> impl IntoView {
    let iso = iso(at);
    let title = utc(&iso);
    let shown = RwSignal::new(title.clone());
    Effect::new(move |_| shown.set(local(&date(at))));
    view! { <time datetime=iso title=title>{shown}</time> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_utc_to_the_minute() {
        assert_eq!(utc(&iso(Timestamp(0))), "1970-01-01 00:00 UTC");
        assert_eq!(utc(&iso(Timestamp(1_795_235_467_000))), "2026-11-21 04:31 UTC");
    }

    #[test]
    fn an_instant_beyond_the_calendar_is_not_guessed() {
        assert_eq!(utc(&iso(Timestamp(i64::MAX))), "unknown");
    }
}
