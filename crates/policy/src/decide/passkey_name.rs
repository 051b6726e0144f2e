//! The name that a member gives a passkey.

/// The longest name.
pub const LIMIT: usize = 60;

/// May a passkey have this name? Spaces around it do not count.
///
/// # Errors
/// The words beside the field.
pub fn judge(name: &str) -> Result<(), String> {
    let name = name.trim();
    if name.is_empty() {
        return Err("Give it a name that you will recognise.".to_owned());
    }
    if name.chars().count() > LIMIT { Err(format!("Use at most {LIMIT} characters.")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_sixty_characters() {
        assert!(judge("").is_err() && judge(" \u{a0} ").is_err());
        assert!(judge("Work laptop").is_ok() && judge(&format!(" {} ", "é".repeat(60))).is_ok());
        assert!(judge(&"é".repeat(61)).is_err());
    }
}
