//! The bell: what waits for whoever looks.
use crate::{
    api::waiting::WaitingView,
    components::{html::escaped, time},
    layout::{icon, links::badge},
};

/// How much waits, and what.
pub fn bell(waiting: &[WaitingView]) -> String {
    let count = waiting.len();
    let (words, list) = if count == 0 {
        let words = "Nothing waits for you".to_owned();
        let list = ["<p class=\"soft\">", &words, ".</p>"].concat();
        (words, list)
    } else {
        let lines: String = waiting.iter().map(line).collect();
        let list = ["<ul class=\"waiting\" aria-label=\"Waiting for you\">", &lines, "</ul>"].concat();
        (format!("Waiting for you: {count}"), list)
    };
    let badge = badge(i64::try_from(count).unwrap_or(i64::MAX));
    [
        "<details class=\"menu bell\"><summary class=\"tool\">",
        icon::BELL,
        "<span class=\"unseen\">",
        &words,
        "</span>",
        &badge,
        "</summary><div class=\"sheet\">",
        &list,
        "</div></details>",
    ]
    .concat()
}

/// One thing that waits, with the way to it.
fn line(waiting: &WaitingView) -> String {
    let until =
        waiting.until.as_ref().map(|(_, at)| ["<span class=\"soft\">by ", &time::html(*at), "</span>"].concat());
    let (page, words) = (escaped(&waiting.page), escaped(&waiting.words));
    ["<li><a href=\"", &page, "\">", &words, "</a>", &until.unwrap_or_default(), "</li>"].concat()
}
