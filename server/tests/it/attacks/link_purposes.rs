//! Every purpose that a link can have, by one table: how long it works and under which settings, how often, for whom, and
//! that what it is about is judged again when its button is pressed. A new purpose needs a row in `rows.rs`.
mod rows;
mod workspace;
mod world;

use crate::support::{Answer, Browser};
use axum::http::Method;
use policy::{
    LinkPurpose, SettingKey, Timestamp,
    link_purpose::{Lifetime, LimitedBy},
    time::Span,
};
use rows::{Made, Pressed, Row, row};
use std::collections::BTreeSet;
use store::{on_both, testing::TestDatabase};
use world::World;

/// A link of each purpose, all made at once.
async fn every_link(db: TestDatabase) -> (World, Vec<(LinkPurpose, Row, Made)>) {
    let mut world = World::start(db).await;
    let mut links = Vec::new();
    for purpose in LinkPurpose::ALL {
        let Some(row) = row(*purpose) else { continue };
        let made = (row.make)(&mut world, format!("{}@example.org", purpose.name())).await;
        links.push((*purpose, row, made));
    }
    world.server.mail().await;
    (world, links)
}

/// The settings that limit a purpose, and the least that each takes beside the value of a world: less than ten minutes.
fn limits(purpose: LinkPurpose) -> Vec<(SettingKey, &'static str)> {
    let of_links = |limits: &[LimitedBy]| limits.iter().map(|(key, _)| (*key, "9")).collect::<Vec<_>>();
    match purpose.lifetime() {
        Lifetime::Fixed(_) => Vec::new(),
        Lifetime::Limited(keys) => of_links(keys),
        Lifetime::LikeEmailedCode(keys) => {
            [of_links(keys), vec![(SettingKey::TWO_FACTOR_EMAIL_CODE_LIFETIME, "540")]].concat()
        }
    }
}

/// When a link lapses that was made at an instant, under the settings of a world.
fn lapses(purpose: LinkPurpose, made: Timestamp) -> Timestamp {
    match purpose.lifetime() {
        Lifetime::Fixed(span) => made + span,
        Lifetime::Limited(_) | Lifetime::LikeEmailedCode(_) => made + Span::minutes(20),
    }
}

async fn look(world: &World, made: &Made) -> Answer {
    browser(world, made).get(&made.path).await
}

async fn press(world: &World, made: &Made) -> Answer {
    press_in(&mut browser(world, made), made).await
}

/// Presses it in a browser; no two presses are one form that was sent twice.
async fn press_in(browser: &mut Browser, made: &Made) -> Answer {
    let page = domain::Token::new().expect("there is randomness");
    let fields = [&made.fields[..], &[("page", page.expose())]].concat();
    browser.post(&made.path, &fields).await
}

/// The browser in which it is opened, anew.
fn browser(world: &World, made: &Made) -> Browser {
    made.browser.as_ref().map_or_else(|| world.server.browser(), Browser::clone_of)
}

