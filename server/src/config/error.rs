//! What is wrong with the configuration, in one line.
use policy::TextProblem;

/// What is wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// There is no key of this name.
    #[error("Unknown configuration key `{key}` in {source_name}.{hint}")]
    Unknown {
        /// The key as it was written.
        key: String,
        /// Where it stands.
        source_name: String,
        /// ` Did you mean …?`, or nothing.
        hint: String,
    },
    /// The value is not one of this key.
    #[error("Configuration key `{key}` in {source_name} can't be {value}. {expected}")]
    Bad {
        /// The key.
        key: &'static str,
        /// Where it stands.
        source_name: String,
        /// The value, or `what it is` for a key that may hold a secret.
        value: String,
        /// What would be right.
        expected: String,
    },
    /// What was given is no text.
    #[error("{source_name} can't be read: {problem}.")]
    NoText {
        /// Where it stands.
        source_name: String,
        /// Why it is none.
        problem: TextProblem,
    },
    /// A file can't be read.
    #[error("Can't read {path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        cause: String,
    },
    /// The configuration file is not TOML.
    #[error("{path} is not a TOML file: {cause}")]
    NotToml {
        /// The file.
        path: String,
        /// What the parser says, in one line.
        cause: String,
    },
}
