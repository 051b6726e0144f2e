use super::*;
use crate::Reading;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn adding(extensions: &str) -> Settings {
    let typed = BTreeMap::from([(SettingKey::FILES_ALLOWED_EXTENSIONS.as_str().to_owned(), extensions.to_owned())]);
    Reading::of(&typed).settings
}

const ANYTHING: Content = Content {
    known: false,
    claim_can_be_told: false,
    as_claimed: false,
    text: false,
    archive: false,
    runs: false,
    two_kinds: false,
};

/// Fails when `judge_name` looks at another ending than the last one, or at that alone.
#[test]
fn a_name_is_judged_by_its_last_ending_and_holds_none_that_runs() {
    let settings = Settings::default();
    for (name, extension) in [("a.png", "png"), ("A.PNG", "png"), ("a.tar.pdf", "pdf"), ("v1.2 final.docx", "docx")] {
        assert_eq!(judge_name(&settings, name), Ok(extension.to_owned()), "{name}");
    }
    for (name, refused) in [
        ("A.EXE", "exe"),
        ("a.svg", "svg"),
        ("a.php.jpg", "php"),
        ("a.jpg.html", "html"),
        ("a.PhP", "php"),
        ("a.zip", "zip"),
        ("a.dwg", "dwg"),
        ("a.html.png.txt", "html"),
    ] {
        let why = FileProblem::Extension { extension: refused.to_owned() };
        let by = SettingKey::FILES_ALLOWED_EXTENSIONS;
        let refusal = Refusal::FileRefused { by, why, allowed: allowed(&settings) };
        assert_eq!(judge_name(&settings, name), Err(refusal.clone()), "{name}");
        assert_eq!(refusal.setting(), Some(by));
        assert!(refusal.detail().contains("pdf, png, pptx"), "it names those that may: {}", refusal.detail());
    }
    for name in ["", "a", ".htaccess", "..", "a.", "..png"] {
        let refusal = judge_name(&settings, name).expect_err(name);
        assert!(matches!(refusal, Refusal::FileRefused { why: FileProblem::NoExtension, .. }), "{name}: {refusal:?}");
    }
}

/// Fails when `allowed` leaves out what the setting adds, or what it comes with.
#[test]
fn the_setting_adds_to_the_common_ones() {
    let settings = adding("dwg, png");
    assert_eq!(judge_name(&settings, "plan.DWG"), Ok("dwg".to_owned()));
    assert_eq!(judge_name(&settings, "plan.png"), Ok("png".to_owned()));
    let all = allowed(&settings);
    assert_eq!((all.len(), all.iter().filter(|one| *one == "png").count()), (COMMON.len() + 1, 1));
    assert!(all.is_sorted());
    assert!(COMMON.iter().all(|(common, _)| !Extensions::is_dangerous(common)));
}

#[test]
fn content_is_what_the_name_says() {
    let settings = adding("dwg, epub");
    let judge = |extension: &str, content| judge_content(&settings, extension, content).is_ok();
    let told = Content { claim_can_be_told: true, known: true, ..ANYTHING };
    assert!(judge("png", Content { as_claimed: true, ..told }));
    assert!(!judge("png", told), "something else");
    assert!(!judge("png", Content { archive: true, ..told }), "an archive that is called a picture");
    assert!(!judge("png", Content { as_claimed: true, runs: true, ..told }));
    assert!(!judge("png", Content { as_claimed: true, two_kinds: true, ..told }));
    assert!(judge("txt", Content { text: true, ..ANYTHING }));
    assert!(!judge("txt", Content { text: false, ..ANYTHING }));
    assert!(!judge("txt", Content { text: true, runs: true, ..ANYTHING }), "a page that is called a text");
    assert!(judge("epub", ANYTHING), "nobody can tell");
    assert!(judge("epub", Content { known: true, archive: true, ..ANYTHING }));
    assert!(!judge("epub", Content { known: true, ..ANYTHING }), "plainly something else");
}

const READER: Involvement = Involvement { is_author: false, belongs: true, moderates: false };

#[test]
fn an_attachment_is_added_by_whoever_takes_part_and_removed_by_its_owner_the_author_or_a_moderator() {
    let (author, moderator) = (Involvement { is_author: true, ..READER }, Involvement { moderates: true, ..READER });
    for state in IdeaState::ALL {
        assert_eq!(may_attach(*state, author), Ok(()), "{state:?}");
        let open = *state == IdeaState::Approved;
        assert_eq!(may_attach(*state, READER).is_ok(), open, "{state:?}");
        assert_eq!(may_attach(*state, moderator).is_ok(), open, "{state:?}");
    }
    assert_eq!(may_remove(true, READER), Ok(()));
    assert_eq!(may_remove(false, READER), Err(Refusal::ModeratorRequired));
    assert_eq!((may_remove(false, author), may_remove(false, moderator)), (Ok(()), Ok(())));
}

#[test]
fn what_fills_the_room_exactly_is_the_last() {
    let most = i64::from(Quota::MemberStorage.most()) * 1_024 * 1_024;
    let stored = |of_member| Stored { of_member, of_workspace: of_member };
    assert_eq!(may_store(stored(most - 5), 5), Ok(()));
    assert_eq!(may_store(stored(most - 5), 6), Err(Refusal::QuotaReached { of: Quota::MemberStorage }));
    let most = i64::from(Quota::WorkspaceStorage.most()) * 1_024 * 1_024;
    let full = Stored { of_member: 0, of_workspace: most };
    assert_eq!(may_store(full, 1), Err(Refusal::QuotaReached { of: Quota::WorkspaceStorage }));
    assert!(may_store(stored(i64::MAX), u64::MAX).is_err());
}

#[test]
fn a_picture_that_says_it_is_huge_is_not_decoded() {
    assert!(may_be_decoded(4_000, 3_000) && may_be_decoded(1, 1) && may_be_decoded(10_000, 4_000));
    for (width, height) in [(60_000, 60_000), (10_001, 1), (1, 10_001), (10_000, 4_001), (0, 5), (u32::MAX, u32::MAX)] {
        assert!(!may_be_decoded(width, height), "{width} × {height}");
    }
}

proptest! {
    /// Fails when some name is taken whose last ending is not allowed, or that holds one that something runs.
    #[test]
    fn no_name_slips_through(name in "\\PC{0,40}", dots in "[a-z.]{0,30}") {
        let settings = Settings::default();
        for name in [name, dots] {
            if let Ok(extension) = judge_name(&settings, &name) {
                let whole = name.to_lowercase();
                let ends_so = format!(".{extension}");
                prop_assert!(whole.ends_with(&ends_so));
                prop_assert!(allowed(&settings).contains(&extension));
                prop_assert!(!whole.split('.').skip(1).any(Extensions::is_dangerous));
            }
        }
    }
}
