//! The list of the members with a hundred thousand of them, on either engine: how long a page of it takes.
use crate::{
    Failure,
    program::{EMAIL, PASSWORD, Program, start_on},
    shots::{Shot, connect, cookie, shoot},
};
use sqlx::{AssertSqlSafe, Connection, Executor};
use std::time::{Duration, Instant};

const MEMBERS: u32 = 100_000;
/// How often each page is asked for.
const ASKED: usize = 200;

/// The pages that are measured, and what each is called.
const PAGES: [(&str, &str); 6] = [
    ("first page, by address", "/admin/members"),
    ("first page, by name", "/admin/members?order=name"),
    ("first page, latest sign-ins", "/admin/members?order=latest-sign-in"),
    ("inactive members", "/admin/members?status=inactive"),
    ("a common word", "/admin/members?holds=name"),
    ("a rare word", "/admin/members?holds=member077123"),
];

/// Writes the members in bulk: one in a hundred is an admin, one in twenty takes no part, one in ten has a session. Several
/// share each name, each sign-in and each day of joining.
async fn fill(url: &str) -> Result<(), Failure> {
    let is_sqlite = url.starts_with("sqlite");
    let (numbers, id, padded) = if is_sqlite {
        (
            format!(
                "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MEMBERS}) SELECT i FROM n)"
            ),
            "printf('00000000-0000-7000-8000-%012d', i)",
            "printf('%06d', i)",
        )
    } else {
        (
            format!("(SELECT generate_series(1, {MEMBERS}) AS i)"),
            "'00000000-0000-7000-8000-' || lpad(i::text, 12, '0')",
            "lpad(i::text, 6, '0')",
        )
    };
    let members = format!(
        "INSERT INTO members (id, workspace_id, email, email_verified_at, name, role, standing, created_at, last_sign_in_at) \
         SELECT {id}, (SELECT id FROM workspaces), 'member' || {padded} || '@example.org', 1, 'Name ' || (i % 5000), \
           CASE WHEN i % 100 = 0 THEN 'admin' ELSE 'member' END, CASE WHEN i % 20 = 1 THEN 'inactive' ELSE 'active' END, \
           1700000000000 + (i % 3000) * 86400, CASE WHEN i % 3 = 0 THEN NULL ELSE 1700000000000 + (i % 9000) * 1000 END \
         FROM {numbers} numbers"
    );
    let sessions = format!(
        "INSERT INTO sessions (id, token_hash, member_id, started_at, last_seen_at, user_agent) \
         SELECT {id}, 'hash ' || i, {id}, 1700000000000, 1700000000000, 'Firefox' FROM {numbers} numbers WHERE i % 10 = 0"
    );
    let all = [members, sessions, "ANALYZE".to_owned()];
    if is_sqlite {
        let mut file = sqlx::SqliteConnection::connect(url).await?;
        for sql in all {
            file.execute(AssertSqlSafe(sql)).await?;
        }
    } else {
        let mut connection = sqlx::PgConnection::connect(url).await?;
        for sql in all {
            connection.execute(AssertSqlSafe(sql)).await?;
        }
    }
    Ok(())
}

/// Asks for a page again and again; answers the median and the 99th percentile.
async fn measured(program: &Program, session: &str, path: &'static str) -> Result<(Duration, Duration), Failure> {
    let mut sender = connect(program.address).await?;
    let shot = Shot::new("GET", path, session.to_owned(), String::new());
    let mut took = Vec::new();
    for _ in 0..ASKED {
        let at = Instant::now();
        let answer = shoot(&mut sender, &shot).await?;
        took.push(at.elapsed());
        if answer.status() != 200 {
            return Err(Failure::from(format!("{path} answered {}", answer.status())));
        }
    }
    took.sort();
    let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
    Ok((at(50), at(99)))
}

/// Measures one engine; prints a line for each page.
async fn measure(engine: &str, url: Option<&str>) -> Result<(), Failure> {
    let program = start_on(url).await?;
    let own = format!("sqlite://{}", program.dir.path().join("data/bailey.db").display());
    fill(url.unwrap_or(&own)).await?;
    let mut sender = connect(program.address).await?;
    let browser = cookie(
        &shoot(&mut sender, &Shot::new("GET", "/sign-in", String::new(), String::new())).await?,
        &format!("bailey-{}-device=", program.address.port()),
    );
    let body = format!("email={}&password={}", EMAIL.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let answer = shoot(&mut sender, &Shot::new("POST", "/sign-in", browser.unwrap_or_default(), body)).await?;
    let session = cookie(&answer, &format!("bailey-{}=", program.address.port())).ok_or("signing in gave no cookie")?;
    println!("{engine}, {MEMBERS} members");
    for (name, path) in PAGES {
        let (median, p99) = measured(&program, &session, path).await?;
        println!("  {name:<28} {median:>9.1?}   p99 {p99:.1?}");
    }
    Ok(())
}

/// Measures both engines; PostgreSQL where `BAILEY_TEST_POSTGRES_URL` names one to make a database in.
pub(crate) async fn list() -> Result<(), Failure> {
    measure("SQLite", None).await?;
    let Ok(base) = std::env::var("BAILEY_TEST_POSTGRES_URL") else {
        println!("PostgreSQL is not measured: BAILEY_TEST_POSTGRES_URL names none");
        return Ok(());
    };
    let database = format!("bench{}", std::process::id());
    let mut server = sqlx::PgConnection::connect(&base).await?;
    server.execute(AssertSqlSafe(format!("CREATE DATABASE {database}"))).await?;
    let mut url = url::Url::parse(&base)?;
    url.set_path(&database);
    let done = measure("PostgreSQL", Some(url.as_str())).await;
    server.execute(AssertSqlSafe(format!("DROP DATABASE {database} WITH (FORCE)"))).await?;
    done
}
