//! `bailey demo`: what people look at Bailey with.
use super::program::{bailey, fresh, run};

/// Fails when an act of the made-up people is refused, or they are put beside real ones.
#[test]
fn a_demo_fills_an_empty_workspace_and_no_other() {
    let dir = fresh();
    let (code, told, problem) = run(&mut bailey(dir.path(), &["demo"]));
    assert_eq!(code, 0, "{problem}");
    assert!(told.contains("A workspace with 40 people. Sign in as ada@example.org"), "{told}");
    let (code, _, problem) = run(&mut bailey(dir.path(), &["demo"]));
    assert!(code == 1 && problem.contains("has members already"), "{problem}");
}
