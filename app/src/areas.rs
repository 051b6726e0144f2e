//! Which area each server function belongs to; the gate is bound to this tag.
use policy::Area;

/// The area of the server function at this path; `None` for a path that is none.
pub fn server_function(path: &str) -> Option<Area> {
    Some(match path.strip_prefix("/api/app/")? {
        "communities/load" | "lockouts/load" | "mail/load" | "members/load" | "settings/load" | "settings/review"
        | "settings/posture" | "settings/waiting" | "settings/banner" | "settings/save" | "history/load"
        | "audit/load" => Area::Admin,
        "profile/two-factor"
        | "passkeys/enrol-start"
        | "passkeys/enrol-finish"
        | "passkeys/step-up-start"
        | "passkeys/step-up-finish" => Area::Enrolment,
        "profile/password" => Area::Password,
        "profile/sessions" | "profile/trusted" | "profile/policies" | "ideas/load" | "ideas/one" => Area::Member,
        "passkeys/sign-in-start" | "passkeys/sign-in-finish" => Area::Public,
        "passkeys/second-step-start" | "passkeys/second-step-finish" => Area::SecondStep,
        _ => return None,
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos::server_fn::axum::server_fn_paths;
    use std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::{Path, PathBuf},
    };

    /// The files of a folder and of those within it.
    fn sources(dir: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(dir).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                found.extend(sources(&path));
            } else {
                found.push(path);
            }
        }
        found
    }

    /// What each server function does, by its path, without comments.
    fn bodies() -> BTreeMap<String, String> {
        let mut bodies = BTreeMap::new();
        for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api")) {
            let text = fs::read_to_string(&file).expect("it can be read");
            for declared in text.split("#[server(endpoint = \"").skip(1) {
                let (endpoint, rest) = declared.split_once('"').expect("the name ends");
                let (body, _) = rest.split_once("\n}\n").expect("the function ends");
                let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
                bodies.insert(format!("/api/app/{endpoint}"), lines.collect::<Vec<_>>().join("\n"));
            }
        }
        bodies
    }

    #[test]
    fn every_server_function_has_an_area() {
        let paths: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
        assert!(!paths.is_empty());
        for path in paths {
            assert!(server_function(path).is_some(), "{path} has no area");
        }
    }

    /// Fails when a server function no longer asks the gate about the area of its tag, which is all that holds where a
    /// page is rendered on the server and calls it past the router.
    #[test]
    fn every_server_function_asks_for_the_area_of_its_tag() {
        let bodies = bodies();
        let registered: BTreeSet<_> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
        assert_eq!(bodies.keys().cloned().collect::<BTreeSet<_>>(), registered);
        for (path, body) in bodies {
            let area = server_function(&path).expect("it has an area");
            let asked = (body.matches("caller(Area::").count(), body.matches("pending_sign_in()").count());
            match area {
                Area::Public => assert_eq!(asked, (0, 0), "{path}"),
                Area::SecondStep => {
                    assert_eq!(asked, (0, 1), "{path}");
                    assert!(body.contains("pending_sign_in()?"), "{path}: {body}");
                }
                _ => {
                    assert_eq!(asked, (1, 0), "{path}");
                    assert!(body.contains(&format!("caller(Area::{area:?})?")), "{path} is of {area:?}: {body}");
                }
            }
        }
    }

    #[test]
    fn a_path_that_is_no_server_function_has_no_area() {
        assert_eq!(server_function("/admin/settings"), None);
        assert_eq!(server_function("/api/app/settings/load/"), None);
    }
}
