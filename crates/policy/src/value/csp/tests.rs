use super::*;
use content_security_policy::{
    Destination, Initiator, ParserMetadata, Policy as Servo, PolicyDisposition, PolicySource, Request, Url, Violates,
};
use proptest::prelude::*;

fn problem(typed: &str) -> String {
    CspPolicy::parse(typed, None).expect_err(typed).to_string()
}

#[test]
fn directives_and_sources_are_read_in_either_form() {
    let read = CspPolicy::parse(
        "IMG-SRC https://images.example.org 'SELF'; worker-src blob:\nframe-src *.example.org:443/a",
        None,
    )
    .expect("a policy");
    assert_eq!(
        read.print(),
        "img-src https://images.example.org 'self'\nworker-src blob:\nframe-src *.example.org:443/a"
    );
    assert_eq!(read.sources("worker-src"), Some(&["blob:".to_owned()][..]));
    assert_eq!(read.sources("script-src"), None);
}

#[test]
fn a_whole_header_line_is_read_and_what_only_others_have_is_told() {
    for (typed, printed) in [
        (
            "Content-Security-Policy: img-src https://a.example; font-src data:",
            "img-src https://a.example\nfont-src data:",
        ),
        ("content-security-policy-report-only:img-src \u{2018}self\u{2019}", "img-src 'self'"),
        ("\u{feff}img-src\u{a0}https://a.example\u{200b}", "img-src https://a.example"),
    ] {
        assert_eq!(CspPolicy::parse(typed, None).map(|read| read.print()).as_deref(), Ok(printed), "{typed:?}");
    }
    for (typed, words) in [
        ("script-src-elem https://a.example", "Bailey does not take script-src-elem. It would stand in"),
        ("block-all-mixed-content", "write upgrade-insecure-requests"),
        ("plugin-types application/pdf", "Browsers have dropped it"),
        ("Content-Security-Policy: object-src 'none'", "Bailey sets object-src itself"),
    ] {
        assert!(problem(typed).contains(words), "{typed}: {}", problem(typed));
    }
}

#[test]
fn sources_of_the_specification_are_taken() {
    for source in [
        "https://example.com/path/to/file.js",
        "https:",
        "data:",
        "*",
        "example.com",
        "*.example.com",
        "https://*.example.com:12/path/",
        "'self'",
        "'none'",
        "'unsafe-inline'",
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
        "localhost:*",
        "wss://example.com",
    ] {
        assert!(CspPolicy::parse(&format!("style-src {source}"), None).is_ok(), "{source}");
    }
}

#[test]
fn what_is_no_source_or_directive_is_refused_with_what_was_meant() {
    assert_eq!(problem("imgsrc 'self'"), "“imgsrc” is no directive. Did you mean img-src?");
    assert_eq!(problem("img-src self"), "Write 'self' in quotes: without them it would be a host of that name.");
    assert_eq!(problem("img-src 'slef'"), "“'slef'” is no keyword. Did you mean 'self'?");
    let words = problem("img-src 'foo'");
    assert!(words.starts_with("“'foo'” is no keyword. The keywords are 'self', 'none',"), "{words}");
    assert!(problem("img-src https://").contains("is no source"));
    assert!(problem("img-src").contains("has no source"));
    assert!(problem("img-src 'none' https://a.example").contains("stands alone"));
    assert!(problem("img-src 'self'; img-src data:").contains("twice"));
    assert!(problem("img-src 'self', script-src *").contains("comma"));
    assert!(problem("img-src https://é.example").contains("ASCII"));
    for typed in ["img-src ://a", "img-src a..b", "img-src a:b", "img-src a/\"b", "img-src <b>", "img-src 'sha256-abc'"]
    {
        assert!(CspPolicy::parse(typed, None).is_err(), "{typed}");
    }
}

#[test]
fn hashes_have_the_length_of_their_algorithm_and_stand_in_quotes() {
    for (algorithm, length, filled) in [("sha256", 43, "="), ("sha384", 64, ""), ("sha512", 86, "==")] {
        let of = |length: usize, end: &str| format!("script-src '{algorithm}-{}{end}'", "a".repeat(length));
        assert!(CspPolicy::parse(&of(length, filled), None).is_ok() && CspPolicy::parse(&of(length, ""), None).is_ok());
        for refused in [of(length - 1, ""), of(length + 1, ""), of(0, &"=".repeat(length)), of(length, "===")] {
            assert!(problem(&refused).contains("is no hash"), "{refused}");
        }
        assert!(problem(&of(length, "").replace('\'', "")).contains("in single quotes"));
    }
    assert!(problem("script-src nonce-abc").contains("makes a new nonce"));
    assert!(CspPolicy::parse("script-src sha256-tools.example.org nonce-lab.example", None).is_ok());
}

