//! The addresses of the files that a page loads; they lie in a folder that is named after the build, so that
//! browsers may keep them for ever.
use leptos::config::LeptosOptions;

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
    /// Takes the addresses of the build that the options name.
    pub fn of(options: &LeptosOptions) -> Self {
        let base = format!("{}{}", options.site_pkg_dir_route_base(), options.output_name);
        Self { style_sheet: format!("{base}.css"), module: format!("{base}.js"), wasm: format!("{base}.wasm") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_lie_in_the_folder_of_the_build() {
        let options = LeptosOptions::builder().output_name("bailey").site_pkg_dir("pkg/abc").build();
        let assets = Assets::of(&options);
        assert_eq!(assets.style_sheet, "/pkg/abc/bailey.css");
        assert_eq!(assets.module, "/pkg/abc/bailey.js");
        assert_eq!(assets.wasm, "/pkg/abc/bailey.wasm");
    }
}
