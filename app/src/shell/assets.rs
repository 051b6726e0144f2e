//! The addresses of the files that a page loads; their names carry hashes, so that browsers may
//! keep them for ever.
use leptos::config::LeptosOptions;
use std::sync::OnceLock;

/// The addresses of the files that every page loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style_sheet: String,
    /// The module that starts the application.
    pub module: String,
    /// The application.
    pub wasm: String,
}

impl Assets {
    /// Reads the names once in the life of the program; a build without hashes has plain names.
    pub fn of(options: &LeptosOptions) -> Self {
        static HASHES: OnceLock<String> = OnceLock::new();
        Self::from_hashes(HASHES.get_or_init(|| read_hashes(options)), options)
    }

    fn from_hashes(hashes: &str, options: &LeptosOptions) -> Self {
        let base = options.site_pkg_dir_route_base();
        let name = |extension: &str| {
            let hash = hashes
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find_map(|(file, hash)| (file.trim() == extension).then(|| hash.trim()));
            let dot = if hash.is_some() { "." } else { "" };
            format!("{base}{}{dot}{}.{extension}", options.output_name, hash.unwrap_or_default())
        };
        Self { style_sheet: name("css"), module: name("js"), wasm: name("wasm") }
    }
}

/// Reads the list of hashes that the build leaves beside the program.
fn read_hashes(options: &LeptosOptions) -> String {
    if !options.hash_files {
        return String::new();
    }
    std::env::current_exe()
        .ok()
        .and_then(|program| std::fs::read_to_string(program.parent()?.join(options.hash_file.as_ref())).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_the_hashes_of_the_build() {
        let options = LeptosOptions::builder().output_name("bailey").build();
        let assets = Assets::from_hashes("js: a\nwasm: b\ncss: c\nmanifest: d\n", &options);
        assert_eq!(assets.style_sheet, "/pkg/bailey.c.css");
        assert_eq!(assets.module, "/pkg/bailey.a.js");
        assert_eq!(assets.wasm, "/pkg/bailey.b.wasm");
    }

    #[test]
    fn a_build_without_hashes_has_plain_names() {
        let options = LeptosOptions::builder().output_name("bailey").build();
        assert_eq!(Assets::from_hashes("", &options).wasm, "/pkg/bailey.wasm");
    }
}
