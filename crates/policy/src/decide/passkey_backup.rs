//! Where a passkey's private key may be: on one device, or synced to several (WebAuthn Level 3 §6.1.3, the flag *backup
//! eligible*).
use crate::Refusal;

/// Where a passkey's private key may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyBackup {
    /// On one device, which it does not leave.
    DeviceBound,
    /// Wherever its manager syncs it to.
    Synced,
}

/// Whether a signature counter that did not rise is a sign of a copy: a synced passkey has copies by design, and each
/// counts for itself (WebAuthn Level 3 §6.1.1).
pub fn counter_tells_copies(registered: PasskeyBackup) -> bool {
    registered == PasskeyBackup::DeviceBound
}

/// Whether a passkey has become a synced one, by what is known of it and by what its verified answer says: managers that
/// are updated begin to sync what they hold.
///
/// # Errors
/// [`Refusal::PasskeyNotSynced`] where a synced one says that it never leaves one device: it is not the one that was
/// added.
pub fn has_become_synced(registered: PasskeyBackup, answered: PasskeyBackup) -> Result<bool, Refusal> {
    match (registered, answered) {
        (PasskeyBackup::DeviceBound, PasskeyBackup::Synced) => Ok(true),
        (PasskeyBackup::Synced, PasskeyBackup::DeviceBound) => Err(Refusal::PasskeyNotSynced),
        (PasskeyBackup::DeviceBound, PasskeyBackup::DeviceBound) | (PasskeyBackup::Synced, PasskeyBackup::Synced) => {
            Ok(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PasskeyBackup::{DeviceBound, Synced};

    #[test]
    fn a_passkey_may_become_a_synced_one_and_never_the_other_way_round() {
        assert_eq!(has_become_synced(DeviceBound, Synced), Ok(true));
        assert_eq!(has_become_synced(Synced, DeviceBound), Err(Refusal::PasskeyNotSynced));
        for backup in [DeviceBound, Synced] {
            assert_eq!(has_become_synced(backup, backup), Ok(false), "{backup:?}");
        }
    }

    #[test]
    fn only_the_counter_of_a_passkey_that_never_leaves_its_device_tells_of_copies() {
        assert!(counter_tells_copies(DeviceBound) && !counter_tells_copies(Synced));
    }
}