#[test]
fn nothing_that_bailey_sets_can_be_loosened() {
    for ours in OURS {
        assert!(problem(&format!("{ours} *")).contains("Bailey sets"), "{ours}");
    }
    let keywords = ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'strict-dynamic'", "'nonce-abc'"];
    // ws: and wss: match https: too (CSP Level 3, “scheme-part matches”).
    let schemes = ["*", "http:", "https:", "data:", "DATA:", "blob:", "filesystem:", "ws:", "wss:", "WSS:", "other:"];
    for open in keywords.into_iter().chain(schemes) {
        for directive in ["script-src", "default-src"] {
            assert!(CspPolicy::parse(&format!("{directive} {open}"), None).is_err(), "{directive} {open}");
        }
    }
    assert!(CspPolicy::parse("script-src https://cdn.example.org", None).is_ok());
    assert!(CspPolicy::parse("connect-src wss:; img-src data:", None).is_ok());
}

/// What Servo's reader finds in a policy of these directives.
fn read_by_servo(policy: &CspPolicy) -> Vec<(String, Vec<String>)> {
    let header = policy.print().replace('\n', "; ");
    let read = Servo::parse(&header, PolicySource::Header, PolicyDisposition::Enforce);
    assert!(policy.is_empty() || read.is_valid(), "{header}");
    read.directive_set.into_iter().map(|directive| (directive.name, directive.value)).collect()
}

fn read_by_us(policy: &CspPolicy) -> Vec<(String, Vec<String>)> {
    policy.iter().map(|(directive, sources)| (directive.to_owned(), sources.to_vec())).collect()
}

/// Whether a browser that follows this policy loads an image from an address, as Servo judges.
fn servo_loads_image(policy: &CspPolicy, from: &str) -> bool {
    let here = Url::parse("https://bailey.example.org/").expect("an address");
    let url = Url::parse(from).expect("an address");
    let request = Request {
        url: url.clone(),
        current_url: url,
        origin: here.origin(),
        redirect_count: 0,
        destination: Destination::Image,
        initiator: Initiator::None,
        nonce: String::new(),
        integrity_metadata: String::new(),
        parser_metadata: ParserMetadata::None,
    };
    let header = policy.print().replace('\n', "; ");
    let read = Servo::parse(&header, PolicySource::Header, PolicyDisposition::Enforce);
    read.does_request_violate_policy(&request) == Violates::DoesNotViolate
}

#[test]
fn another_reader_of_policies_understands_each_source_as_it_is_meant() {
    for (source, loads, keeps_out) in [
        ("https://images.example.org", "https://images.example.org/a.png", "https://example.org/a.png"),
        ("*.example.net", "https://a.example.net/b.png", "https://example.net/b.png"),
        ("https://a.example:8443", "https://a.example:8443/c.png", "https://a.example/c.png"),
        ("https://a.example/d/", "https://a.example/d/e.png", "https://a.example/e.png"),
        ("data:", "data:image/png;base64,AA", "https://a.example/f.png"),
        ("https:", "https://a.example/g.png", "data:image/png;base64,AA"),
    ] {
        let policy = CspPolicy::parse(&format!("img-src {source}"), None).expect(source);
        assert!(servo_loads_image(&policy, loads) && !servo_loads_image(&policy, keeps_out), "{source}");
    }
}

proptest! {
    #[test]
    fn another_reader_of_policies_finds_the_same_directives(typed in "(img-src|STYLE-SRC|frame-src) [ -~]{0,40}(; font-src 'self')?") {
        if let Ok(policy) = CspPolicy::parse(&typed, None) {
            prop_assert_eq!(read_by_servo(&policy), read_by_us(&policy));
        }
    }

    #[test]
    fn what_is_printed_is_read_back(hosts in prop::collection::vec("h[a-z]{1,8}\\.example", 1..5), first in 0usize..10) {
        let read = CspPolicy::parse(&format!("{} {}", KNOWN[first], hosts.join(" ")), None).expect("a policy");
        prop_assert_eq!(CspPolicy::parse(&read.print(), None), Ok(read));
    }

    #[test]
    fn no_text_makes_the_parser_panic(typed in "\\PC*") {
        drop(CspPolicy::parse(&typed, None));
    }

    #[test]
    fn nothing_that_is_read_can_end_the_header(typed in "(img-src|script-src) [ -~\\r\\n]{0,40}") {
        if let Ok(read) = CspPolicy::parse(&typed, None) {
            for (_, sources) in read.iter() {
                prop_assert!(sources.iter().all(|s| s.bytes().all(|b| b.is_ascii_graphic() && b != b';' && b != b',')));
            }
        }
    }
}
