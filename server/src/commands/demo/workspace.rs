//! What the made-up people write: ideas in every state, conversations, and assessments of which half is done.
use super::{
    cast::{ADA, CAST, KATHERINE, MARGARET, Person},
    stage::Stage,
};
use crate::failure::Failure;
use domain::{
    CommunityId, IdeaId,
    assessments::NewAssessment,
    conversations::NewConversation,
    ideas::{IdeaDecision, NewIdea, Reaction},
};
use policy::{Area, decide::idea::IdeaState, time::Span};
use std::collections::BTreeMap;

/// An idea: who writes it, what it is called, what it says, and what becomes of it.
type Script = (usize, &'static str, &'static str, IdeaState);

/// Ideas of the first community, whose people are every second one.
const IDEAS: [Script; 7] = [
    (
        6,
        "Dark mode for the whole site",
        "My eyes, at night.\nThe browser says what somebody prefers.",
        IdeaState::Approved,
    ),
    (8, "Keyboard shortcuts on every list", "j and k, as everybody knows them.", IdeaState::Approved),
    (10, "A weekly summary by mail", "What was decided, in ten lines.", IdeaState::Approved),
    (12, "Undo for everything", "A minute is enough.", IdeaState::Approved),
    (14, "Let us vote on the name of the next version", "I am for Hypatia.", IdeaState::Rejected),
    (16, "Search that forgives typing errors", "Nobody types Dijkstra right at once.", IdeaState::Pending),
    (18, "Less mail on Mondays", "Not finished yet.", IdeaState::Draft),
];

/// What people say about an approved idea, in turn.
const COMMENTS: [&str; 4] = [
    "I would use this every day.",
    "Who builds it? I can help on Thursdays.",
    "We had this at my last place, and people liked it.",
    "Small, but it adds up.",
];

/// Lets people write ideas, decide and talk about them.
pub(super) async fn write_ideas(stage: &Stage) -> Result<(), Failure> {
    let community = community(stage).await?;
    for (nth, (author, title, body, state)) in IDEAS.into_iter().enumerate() {
        let caller = stage.caller(CAST[author], Area::Member).await?;
        let draft = state == IdeaState::Draft;
        let new = NewIdea { community: community.as_str(), title, body, draft };
        let (id, _) = stage.bailey.ideas().post(&caller, new).await?;
        let decision = match state {
            IdeaState::Draft | IdeaState::Pending => continue,
            IdeaState::Approved => IdeaDecision::Approved,
            IdeaState::Rejected => IdeaDecision::Rejected("It has a name already. Tell us of the one after next."),
        };
        let moderator = stage.caller(MARGARET, Area::Member).await?;
        stage.bailey.ideas().decide(&moderator, &id, decision).await?;
        if state == IdeaState::Approved {
            discuss(stage, &id, nth).await?;
        }
        stage.until(stage.bailey.now() + Span::minutes(20)).await?;
    }
    Ok(())
}

/// Lets some people say what they think of an idea, and vote for it.
async fn discuss(stage: &Stage, idea: &IdeaId, nth: usize) -> Result<(), Failure> {
    for (who, words) in COMMENTS.iter().enumerate().take(1 + nth) {
        let caller = stage.caller(CAST[20 + 2 * who], Area::Member).await?;
        stage.bailey.ideas().comment(&caller, idea, words).await?;
        stage.bailey.ideas().react(&caller, idea, Reaction::Vote).await?;
    }
    Ok(())
}

/// Lets two pairs of people write to each other.
pub(super) async fn talk(stage: &Stage) -> Result<(), Failure> {
    let community = community(stage).await?;
    let talks: [(Person, Person, &str, [&str; 3]); 2] = [
        (
            KATHERINE,
            ADA,
            "Review of the dark mode",
            ["Shall we look at it together?", "Tomorrow after lunch?", "Good. I bring the list."],
        ),
        (CAST[6], CAST[8], "Shortcuts", ["Which keys do you want?", "j and k, and a question mark.", "Noted."]),
    ];
    for (one, other, subject, lines) in talks {
        let [first, rest @ ..] = lines;
        let caller = stage.caller(one, Area::Member).await?;
        let to = other.email();
        let new = NewConversation { community: community.as_str(), to: &to, subject, body: first };
        let id = stage.bailey.conversations().start(&caller, new).await?;
        for (line, person) in rest.into_iter().zip([other, one]) {
            let caller = stage.caller(person, Area::Member).await?;
            stage.bailey.conversations().reply(&caller, &id, line, 9).await?;
        }
    }
    Ok(())
}

/// Asks for a rank assessment and for a review of the approved ideas; half of those asked answer.
pub(super) async fn assess(stage: &Stage) -> Result<(), Failure> {
    let community = community(stage).await?;
    let maker = stage.caller(KATHERINE, Area::Member).await?;
    let proposal = stage.bailey.assessments().proposal(&maker, &community).await?;
    let ideas: Vec<String> = proposal.ideas.into_iter().map(|(id, _)| id.to_string()).take(3).collect();
    let asked = [CAST[6], CAST[8], CAST[10], CAST[12]];
    let assessors = asked.map(Person::email).join(", ");
    for (kind, title, criteria, grades) in [
        ("rank", "What we build next", "Use\nCost\nJoy", ["5", "3", "4"]),
        ("review-scale", "Review of spring", "", ["high", "medium", "low"]),
    ] {
        let new = NewAssessment { kind, title, criteria, ideas: &ideas, assessors: &assessors, closes: "" };
        let id = stage.bailey.assessments().make(&maker, &community, new).await?;
        for (nth, person) in asked.into_iter().enumerate().take(2) {
            let caller = stage.caller(person, Area::Member).await?;
            let mut answers = BTreeMap::new();
            for idea in 1..=ideas.len() {
                for (criterion, _) in grades.iter().enumerate() {
                    let grade = grades[(idea + criterion + nth) % grades.len()];
                    answers.insert(format!("grade-{idea}-{}", criterion + 1), grade.to_owned());
                }
            }
            stage.bailey.assessments().fill_in(&caller, &id, &answers, "", true).await?;
        }
    }
    Ok(())
}

/// The community in which everybody writes.
async fn community(stage: &Stage) -> Result<CommunityId, Failure> {
    let ada = stage.caller(ADA, Area::Member).await?;
    let mine = stage.bailey.communities().mine(&ada).await?;
    let product = mine.into_iter().find(|community| community.name == super::cast::COMMUNITIES[0].0);
    Ok(product.ok_or(domain::Error::NotFound)?.id)
}
