//! The steps of the first run, as pages show them.
use policy::decide::first_run::FirstStep;
use serde::{Deserialize, Serialize};

/// A step of the first run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstStepView {
    /// Which.
    pub step: FirstStep,
    /// Whether it is done.
    pub done: bool,
}

/// The steps of a first run.
#[cfg(feature = "ssr")]
pub fn steps(run: domain::workspaces::FirstRun) -> Vec<FirstStepView> {
    run.steps.into_iter().map(|(step, done)| FirstStepView { step, done }).collect()
}
