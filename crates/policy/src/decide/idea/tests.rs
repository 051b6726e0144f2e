use super::{IdeaAct as Act, IdeaState as State, *};

const AUTHOR: Involvement = Involvement { is_author: true, belongs: true, moderates: false };
const MEMBER: Involvement = Involvement { is_author: false, belongs: true, moderates: false };
const MODERATOR: Involvement = Involvement { is_author: false, belongs: false, moderates: true };
const STRANGER: Involvement = Involvement { is_author: false, belongs: false, moderates: false };
const LEFT: Involvement = Involvement { is_author: true, belongs: false, moderates: false };
const BOTH: Involvement = Involvement { is_author: true, belongs: true, moderates: true };

/// Who sees an idea: in each state, in the order of [`State::ALL`].
const SEEN: [(&str, Involvement, [bool; 4]); 6] = [
    ("its author", AUTHOR, [true, true, true, true]),
    ("another member of the community", MEMBER, [false, false, true, false]),
    ("a moderator", MODERATOR, [false, true, true, true]),
    ("a member of another community", STRANGER, [false, false, false, false]),
    ("an author who has left the community", LEFT, [false, false, false, false]),
    ("an author who moderates", BOTH, [true, true, true, true]),
];

#[test]
fn a_draft_is_its_authors_what_waits_is_for_moderators_and_what_was_approved_for_the_community() {
    for (who, involved, seen) in SEEN {
        for (state, seen) in State::ALL.iter().zip(seen) {
            assert_eq!(may_see(*state, involved), seen, "{who}: {state:?}");
        }
    }
}

/// In which states each act is done: by whoever may, in the order of [`State::ALL`].
const DONE: [(Act, [bool; 4]); 7] = [
    (Act::Edit, [true, false, false, true]),
    (Act::Submit, [true, false, false, true]),
    (Act::Decide, [false, true, false, false]),
    (Act::Comment, [false, false, true, false]),
    (Act::Vote, [false, false, true, false]),
    (Act::Follow, [false, false, true, false]),
    (Act::Share, [false, false, true, false]),
];

#[test]
fn each_act_has_its_states_and_the_refusal_names_the_one_that_is() {
    assert_eq!(DONE.map(|(act, _)| act).as_slice(), Act::VARIANTS);
    for (act, done) in DONE {
        for (state, done) in State::ALL.iter().zip(done) {
            let expected = if done { Ok(()) } else { Err(Refusal::IdeaNotOpen { state: *state }) };
            assert_eq!(may(act, *state, BOTH), expected, "{act:?} {state:?}");
        }
    }
}

#[test]
fn only_its_author_changes_an_idea_and_only_moderators_decide_about_it() {
    for state in State::ALL {
        for act in [Act::Edit, Act::Submit] {
            assert_eq!(may(act, *state, MEMBER), Err(Refusal::NotYourIdea), "{act:?} {state:?}");
            assert_eq!(may(act, *state, MODERATOR), Err(Refusal::NotYourIdea), "{act:?} {state:?}");
        }
        for involved in [AUTHOR, MEMBER] {
            assert_eq!(may(Act::Decide, *state, involved), Err(Refusal::ModeratorRequired), "{state:?}");
        }
    }
    assert_eq!(may(Act::Decide, State::Pending, MODERATOR), Ok(()));
    assert_eq!(may(Act::Comment, State::Approved, MEMBER), Ok(()));
}

#[test]
fn what_a_moderator_posts_needs_nobody() {
    assert_eq!([true, false].map(after_submission), [State::Approved, State::Pending]);
}

#[test]
fn a_state_is_found_by_the_name_under_which_it_is_stored() {
    for state in State::ALL {
        assert_eq!(state.name().parse(), Ok(*state));
        assert_eq!(serde_json::to_value(state).expect("a name"), state.name());
    }
    assert!("gone".parse::<State>().is_err());
}
