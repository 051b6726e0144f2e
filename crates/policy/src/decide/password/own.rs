//! Whose password it is: their name and their address are what an attacker tries first.

/// The least length of a part of somebody's name or address that a password may not have as a word.
const WORD: usize = 4;
/// From this length on a part may stand nowhere in a password. What is shorter stands in other words: `hall` in
/// `challenge`.
const ANYWHERE: usize = 6;

/// Whose password it is: what an attacker would try first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
}

impl<'a> Owner<'a> {
    /// The parts of name and address that a password may not contain.
    pub fn parts(self) -> impl Iterator<Item = &'a str> {
        let of_name = self.name.split(|c: char| !c.is_alphanumeric());
        let local = self.email.split('@').next().unwrap_or_default();
        let of_email = local.split(|c: char| !c.is_alphanumeric()).chain([local]);
        of_name.chain(of_email).filter(|part| part.chars().count() >= WORD)
    }

    /// The part of name or address that a password contains, as its owner writes it; `None` where it contains none.
    pub fn part_in(self, password: &str) -> Option<&'a str> {
        let password = password.to_lowercase();
        self.parts().find(|part| {
            let (part, anywhere) = (part.to_lowercase(), part.chars().count() >= ANYWHERE);
            password.match_indices(&part).any(|(at, found)| anywhere || is_word(&password, at, found))
        })
    }
}

/// Whether a part of a text that stands at this byte is a word of its own: no letter stands beside it.
fn is_word(text: &str, at: usize, part: &str) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let behind = text.get(at + part.len()..).and_then(|behind| behind.chars().next());
    ![before, behind].into_iter().flatten().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::Owner;

    /// Fails when `part_in` takes a short part for one wherever it stands, or a long one only as a word.
    #[test]
    fn a_short_part_counts_as_a_word_and_a_long_one_wherever_it_stands() {
        let owner = Owner { name: "Will Hall-Chen Lovelace", email: "mark.2001.rosé@example.org" };
        for (password, part) in [
            ("goodwill from the kitchen", None),
            ("a challenge of remarkable size", None),
            ("shallow marketplace", None),
            ("the roséwood cabinet", None),
            ("we WILL meet again", Some("Will")),
            ("1990hall1990", Some("Hall")),
            ("over_chen_over", Some("Chen")),
            ("the mark, overshot", Some("mark")),
            ("a rosé in spring", Some("rosé")),
            ("glass of 2001, half empty", Some("2001")),
            ("xxLOVELACExx", Some("Lovelace")),
        ] {
            assert_eq!(owner.part_in(password), part, "{password}");
        }
        let short = Owner { name: "", email: "jr.e.doe@example.org" };
        assert_eq!(short.part_in("xjr.e.doex"), Some("jr.e.doe"), "the whole of it is long");
        assert_eq!(Owner::default().part_in("anything at all"), None);
        assert_eq!(Owner { name: "Ada", email: "" }.part_in("ada is everywhere"), None);
    }

    #[test]
    fn a_text_of_any_script_is_looked_through() {
        let owner = Owner { name: "İpek ÇELİK", email: "ß@ß" };
        assert_eq!(owner.part_in("ipek"), None, "the dotted capital has a form of its own");
        assert_eq!(owner.part_in("🦀İpek🦀"), Some("İpek"));
    }
}
