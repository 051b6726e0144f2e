//! What a refusal says of what there may be only so many of.
use crate::{decide::quota::Quota, words};

/// What happened and what the person can do now, in plain words.
pub(super) fn quota_reached(of: Quota) -> String {
    match of {
        Quota::Ideas => format!(
            "You have posted {} ideas within a day, as many as one member may, so this one was not. Post it tomorrow; what you typed is still there.",
            Quota::Ideas.most()
        ),
        Quota::IdeaMails => format!(
            "You have shared ideas by {} mails within a day, as many as one member may, so this one was not sent. Send it tomorrow; the address is still there.",
            Quota::IdeaMails.most()
        ),
        Quota::PendingIdeas => format!(
            "{} of your ideas wait for a moderator, as many as may of one member, so this one was not submitted. Save it as a draft, and submit it once they have decided.",
            Quota::PendingIdeas.most()
        ),
        Quota::IdeaComments => format!(
            "You have written {} comments within a day, as many as one member may, so this one was not posted. Post it tomorrow; what you typed is still there.",
            Quota::IdeaComments.most()
        ),
        Quota::IdeaActs => format!(
            "You have done {} things with ideas within a day, as many as one member may, so this was not done. Go on tomorrow.",
            words::number(Quota::IdeaActs.most().into())
        ),
        Quota::Conversations => format!(
            "You have started {} conversations within a day, as many as one member may, so this one was not. Start it tomorrow; what you typed is still there.",
            Quota::Conversations.most()
        ),
        Quota::Messages => format!(
            "You have sent {} messages within a day, as many as one member may, so this one was not sent. Send it tomorrow; what you typed is still there.",
            Quota::Messages.most()
        ),
        Quota::Assessments => format!(
            "You have made {} assessments within a day, as many as one member may, so this one was not. Make it tomorrow; what you typed is still there.",
            Quota::Assessments.most()
        ),
        Quota::Communities => format!(
            "This workspace has {} communities, as many as there may be, so this one was not added. Use one of those.",
            Quota::Communities.most()
        ),
        Quota::HelpRequests => format!(
            "You have asked for help {} times within a day, as often as one member may, so nobody was told this time. Ask an admin of this workspace directly.",
            Quota::HelpRequests.most()
        ),
        Quota::DataDownloads => format!(
            "You have downloaded what is held about members {} times within a day, as often as one member may. Download it tomorrow.",
            Quota::DataDownloads.most()
        ),
        Quota::Attachments => format!(
            "This idea has {} attachments, as many as there may be, so this one was not added. Remove one first.",
            Quota::Attachments.most()
        ),
        Quota::Uploads => format!(
            "{} files of yours are being uploaded just now, as many as may be at once, so this one was not taken. Wait until they have arrived, and choose it again.",
            Quota::Uploads.most()
        ),
        Quota::MemberStorage => format!(
            "With this file you would store more than {} MB, which is as much as one member may, so it was not taken. Remove attachments that nobody needs any more.",
            Quota::MemberStorage.most()
        ),
        Quota::WorkspaceStorage => format!(
            "With this file the workspace would store more than {} MB, which is as much as there may be, so it was not taken. Tell an admin.",
            words::number(Quota::WorkspaceStorage.most().into())
        ),
        Quota::Reports => format!(
            "You have asked for {} reports within a day, as many as one admin may, so this one is not made. Ask for it tomorrow.",
            Quota::Reports.most()
        ),
    }
}
