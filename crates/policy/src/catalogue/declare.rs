//! The two macros that turn declarations into a plain typed struct and its descriptors.

/// Declares one section: its struct, its defaults and its settings.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $id:literal titled $title:literal {
            $(
                $(#[doc = $help:literal])+
                $field:ident $(as $key:literal)?: $ty:ty = $default:expr, $label:literal
                { $($attribute:ident: $value:expr),* $(,)? }
                about { $($fact:ident: $words:expr),* $(,)? }
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $( $(#[doc = $help])+ pub $field: $ty, )+ }

        impl Default for $name {
            fn default() -> Self { Self { $($field: $default,)+ } }
        }

        pastey::paste! {
            impl $crate::SettingKey {
                $(
                    #[doc = concat!("`", $crate::catalogue::declare::key!($id, $field $(, $key)?), "`")]
                    pub const [<$id:upper _ $field:upper>]: Self =
                        Self($crate::catalogue::declare::key!($id, $field $(, $key)?));
                )+
            }
        }

        impl $name {
            pub(super) const SECTION: $crate::catalogue::Section =
                $crate::catalogue::Section { id: $id, title: $title, settings: Self::SETTINGS };

            const SETTINGS: &'static [$crate::Setting] = &[$(
                $crate::Setting {
                    key: $crate::catalogue::declare::key!($id, $field $(, $key)?),
                    label: $label,
                    kind: <$ty as $crate::value::Value>::KIND,
                    unit: <$ty as $crate::value::Value>::UNIT,
                    choices: <$ty as $crate::value::Value>::CHOICES,
                    $($attribute: $value,)*
                    ..$crate::Setting::PLAIN
                },
            )+];

            pub(super) fn print(&self, key: &str) -> Option<String> {
                match key {
                    $($crate::catalogue::declare::key!($id, $field $(, $key)?) => Some($crate::value::Value::print(&self.$field)),)+
                    _ => None,
                }
            }

            /// `None` when the setting is not of this section.
            pub(super) fn about(key: &str) -> Option<&'static $crate::catalogue::About> {
                match key {
                    $($crate::catalogue::declare::key!($id, $field $(, $key)?) => {
                        const ABOUT: $crate::catalogue::About = {
                            let mut about = $crate::catalogue::About::NOTHING;
                            about.help = $crate::catalogue::declare::help!($($help)+);
                            $(about.$fact = $words;)*
                            about
                        };
                        Some(&ABOUT)
                    })+
                    _ => None,
                }
            }

            /// The canonical text of a default. Settings hold no pointers to functions: what a page does
            /// not call must not be loaded with it.
            pub(super) fn default_of(key: &str) -> Option<String> {
                match key {
                    $($crate::catalogue::declare::key!($id, $field $(, $key)?) => {
                        let value: $ty = $default;
                        Some($crate::value::Value::print(&value))
                    })+
                    _ => None,
                }
            }

            /// Reads a text into its canonical text and its words.
            pub(super) fn read(
                setting: &$crate::Setting,
                typed: &str,
            ) -> Option<Result<(String, String), $crate::value::Problem>> {
                match setting.key {
                    $($crate::catalogue::declare::key!($id, $field $(, $key)?) => {
                        Some($crate::value::read::<$ty>(typed, setting.bounds))
                    })+
                    _ => None,
                }
            }

            /// `None` when the setting is not of this section.
            pub(super) fn set(
                &mut self,
                setting: &$crate::Setting,
                typed: &str,
            ) -> Option<Result<(), $crate::value::Problem>> {
                match setting.key {
                    $($crate::catalogue::declare::key!($id, $field $(, $key)?) => {
                        Some($crate::value::set(&mut self.$field, typed, setting.bounds))
                    })+
                    _ => None,
                }
            }
        }
    };
}

