//! The reference in `docs/cli.md`: what the program itself prints as its help.
use super::Cli;
use clap::{Command, CommandFactory};
use std::fmt::Write;

/// Writes the reference in `docs/cli.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Command line\n\nPrinted by the program itself (`server/src/cli.rs`); a test fails when it is stale, and `make docs` writes it anew.\n\nEach command also takes the configuration as flags ([configuration.md](configuration.md)); `--help` lists them, `-h` leaves them out.\n",
    );
    let mut program = Cli::command();
    program.build();
    describe(&mut program, &mut page);
    page
}

fn describe(command: &mut Command, page: &mut String) {
    let help = command.render_help();
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    write!(page, "\n## {name}\n\n```text\n{help}```\n").expect("writing to a String never fails");
    for command in command.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        describe(command, page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_cli_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli.md");
        let wanted = markdown();
        if std::env::var_os("BAILEY_BLESS").is_some() {
            std::fs::write(path, &wanted).expect("the docs folder is writable");
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(found == wanted, "docs/cli.md is stale: run `make docs`");
    }
}
