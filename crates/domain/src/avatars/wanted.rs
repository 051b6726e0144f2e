//! The members whose pictures have to be fetched, the first to be asked for first. Each node has its own.
use crate::{MemberId, WorkspaceId};
use policy::decide::avatar::WAITING;
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

/// The members whose pictures have to be fetched.
#[derive(Debug, Default)]
pub(crate) struct Wanted(Mutex<VecDeque<(WorkspaceId, MemberId)>>);

impl Wanted {
    /// Adds a member who is not there yet, while there is room.
    pub(super) fn add(&self, workspace: &WorkspaceId, member: &MemberId) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_there = waiting.iter().any(|(of, who)| who == member && of == workspace);
        if !is_there && waiting.len() < WAITING {
            waiting.push_back((workspace.clone(), member.clone()));
        }
    }

    /// Takes so many of them.
    pub(super) fn take(&self, most: usize) -> Vec<(WorkspaceId, MemberId)> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let most = most.min(waiting.len());
        waiting.drain(..most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(n: u128) -> MemberId {
        MemberId::from(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn nobody_waits_twice_and_there_is_an_end_of_it() {
        let workspace = WorkspaceId::from(uuid::Uuid::from_u128(1));
        let wanted = Wanted::default();
        for n in 0..2 * WAITING as u128 {
            wanted.add(&workspace, &member(n));
            wanted.add(&workspace, &member(n));
        }
        assert_eq!(wanted.take(2), [(workspace.clone(), member(0)), (workspace.clone(), member(1))]);
        assert_eq!(wanted.take(usize::MAX).len(), WAITING - 2);
        assert!(wanted.take(1).is_empty());
    }
}
