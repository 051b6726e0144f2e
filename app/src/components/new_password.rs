//! The field of a new password, and the list of what it has to be, which follows what one types by the code that
//! judges it on the server.
use super::password::Password;
use crate::page::page_state::Judge;
use leptos::{html, prelude::*};

/// Shows the field and the list.
#[component]
pub fn NewPassword(
    /// What it is judged by.
    judge: Judge,
    /// The words beside the field.
    error: Option<String>,
    /// The visible label.
    #[prop(default = "New password")]
    label: &'static str,
) -> impl IntoView {
    let part = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            enhance(&part);
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
            <Password label autocomplete="new-password" error />
            <ul class="wanted" aria-label="What it has to be">{list}</ul>
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
const fn enhance(_: &web_sys::Element) {}

#[cfg(feature = "hydrate")]
pub use live::enhance;

#[cfg(feature = "hydrate")]
mod live {
    use crate::components::browser::{find, on};
    use policy::{
        decide::password::{Findings, Owner, Requirement, requirements},
        value::{PasswordPolicy, Value},
    };
    use std::{cell::OnceCell, rc::Rc};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{Element, HtmlInputElement, MessageEvent, Worker};

    /// The worker that says how soon a password would be guessed, and whether it is on the blocklist; it stands in
    /// `public/`, as its module does.
    const WORKER: &str = "/strength-worker.js";

    /// A field of a new password, and what it is judged by.
    struct Field {
        part: Element,
        input: HtmlInputElement,
        policy: String,
    }

    /// Lets the list follow what is typed.
    pub fn enhance(part: &Element) {
        let Some(input) = find::<HtmlInputElement>(part, "input") else { return };
        let policy = part.get_attribute("data-policy").unwrap_or_default();
        let field = Rc::new(Field { part: part.clone(), input: input.clone(), policy });
        let worker = Rc::new(OnceCell::new());
        // Whether it is on the blocklist is asked once it is typed, as the field is left.
        for (event, left) in [("input", false), ("change", true)] {
            let (field, worker) = (Rc::clone(&field), Rc::clone(&worker));
            on(&input, event, move |_| {
                let typed = field.typed();
                if let Some(worker) = worker.get_or_init(|| start(&field)) {
                    let (name, email) = field.owner();
                    let texts = [&typed, &name, &email].map(|text| JsValue::from_str(text));
                    let question: js_sys::Array = texts.into_iter().chain([JsValue::from_bool(left)]).collect();
                    drop(worker.post_message(&question));
                }
                if !left {
                    field.follow(&typed, Findings::default());
                }
            });
        }
    }

    impl Field {
        /// What stands in it, in its normal form (NFC).
        fn typed(&self) -> String {
            String::from(js_sys::JsString::from(self.input.value()).normalize("NFC"))
        }

        /// The owner's name and address: what stands in the same form, where it asks for them.
        fn owner(&self) -> (String, String) {
            let form = self.part.closest("form").ok().flatten();
            let fact =
                |field: &str, fact: &str| match form.as_ref().and_then(|form| find::<HtmlInputElement>(form, field)) {
                    Some(typed) => typed.value(),
                    None => self.part.get_attribute(fact).unwrap_or_default(),
                };
            (fact("[name=name]", "data-name"), fact("[name=email]", "data-email"))
        }

        /// Judges what was typed, and shows the verdict.
        fn follow(&self, typed: &str, findings: Findings) {
            let (name, email) = self.owner();
            let policy = PasswordPolicy::parse(&self.policy, None).unwrap_or(PasswordPolicy::Standard);
            self.show(&requirements(policy, typed, Owner { name: &name, email: &email }, findings));
        }

        /// Marks each line of the list.
        fn show(&self, wanted: &[Requirement]) {
            let Ok(lines) = self.part.query_selector_all(".wanted > li") else { return };
            let empty = self.input.value().is_empty();
            for (at, wanted) in (0..lines.length()).zip(wanted) {
                let Some(line) = lines.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
                let (mark, said) = match wanted.met {
                    Some(true) => ("✓", "Done: "),
                    Some(false) if !empty => ("✗", "Missing: "),
                    _ => ("·", ""),
                };
                drop(line.class_list().toggle_with_force("met", wanted.met == Some(true)));
                for (selector, text) in [("[aria-hidden]", mark), (".unseen", said)] {
                    if let Some(place) = find::<Element>(&line, selector) {
                        place.set_text_content(Some(text));
                    }
                }
            }
        }
    }

    /// Starts the worker; its answers count while they are about what stands in the field.
    fn start(field: &Rc<Field>) -> Option<Worker> {
        let worker = Worker::new(WORKER).ok()?;
        let field = Rc::clone(field);
        let answered = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let answer = js_sys::Array::from(&event.data());
            let typed = field.typed();
            if answer.get(0).as_string().as_deref() == Some(typed.as_str()) {
                field.follow(&typed, Findings { guesses: answer.get(1).as_f64(), blocked: answer.get(2).as_bool() });
            }
        });
        worker.set_onmessage(Some(answered.into_js_value().unchecked_ref()));
        Some(worker)
    }
}
