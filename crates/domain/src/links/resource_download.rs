//! Leads to the download of a report that is ready.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{
    ReportId, Result,
    bailey::Links,
    mail::{Mail, moment},
};
use policy::{LinkPurpose, decide::report::ReportKind, time::Span, words};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::ResourceDownload;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: |subject| ReportId::parse(subject).map(|id| format!("/admin/reports/{id}/download")),
        offer: |member| (format!("This link downloads a report that {} has asked for.", member.email), "Download it"),
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(1)));
        vec![letter(ReportKind::Members, 1_204, &link)]
    },
};

impl Links<'_> {
    /// Tells a member by mail that their report is ready, with a link that downloads it.
    pub(crate) async fn mail_report(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        report: &ReportId,
        kind: ReportKind,
        rows: i64,
    ) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(report.as_str())).await?;
        self.0.mail().queue(tx, member, &letter(kind, rows, &link)).await
    }
}

fn letter(kind: ReportKind, rows: i64, link: &MailedLink) -> Mail {
    let leads = match link.until {
        Some(at) => format!("The link below downloads it, until {}. You have to be signed in.", moment(at)),
        None => "The link below downloads it. You have to be signed in.".to_owned(),
    };
    let ready =
        format!("The report “{}” that you have asked for is ready: {}.", kind.label(), words::count(rows, "row"));
    let words = vec![ready, leads, "Nobody else can download it.".to_owned()];
    Mail::new("report-ready", "Your report is ready", words)
        .with_button("Download it", &link.path)
        .because("Sent by Bailey, because you have asked for this report.")
}