/// Declares the whole policy from its sections.
macro_rules! settings {
    ($(#[doc = $about:literal])+ pub struct $name:ident { $($section:ident: $ty:ty,)+ }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name { $(#[doc = concat!("The section `", stringify!($section), "`.")] pub $section: $ty,)+ }

        impl $name {
            const SECTIONS: &'static [Section] = &[$(<$ty>::SECTION,)+];

            /// The sections, in the order of the page.
            // A constant that others name would be written into the front-end once for each crate.
            #[inline(never)]
            pub const fn sections() -> &'static [Section] {
                Self::SECTIONS
            }

            /// Every setting there is, in the order of the page.
            pub fn all() -> impl Iterator<Item = &'static Setting> {
                Self::sections().iter().flat_map(|section| section.settings)
            }

            /// The declaration with this key.
            pub fn find(key: &str) -> Option<&'static Setting> {
                Self::all().find(|setting| setting.key == key)
            }

            /// The canonical text of one setting's value.
            pub fn print(&self, setting: &Setting) -> String {
                None$(.or_else(|| self.$section.print(setting.key)))+.unwrap_or_default()
            }

            /// One setting's value in words; a limit that is absent has the setting's own name for it.
            pub fn in_words(&self, setting: &Setting) -> String {
                setting.words_of(&self.print(setting))
            }

            /// What there is to say about a setting.
            pub(super) fn about(key: &str) -> &'static About {
                None$(.or_else(|| <$ty>::about(key)))+.unwrap_or(&About::NOTHING)
            }

            /// The canonical text of a setting's default.
            pub(super) fn default_of(key: &str) -> String {
                None$(.or_else(|| <$ty>::default_of(key)))+.unwrap_or_default()
            }

            /// Reads a text into its canonical text and its words.
            pub(super) fn read(setting: &Setting, typed: &str) -> Result<(String, String), $crate::value::Problem> {
                None$(.or_else(|| <$ty>::read(setting, typed)))+.unwrap_or(Err($crate::value::Problem::Missing))
            }

            /// Reads what was typed into one field; a text with a problem changes nothing.
            ///
            /// # Errors
            /// What is wrong with the text, and what would be right.
            pub fn set(&mut self, setting: &Setting, typed: &str) -> Result<(), $crate::value::Problem> {
                None$(.or_else(|| self.$section.set(setting, typed)))+.unwrap_or(Err($crate::value::Problem::Missing))
            }

            /// Reads a whole form: every setting must be there, since a truncated form must not
            /// turn protections off, and every problem is reported at once.
            ///
            /// # Errors
            /// Lists each field that is missing or wrong, in the order of the page; rules across
            /// settings are not judged here but in [`rules::violations`](crate::rules::violations).
            pub fn from_form(
                form: &std::collections::BTreeMap<String, String>,
            ) -> Result<Self, Vec<Violation>> {
                let mut settings = Self::default();
                let found: Vec<_> = Self::all()
                    .filter_map(|setting| {
                        let read = match form.get(setting.key) {
                            Some(typed) => settings.set(setting, typed),
                            None => Err($crate::value::Problem::Missing),
                        };
                        read.err().map(|problem| Violation { key: setting.key, problem })
                    })
                    .collect();
                if found.is_empty() { Ok(settings) } else { Err(found) }
            }

            /// The document that is stored: the canonical text of each setting.
            pub fn to_document(&self) -> std::collections::BTreeMap<String, String> {
                Self::all().map(|setting| (setting.key.to_owned(), self.print(setting))).collect()
            }
        }
    };
}

/// Joins the lines of a doc comment to one help text.
macro_rules! help {
    ($first:literal $($line:literal)*) => { concat!($first $(, $line)*) };
}

/// The key of a field: its section and its name, unless it is declared with a key of its own.
macro_rules! key {
    ($id:literal, $field:ident) => {
        concat!($id, ".", stringify!($field))
    };
    ($id:literal, $field:ident, $key:literal) => {
        $key
    };
}

pub(crate) use {help, key, section, settings};
