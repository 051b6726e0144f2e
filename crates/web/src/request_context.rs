//! What the edge and the gate know of the request that is being answered.
use crate::Cookies;
use domain::{
    Admission, AdmissionRequest, Bailey, Caller, Client, Token, access::Pass, sign_in::PendingSignIn,
    workspaces::Workspace,
};
use policy::{Area, Refusal, decide::analytics::Consent};

/// What the edge and the gate know of the request that is being answered.
#[derive(Clone)]
pub struct RequestContext {
    /// Bailey itself.
    pub bailey: Bailey,
    /// The workspace.
    pub workspace: Workspace,
    /// What the gate decided.
    pub admission: Admission,
    /// The browser.
    pub client: Client,
    /// What an operator finds in the log.
    pub request_id: String,
    /// How cookies are named and marked.
    pub cookies: Cookies,
    /// What its browser was told about being measured.
    pub consent: Consent,
    /// Whether a proxy seems to stand before Bailey whose word about the client's address is not believed.
    pub forwarding_ignored: bool,
}

impl RequestContext {
    /// Returns the signed-in member, if they may enter this area; asked anew in every server function, since a page
    /// that is rendered on the server calls them without passing the router.
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn caller(&self, area: Area) -> Result<Caller, Refusal> {
        match &self.admission.verdict {
            Ok(Pass::Member(caller)) => caller.may_enter(area).map(|_| caller.clone()),
            Ok(Pass::PendingSignIn(_)) => Err(Refusal::SecondStepRequired),
            Ok(Pass::Anybody) => Err(Refusal::SignInRequired),
            Err(refusal) => Err(refusal.clone()),
        }
    }

    /// Returns the sign-in between its two steps.
    ///
    /// # Errors
    /// Asks for a sign-in when there is none.
    pub fn pending_sign_in(&self) -> Result<PendingSignIn, Refusal> {
        match &self.admission.verdict {
            Ok(Pass::PendingSignIn(sign_in)) => Ok(sign_in.clone()),
            Err(refusal) => Err(refusal.clone()),
            Ok(_) => Err(Refusal::SignInRequired),
        }
    }

    /// Returns what holds for a session that was given a new token meanwhile.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn admit_again(&self, area: Area, session: Token) -> domain::Result<Self> {
        let request = AdmissionRequest {
            workspace: &self.workspace.id,
            area,
            session: Some(session),
            pending: None,
            client: self.client.clone(),
            activity: true,
        };
        Ok(Self { admission: self.bailey.access().admit(request).await?, ..self.clone() })
    }
}
