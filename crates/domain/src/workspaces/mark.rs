//! The mark of a workspace: a picture that stands before its name, written anew from what was uploaded.
use crate::{
    Caller, Error, FileId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Workspaces,
    files::{Download, Size, Upload, file_row, small_picture, within_quota},
    members::{clean_name, hold_caller},
    platform::unit_of_work::unit_of_work,
};
use policy::decide::file;

/// The longest text that says what a mark shows, in characters.
const TEXT_LIMIT: usize = 120;

impl Workspaces<'_> {
    /// Has a picture stand before the name of the caller's workspace.
    ///
    /// # Errors
    /// [`Error::Invalid`] beside the fields `file` and `text`; [`policy::Refusal::FileRefused`];
    /// [`policy::Refusal::StepUpRequired`]: people trust it; [`policy::Refusal::StorageFull`].
    pub async fn set_mark(self, caller: &Caller, mut upload: Upload, text: &str) -> Result<()> {
        caller.is_fresh()?;
        let text = clean_name(text);
        if text.chars().count() > TEXT_LIMIT {
            return Err(Error::field("text", format!("This has at most {TEXT_LIMIT} characters.")));
        }
        if !file::is_picture(upload.extension()) {
            return Err(Error::field("file", "Choose a picture: a gif, jpg, png or webp file."));
        }
        upload.judge(&caller.policy().settings).await?;
        let store = self.0.file_store();
        let small = small_picture(store, upload.path(), upload.extension(), Size::Mark).await?;
        drop(upload);
        let stored = store.keep(&small.content).await?;
        let name = format!("mark.{}", small.extension);
        let row = file_row(caller.workspace(), caller.member(), self.0.now(), name, small.media_type, &stored)?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            within_quota(&mut tx, &[&row]).await?;
            tx.insert_file(&row).await?;
            let unused = match tx.set_workspace_mark(caller.workspace(), Some(&row.id), &text).await? {
                Some(before) => tx.delete_file(&before).await?,
                None => None,
            };
            let entry = entry(caller, "Changed the workspace's mark").with("shows", text.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(unused)
        })
        .await;
        stored.settle(&done, |_| true);
        self.0.files().remove(done?.as_slice()).await;
        Ok(())
    }

    /// Has no picture stand before the name of the caller's workspace any more.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`].
    pub async fn remove_mark(self, caller: &Caller) -> Result<()> {
        caller.is_fresh()?;
        let unused = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let Some(before) = tx.set_workspace_mark(caller.workspace(), None, "").await? else { return Ok(None) };
            let unused = tx.delete_file(&before).await?;
            let entry = entry(caller, "Removed the workspace's mark");
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(unused)
        })
        .await?;
        self.0.files().remove(unused.as_slice()).await;
        Ok(())
    }

    /// Opens the mark of a workspace, for anybody.
    ///
    /// # Errors
    /// [`Error::NotFound`] where that is not its mark.
    pub async fn open_mark(self, workspace: &WorkspaceId, id: &FileId) -> Result<Download> {
        let mut tx = self.0.store().read().await?;
        let mark = tx.workspace(workspace).await?.and_then(|row| row.mark_id);
        let row = tx.file(&mark.filter(|mark| mark == id).ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)?;
        drop(tx);
        self.0.files().open(row).await
    }
}

fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Settings, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}
