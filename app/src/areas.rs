//! Which area each server function belongs to; the gate is bound to this tag.
use policy::Area;

/// The area of the server function at this path; nothing for a path that is none.
pub fn server_function(path: &str) -> Option<Area> {
    Some(match path.strip_prefix("/api/app/")? {
        "communities/load" | "lockouts/load" | "mail/load" | "members/load" | "settings/load" | "settings/review"
        | "settings/banner" | "settings/save" | "history/load" | "audit/load" => Area::Admin,
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

    #[test]
    fn every_server_function_has_an_area() {
        let paths: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
        assert!(!paths.is_empty());
        for path in paths {
            assert!(server_function(path).is_some(), "{path} has no area");
        }
    }

    #[test]
    fn a_path_that_is_no_server_function_has_no_area() {
        assert_eq!(server_function("/admin/settings"), None);
        assert_eq!(server_function("/api/app/settings/load/"), None);
    }
}
