//! Whether a file takes writes.
use store::{
    Pooling, Readiness, Store,
    testing::{Engine, TestDatabase},
};

/// Fails when `readiness` of a file only reads.
#[tokio::test]
async fn a_file_that_takes_no_writes_is_not_ready() {
    let db = TestDatabase::new(Engine::Sqlite).await;
    assert_eq!(db.store.readiness().await.expect("it answers"), Readiness::Ready);
    let read_only = Store::open(&format!("{}?mode=ro", db.url), Pooling::Session).await.expect("it opens");
    for asked in 1..=2 {
        assert_eq!(read_only.readiness().await.expect("it answers"), Readiness::ReadOnly, "asked {asked} times");
    }
    assert_eq!(db.store.readiness().await.expect("it answers"), Readiness::Ready);
}
