//! What becomes of a page that can't be hydrated, mostly since an extension of the browser or a translator has changed it
//! first: it stays the page that the server sent, whose links and forms work without a script.
use crate::FAULT_REPORT;
use leptos::prelude::{document, window};
use std::panic;

/// Makes a panic leave a plain page, and reports it, once.
pub fn on_panic() {
    panic::set_hook(Box::new(|fault| {
        console_error_panic_hook::hook(fault);
        let Some(root) = document().document_element().filter(|root| !root.has_attribute("data-plain")) else { return };
        drop(root.set_attribute("data-plain", ""));
        drop(root.remove_attribute("data-hydrated"));
        let fault = fault.to_string().chars().take(1_000).collect::<String>();
        let at = window().location().pathname().unwrap_or_default();
        drop(window().navigator().send_beacon_with_opt_str(FAULT_REPORT, Some(&format!("{at}: {fault}"))));
    }));
}
