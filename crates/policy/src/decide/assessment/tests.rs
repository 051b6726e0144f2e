use super::*;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

#[test]
fn a_kind_is_found_by_the_name_under_which_it_is_stored() {
    for (kind, name) in AssessmentKind::ALL.iter().zip(["rank", "review-scale"]) {
        assert_eq!((kind.name(), name.parse()), (name, Ok(*kind)));
    }
    assert_eq!(AssessmentKind::ALL.len(), 2);
    assert!("".parse::<AssessmentKind>().is_err());
}

#[test]
fn each_kind_takes_its_own_answers_and_no_others() {
    for value in ["1", "2", "3", "4", "5"] {
        assert!(AssessmentKind::Rank.grade(value).is_some() && AssessmentKind::ReviewScale.grade(value).is_none());
    }
    for value in ["high", "medium", "low", "not-applicable"] {
        assert!(AssessmentKind::Rank.grade(value).is_none() && AssessmentKind::ReviewScale.grade(value).is_some());
    }
    for value in ["", "0", "6", "High", " 1"] {
        assert!(AssessmentKind::ALL.iter().all(|kind| kind.grade(value).is_none()), "{value:?}");
    }
}

#[test]
fn moderators_make_assessments_and_members_where_they_were_made_one() {
    assert!(!may_make(Role::Member, false));
    assert!(may_make(Role::Member, true) && may_make(Role::Moderator, false) && may_make(Role::SuperAdmin, false));
}

#[test]
fn an_assessment_is_over_once_it_is_closed_or_nobody_is_left_to_answer() {
    let over = |closes_at, waiting| is_over(Progress { closes_at, waiting }, NOW);
    assert!(!over(None, 1) && over(None, 0));
    assert!(!over(Some(NOW + Span::seconds(1)), 1) && over(Some(NOW), 1));
}

#[test]
fn nobody_changes_what_they_have_submitted_or_answers_what_is_closed() {
    assert_eq!(may_fill_in(false, None, NOW), Ok(()));
    assert_eq!(may_fill_in(false, Some(NOW + Span::seconds(1)), NOW), Ok(()));
    assert_eq!(may_fill_in(false, Some(NOW), NOW), Err(Refusal::AssessmentClosed));
    assert_eq!(may_fill_in(true, None, NOW), Err(Refusal::AssessmentSubmitted));
}

#[test]
fn it_is_complete_once_each_criterion_of_each_idea_is_answered() {
    let mut answers = BTreeMap::from([((1, 1), "5"), ((2, 2), "1")]);
    assert_eq!(unanswered(&[1, 2], &[1, 2], &answers), [(1, 2), (2, 1)]);
    answers.extend([((1, 2), "3"), ((2, 1), "3")]);
    assert_eq!(unanswered(&[1, 2], &[1, 2], &answers), []);
}

/// Fails when an assessor sees what others have answered before they can't answer any more.
#[test]
fn an_assessor_sees_what_came_of_it_once_it_is_over() {
    assert!(!sees_results(false, true, false) && sees_results(false, true, true));
    assert!(sees_results(true, false, false) && !sees_results(false, false, true));
}

#[test]
fn an_assessor_is_left_in_peace_for_a_week_and_for_a_day_where_a_moderator_asks() {
    for pause in [REMINDED_EVERY, REMINDED_AGAIN] {
        assert!(!may_remind(NOW, pause, NOW + pause - Span::seconds(1)));
        assert!(may_remind(NOW, pause, NOW + pause));
    }
    assert!(may_remind(NOW + Span::days(1), REMINDED_EVERY, NOW), "a clock was set back");
}

#[test]
fn an_average_is_rounded_and_leaves_out_what_does_not_apply() {
    let of = |kind, answers: &[(&str, i64)]| {
        let found = summary(kind, answers.iter().copied());
        (found.in_words().unwrap_or_default(), found.counts)
    };
    assert_eq!(of(AssessmentKind::Rank, &[("5", 1), ("2", 2)]), ("3.00".to_owned(), vec![0, 2, 0, 0, 1]));
    assert_eq!(of(AssessmentKind::Rank, &[("5", 2), ("4", 1)]), ("4.67".to_owned(), vec![0, 0, 0, 1, 2]));
    let scale = [("high", 1), ("low", 1), ("not-applicable", 3), ("unheard of", 9)];
    assert_eq!(of(AssessmentKind::ReviewScale, &scale), ("2.00".to_owned(), vec![1, 0, 1, 3]));
    assert_eq!(of(AssessmentKind::ReviewScale, &[("not-applicable", 2)]), (String::new(), vec![0, 0, 0, 2]));
    assert_eq!(of(AssessmentKind::Rank, &[]), (String::new(), vec![0; 5]));
}
