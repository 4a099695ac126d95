//! Small bridges to JavaScript values.

use futures_util::future::{Either, select};
use js_sys::{Object, Promise, Reflect};
use std::{cell::Cell, pin::pin};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

pub fn document() -> Option<web_sys::Document> {
    window()?.document()
}

pub fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub fn set(target: &JsValue, name: &str, value: &JsValue) {
    Reflect::set(target, &name.into(), value).unwrap_or_default();
}

pub fn text(target: &JsValue, name: &str) -> Option<String> {
    get(target, name).as_string()
}

/// A plain object. Setting a name on a new object cannot fail.
pub fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

/// `null` for what JSON cannot hold.
pub fn as_json(value: &JsValue) -> String {
    js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_else(|| "null".to_owned())
}

pub fn has(target: &JsValue, name: &str) -> bool {
    target.is_object() && Reflect::has(target, &name.into()).unwrap_or(false)
}

pub async fn sleep(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait).unwrap_or_default();
        }
    });
    JsFuture::from(promise).await.unwrap_or_default();
}

/// The end of some work, or `None` when it takes longer.
pub async fn within<T>(milliseconds: u32, work: impl Future<Output = T>) -> Option<T> {
    let alarm = Cell::new(None);
    let ringing = Promise::new(&mut |resolve, _| {
        let wait = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        let set = |window: web_sys::Window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, wait).ok()
        };
        alarm.set(window().and_then(set));
    });
    match select(pin!(work), JsFuture::from(ringing)).await {
        Either::Left((done, _)) => {
            if let (Some(window), Some(alarm)) = (window(), alarm.get()) {
                window.clear_timeout_with_handle(alarm);
            }
            Some(done)
        }
        Either::Right(_) => None,
    }
}

/// What a rejected promise says.
pub fn explain(error: &JsValue) -> String {
    let name = text(error, "name").unwrap_or_default();
    let message = text(error, "message").or_else(|| error.as_string()).unwrap_or_default();
    format!("{name} {message}").trim().to_owned()
}
