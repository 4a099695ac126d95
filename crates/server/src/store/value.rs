//! Values on their way into a database.

use crate::clock::micros;
use domain::time::Instant;
use sync::Hash;

/// One value, or an empty place of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    Text(Option<&'a str>),
    Number(Option<i64>),
    Bytes(Option<&'a [u8]>),
}

pub trait ToValue {
    /// The empty place.
    const NONE: Value<'static>;

    fn to_value(&self) -> Value<'_>;
}

/// A list of values of any kind, for `$2` onwards: `$1` is the provider.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::value::ToValue::to_value(&$value)),*]
    };
}
pub(super) use values;

macro_rules! to_value {
    ($($type:ty => $kind:ident, |$value:ident| $as_stored:expr;)*) => {$(
        impl ToValue for $type {
            const NONE: Value<'static> = Value::$kind(None);

            fn to_value(&self) -> Value<'_> {
                let $value = self;
                Value::$kind(Some($as_stored))
            }
        }
    )*};
}

to_value! {
    str => Text, |text| text;
    String => Text, |text| text.as_str();
    i64 => Number, |number| *number;
    u64 => Number, |number| signed(*number);
    u32 => Number, |number| i64::from(*number);
    bool => Number, |yes| i64::from(*yes);
    Instant => Number, |at| micros(*at);
    Hash => Bytes, |hash| hash.as_bytes().as_slice();
    [u8] => Bytes, |bytes| bytes;
    Vec<u8> => Bytes, |bytes| bytes.as_slice();
}

impl<T: ToValue + ?Sized> ToValue for &T {
    const NONE: Value<'static> = T::NONE;

    fn to_value(&self) -> Value<'_> {
        T::to_value(self)
    }
}

impl<T: ToValue> ToValue for Option<T> {
    const NONE: Value<'static> = T::NONE;

    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(T::NONE, T::to_value)
    }
}

/// Whole numbers are stored signed.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
