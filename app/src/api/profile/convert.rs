//! From the domain's words to the page's.
use super::{
    AuthenticatorView, PasskeyView, PasswordView, PendingAuthenticator, SessionView, TrustedView, TwoFactorView,
};
use crate::page::{
    page_state::{Deadline, Judge},
    refusal_view::{RefusalView, key_and_label},
};
use domain::{
    Caller, Error,
    credentials::{passwords::PasswordState, two_factor},
    sessions::Session,
    sign_in::known_browsers::TrustedBrowser,
};
use policy::{
    SettingKey, Timestamp,
    decide::{
        email_code,
        enrolment::{self, Factor},
        password::{self, Due},
    },
};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The quiet zone around a QR code, in modules (ISO/IEC 18004 §9.1).
const QUIET_ZONE: i32 = 4;

pub(super) fn two_factor(caller: &Caller, overview: two_factor::Overview) -> domain::Result<TwoFactorView> {
    let settings = &caller.policy().settings;
    let authenticator = overview.authenticator;
    let stays =
        |factor| enrolment::may_remove(settings, caller.role(), caller.factors(), factor).err().map(RefusalView::from);
    Ok(TwoFactorView {
        required_by: enrolment::required_by(settings, caller.role()).and_then(key_and_label),
        missing: enrolment::enough(settings, caller.role(), caller.factors()).err().map(RefusalView::from),
        authenticator: authenticator.map(|(added_at, last_used_at)| AuthenticatorView { added_at, last_used_at }),
        pending: overview.pending.map(pending).transpose()?,
        pending_hidden: overview.pending_hidden,
        authenticator_stays: stays(Factor::Authenticator),
        passkeys_stay: stays(Factor::Passkey).filter(|_| caller.factors().passkeys > 0),
        authenticator_off: enrolment::may_enrol(settings, Factor::Authenticator).err().map(RefusalView::from),
        passkeys: overview.passkeys.into_iter().map(PasskeyView::from).collect(),
        passkeys_off: enrolment::may_enrol(settings, Factor::Passkey).err().map(RefusalView::from),
        recovery_codes_left: overview.recovery_codes_left,
        email_codes: overview.email_codes,
        email_codes_off: email_code::may_choose(settings).err().map(RefusalView::from),
        email_codes_serve: email_code::serves(settings, caller.factors(), true),
    })
}

fn pending(pending: two_factor::PendingAuthenticator) -> domain::Result<PendingAuthenticator> {
    let code =
        QrCode::encode_text(&pending.uri, QrCodeEcc::Medium).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(PendingAuthenticator {
        qr_side: u32::try_from(code.size() + 2 * QUIET_ZONE).unwrap_or_default(),
        qr_path: dark_modules(&code),
        secret: pending.secret,
        uri: pending.uri,
    })
}

/// Draws each dark module as a square of an SVG path.
fn dark_modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            write!(path, "M{},{}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE).expect("writing to a String never fails");
        }
    }
    path
}

impl From<two_factor::PasskeyRow> for PasskeyView {
    fn from(key: two_factor::PasskeyRow) -> Self {
        Self { id: key.id.to_string(), name: key.name, added_at: key.added_at, last_used_at: key.last_used_at }
    }
}

impl From<Session> for SessionView {
    fn from(session: Session) -> Self {
        Self {
            id: session.id.to_string(),
            browser: session.browser,
            address: session.address,
            started_at: session.started_at,
            last_seen_at: session.last_seen_at,
            ends_at: session.ends_at,
            current: session.current,
        }
    }
}

pub(super) fn password(caller: &Caller, state: PasswordState, now: Timestamp) -> PasswordView {
    let settings = &caller.policy().settings;
    let by = |key| move |at| Deadline { at, setting: key_and_label(key) };
    let due = state.expires.map(|end| password::due(end, now));
    PasswordView {
        set_at: state.set_at,
        may_change_from: state.may_change_from.map(by(SettingKey::PASSWORDS_CHANGE_INTERVAL)),
        expires: state.expires.map(by(SettingKey::PASSWORDS_MAX_AGE)),
        expires_soon: due == Some(Due::Soon),
        expired: due == Some(Due::Now),
        reuse_limit: state.reuse_limit,
        reuse_setting: key_and_label(SettingKey::PASSWORDS_REUSE_LIMIT),
        judge: Judge::new(settings.passwords.policy, &caller.who().name, caller.email().as_str()),
        required: password::serves(settings, caller.password(), now).err().map(RefusalView::from),
    }
}

impl From<TrustedBrowser> for TrustedView {
    fn from(trusted: TrustedBrowser) -> Self {
        let TrustedBrowser { id, browser, until, last_seen_at } = trusted;
        Self { id, browser, until, last_seen_at }
    }
}
