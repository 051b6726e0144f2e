//! Signing in, setting up, and links that were sent: plain HTML forms.
mod ask_for_mail;
pub mod choose_password;
pub mod claim_account;
mod code_fields;
pub mod forgot_password;
pub mod join;
pub mod link;
pub mod passkey_button;
pub mod register;
pub mod second_step;
pub mod set_up;
pub mod sign_in;
pub mod step_up;
pub mod unsubscribe;
