//! The built front-end: part of the program, unless a folder is named that is served in its place.
mod embedded;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header::CACHE_CONTROL},
    middleware::map_response,
    response::Response,
    routing::{MethodRouter, any_service, get},
};
pub use embedded::File;

use leptos::config::{Env, LeptosOptions};
use std::path::{Path, PathBuf};
use tower_http::services::ServeDir;

/// Where the files lie that pages name.
const PACKAGES: &str = "pkg";
/// The name that those files have before their ending.
const NAME: &str = "bailey";
/// What else the site has, whose names never change.
const OTHERS: [&str; 8] = [
    "/altcha/{*file}",
    "/captcha/{*file}",
    "/strength/{*file}",
    "/altcha-start.js",
    "/captcha-worker.js",
    "/strength-worker.js",
    "/icon.svg",
    "/robots.txt",
];

/// The built front-end.
#[derive(Debug, Clone)]
pub enum FrontEnd {
    /// Part of the program.
    Embedded(&'static [File]),
    /// In a folder.
    Folder(PathBuf),
}

impl FrontEnd {
    /// Takes the files that are part of the program, in the order of their paths, unless there is a folder.
    pub fn new(folder: Option<&Path>, files: &'static [File]) -> Self {
        folder.map_or(Self::Embedded(files), |folder| Self::Folder(folder.to_path_buf()))
    }

    /// Returns the folder of the files that pages name, below the root of the site. A build has one that is
    /// named after it; what `make watch` builds lies in `pkg` itself.
    ///
    /// # Errors
    /// Says in one line what is missing and how it gets there.
    pub fn package(&self) -> Result<String, String> {
        let mut found: Vec<_> = self.packages().into_iter().filter(|folder| self.has(folder, "wasm")).collect();
        let (Some(package), None) = (found.pop(), found.pop()) else {
            return Err(format!("{} Build it with `make build`, or set BAILEY_SITE_ROOT.", self.not_one()));
        };
        match ["css", "js"].into_iter().find(|ending| !self.has(&package, ending)) {
            Some(ending) => Err(format!("The front-end is not whole: {package}/{NAME}.{ending} is missing.")),
            None => Ok(package),
        }
    }

    /// Returns how the application names its files.
    pub fn options(&self) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name(NAME)
            .site_pkg_dir(self.package().unwrap_or_else(|_| PACKAGES.to_owned()))
            .env(Env::PROD)
            .build()
    }

    /// Adds the files to a router.
    pub fn serve<S: Clone + Send + Sync + 'static>(&self, router: Router<S>) -> Router<S> {
        let package = if self.package().is_ok_and(|package| package != PACKAGES) {
            self.files().layer(map_response(keep_for_long))
        } else {
            self.files()
        };
        let router = router.route(&format!("/{PACKAGES}/{{*file}}"), package);
        OTHERS.into_iter().fold(router, |router, path| router.route(path, self.files()))
    }

    fn files<S: Clone + Send + Sync + 'static>(&self) -> MethodRouter<S> {
        match self {
            Self::Folder(root) => any_service(ServeDir::new(root).precompressed_br().precompressed_gzip()),
            Self::Embedded(files) => {
                let files = *files;
                get(async move |request: Request| embedded::answer(files, request.uri().path(), request.headers()))
            }
        }
    }

    /// Returns every folder that may be the one.
    fn packages(&self) -> Vec<String> {
        let mut found = match self {
            Self::Embedded(files) => files
                .iter()
                .filter_map(|file| file.path.strip_prefix("pkg/")?.split_once('/'))
                .map(|(build, _)| format!("{PACKAGES}/{build}"))
                .collect(),
            Self::Folder(root) => std::fs::read_dir(root.join(PACKAGES))
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| format!("{PACKAGES}/{}", entry.file_name().display()))
                .collect::<Vec<_>>(),
        };
        found.push(PACKAGES.to_owned());
        found.sort();
        found.dedup();
        found
    }

    fn has(&self, package: &str, ending: &str) -> bool {
        let path = format!("{package}/{NAME}.{ending}");
        match self {
            Self::Embedded(files) => embedded::find(files, &path).is_some(),
            Self::Folder(root) => root.join(path).is_file(),
        }
    }

    fn not_one(&self) -> String {
        match self {
            Self::Embedded(_) => "The front-end is missing: this program was built without one.".to_owned(),
            Self::Folder(root) => {
                format!("The front-end is missing: {} does not have one build of it in {PACKAGES}.", root.display())
            }
        }
    }
}

/// Returns what is said of the front-end before pages are served, or `None` when it is there. A program that was
/// built for development serves without one.
///
/// # Errors
/// Where pages would come without their files.
pub fn before_serving(found: Result<String, String>, for_development: bool) -> Result<Option<String>, String> {
    match found {
        Ok(_) => Ok(None),
        Err(words) if for_development => Ok(Some(words)),
        Err(words) => Err(words),
    }
}

/// Lets browsers keep the files of a build, whose folder no other build has.
async fn keep_for_long(mut response: Response) -> Response {
    if response.status().is_success() {
        let value = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    response
}

#[cfg(test)]
mod tests;
