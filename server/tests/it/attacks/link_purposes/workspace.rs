//! How links about ideas, conversations, assessments and reports are made.
use super::{
    rows::{Made, link},
    world::{MODERATOR, World},
};
use policy::Role;

/// Has somebody join the community of the ideas.
async fn joins_community(world: &mut World, email: &str) {
    let members = format!("/admin/settings/communities/{}/members", world.community);
    world.boss_posts(&members, &[("email", email)]).await;
}

pub async fn idea_decision(world: &mut World, email: String, nth: usize, leads_to: &str) -> Made {
    let mut author = world.server.signed_in(&email, Role::Member).await;
    joins_community(world, &email).await;
    let title = format!("Plants, says {email}");
    let fields = [("community", world.community.as_str()), ("title", title.as_str()), ("body", "Green.")];
    assert_eq!(author.post("/ideas", &fields).await.status, 303);
    let path = world.mailed(MODERATOR, &title, nth).await;
    Made { fields: vec![("reason", "Not now.")], ..link(email, path, leads_to) }
}

pub async fn resource_download(world: &mut World, email: String) -> Made {
    let mut admin = world.server.signed_in(&email, Role::Admin).await;
    assert_eq!(admin.post("/admin/reports", &[("kind", "members")]).await.status, 303);
    assert_eq!(world.server.bailey.reports().make_due().await.expect("the database answers"), 1);
    let path = world.mailed(&email, "is ready", 0).await;
    let leads_to = admin.get("/admin/reports").await.page().attribute("a[href$='/download']", "href");
    link(email, path, &leads_to)
}

pub async fn conversation_view(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    joins_community(world, &email).await;
    let fields =
        [("community", world.community.as_str()), ("to", email.as_str()), ("subject", "Plants"), ("body", "Shall we?")];
    let started = world.boss.post("/conversations", &fields).await;
    let leads_to = format!("{}#message-1", started.location().split('?').next().expect("a path"));
    let path = world.mailed(&email, "Shall we?", 0).await;
    link(email, path, &leads_to)
}

/// The page of an idea that the boss has posted.
async fn idea(world: &mut World) -> String {
    let fields = [("community", world.community.as_str()), ("title", "Plants in the stairwell"), ("body", "Green.")];
    let idea = world.boss.post("/ideas", &fields).await;
    idea.location().split('?').next().expect("a path").to_owned()
}

pub async fn assessment(world: &mut World, email: String, kind: &str) -> Made {
    world.server.member(&email, Role::Member).await;
    joins_community(world, &email).await;
    let idea = idea(world).await.replace("/ideas/", "idea-");
    let fields = [
        ("kind", kind),
        ("title", "Spring"),
        ("criteria", "Cost"),
        ("assessors", email.as_str()),
        (idea.as_str(), "true"),
    ];
    let made = world.boss.post(&format!("/assessments/new/{}", world.community), &fields).await;
    let leads_to = made.location().split('?').next().expect("a path").to_owned();
    let path = world.mailed(&email, "Spring", 0).await;
    link(email, path, &leads_to)
}

pub async fn idea_view(world: &mut World, email: String) -> Made {
    world.server.member(&email, Role::Member).await;
    joins_community(world, &email).await;
    let idea = idea(world).await;
    world.boss_posts(&format!("{idea}/share"), &[("email", &email)]).await;
    let path = world.mailed(&email, "shared the idea", 0).await;
    link(email, path, &idea)
}

/// Approves the idea of whom a link was made about.
pub async fn decide_idea(world: &mut World, made: &Made) {
    let ideas = world.server.sql_column("SELECT title || '/' || id FROM ideas").await;
    let idea = ideas.iter().find(|idea| idea.contains(&made.email)).expect("it is there");
    let (_, id) = idea.rsplit_once('/').expect("a title and an identifier");
    world.boss_posts(&format!("/ideas/{id}/approve"), &[]).await;
}
