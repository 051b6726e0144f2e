//! `bailey policy`: the security policy as a file.
use crate::{
    cli::Policy,
    config::Config,
    edge::TYPED_BODY_LIMIT,
    failure::{Failure, print, say},
    open,
};
use domain::{
    Bailey, Error, WorkspaceId,
    policies::{
        Wanted,
        document::{self, Document},
    },
};
use policy::{Reading, Setting, Settings, Timestamp, plain_text, value::Kind};
use std::{
    fs,
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

/// How many revisions `history` prints.
const LISTED: i64 = 1_000;

/// Runs one of the commands; `plan` answers with its exit code.
pub async fn run(config: &Config, command: Policy) -> Result<ExitCode, Failure> {
    let (bailey, workspace) = open::bailey(config).await?;
    let outcome = carry_out(&bailey, &workspace.id, command).await;
    bailey.store().close().await;
    outcome
}

async fn carry_out(bailey: &Bailey, workspace: &WorkspaceId, command: Policy) -> Result<ExitCode, Failure> {
    // What nobody has confirmed in time has gone back, whether a server runs or not.
    bailey.policies().revert_overdue().await?;
    match command {
        Policy::Show => show(&stored(bailey, workspace).await?)?,
        Policy::Export => print(format_args!("{}", export(&stored(bailey, workspace).await?)?))?,
        Policy::Plan { file, options } => return plan(bailey, workspace, &file, options.lock_out_admins).await,
        Policy::Apply { file, options } => apply(bailey, workspace, &file, options.lock_out_admins).await?,
        Policy::History => history(bailey, workspace).await?,
        Policy::Restore { revision, options } => {
            restore(bailey, workspace, revision, options.lock_out_admins).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns what is stored, and says what of it can't be read.
async fn stored(bailey: &Bailey, workspace: &WorkspaceId) -> Result<Reading, Failure> {
    let revision = bailey.policies().now(workspace).await?.revision;
    let stored = bailey.policies().reading(workspace, revision).await?;
    for found in stored.problems() {
        eprintln!("bailey: {}: {}", found.key, found.problem);
    }
    Ok(stored)
}

fn show(Reading { settings, .. }: &Reading) -> Result<(), Failure> {
    let defaults = Settings::default();
    for section in Settings::sections() {
        say!("{}", section.title)?;
        for setting in section.settings {
            let mark = if settings.print(setting) == defaults.print(setting) { ' ' } else { '*' };
            say!("{mark} {} = {}", setting.key, whole(settings, setting))?;
        }
        say!("")?;
    }
    Ok(())
}

/// Returns a value in words, but all of a list with its notes.
fn whole(settings: &Settings, setting: &Setting) -> String {
    let text = settings.print(setting);
    if setting.kind == Kind::Lines && !text.is_empty() { text.replace('\n', ", ") } else { settings.in_words(setting) }
}

fn export(stored: &Reading) -> Result<String, Failure> {
    toml::to_string(&document::write(stored)).map_err(|error| Failure::Act(error.to_string()))
}

fn read(file: &Path, current: &Settings) -> Result<Wanted, Failure> {
    let unreadable = |cause| Failure::System { what: format!("Can't read {}", file.display()), cause };
    let source: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(fs::File::open(file).map_err(unreadable)?)
    };
    let mut bytes = Vec::new();
    // One byte more than is taken tells that there is more.
    let read = u64::try_from(*TYPED_BODY_LIMIT).unwrap_or(u64::MAX).saturating_add(1);
    source.take(read).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > *TYPED_BODY_LIMIT {
        let most = *TYPED_BODY_LIMIT / 1_024;
        return Err(Failure::Act(format!("{} is larger than {most} KiB, so nothing of it was read.", file.display())));
    }
    let not_toml = |why: &str| Failure::Act(format!("{} is not TOML: {why}", file.display()));
    let text = plain_text(&bytes).map_err(|problem| not_toml(&problem.to_string()))?;
    let Document(document) = toml::from_str(&text).map_err(|error| not_toml(&why(&text, &error)))?;
    Ok(document::read(&document, current)?)
}

/// Returns what is wrong with a file and where; the line itself may be as long as the file.
fn why(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| format!("line {}: ", before.matches('\n').count() + 1));
    line.unwrap_or_default() + error.message()
}

/// Says what the review on the page says.
async fn plan(bailey: &Bailey, workspace: &WorkspaceId, file: &Path, may_lock_out: bool) -> Result<ExitCode, Failure> {
    let refused = ExitCode::from(2);
    let now = bailey.policies().now(workspace).await?;
    let review = match read(file, &now.settings) {
        Ok(wanted) => {
            bailey.policies().review_from_console(workspace, wanted, may_lock_out).await.map_err(Failure::from)
        }
        Err(failure) => Err(failure),
    };
    let review = match review {
        Ok(review) => review,
        // Whatever is wrong, 1 would say that the file can be applied.
        Err(failure) => {
            eprintln!("bailey: {failure}");
            return Ok(refused);
        }
    };
    if review.changes.is_empty() {
        say!("Nothing would change.")?;
        return Ok(ExitCode::SUCCESS);
    }
    for change in &review.changes {
        say!("{}", change.in_words())?;
    }
    let weakened: Vec<_> =
        review.changes.iter().filter(|change| change.weakens).map(|change| change.setting.label).collect();
    if !weakened.is_empty() {
        say!("  This weakens {}.", weakened.join(", "))?;
    }
    for (consequence, _) in &review.consequences {
        say!("  {}", consequence.words)?;
    }
    for warning in &review.warnings {
        say!("  Warning, {}: {}", warning.key, warning.words)?;
    }
    Ok(ExitCode::FAILURE)
}

async fn apply(bailey: &Bailey, workspace: &WorkspaceId, file: &Path, may_lock_out: bool) -> Result<(), Failure> {
    let now = bailey.policies().now(workspace).await?;
    let wanted = read(file, &now.settings)?;
    let saved = bailey.policies().save_from_console(workspace, now.revision, wanted, "console", may_lock_out).await?;
    tell(&saved)
}

async fn history(bailey: &Bailey, workspace: &WorkspaceId) -> Result<(), Failure> {
    let revisions = bailey.policies().revisions(workspace, None, LISTED).await?;
    if revisions.is_empty() {
        say!("Nothing was ever saved: the defaults hold.")?;
    }
    for revision in revisions {
        let origin = if revision.origin == "form" { String::new() } else { format!(" ({})", revision.origin) };
        say!("{} {} {}{origin}", revision.number, utc(revision.at), revision.by)?;
        for change in &revision.changes {
            say!("    {}", change.in_words())?;
        }
    }
    Ok(())
}

async fn restore(bailey: &Bailey, workspace: &WorkspaceId, revision: i64, may_lock_out: bool) -> Result<(), Failure> {
    let wanted = match bailey.policies().settings_at(workspace, revision).await {
        Err(Error::NotFound) => return Err(Failure::Act(format!("There is no revision {revision}."))),
        other => other?,
    };
    let base = bailey.policies().now(workspace).await?.revision;
    let origin = format!("restore {revision}");
    let wanted = Wanted::naming(wanted, []);
    let saved = bailey.policies().save_from_console(workspace, base, wanted, &origin, may_lock_out).await?;
    tell(&saved)
}

fn tell(saved: &domain::policies::Saved) -> Result<(), Failure> {
    if saved.changes.is_empty() {
        return say!("Nothing differed from what is saved, so nothing was saved.");
    }
    for change in &saved.changes {
        say!("{}", change.in_words())?;
    }
    say!("Saved as revision {}.", saved.policy.revision)
}

fn utc(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string())
}
