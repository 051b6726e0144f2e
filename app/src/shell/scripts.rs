//! The inline scripts of a page. The nonce stands in the attribute of its name and nowhere else.
use super::Assets;
use leptos::{config::LeptosOptions, hydration::AutoReload, nonce::use_nonce, prelude::*};

/// Starts the application in the browser, where that can run it; every page works without.
#[component]
pub fn Hydrate(assets: Assets, reload: LeptosOptions) -> impl IntoView {
    // A page that could not be hydrated is a plain one: nothing of the application hears of what happens on it.
    const PLAIN: &str = "for(let e of['click','submit','input','change','keydown','focusin','focusout','popstate','beforeunload'])\
        addEventListener(e,e=>{if('plain'in document.documentElement.dataset)e.stopImmediatePropagation()},true)";
    let start = format!(
        "if(typeof WebAssembly=='object')import({:?}).then(m=>m.default({{module_or_path:{:?}}}).then(()=>m.hydrate()))",
        assets.module, assets.wasm
    );
    view! {
        <AutoReload options=reload />
        <link rel="modulepreload" href=assets.module />
        <link rel="preload" href=assets.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script nonce=use_nonce()>{PLAIN}</script>
        <script type="module" nonce=use_nonce()>{start}</script>
    }
}

/// Applies the theme that this browser has chosen before anything is painted.
#[component]
pub fn Theme() -> impl IntoView {
    const APPLY: &str =
        "try{let t=localStorage.getItem('bailey-theme');if(t)document.documentElement.dataset.theme=t}catch{}";
    view! { <script nonce=use_nonce()>{APPLY}</script> }
}
