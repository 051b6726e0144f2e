//! A page as its structure, asked by selectors.
use scraper::{ElementRef, Html, Selector};

/// A page.
pub struct Page {
    html: Html,
}

impl Page {
    /// Parses a page as a browser does.
    pub(super) fn parse(body: &str) -> Self {
        Self { html: Html::parse_document(body) }
    }

    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let parsed = Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"));
        self.html.select(&parsed).collect()
    }

    fn one(&self, selector: &str) -> ElementRef<'_> {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("{selector} is not in {}", self.html.html()))
    }

    /// The first element of this kind that says this, as a page of its own.
    pub fn part(&self, selector: &str, words: &str) -> Self {
        let says = |found: &ElementRef<'_>| found.text().collect::<String>().contains(words);
        let found = self.all(selector).into_iter().find(says);
        Self::parse(&found.unwrap_or_else(|| panic!("no {selector} says {words:?}: {}", self.html.html())).html())
    }

    /// How many elements there are of this kind.
    pub fn count(&self, selector: &str) -> usize {
        self.all(selector).len()
    }

    /// Whether there is an element of this kind.
    pub fn has(&self, selector: &str) -> bool {
        self.count(selector) > 0
    }

    /// Whether a field of this name is on the page.
    pub fn has_field(&self, name: &str) -> bool {
        self.has(&field(name))
    }

    /// Whether some field holds this value.
    pub fn holds(&self, value: &str) -> bool {
        self.all("input").iter().any(|input| input.attr("value") == Some(value))
    }

    /// Whether a link leads to this address.
    pub fn links_to(&self, address: &str) -> bool {
        self.all("a").iter().any(|link| link.attr("href") == Some(address))
    }

    /// Each form that is posted: where to, and what stands in its fields, boxes as they are ticked.
    pub fn forms(&self) -> Vec<(String, Vec<(String, String)>)> {
        let inputs = Selector::parse("input[name], textarea[name], select[name], button[name]").expect("a selector");
        let forms = self.all("form[method='post']");
        let of_form = |form: &ElementRef<'_>| {
            let field = |field: ElementRef<'_>| {
                let value = match field.value().name() {
                    "textarea" => field.text().collect(),
                    "input" | "button" => field.attr("value").unwrap_or_default().to_owned(),
                    _ => chosen(&field),
                };
                let box_unticked = field.attr("type") == Some("checkbox") && field.attr("checked").is_none();
                (!box_unticked).then(|| (field.attr("name").unwrap_or_default().to_owned(), value))
            };
            (form.attr("action").unwrap_or_default().to_owned(), form.select(&inputs).filter_map(field).collect())
        };
        forms.iter().map(of_form).collect()
    }

    /// What the first field of this name holds: the value of an input, the text of a text area.
    pub fn value(&self, name: &str) -> String {
        let found = self.one(&field(name));
        match found.value().name() {
            "textarea" => found.text().collect(),
            _ => found.attr("value").unwrap_or_default().to_owned(),
        }
    }

    /// An attribute of each element of this kind that has it, in the order of the page.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).iter().filter_map(|found| found.attr(name)).map(str::to_owned).collect()
    }

    /// An attribute of the first element of this kind.
    pub fn attribute(&self, selector: &str, name: &str) -> String {
        let found = self.one(selector);
        found.attr(name).unwrap_or_else(|| panic!("{selector} has no {name}: {}", found.html())).to_owned()
    }

    /// The text of each element of this kind, with plain spaces.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let text = |found: &ElementRef<'_>| found.text().collect::<String>().replace('\u{a0}', " ");
        self.all(selector).iter().map(text).collect()
    }

    /// The text of the first element of this kind, with plain spaces.
    pub fn text_of(&self, selector: &str) -> String {
        self.one(selector).text().collect::<String>().replace('\u{a0}', " ")
    }

    /// The code of what was refused, from the data that the page brings for its script.
    pub fn refusal(&self) -> Option<String> {
        let data = self.texts("script").into_iter().find(|script| script.contains("\\\"refusal\\\":"))?;
        let data = data.replace('\\', "");
        let (_, refusal) = data.split_once("\"refusal\":{")?;
        let (_, code) = refusal.split_once("\"code\":\"")?;
        code.split('"').next().map(str::to_owned)
    }
}

fn field(name: &str) -> String {
    format!("input[name='{name}'], select[name='{name}'], textarea[name='{name}']")
}

/// What is chosen in a list.
fn chosen(list: &ElementRef<'_>) -> String {
    let option = |selector| list.select(&Selector::parse(selector).expect("a selector")).next();
    let chosen = option("option[selected]").or_else(|| option("option"));
    chosen.and_then(|option| option.attr("value")).unwrap_or_default().to_owned()
}
