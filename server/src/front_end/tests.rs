use super::*;
use axum::{
    body::{Body, to_bytes},
    http::StatusCode,
};
use tower::ServiceExt;

const fn file(path: &'static str, bytes: &'static [u8]) -> File {
    File { path, tag: "W/\"1\"", bytes, brotli: None, gzip: None }
}

static BUILT: &[File] = &[
    file("icon.svg", b"<svg/>"),
    file("pkg/abc/bailey.css", b"a{}"),
    file("pkg/abc/bailey.js", b"1"),
    File { brotli: Some(b"br"), gzip: Some(b"gz"), ..file("pkg/abc/bailey.wasm", b"\0asm") },
];

async fn get_file(path: &str, headers: &[(&str, &str)]) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router = FrontEnd::Embedded(BUILT).serve(Router::new());
    let response = router.oneshot(request.body(Body::empty()).expect("it is valid")).await.expect("it answers");
    let (head, body) = response.into_parts();
    let text = |value: &HeaderValue| value.to_str().expect("it is text").to_owned();
    let headers = head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    (head.status, headers, to_bytes(body, 1000).await.expect("it is whole").to_vec())
}

#[test]
fn without_its_front_end_only_a_program_for_development_serves() {
    let missing = || Err("it is missing".to_owned());
    assert_eq!(before_serving(missing(), false), Err("it is missing".to_owned()));
    assert_eq!(before_serving(missing(), true), Ok(Some("it is missing".to_owned())));
    assert_eq!(before_serving(Ok("pkg".to_owned()), false), Ok(None));
}

#[test]
fn pages_name_the_files_of_the_one_build() {
    assert_eq!(FrontEnd::Embedded(BUILT).package(), Ok("pkg/abc".to_owned()));
    assert_eq!(app::stylesheet(&FrontEnd::Embedded(BUILT).options()), "/pkg/abc/bailey.css");
    let words = FrontEnd::Embedded(&[]).package().expect_err("there is none");
    assert!(words.contains("this program was built without one. Build it with `make build`"), "{words}");
    let partly = FrontEnd::Embedded(&BUILT[2..]).package().expect_err("the style sheet is missing");
    assert!(partly.contains("pkg/abc/bailey.css is missing"), "{partly}");
}

#[test]
fn a_folder_has_one_build_or_what_is_being_developed() {
    let dir = tempfile::tempdir().expect("a temporary directory can be made");
    let front_end = FrontEnd::new(Some(dir.path()), &[]);
    assert!(front_end.package().is_err_and(|words| words.contains("does not have one build of it in pkg")));
    let build = |folder: &str| {
        let folder = dir.path().join(folder);
        std::fs::create_dir_all(&folder).expect("it can be made");
        for name in ["bailey.css", "bailey.js", "bailey.wasm"] {
            std::fs::write(folder.join(name), "").expect("it can be written");
        }
    };
    build("pkg/abc");
    assert_eq!(front_end.package(), Ok("pkg/abc".to_owned()));
    build("pkg/def");
    assert!(front_end.package().is_err_and(|words| words.contains("does not have one build of it in pkg")));
    std::fs::remove_dir_all(dir.path().join("pkg")).expect("it can be removed");
    build("pkg");
    assert_eq!(front_end.package(), Ok("pkg".to_owned()));
}

/// Fails when a browser is sent what it can't read, or more than it has to load.
#[tokio::test]
async fn a_file_is_sent_as_the_browser_takes_it() {
    let has = |headers: &[(String, String)], name: &str, value: &str| {
        headers.iter().any(|(found, text)| found == name && text == value)
    };
    let wasm = "/pkg/abc/bailey.wasm";
    let (status, headers, body) = get_file(wasm, &[("accept-encoding", "gzip, deflate, br, zstd")]).await;
    assert_eq!((status, body.as_slice()), (StatusCode::OK, b"br".as_slice()));
    assert!(
        has(&headers, "content-encoding", "br") && has(&headers, "content-type", "application/wasm"),
        "{headers:?}"
    );
    assert!(has(&headers, "cache-control", "public, max-age=31536000, immutable"), "{headers:?}");
    assert_eq!(get_file(wasm, &[("accept-encoding", "br;q=0, GZIP;q=0.5")]).await.2, b"gz");
    let (_, headers, body) = get_file(wasm, &[]).await;
    assert_eq!(body, b"\0asm");
    assert!(!headers.iter().any(|(name, _)| name == "content-encoding") && has(&headers, "vary", "accept-encoding"));
}

#[tokio::test]
async fn what_has_no_build_in_its_name_is_asked_for_again() {
    let (status, headers, body) = get_file("/icon.svg", &[]).await;
    assert_eq!((status, body.as_slice()), (StatusCode::OK, b"<svg/>".as_slice()));
    assert!(headers.contains(&("cache-control".to_owned(), "no-cache".to_owned())), "{headers:?}");
    let known = get_file("/icon.svg", &[("if-none-match", "W/\"1\"")]).await;
    assert_eq!((known.0, known.2), (StatusCode::NOT_MODIFIED, Vec::new()));
    for path in ["/robots.txt", "/pkg/abc/gone.wasm", "/pkg/other/bailey.wasm", "/pkg/../icon.svg"] {
        assert_eq!(get_file(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

/// Fails when a file of text is sent without its charset (ASVS 4.1.1).
#[tokio::test]
async fn text_says_that_it_is_utf_8() {
    for (path, kind) in [
        ("/pkg/abc/bailey.css", "text/css; charset=utf-8"),
        ("/pkg/abc/bailey.js", "text/javascript; charset=utf-8"),
        ("/pkg/abc/bailey.wasm", "application/wasm"),
        ("/icon.svg", "image/svg+xml; charset=utf-8"),
    ] {
        let (_, headers, _) = get_file(path, &[]).await;
        assert!(headers.contains(&("content-type".to_owned(), kind.to_owned())), "{path}: {headers:?}");
    }
}
