//! A browser without JavaScript: it keeps cookies, sends forms, and follows nothing by itself.
use super::{Answer, PASSWORD};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header},
};
use domain::{Bailey, workspaces::Workspace};
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

pub struct Browser {
    router: Router,
    /// What it has before it: for what a person would read off a page before they go on.
    pub(super) bailey: Bailey,
    pub(super) workspace: Workspace,
    pub cookies: BTreeMap<String, String>,
    /// From where it comes.
    pub address: IpAddr,
    /// Whether it says by `Sec-Fetch-Site` which site causes a request, as those of the last years do.
    pub says_site: bool,
}

impl Browser {
    pub(super) const fn new(router: Router, bailey: Bailey, workspace: Workspace) -> Self {
        let address = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
        Self { router, bailey, workspace, cookies: BTreeMap::new(), address, says_site: true }
    }

    /// Another browser with the same cookies.
    pub fn clone_of(other: &Self) -> Self {
        Self {
            router: other.router.clone(),
            bailey: other.bailey.clone(),
            workspace: other.workspace.clone(),
            cookies: other.cookies.clone(),
            address: other.address,
            says_site: other.says_site,
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(Method::POST, path, Some(body)).await
    }

    /// Takes the first step with some other password.
    pub async fn sign_in_with(&mut self, email: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", password)]).await
    }

    /// Takes the first step with the password that every member of a test has.
    pub async fn sign_in(&mut self, email: &str) -> Answer {
        self.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await
    }

    /// Calls a server function as the application does; answers what it said.
    pub async fn call(&mut self, function: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(&format!("/api/app/{function}"), fields).await
    }

    pub async fn send(&mut self, method: Method, path: &str, form: Option<String>) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let headers = form.as_ref().map(|_| (header::CONTENT_TYPE.as_str(), kind));
        self.send_with(method, path, headers.as_slice(), form).await
    }

    /// Sends a request with these headers besides those that a browser sends, or in place of them.
    pub async fn send_with(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Answer {
        self.send_bytes(method, path, headers, body.map(String::into_bytes)).await
    }

    /// The same with a body that need not be text.
    pub async fn send_bytes(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Answer {
        let request = self.request(method, path, headers, body);
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let body = to_bytes(body, 20_000_000).await.expect("a body that ends");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.to_vec(),
        }
    }

    fn request(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Vec<u8>>) -> Request<Body> {
        let mut request = Request::new(body.map_or_else(Body::empty, Body::from));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().expect("a well-formed address");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.address, 50_000)));
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut all = vec![("host", "localhost:3000"), ("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0")];
        if self.says_site {
            all.push(("sec-fetch-site", "same-origin"));
        }
        if !cookies.is_empty() {
            all.push(("cookie", cookies.as_str()));
        }
        all.extend_from_slice(headers);
        for (name, value) in all {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("the value of a header"));
        }
        request
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().expect("cookies are ASCII");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("name=value");
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
