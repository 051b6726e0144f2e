//! The macro that turns rows into refusals.
use super::Remedy;
use crate::{SettingKey, Timestamp};

/// What stands in the row of a refusal.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub code: &'static str,
    pub status: u16,
    pub remedy: Remedy,
    pub title: &'static str,
    pub setting: Option<SettingKey>,
    pub until: Option<Timestamp>,
    pub form_waits: Option<i64>,
    pub retry_after: Option<u32>,
    pub takes_the_page: bool,
}

impl Row {
    /// What holds of a refusal unless its row says otherwise.
    pub(super) const PLAIN: Self = Self {
        code: "",
        status: 403,
        remedy: Remedy::None,
        title: "",
        setting: None,
        until: None,
        form_waits: None,
        retry_after: None,
        takes_the_page: false,
    };
}

/// Declares every refusal, a row for each: its fields, then its code, its status, its remedy and its title, then
/// whatever else holds of it, told by its fields.
macro_rules! refusals {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $(
                $(#[doc = $help:literal])+
                $variant:ident $({ $( $(#[$attribute:meta])+ $field:ident: $type:ty, )+ })?
                = $code:literal, $status:literal, $remedy:ident, $title:literal $(, $column:ident: $value:expr)*;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "reason")]
        pub enum $name {
            $(
                $(#[doc = $help])+
                #[serde(rename = $code)]
                $variant $({ $( $(#[$attribute])+ $field: $type, )+ })?,
            )+
        }

        impl $name {
            #[expect(unused_variables, reason = "few rows need all of their fields")]
            pub(super) fn row(&self) -> Row {
                match self {
                    $(
                        Self::$variant $({ $($field),+ })? => Row {
                            code: $code,
                            status: $status,
                            remedy: Remedy::$remedy,
                            title: $title,
                            $($column: $value,)*
                            ..Row::PLAIN
                        },
                    )+
                }
            }

            /// The code of each.
            #[cfg(test)]
            pub(super) const CODES: &[&str] = &[$($code),+];
        }
    };
}
pub(super) use refusals;
