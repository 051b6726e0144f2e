//! A list as people write it: addresses with names or without, separated by commas, semicolons, tabs or line ends.
use super::{MOST, PersonOnList};
use policy::Role;

/// Reads a list; no further than one more than is taken.
pub(super) fn read(text: &str) -> Vec<PersonOnList> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.flat_map(|(text, line)| people_on(line, text)).take(MOST + 1).collect()
}

/// Whoever stands on a line: everybody with an address. What else stands beside a single address is a name, or a role.
fn people_on(line: usize, text: &str) -> Vec<PersonOnList> {
    let cells = cells(text);
    let (addresses, others): (Vec<&str>, Vec<&str>) = cells.iter().partition(|cell| cell.contains('@'));
    if let [address] = addresses.as_slice() {
        let (roles, names): (Vec<&str>, Vec<&str>) =
            others.iter().partition(|other| other.to_lowercase().parse::<Role>().is_ok());
        let (name, email) = named(address);
        let names: Vec<&str> = std::iter::once(name).chain(names).filter(|name| !name.is_empty()).collect();
        let role = roles.first().copied().unwrap_or_default();
        return vec![PersonOnList::new(line, text, &names.join(" "), email, role)];
    }
    let one = |cell: &&str| {
        let (name, email) = named(cell);
        PersonOnList::new(line, cell, name, email, "")
    };
    cells.iter().filter(|cell| !cell.is_empty()).map(one).collect()
}

/// The cells of a line. What stands in quotes or between angle brackets is no separator.
fn cells(line: &str) -> Vec<&str> {
    let (mut cells, mut start, mut quoted, mut in_brackets) = (Vec::new(), 0, false, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '<' if !quoted => in_brackets = true,
            '>' if !quoted => in_brackets = false,
            ',' | ';' | '\t' if !quoted && !in_brackets => {
                cells.push(line.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(line.get(start..).unwrap_or_default().trim());
    // Addresses with nothing but blanks between them.
    let apart = |cell: &&str| !cell.contains(['<', '"']) && cell.matches('@').count() > 1;
    cells
        .into_iter()
        .flat_map(|cell| if apart(&cell) { cell.split_whitespace().collect() } else { vec![cell] })
        .collect()
}

/// The name and the address of a cell like `Ada Lovelace <ada@example.org>`.
fn named(cell: &str) -> (&str, &str) {
    let split = cell.trim_end().strip_suffix('>').and_then(|cell| cell.rsplit_once('<'));
    split.map_or(("", cell), |(name, email)| (name.trim().trim_matches('"').trim(), email))
}
