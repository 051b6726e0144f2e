//! Signing in, setting up, and links that were sent: plain HTML forms.
pub mod choose_password;
pub mod claim_account;
pub mod forgot_password;
pub mod link;
pub mod passkey_button;
pub mod second_step;
pub mod set_up;
pub mod sign_in;
pub mod step_up;
