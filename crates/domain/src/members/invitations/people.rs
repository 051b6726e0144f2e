//! Reading a list of people: pasted as people write addresses, or the lines of a CSV file.
mod csv_file;
mod pasted;

use encoding_rs::{Encoding, WINDOWS_1252};
use policy::{EmailAddress, email::EmailProblem};

/// How many people are taken at once.
pub const MOST: usize = 1_000;

/// How much of a line is told.
const TOLD: usize = 120;

/// Somebody on a list, as it says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PersonOnList {
    /// The line on which they stand, counted from 1.
    pub line: usize,
    /// What stands there, shortened.
    pub text: String,
    /// Their name; empty where none is given.
    pub name: String,
    /// Their address, or what is wrong with it.
    pub email: Result<EmailAddress, EmailProblem>,
    /// Their role; empty where none is given.
    pub role: String,
}

impl PersonOnList {
    fn new(line: usize, text: &str, name: &str, email: &str, role: &str) -> Self {
        let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            line,
            text: on_one_line(text).chars().take(TOLD).collect(),
            name: on_one_line(name),
            email: EmailAddress::parse(email),
            role: role.trim().to_lowercase(),
        }
    }
}

/// Reads a list of people.
///
/// # Errors
/// Why it can't be taken, in words.
pub(super) fn read(text: &str) -> Result<Vec<PersonOnList>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = match csv_file::header(text) {
        Some(header) => csv_file::read(text, &header),
        None => pasted::read(text),
    };
    match found.len() {
        0 => Err("Enter the addresses of those whom you want to invite.".to_owned()),
        length if length > MOST => Err(format!(
            "That are more than {} people, as many as can be invited at once. Take the others another time.",
            policy::words::number(i64::try_from(MOST).unwrap_or(i64::MAX))
        )),
        _ => Ok(found),
    }
}

/// Returns a file as text: UTF-8 or UTF-16 by its mark, else UTF-8, or what Windows writes in western Europe.
///
/// # Errors
/// Why it is no text, in words.
pub fn text_of_file(bytes: &[u8]) -> Result<String, String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    if text.contains('\0') {
        return Err("That is no text. Save the table as CSV, and choose that file.".to_owned());
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people(text: &str) -> Vec<(usize, String, String)> {
        let read = read(text).expect("a list");
        let email = |email: Result<EmailAddress, EmailProblem>| email.map_or("?".to_owned(), String::from);
        read.into_iter().map(|found| (found.line, found.name, email(found.email))).collect()
    }

    fn told(expected: &[(usize, &str, &str)]) -> Vec<(usize, String, String)> {
        expected.iter().map(|(line, name, email)| (*line, (*name).to_owned(), (*email).to_owned())).collect()
    }

    #[test]
    fn addresses_are_read_as_people_paste_them() {
        let text = "\u{feff}Ada Lovelace <Ada@Example.org>\r\n\r\ngrace@example.org, joan@example.org; ida@example.org\n\
                    \"Hopper, Grace\" <g@example.org>\nMary Shelley\tmary@example.org\nnobody\n\
                    a@example.org b@example.org\n<mailto:eve@example.org>";
        assert_eq!(
            people(text),
            told(&[
                (1, "Ada Lovelace", "ada@example.org"),
                (3, "", "grace@example.org"),
                (3, "", "joan@example.org"),
                (3, "", "ida@example.org"),
                (4, "Hopper, Grace", "g@example.org"),
                (5, "Mary Shelley", "mary@example.org"),
                (6, "", "?"),
                (7, "", "a@example.org"),
                (7, "", "b@example.org"),
                (8, "", "eve@example.org"),
            ])
        );
    }

    #[test]
    fn a_file_is_read_by_the_names_of_its_columns() {
        for text in [
            "Name,E-mail,Role\r\n\"Lovelace, Ada\",ada@example.org,admin\r\n",
            "sep=;\r\nE-Mail;Name;Role\r\nada@example.org;\"Lovelace, Ada\";Admin\r\n\r\n",
            "email\tfirst name\tlast name\trole\nada@example.org\tLovelace,\tAda\tadmin\n",
        ] {
            let found = read(text).expect("a list");
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!((found[0].name.as_str(), found[0].role.as_str()), ("Lovelace, Ada", "admin"), "{text}");
            assert_eq!(found[0].email.as_ref().map(EmailAddress::as_str), Ok("ada@example.org"), "{text}");
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them_and_a_name_loses_its_line_ends() {
        let text = "name,email\n\"Ada\r\nLovelace\",ada@example.org\nGrace,grace@example.org\nJoan\n,\n";
        let expected = [(2, "Ada Lovelace", "ada@example.org"), (4, "Grace", "grace@example.org"), (5, "Joan", "?")];
        assert_eq!(people(text), told(&expected));
    }

    #[test]
    fn a_file_is_text_in_whatever_encoding_a_table_is_saved() {
        let utf_16: Vec<u8> = "\u{feff}email\r\nz\u{fc}@x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, text) in [
            (&b"\xef\xbb\xbfemail"[..], "email"),
            (b"Zo\xc3\xab", "Zoë"),
            (b"Zo\xeb", "Zoë"),
            (b"\x93Ada\x94", "“Ada”"),
            (&utf_16, "email\r\nzü@x"),
        ] {
            assert_eq!(text_of_file(bytes).as_deref(), Ok(text), "{bytes:?}");
        }
        assert!(text_of_file(b"PK\x03\x04\0\0").is_err(), "a table that is no text");
    }

    #[test]
    fn a_list_that_is_empty_or_too_long_is_refused_in_words() {
        for text in ["", "  \r\n\n", "\u{feff}", "name,email\n"] {
            assert!(read(text).is_err_and(|words| words.starts_with("Enter the addresses")), "{text:?}");
        }
        let many = |n: usize| (0..n).map(|n| format!("m{n}@example.org\n")).collect::<Vec<_>>().concat();
        assert_eq!(read(&many(MOST)).map(|found| found.len()), Ok(MOST));
        assert!(
            read(&many(50_000)).is_err_and(|words| words.replace('\u{a0}', " ").contains("more than 1 000 people"))
        );
        let file = format!("email\n{}", many(MOST + 1));
        assert!(read(&file).is_err());
    }

    proptest! {
        #[test]
        fn no_list_makes_the_reader_panic(text in "(\\PC|[\"<>@,;\r\n\t])*", csv in any::<bool>()) {
            let text = if csv { format!("name;email\n{text}") } else { text };
            if let Ok(found) = read(&text) {
                let lines = text.lines().count();
                prop_assert!(found.iter().all(|found| (1..=lines.max(1)).contains(&found.line)));
            }
        }

        #[test]
        fn no_file_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(text_of_file(&bytes).map(|text| read(&text)));
        }

        #[test]
        fn everybody_on_a_list_is_found_once(
            names in prop::collection::vec("[a-z]{1,8}", 1..20),
            between in prop::sample::select(vec!["\n", "\r\n", ", ", ";", "\n\n"]),
        ) {
            let addresses: Vec<_> = names.iter().map(|name| format!("{name}@example.org")).collect();
            let found = people(&addresses.join(between));
            prop_assert_eq!(found.into_iter().map(|(_, _, email)| email).collect::<Vec<_>>(), addresses.clone());
            let rows: Vec<_> = names.iter().map(|name| format!("\"{name}; x\";{name}@example.org\n")).collect();
            let found = people(&format!("Name;E-Mail\n{}", rows.concat()));
            prop_assert_eq!(found.into_iter().map(|(_, _, email)| email).collect::<Vec<_>>(), addresses);
        }
    }
}