on_both! {
    /// Fails when looking at a link changes anything, however often and by whichever method.
    async fn looking_changes_nothing_however_often(db: TestDatabase) {
        let (world, links) = every_link(db).await;
        let before = world.state().await;
        for (purpose, _, made) in &links {
            for n in 0..50 {
                let method = if n < 2 { Method::GET } else { Method::HEAD };
                let answer = browser(&world, made).send(method, &made.path, None).await;
                assert_eq!(answer.status, 200, "{purpose:?}: {}", answer.text());
            }
        }
        assert_eq!(world.state().await, before);
    }

    /// Fails when a button does not do what the link is for, or does it once more although the link works once.
    async fn its_button_works_and_as_often_as_it_should(db: TestDatabase) {
        let (world, links) = every_link(db).await;
        for (purpose, row, made) in &links {
            let first = press(&world, made).await;
            assert_eq!(first.location(), made.leads_to, "{purpose:?}: {}", first.text());
            let again = press(&world, made).await;
            match row.pressed {
                Pressed::Once => assert_eq!(again.status, 410, "{purpose:?}: once more"),
                Pressed::Leads => assert_eq!(again.location(), made.leads_to, "{purpose:?}: as often as it is opened"),
            }
        }
    }

    /// Fails when `Links::find_live` no longer asks `link::works`.
    async fn it_lapses_by_its_own_time_to_the_second(db: TestDatabase) {
        let (world, links) = every_link(db).await;
        let at = |purpose: &LinkPurpose| lapses(*purpose, world.made_at);
        let ends: BTreeSet<i64> = links.iter().map(|(purpose, ..)| at(purpose).0).collect();
        for end in ends {
            let lapsing: Vec<_> = links.iter().filter(|(purpose, ..)| at(purpose).0 == end).collect();
            world.server.clock.advance((Timestamp(end) - Span::seconds(1)).since(world.server.clock.now()));
            for (purpose, _, made) in &lapsing {
                let last = look(&world, made).await;
                assert_eq!(last.status, 200, "{purpose:?}: a second before {}", last.text());
            }
            world.server.clock.advance(Span::seconds(1));
            for (purpose, _, made) in &lapsing {
                for answer in [look(&world, made).await, press(&world, made).await] {
                    assert_eq!(answer.status, 410, "{purpose:?}: at its end");
                }
            }
        }
    }

    /// Fails when a limit that was tightened holds only for links that are made from then on, or a purpose names another
    /// setting than the one that limits it.
    async fn a_tightened_setting_acts_at_once_and_a_loosened_one_brings_back_nothing_that_had_lapsed(db: TestDatabase) {
        let (mut world, links) = every_link(db).await;
        world.server.clock.advance(Span::seconds(599));
        for (purpose, _, made) in &links {
            for (key, less) in limits(*purpose) {
                world.save(&[(key.as_str(), less)]).await;
                for answer in [look(&world, made).await, press(&world, made).await] {
                    assert_eq!(answer.status, 410, "{purpose:?}: {} at once", key.as_str());
                }
            }
        }
        world.save(&world::LOOSE).await;
        for (purpose, _, made) in &links {
            assert_eq!(look(&world, made).await.status, 200, "{purpose:?}: judged when it is used, and not used up");
        }
        world.server.clock.advance(Span::seconds(601));
        for (purpose, _, made) in links.iter().filter(|(purpose, ..)| !limits(*purpose).is_empty()) {
            for answer in [look(&world, made).await, press(&world, made).await] {
                assert_eq!(answer.status, 410, "{purpose:?}: it lapsed by what its mail had said");
            }
        }
    }

    /// Fails when a link does to whoever opens it what it is to do to somebody else.
    async fn opened_by_another_member_it_does_nothing_to_them(db: TestDatabase) {
        let (world, links) = every_link(db).await;
        for (purpose, row, made) in &links {
            let email = format!("other-{}@example.org", purpose.name());
            let mut other = world.server.signed_in(&email, policy::Role::Member).await;
            if let Some(held) = &made.browser {
                // What is bound to a browser stays there.
                for (name, value) in &held.cookies {
                    if row.bound_to_cookie == Some(name.as_str()) {
                        other.cookies.insert(name.clone(), value.clone());
                    }
                }
            }
            let before = world.server.member_row(&email).await;
            let answer = press_in(&mut other, made).await;
            if let Some(refused) = row.by_another {
                answer.assert_refused(refused);
            } else {
                // Whoever is signed in is led to their own start page.
                let wanted = made.leads_to.trim_start_matches("/sign-in");
                assert!(answer.location().ends_with(wanted), "{purpose:?}: {} {}", answer.location(), answer.text());
            }
            assert_eq!(world.server.member_row(&email).await, before, "{purpose:?}");
        }
    }

    /// Fails when a button does what its author may no longer do.
    async fn a_right_that_was_lost_is_missed_when_it_is_pressed(db: TestDatabase) {
        let (mut world, links) = every_link(db).await;
        for (purpose, row, made) in &links {
            let Some((spoil, code)) = row.right_lost else { continue };
            spoil(&mut world, made).await;
            let answer = press(&world, made).await;
            assert!((400..500).contains(&answer.status), "{purpose:?}: {}", answer.status);
            answer.assert_refused(code);
        }
    }

    /// Fails when a button does something about what has changed since the link was made.
    async fn what_it_is_about_is_judged_again_when_it_is_pressed(db: TestDatabase) {
        let (mut world, links) = every_link(db).await;
        for (purpose, row, made) in &links {
            let Some((spoil, code)) = row.subject_changed else { continue };
            spoil(&mut world, made).await;
            let answer = press(&world, made).await;
            assert!((400..500).contains(&answer.status), "{purpose:?}: {} {}", answer.status, answer.text());
            answer.assert_refused(code);
        }
    }
}

/// Fails when a purpose neither says what changes with its subject nor that it only leads somewhere.
#[test]
fn every_purpose_has_a_row_that_says_what_is_judged_again() {
    for purpose in LinkPurpose::ALL {
        let Some(row) = row(*purpose) else { continue };
        let is_judged = row.subject_changed.is_some() || row.right_lost.is_some();
        assert!(is_judged || matches!(row.pressed, Pressed::Leads), "{purpose:?}");
    }
}
