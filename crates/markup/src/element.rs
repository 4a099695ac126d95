//! An element while it is put together.

use crate::{IntoNode, IntoValue, Node, Value};
use leptos::{
    ev::EventDescriptor,
    prelude::*,
    tachys::{
        html::{element::ElementType, node_ref::NodeRefContainer},
        renderer::types::Element,
    },
};
use send_wrapper::SendWrapper;
use std::borrow::Cow;
use wasm_bindgen::JsValue;

pub struct El(pub(crate) Box<Parts>);

pub(crate) struct Parts {
    pub tag: &'static str,
    pub fixed: &'static [(&'static str, &'static str)],
    pub settings: Vec<(Place, Value)>,
    pub listeners: Vec<(&'static str, SendWrapper<Listener>)>,
    pub children: Vec<Node>,
    /// Told about the element when it is built.
    pub reference: Option<Reference>,
}

pub(crate) type Listener = Box<dyn FnMut(JsValue)>;
pub(crate) type Reference = Box<dyn FnOnce(&Element) + Send>;

/// What a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Attribute(&'static str),
    Property(&'static str),
    Class(&'static str),
    Inside,
}

impl El {
    pub fn new(tag: &'static str, fixed: &'static [(&'static str, &'static str)]) -> El {
        El(Box::new(Parts {
            tag,
            fixed,
            settings: Vec::new(),
            listeners: Vec::new(),
            children: Vec::new(),
            reference: None,
        }))
    }

    pub fn attribute(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Attribute(name), value.into_value());
    }

    pub fn property(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Property(name), value.into_value());
    }

    pub fn class(&mut self, name: &'static str, value: impl IntoValue) {
        self.set(Place::Class(name), value.into_value());
    }

    /// HTML of our own making; the policy of the page lets nothing else through.
    pub fn inner_html(&mut self, html: impl IntoValue) {
        self.set(Place::Inside, html.into_value());
    }

    pub fn child(&mut self, child: Node) {
        self.0.children.push(child);
    }

    /// The handler runs as a part of the component that made it.
    pub fn on<E>(&mut self, event: E, mut handler: impl FnMut(E::EventType) + 'static)
    where
        E: EventDescriptor,
        E::EventType: From<JsValue>,
    {
        self.listen(event.name(), Box::new(move |event| handler(E::EventType::from(event))));
    }

    pub fn node_ref<E: ElementType>(&mut self, reference: impl NodeRefContainer<E>) {
        self.0.reference = Some(Box::new(move |element| reference.load(element)));
    }

    fn set(&mut self, place: Place, value: Value) {
        self.0.settings.push((place, value));
    }

    fn listen(&mut self, name: Cow<'static, str>, mut handler: Listener) {
        // Leptos knows every event by a name that is written out.
        let Cow::Borrowed(name) = name else { return };
        let owner = Owner::current().unwrap_or_default();
        let handler = move |event| owner.with(|| handler(event));
        self.0.listeners.push((name, SendWrapper::new(Box::new(handler))));
    }
}

impl IntoNode for El {
    fn into_node(self) -> Node {
        Node::Element(self)
    }
}
