//! What the texts in the fields amount to, each by itself and all together.
use policy::{
    Setting, Settings, Violation,
    rules::{self, Scheme, Warning},
};

/// What a text in a field amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCheck {
    /// Its canonical form; the text itself where it has a problem.
    pub canonical: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

impl FieldCheck {
    /// Checks a text.
    pub fn of(setting: &Setting, text: &str) -> Self {
        match setting.canonical(text) {
            Ok(canonical) => Self { canonical, problem: None },
            Err(problem) => Self { canonical: text.to_owned(), problem: Some(problem.to_string()) },
        }
    }
}

/// What the rules across settings say about the whole form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CrossFieldChecks {
    /// What must not be.
    pub violations: Vec<Violation>,
    /// What is probably not meant.
    pub warnings: Vec<Warning>,
}

impl CrossFieldChecks {
    /// Checks the form.
    pub fn of(settings: &Settings, scheme: Scheme) -> Self {
        Self { violations: rules::violations(settings), warnings: rules::warnings(settings, scheme) }
    }

    /// What they say against one setting.
    pub fn problem(&self, setting: &Setting) -> Option<String> {
        let found = self.violations.iter().find(|found| found.key == setting.key);
        found.map(|found| found.problem.to_string())
    }
}
