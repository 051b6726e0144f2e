//! Values from what the browser's own reader makes of JSON. What does not fit is not explained: no reader of
//! the page could mend it, and the words and numbers of such an explanation are long.
use js_sys::{Array, JSON, Object, Reflect};
use serde::{
    de::{
        self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess,
        Visitor,
    },
    forward_to_deserialize_any,
};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// The text is not the JSON of what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError;

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not what was expected")
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Reads a value from its JSON.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    T::deserialize(Read(JSON::parse(text).map_err(|_| DecodeError)?))
}

/// A value of the browser's.
struct Read(JsValue);

impl Read {
    /// The greatest whole number up to which a float holds every one.
    const WHOLE: f64 = 9_007_199_254_740_991.0;

    fn whole(&self) -> Result<i64, DecodeError> {
        let number = self.0.as_f64().filter(|n| n.fract() == 0.0 && n.abs() <= Self::WHOLE).ok_or(DecodeError)?;
        #[expect(clippy::cast_possible_truncation, reason = "a whole number that a float holds")]
        Ok(number as i64)
    }
}

/// Declares the whole numbers of every size: their own types judge the range.
macro_rules! whole {
    ($($size:ident)+) => {
        $(fn $size<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            visitor.visit_i64(self.whole()?)
        })+
    };
}

impl<'de> de::Deserializer<'de> for Read {
    type Error = DecodeError;

    whole! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    forward_to_deserialize_any! { f32 f64 char bytes byte_buf unit_struct tuple_struct }

    /// Nothing that Bailey sends leaves it open what it is.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, DecodeError> {
        Err(DecodeError)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_unit()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_bool(self.0.as_bool().ok_or(DecodeError)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_string(self.0.as_string().ok_or(DecodeError)?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_seq(Items { all: self.0.dyn_into().map_err(|_| DecodeError)?, next: 0 })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        visitor.visit_map(Fields::of(&self.0)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.0.as_string() {
            Some(name) => visitor.visit_enum(name.into_deserializer()),
            None => visitor.visit_enum(Fields::of(&self.0)?),
        }
    }
}

/// The items of a list.
struct Items {
    all: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = DecodeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, DecodeError> {
        if self.next >= self.all.length() {
            return Ok(None);
        }
        self.next += 1;
        seed.deserialize(Read(self.all.get(self.next - 1))).map(Some)
    }
}

/// The fields of an object, each a name and a value; one alone is a variant and what it holds.
struct Fields {
    all: Array,
    next: u32,
    value: JsValue,
}

impl Fields {
    fn of(object: &JsValue) -> Result<Self, DecodeError> {
        let object = object.dyn_ref::<Object>().ok_or(DecodeError)?;
        Ok(Self { all: Object::entries(object), next: 0, value: JsValue::UNDEFINED })
    }

    /// The name of the next field; its value waits to be taken.
    fn step(&mut self) -> Option<JsValue> {
        let field = (self.next < self.all.length()).then(|| self.all.get(self.next))?;
        self.next += 1;
        self.value = Reflect::get_u32(&field, 1).ok()?;
        Reflect::get_u32(&field, 0).ok()
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = DecodeError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, DecodeError> {
        self.step().map(|name| seed.deserialize(Read(name))).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, DecodeError> {
        seed.deserialize(Read(self.value.clone()))
    }
}

impl<'de> EnumAccess<'de> for Fields {
    type Error = DecodeError;
    type Variant = Read;

    fn variant_seed<S: DeserializeSeed<'de>>(mut self, seed: S) -> Result<(S::Value, Read), DecodeError> {
        let name = self.step().ok_or(DecodeError)?;
        Ok((seed.deserialize(Read(name))?, Read(self.value)))
    }
}

impl<'de> VariantAccess<'de> for Read {
    type Error = DecodeError;

    fn unit_variant(self) -> Result<(), DecodeError> {
        Err(DecodeError)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, DecodeError> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, DecodeError> {
        de::Deserializer::deserialize_tuple(self, length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, DecodeError> {
        de::Deserializer::deserialize_map(self, visitor)
    }
}
