//! stub
use crate::components::{frame::Frame, header::Place};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
#[derive(Debug)]
pub struct Overview;

#[lazy_route]
impl LazyRoute for Overview {
    fn data() -> Self { Self }
    fn view(_this: Self) -> AnyView {
        view! { <Frame title="Overview" here=Place::Home><p>"x"</p></Frame> }.into_any()
    }
}
