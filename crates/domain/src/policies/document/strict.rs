//! A document as it arrives, in whatever language: nothing in it is dropped without a word.
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};
use std::fmt;

/// A document whose keys stand there once each: of two, nobody could tell which is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Document(pub Value);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader).map(Self)
    }
}

/// How TOML wraps a date, which no setting takes.
const TOML_DATE: &str = "$__toml_private_datetime";

/// From here on a number is beyond what every setting takes, and is only quoted.
const HUGE: f64 = 18_446_744_073_709_551_616.0;

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a document of settings")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<Value, E> {
        Ok(on.into())
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Value, E> {
        Ok(n.into())
    }

    fn visit_i128<E: Error>(self, n: i128) -> Result<Value, E> {
        Ok(Number::from_i128(n).map_or_else(|| n.to_string().into(), Value::Number))
    }

    fn visit_u128<E: Error>(self, n: u128) -> Result<Value, E> {
        Ok(Number::from_u128(n).map_or_else(|| n.to_string().into(), Value::Number))
    }

    fn visit_f64<E: Error>(self, n: f64) -> Result<Value, E> {
        Ok(if n.abs() < HUGE { n.into() } else { format!("{n:.0}").into() })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Document(entry)) = entries.next_element()? {
            list.push(entry);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut table = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let Document(value) = entries.next_value()?;
            if name == TOML_DATE {
                return Ok(value);
            }
            if table.insert(name.clone(), value).is_some() {
                let name: String = name.chars().take(100).collect();
                return Err(A::Error::custom(format_args!("“{name}” stands there twice")));
            }
        }
        Ok(Value::Object(table))
    }
}
