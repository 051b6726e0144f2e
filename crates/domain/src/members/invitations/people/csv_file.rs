//! The lines of a CSV file whose first one names its columns (RFC 4180), with whatever separates them in a country.
use super::{MOST, PersonOnList};
use csv::{ReaderBuilder, StringRecord};

/// What the column of addresses is called.
const EMAIL: [&str; 7] = ["email", "e-mail", "mail", "address", "email address", "e-mail address", "email-address"];
/// What the column of names is called.
const NAME: [&str; 4] = ["name", "full name", "display name", "member"];
const FIRST_NAME: [&str; 3] = ["first name", "given name", "firstname"];
const LAST_NAME: [&str; 4] = ["last name", "family name", "surname", "lastname"];
const ROLE: [&str; 1] = ["role"];

/// Where the columns are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    separator: u8,
    /// How many lines stand before the first one that is no header.
    lines: usize,
    email: usize,
    name: Option<usize>,
    first_name: Option<usize>,
    last_name: Option<usize>,
    role: Option<usize>,
}

/// Finds the line that names the columns; `None` where the first line names no column of addresses.
pub(super) fn header(text: &str) -> Option<Header> {
    let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let (mut first, mut number) = lines.next()?;
    // Excel reads from such a line what separates the cells.
    if first.len() == "sep=;".len() && first.starts_with("sep=") {
        (first, number) = lines.next()?;
    }
    [b',', b';', b'\t'].into_iter().find_map(|separator| {
        let names = first.split(char::from(separator)).map(|name| name.trim().trim_matches('"').trim().to_lowercase());
        let names: Vec<String> = names.collect();
        let column = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        Some(Header {
            separator,
            lines: number,
            email: column(&EMAIL)?,
            name: column(&NAME),
            first_name: column(&FIRST_NAME),
            last_name: column(&LAST_NAME),
            role: column(&ROLE),
        })
    })
}

/// Reads the lines below the header; no further than one more than is taken.
pub(super) fn read(text: &str, header: &Header) -> Vec<PersonOnList> {
    let below: usize = text.split_inclusive('\n').take(header.lines).map(str::len).sum();
    let body = text.get(below..).unwrap_or_default();
    let mut reader =
        ReaderBuilder::new().delimiter(header.separator).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut found = Vec::new();
    let mut record = StringRecord::new();
    // A text is read to its end: nothing but input and encoding could fail, and it has neither left.
    while found.len() <= MOST && reader.read_record(&mut record).unwrap_or(false) {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or_default());
        found.push(person(header.lines + line, &record, header));
    }
    found
}

fn person(line: usize, record: &StringRecord, header: &Header) -> PersonOnList {
    let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or_default().trim();
    let names = [header.name, header.first_name, header.last_name].map(cell);
    let name = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
    let text = record.iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(", ");
    PersonOnList::new(line, &text, &name, cell(Some(header.email)), cell(header.role))
}
