//! What happens in the made-up workspace within a month.
use super::{
    cast::{ADA, CAST, COMMUNITIES, GRACE, PASSWORD, Person, TIM},
    stage::Stage,
    workspace,
};
use crate::failure::Failure;
use domain::{
    MemberId,
    links::OpenedIn,
    members::{
        NewMember,
        invitations::{Joining, NewInvitation},
    },
    policies::{SaveOptions, Wanted},
};
use policy::{
    AccountStatus, Area, EmailAddress, Settings,
    time::Span,
    value::{Days, Limit, Minutes, Registration},
};
use secrecy::SecretString;

/// How many days are made up.
pub(super) const DAYS: u32 = 30;
/// Who was banned, and who is on leave.
const BANNED: Person = CAST[39];
const ON_LEAVE: Person = CAST[38];
/// Who forgets passwords.
const FORGETFUL: Person = CAST[30];
/// When whoever signs in on a day has done so.
const EVENING: Span = Span::minutes(600);
/// Who uses an authenticator app: nobody as whom somebody signs in who looks around.
const WITH_APP: [usize; 14] = [1, 2, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25];

/// Plays so many days that end now.
pub(super) async fn play(stage: &mut Stage) -> Result<(), Failure> {
    let begin = stage.bailey.now();
    found(stage).await?;
    for day in 1..DAYS {
        let morning = begin + Span::days(day);
        for (who, minute) in visitors_of(day) {
            stage.until(morning + Span::minutes(minute)).await?;
            stage.try_password(&CAST[who].email(), PASSWORD, &Stage::browser(who)).await?;
        }
        stage.until(morning + EVENING).await?;
        happens(stage, day).await?;
    }
    stage.until(begin + Span::minutes(DAYS * 24 * 60 - 4)).await?;
    lock_somebody(stage).await
}

/// The workspace as it is founded.
async fn found(stage: &Stage) -> Result<(), Failure> {
    for person in CAST {
        let email = person.email();
        let password = Some(SecretString::from(PASSWORD.to_owned()));
        let new = NewMember { name: person.name, email: &email, password, role: person.role, confirmed: true };
        stage.bailey.members().create(&stage.workspace.id, new).await?;
    }
    let ada = stage.caller(ADA, Area::Admin).await?;
    for (name, description, _) in COMMUNITIES {
        stage.bailey.communities().create(&ada, name, description).await?;
    }
    for community in stage.bailey.communities().list(&ada).await? {
        let every = COMMUNITIES.iter().find(|(name, ..)| *name == community.name).map_or(1, |(.., every)| *every);
        for person in CAST.iter().step_by(every) {
            stage.bailey.communities().add_member(&ada, &community.id, &person.email()).await?;
        }
    }
    Ok(())
}

/// Who signs in on a day, and how many minutes after it begins.
fn visitors_of(day: u32) -> Vec<(usize, u32)> {
    let comes = |who: usize| (who + usize::try_from(day).unwrap_or_default() * 3).is_multiple_of(7);
    let mut visitors: Vec<_> = (0..CAST.len()).filter(|who| comes(*who)).map(|who| (who, minute_of(who))).collect();
    visitors.sort_by_key(|(_, minute)| *minute);
    visitors
}

fn minute_of(who: usize) -> u32 {
    u32::try_from(who * 37 % 480).unwrap_or_default()
}

/// What else happens on a day, in its evening.
async fn happens(stage: &mut Stage, day: u32) -> Result<(), Failure> {
    match day {
        2 => {
            save(stage, ADA, |s| s.sessions.idle_timeout = Limit::Of(Minutes(60))).await?;
        }
        3 => workspace::write_ideas(stage).await?,
        19 => workspace::talk(stage).await?,
        26 => workspace::assess(stage).await?,
        4..=17 => {
            if let Some(who) = usize::try_from(day - 4).ok().and_then(|nth| WITH_APP.get(nth)) {
                stage.enrol(CAST[*who]).await?;
            }
        }
        18 => {
            let asks = |s: &mut Settings| {
                s.two_factor.require_admins = true;
                s.two_factor.grace_days = Days(30);
            };
            save(stage, ADA, asks).await?;
        }
        20 => {
            let tim = stage.caller(TIM, Area::Admin).await?;
            for (person, status) in [(BANNED, AccountStatus::Banned), (ON_LEAVE, AccountStatus::Inactive)] {
                let id = member(stage, &person.email()).await?;
                stage.bailey.members().set_status(&tim, &id, status).await?;
            }
        }
        22 => {
            save(stage, GRACE, |s| s.members.registration = Registration::ByApproval).await?;
        }
        25 => invite(stage).await?,
        27 => {
            for (name, email) in [("Evelyn Granville", "evelyn@example.org"), ("Gordon Moore", "gordon@example.org")] {
                ask_to_join(stage, name, email).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// Saves the settings that somebody has changed.
async fn save(stage: &Stage, author: Person, change: impl FnOnce(&mut Settings)) -> Result<(), Failure> {
    let caller = stage.caller(author, Area::Admin).await?;
    let mut settings = caller.policy().settings.clone();
    change(&mut settings);
    let (base, wanted) = (caller.policy().revision, Wanted::from(settings));
    stage.bailey.policies().save_settings(&caller, base, wanted, "form", SaveOptions::default()).await?;
    Ok(())
}

async fn member(stage: &Stage, email: &str) -> Result<MemberId, Failure> {
    let email = EmailAddress::parse(email).map_err(|problem| Failure::Act(problem.to_string()))?;
    let found = stage.bailey.store().read().await?.member_by_email(&stage.workspace.id, &email).await?;
    Ok(found.ok_or(domain::Error::NotFound)?.id)
}

/// Invites two people, of whom one waits to be sent the mail again, and adds one.
async fn invite(stage: &Stage) -> Result<(), Failure> {
    let grace = stage.caller(GRACE, Area::Admin).await?;
    let people = [
        ("Annie Easley", "annie@example.org", Joining::Invited),
        ("Charles Bachman", "charles@example.org", Joining::Invited),
        ("Dorothy Vaughan", "dorothy@example.org", Joining::Added),
    ];
    for (name, email, joining) in people {
        let new = NewInvitation { name, email, role: "member", joining };
        stage.bailey.members().invite(&grace, new).await?;
    }
    Ok(())
}

/// Has a stranger ask to join and prove the address; whoever decides has not yet.
async fn ask_to_join(stage: &Stage, name: &str, email: &str) -> Result<(), Failure> {
    let client = Stage::browser(CAST.len());
    stage.bailey.members().register(&stage.workspace.id, name, email, "", &client).await?;
    let link = stage.mailed_link(email, "Confirm that you want to join").await?;
    stage
        .bailey
        .links()
        .redeem(&stage.workspace.id, &link, "", &OpenedIn { who: None, between: None, client: &client })
        .await?;
    Ok(())
}

/// Has somebody guess their own password until the account locks.
async fn lock_somebody(stage: &Stage) -> Result<(), Failure> {
    let client = Stage::browser(CAST.len() + 1);
    for guess in ["winter 2025", "winter 2026", "winter 2027", "Winter 2026", "summer 2026", "Summer 2026"] {
        stage.try_password(&FORGETFUL.email(), guess, &client).await?;
        stage.until(stage.bailey.now() + Span::seconds(35)).await?;
    }
    Ok(())
}
