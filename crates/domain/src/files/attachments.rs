//! Files that members attach to ideas.
use super::{
    Download, Size, Upload, small_picture,
    upload::{row, within_quota},
};
use crate::{
    Caller, Error, FileId, IdeaId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Files,
    ideas::{Happened, News, seen},
    members::hold_caller,
    platform::unit_of_work::unit_of_work,
};
use policy::decide::{file, idea::IdeaState, quota::Quota};
pub use store::AttachmentRow;
use store::IdeaRow;

/// The files of an idea, and what whoever looks may do with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAttachments {
    /// The files, each with whether they may remove it.
    pub files: Vec<(AttachmentRow, bool)>,
    /// Whether they may attach another one.
    pub may_attach: bool,
}

impl Files<'_> {
    /// The files of an idea that the caller sees, the first one first.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such idea, or not for them.
    pub async fn attachments(self, caller: &Caller, idea: &IdeaId) -> Result<SeenAttachments> {
        let mut tx = self.0.store().read().await?;
        let (about, involved) = seen(&mut tx, caller, caller.role(), idea).await?;
        let of = |file: AttachmentRow| {
            let may_remove = file::may_remove(file.owner_id == *caller.member(), involved).is_ok();
            (file, may_remove)
        };
        let files = tx.attachments_of(idea).await?.into_iter().map(of).collect();
        Ok(SeenAttachments { files, may_attach: file::may_attach(about.state, involved).is_ok() })
    }

    /// Attaches a file to an idea, and tells those who follow it where others see it. The same file once more is no other
    /// one.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such idea, or not for the caller; [`policy::Refusal::IdeaNotOpen`] where it is
    /// somebody else's and not approved; [`Error::Invalid`] beside the field `file`
    /// where it is empty or a picture that can't be read; [`policy::Refusal::FileRefused`];
    /// [`policy::Refusal::QuotaReached`]; [`policy::Refusal::StorageFull`].
    pub async fn attach(self, caller: &Caller, idea: &IdeaId, mut upload: Upload) -> Result<()> {
        let (about, involved) = seen(&mut self.0.store().read().await?, caller, caller.role(), idea).await?;
        file::may_attach(about.state, involved)?;
        upload.judge(&caller.policy().settings).await?;
        let store = self.0.file_store();
        let small = if file::is_picture(upload.extension()) {
            Some(small_picture(store, upload.path(), upload.extension(), Size::Preview).await?)
        } else {
            None
        };
        let now = self.0.now();
        let (name, extension, stored) = upload.keep().await?;
        let new = row(caller.workspace(), caller.member(), now, name, file::media_type(&extension), &stored)?;
        let preview = match &small {
            None => None,
            Some(small) => {
                let kept = store.keep(&small.content).await?;
                let name = format!("preview.{}", small.extension);
                let row = row(caller.workspace(), caller.member(), now, name, small.media_type, &kept)?;
                Some((row, kept))
            }
        };
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            let (about, involved) = seen(&mut tx, caller, member.role, idea).await?;
            file::may_attach(about.state, involved)?;
            let there = tx.attachments_of(idea).await?;
            if there
                .iter()
                .any(|one| (&one.digest, &one.name, &one.owner_id) == (&new.digest, &new.name, &new.owner_id))
            {
                return Ok(false);
            }
            Quota::Attachments.admits_another(i64::try_from(there.len()).unwrap_or(i64::MAX))?;
            let preview = preview.as_ref().map(|(row, _)| row);
            let rows: Vec<_> = std::iter::once(&new).chain(preview).collect();
            within_quota(&mut tx, &rows).await?;
            tx.insert_attachment(idea, &new, preview).await?;
            let entry = entry(caller, "Attached a file", &about).with("file", new.name.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            if about.state == IdeaState::Approved {
                tx.follow_idea(idea, &member.id).await?;
                let news = News { by: &member.id, by_name: &member.name, what: Happened::Attached(&new.name) };
                self.0.ideas().notify_followers(&mut tx, &about, news).await?;
            }
            tx.commit().await?;
            Ok(true)
        })
        .await;
        // One that is there already leaves nothing of the second one.
        stored.settle(&done, |new| *new);
        if let Some((_, kept)) = preview {
            kept.settle(&done, |new| *new);
        }
        done.map(drop)
    }

    /// Takes a file off an idea: whoever attached it, the idea's author, or a moderator.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such file, or not for the caller; [`policy::Refusal::ModeratorRequired`].
    pub async fn detach(self, caller: &Caller, id: &FileId) -> Result<IdeaId> {
        let (idea, unused) = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            let found = tx.attachment(id).await?.ok_or(Error::NotFound)?;
            let (about, involved) = seen(&mut tx, caller, member.role, &found.idea_id).await?;
            file::may_remove(found.owner_id == member.id, involved)?;
            let unused = tx.delete_attachment(&found).await?;
            let entry = entry(caller, "Removed an attachment", &about).with("file", found.name);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok((found.idea_id, unused))
        })
        .await?;
        self.remove(&unused).await;
        Ok(idea)
    }

    /// Opens a file of an idea, or the picture that is shown of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such file, or not for the caller.
    pub async fn attachment(self, caller: &Caller, id: &FileId, preview: bool) -> Result<Download> {
        let mut tx = self.0.store().read().await?;
        let found = tx.attachment(id).await?.ok_or(Error::NotFound)?;
        seen(&mut tx, caller, caller.role(), &found.idea_id).await?;
        let wanted = if preview { found.preview_id.ok_or(Error::NotFound)? } else { found.file_id };
        let row = tx.file(&wanted).await?.ok_or(Error::NotFound)?;
        drop(tx);
        self.open(row).await
    }
}

fn entry(caller: &Caller, action: &'static str, idea: &IdeaRow) -> Entry {
    Entry::new(Channel::Files, action, Actor::Member(caller.email().clone()))
        .from_address(caller.address())
        .with("idea", idea.title.as_str())
}
