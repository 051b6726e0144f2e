//! The field of a new password, and the list of what it has to be, which follows what one types by the code that
//! judges it on the server.
use super::password::Password;
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};

/// What a new password is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Judge {
    /// The policy, as it is stored.
    pub policy: String,
    /// The owner's name.
    pub name: String,
    /// The owner's address.
    pub email: String,
    /// What the password has to be, in words.
    pub wanted: Vec<String>,
}

#[cfg(feature = "ssr")]
impl Judge {
    /// What a new password of somebody is judged by.
    pub fn new(policy: policy::value::PasswordPolicy, name: &str, email: &str) -> Self {
        use policy::decide::password::{Owner, requirements};
        let wanted = requirements(policy, "", Owner { name, email }, None);
        Self {
            policy: policy.as_str().to_owned(),
            name: name.to_owned(),
            email: email.to_owned(),
            wanted: wanted.into_iter().map(|wanted| wanted.words).collect(),
        }
    }
}

/// Shows the field and the list.
#[component]
pub fn NewPassword(
    /// What it is judged by.
    judge: Judge,
    /// The words beside the field.
    error: Option<String>,
) -> impl IntoView {
    let part = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            wake(&part);
        }
    });
    let Judge { policy, name, email, wanted } = judge;
    let list = wanted
        .into_iter()
        .map(|words| {
            view! {
                <li>
                    <span aria-hidden="true">"·"</span>
                    <span class="unseen"></span>
                    {words}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="new-password stack" data-policy=policy data-name=name data-email=email node_ref=part>
            <Password label="New password" autocomplete="new-password" error />
            <ul class="wanted" aria-label="What it has to be">{list}</ul>
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
const fn wake(_: &web_sys::Element) {}

#[cfg(feature = "hydrate")]
pub use awake::wake;

#[cfg(feature = "hydrate")]
mod awake {
    use policy::{
        decide::password::{Owner, Requirement, requirements},
        value::{PasswordPolicy, Value},
    };
    use std::{cell::RefCell, rc::Rc};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{Element, Event, HtmlInputElement, MessageEvent, Worker};

    /// The worker that says how soon a password would be guessed; kept in `public/`, as its module is.
    const WORKER: &str = "/strength-worker.js";

    /// Lets the list follow what is typed.
    pub fn wake(part: &Element) {
        let field =
            part.query_selector("input").ok().flatten().and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        let fact = |name: &str| part.get_attribute(name).unwrap_or_default();
        let (policy, name, email) = (fact("data-policy"), fact("data-name"), fact("data-email"));
        let worker: Rc<RefCell<Option<Worker>>> = Rc::default();
        let (part, typed_into) = (part.clone(), field.clone());
        let typed = Closure::<dyn FnMut(Event)>::new(move |_| {
            let typed = normal(&typed_into);
            let (policy, name, email) = (policy.clone(), name.clone(), email.clone());
            let mut worker = worker.borrow_mut();
            if worker.is_none() {
                *worker = start(&part, &typed_into, &policy, &name, &email);
            }
            if let Some(worker) = &*worker {
                let question: js_sys::Array =
                    [&typed, &name, &email].into_iter().map(|text| JsValue::from_str(text)).collect();
                drop(worker.post_message(&question));
            }
            let part = part.clone();
            wasm_bindgen_futures::spawn_local(
                async move { show(&part, &judged(policy, typed, name, email, None).await) },
            );
        });
        drop(field.add_event_listener_with_callback("input", typed.into_js_value().unchecked_ref()));
    }

    /// What stands in a field, in its normal form (NFC).
    fn normal(field: &HtmlInputElement) -> String {
        String::from(js_sys::JsString::from(field.value()).normalize("NFC"))
    }

    /// Starts the worker; its answers count while they are about what stands in the field.
    fn start(part: &Element, field: &HtmlInputElement, policy: &str, name: &str, email: &str) -> Option<Worker> {
        let worker = Worker::new(WORKER).ok()?;
        let (part, field) = (part.clone(), field.clone());
        let (policy, name, email) = (policy.to_owned(), name.to_owned(), email.to_owned());
        let answered = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer = js_sys::Array::from(&event.data());
            let typed = normal(&field);
            if answer.get(0).as_string().as_deref() != Some(typed.as_str()) {
                return;
            }
            let guesses = answer.get(1).as_f64();
            let (part, policy, name, email) = (part.clone(), policy.clone(), name.clone(), email.clone());
            wasm_bindgen_futures::spawn_local(async move {
                show(&part, &judged(policy, typed, name, email, guesses).await);
            });
        });
        worker.set_onmessage(Some(answered.into_js_value().unchecked_ref()));
        Some(worker)
    }

    late! {
        /// What the password has to be, and whether it is.
        fn judged(policy: String, typed: String, name: String, email: String, guesses: Option<f64>) -> Vec<Requirement> {
            let policy = PasswordPolicy::parse(&policy, None).unwrap_or(PasswordPolicy::Standard);
            requirements(policy, &typed, Owner { name: &name, email: &email }, guesses)
        }
    }

    /// Marks each line of the list.
    fn show(part: &Element, wanted: &[Requirement]) {
        let Ok(lines) = part.query_selector_all(".wanted > li") else { return };
        let empty =
            part.query_selector("input").ok().flatten().and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
        let empty = empty.is_none_or(|field| field.value().is_empty());
        for (at, wanted) in (0..lines.length()).zip(wanted) {
            let Some(line) = lines.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
            let (mark, said) = match wanted.met {
                Some(true) => ("✓", "Done: "),
                Some(false) if !empty => ("✗", "Missing: "),
                _ => ("·", ""),
            };
            drop(line.class_list().toggle_with_force("met", wanted.met == Some(true)));
            for (selector, text) in [("[aria-hidden]", mark), (".unseen", said)] {
                if let Ok(Some(place)) = line.query_selector(selector) {
                    place.set_text_content(Some(text));
                }
            }
        }
    }
}
