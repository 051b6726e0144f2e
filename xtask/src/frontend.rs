//! Makes what a browser loads of what cargo has compiled.
use crate::Result;
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// Splits the application into what every page loads and the bundles that some load later, and writes both,
/// with the scripts that load them, into a folder.
pub fn application(compiled: &Path, package: &Path) -> Result {
    let input = fs::read(compiled)?;
    let first = compiled.with_extension("first.wasm");
    let mut options = Options::new(&input);
    options.output_dir = package;
    options.main_out_path = &first;
    options.main_module = "./bailey.js";
    transform(options)?;
    // The bundles use what the linker exports, by the names that it has there.
    let mut bindgen = Bindgen::new();
    bindgen.input_path(&first).out_name("bailey").keep_lld_exports(true).demangle(false);
    bindgen.web(true)?.generate(package)?;
    fs::remove_file(first)?;
    Ok(fs::rename(package.join("bailey_bg.wasm"), package.join("bailey.wasm"))?)
}

/// Writes a module that a worker loads.
pub fn worker(compiled: &Path, folder: &Path) -> Result {
    Ok(Bindgen::new().input_path(compiled).no_modules(true)?.generate(folder)?)
}
