//! stub
use crate::components::{frame::Frame, header::Place};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Debug)]
pub struct Security;

#[lazy_route]
impl LazyRoute for Security {
    fn data() -> Self { Self }
    fn view(_this: Self) -> AnyView {
        view! { <Frame title="Security" here=Place::Home><p>"x"</p></Frame> }.into_any()
    }
}
