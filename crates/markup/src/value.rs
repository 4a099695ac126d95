//! What an attribute, a property or a class is set to.

use leptos::prelude::*;
use std::borrow::Cow;

pub enum Value {
    /// The attribute is not there; the property is false.
    Absent,
    /// The attribute is there, without a text; the property is true.
    Present,
    Text(Cow<'static, str>),
    /// Follows its signals.
    Live(Box<dyn Fn() -> Value + Send>),
}

impl Value {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Absent | Value::Live(_) => None,
            Value::Present => Some(""),
            Value::Text(text) => Some(text),
        }
    }

    pub(crate) fn same(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Absent, Value::Absent) | (Value::Present, Value::Present) => true,
            (Value::Text(one), Value::Text(other)) => one == other,
            _ => false,
        }
    }
}

pub trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for &'static str {
    fn into_value(self) -> Value {
        Value::Text(Cow::Borrowed(self))
    }
}

impl IntoValue for String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }
}

impl IntoValue for &String {
    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self.clone()))
    }
}

impl IntoValue for Cow<'static, str> {
    fn into_value(self) -> Value {
        Value::Text(self)
    }
}

impl IntoValue for bool {
    fn into_value(self) -> Value {
        if self { Value::Present } else { Value::Absent }
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl IntoValue for $number {
            fn into_value(self) -> Value {
                Value::Text(Cow::Owned(self.to_string()))
            }
        })*
    };
}
numbers!(i32, i64, u8, u16, u32, u64, usize);

impl<V: IntoValue> IntoValue for Option<V> {
    fn into_value(self) -> Value {
        self.map_or(Value::Absent, IntoValue::into_value)
    }
}

impl<V: IntoValue, F: Fn() -> V + Send + 'static> IntoValue for F {
    fn into_value(self) -> Value {
        Value::Live(Box::new(move || self().into_value()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {
        $(impl<V: IntoValue + Clone + Send + Sync + 'static> IntoValue for $signal<V> {
            fn into_value(self) -> Value {
                Value::Live(Box::new(move || self.get().into_value()))
            }
        })*
    };
}
signals!(Signal, RwSignal, ReadSignal, Memo, MaybeProp);
