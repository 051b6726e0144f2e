//! The people of the made-up workspace, and what they say.
use policy::Role;

/// Everybody's password.
pub(super) const PASSWORD: &str = "violet tractor sings 92 loud";

/// Somebody of the made-up workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    pub name: &'static str,
    pub role: Role,
}

impl Person {
    const fn new(name: &'static str, role: Role) -> Self {
        Self { name, role }
    }

    /// Their address: the first name at example.org.
    pub(super) fn email(self) -> String {
        let first = self.name.split(' ').next().unwrap_or_default();
        format!("{}@example.org", first.to_lowercase())
    }
}

pub(super) const ADA: Person = Person::new("Ada Lovelace", Role::SuperAdmin);
pub(super) const GRACE: Person = Person::new("Grace Hopper", Role::Admin);
pub(super) const TIM: Person = Person::new("Tim Berners-Lee", Role::ItAdmin);
pub(super) const MARGARET: Person = Person::new("Margaret Hamilton", Role::Moderator);
pub(super) const KATHERINE: Person = Person::new("Katherine Johnson", Role::Moderator);

/// Everybody, in the order in which they came.
pub(super) const CAST: [Person; 40] = [
    ADA,
    GRACE,
    TIM,
    MARGARET,
    KATHERINE,
    Person::new("Alan Turing", Role::Member),
    Person::new("Edsger Dijkstra", Role::Member),
    Person::new("Barbara Liskov", Role::Member),
    Person::new("Donald Knuth", Role::Member),
    Person::new("Frances Allen", Role::Member),
    Person::new("Tony Hoare", Role::Member),
    Person::new("Radia Perlman", Role::Member),
    Person::new("Leslie Lamport", Role::Member),
    Person::new("Shafi Goldwasser", Role::Member),
    Person::new("Silvio Micali", Role::Member),
    Person::new("Adele Goldberg", Role::Member),
    Person::new("Niklaus Wirth", Role::Member),
    Person::new("Jean Sammet", Role::Member),
    Person::new("Kathleen Booth", Role::Member),
    Person::new("Konrad Zuse", Role::Member),
    Person::new("Hedy Lamarr", Role::Member),
    Person::new("Claude Shannon", Role::Member),
    Person::new("Betty Holberton", Role::Member),
    Person::new("John Backus", Role::Member),
    Person::new("Karen Sparck", Role::Member),
    Person::new("Ken Thompson", Role::Member),
    Person::new("Dennis Ritchie", Role::Member),
    Person::new("Brian Kernighan", Role::Member),
    Person::new("Lynn Conway", Role::Member),
    Person::new("Ivan Sutherland", Role::Member),
    Person::new("Mary Keller", Role::Member),
    Person::new("Peter Naur", Role::Member),
    Person::new("Sophie Wilson", Role::Member),
    Person::new("Vint Cerf", Role::Member),
    Person::new("Whitfield Diffie", Role::Member),
    Person::new("Martin Hellman", Role::Member),
    Person::new("Anita Borg", Role::Member),
    Person::new("Robin Milner", Role::Member),
    Person::new("Joan Clarke", Role::Member),
    Person::new("Guido Rossum", Role::Member),
];

/// The communities, what they are for, and every how many people belong to each.
pub(super) const COMMUNITIES: [(&str, &str, usize); 3] = [
    ("Product", "What we build next, and why.", 2),
    ("Sustainability", "How we use less of everything.", 3),
    ("Office and canteen", "Where we sit and what we eat.", 4),
];
