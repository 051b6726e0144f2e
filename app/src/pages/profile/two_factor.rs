//! stub
use crate::components::{frame::Frame, header::Place};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Debug)]
pub struct TwoFactor;

#[lazy_route]
impl LazyRoute for TwoFactor {
    fn data() -> Self { Self }
    fn view(_this: Self) -> AnyView {
        view! { <Frame title="TwoFactor" here=Place::Home><p>"x"</p></Frame> }.into_any()
    }
}
