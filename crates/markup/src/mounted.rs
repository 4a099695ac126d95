//! What became of a view on the page: kept for as long as it stands there.

use crate::{
    El, Node, Value,
    element::{Parts, Place},
    fixed,
    fixed::Fixed,
};
use leptos::{
    prelude::*,
    tachys::{
        renderer::{
            RemoveEventHandler, Rndr,
            types::{Element, Placeholder, Text},
        },
        view::{Mountable, any_view::AnyViewState},
    },
};
use std::borrow::Cow;
use wasm_bindgen::JsValue;

pub enum Mounted {
    Nothing(Placeholder),
    Text(Text, Cow<'static, str>),
    Fixed(Element, &'static Fixed),
    Element(Box<MountedElement>),
    /// The end is marked, so that there is a place for more.
    Many(Vec<Mounted>, Placeholder),
    Live(Following),
    Foreign(Box<AnyViewState>),
}

/// A view that follows its signals. Leptos keeps what an effect has drawn until its task is polled once more; effects
/// inside would still run then, and read signals that are gone. So it goes at once.
pub struct Following(RenderEffect<Mounted>);

impl Following {
    fn begin(mut draw: Box<dyn FnMut() -> Node + Send>) -> Following {
        Following(RenderEffect::new(move |before: Option<Mounted>| {
            let node = draw();
            let Some(mut before) = before else { return Mounted::build(node) };
            crate::patch::patch(node, &mut before);
            before
        }))
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        drop(self.0.take_value());
    }
}

pub struct MountedElement {
    pub(crate) element: Element,
    pub(crate) tag: &'static str,
    pub(crate) fixed: &'static [(&'static str, &'static str)],
    pub(crate) settings: Vec<(Place, Setting)>,
    /// Dropping one stops it.
    pub(crate) listeners: Vec<RemoveEventHandler<Element>>,
    pub(crate) children: Vec<Mounted>,
}

/// The value that stands on the page, or what keeps it up to date.
pub enum Setting {
    Still(Value),
    Live(RenderEffect<Value>),
}

type Wire = leptos::tachys::renderer::types::Node;

impl Mounted {
    pub(crate) fn build(node: Node) -> Mounted {
        match node {
            Node::Nothing => Mounted::Nothing(Rndr::create_placeholder()),
            Node::Text(words) => Mounted::Text(Rndr::create_text_node(&words), words),
            Node::Fixed(fixed) => Mounted::Fixed(fixed.build(), fixed),
            Node::Element(El(parts)) => Mounted::Element(Box::new(MountedElement::build(*parts))),
            Node::Many(nodes) => {
                Mounted::Many(nodes.into_iter().map(Mounted::build).collect(), Rndr::create_placeholder())
            }
            Node::Live(draw) => Mounted::Live(Following::begin(draw)),
            Node::Foreign(view) => Mounted::Foreign(Box::new(view.build())),
        }
    }
}

impl MountedElement {
    fn build(parts: Parts) -> MountedElement {
        let Parts { tag, fixed, settings, listeners, children, reference } = parts;
        let element = fixed::create(tag, fixed);
        let children: Vec<Mounted> = children
            .into_iter()
            .map(|child| {
                let mut child = Mounted::build(child);
                child.mount(&element, None);
                child
            })
            .collect();
        let settings =
            settings.into_iter().map(|(place, value)| (place, Setting::new(&element, place, value, None)));
        let settings = settings.collect();
        let listeners = listeners
            .into_iter()
            .map(|(name, listener)| Rndr::add_event_listener(&element, name, listener.take()))
            .collect();
        if let Some(reference) = reference {
            reference(&element);
        }
        MountedElement { element, tag, fixed, settings, listeners, children }
    }
}

impl Setting {
    /// `before` is what stands on the page already.
    pub(crate) fn new(element: &Element, place: Place, value: Value, before: Option<Value>) -> Setting {
        match value {
            Value::Live(value) => {
                let element = element.clone();
                let follow = move |before: Option<Value>| {
                    let value = value();
                    write(&element, place, &value, before.as_ref());
                    value
                };
                Setting::Live(RenderEffect::new_with_value(follow, before))
            }
            value => {
                write(element, place, &value, before.as_ref());
                Setting::Still(value)
            }
        }
    }

    pub(crate) fn into_value(self) -> Option<Value> {
        match self {
            Setting::Still(value) => Some(value),
            Setting::Live(effect) => effect.take_value(),
        }
    }
}

fn write(element: &Element, place: Place, value: &Value, before: Option<&Value>) {
    if before.is_some_and(|before| before.same(value)) {
        return;
    }
    match place {
        Place::Attribute(name) => match value.text() {
            Some(text) => Rndr::set_attribute(element, name, text),
            None if before.is_some() => Rndr::remove_attribute(element, name),
            None => {}
        },
        Place::Property(name) => {
            let value = match value {
                Value::Text(text) => JsValue::from_str(text),
                Value::Present => JsValue::TRUE,
                Value::Absent | Value::Live(_) => JsValue::FALSE,
            };
            Rndr::set_property_or_value(element, name, &value);
        }
        Place::Class(name) => {
            let classes = Rndr::class_list(element);
            match value {
                Value::Absent => Rndr::remove_class(&classes, name),
                _ => Rndr::add_class(&classes, name),
            }
        }
        Place::Inside => Rndr::set_inner_html(element, value.text().unwrap_or_default()),
    }
}

impl Mountable for Mounted {
    fn unmount(&mut self) {
        match self {
            Mounted::Nothing(node) => Rndr::remove(node),
            Mounted::Text(node, _) => Rndr::remove(node),
            Mounted::Fixed(element, _) => Rndr::remove(element),
            Mounted::Element(element) => Rndr::remove(&element.element),
            Mounted::Many(many, end) => {
                many.iter_mut().for_each(Mountable::unmount);
                Rndr::remove(end);
            }
            Mounted::Live(live) => live.0.unmount(),
            Mounted::Foreign(view) => view.unmount(),
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Wire>) {
        match self {
            Mounted::Nothing(node) => Rndr::insert_node(parent, node, marker),
            Mounted::Text(node, _) => Rndr::insert_node(parent, node, marker),
            Mounted::Fixed(element, _) => Rndr::insert_node(parent, element, marker),
            Mounted::Element(element) => Rndr::insert_node(parent, &element.element, marker),
            Mounted::Many(many, end) => {
                many.iter_mut().for_each(|one| one.mount(parent, marker));
                Rndr::insert_node(parent, end, marker);
            }
            Mounted::Live(live) => live.0.mount(parent, marker),
            Mounted::Foreign(view) => view.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Mounted::Nothing(node) => before(node, child),
            Mounted::Text(node, _) => before(node, child),
            Mounted::Fixed(element, _) => before(element, child),
            Mounted::Element(element) => before(&element.element, child),
            Mounted::Many(many, end) => {
                many.first().is_some_and(|first| first.insert_before_this(child)) || before(end, child)
            }
            Mounted::Live(live) => live.0.insert_before_this(child),
            Mounted::Foreign(view) => view.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<Element> {
        match self {
            Mounted::Nothing(_) | Mounted::Text(..) => Vec::new(),
            Mounted::Fixed(element, _) => vec![element.clone()],
            Mounted::Element(element) => vec![element.element.clone()],
            Mounted::Many(many, _) => many.iter().flat_map(Mountable::elements).collect(),
            Mounted::Live(live) => live.0.elements(),
            Mounted::Foreign(view) => view.elements(),
        }
    }
}

fn before(node: &Wire, child: &mut dyn Mountable) -> bool {
    use wasm_bindgen::JsCast;
    let Some(parent) = Rndr::get_parent(node).and_then(|parent| parent.dyn_into::<Element>().ok()) else {
        return false;
    };
    child.mount(&parent, Some(node));
    true
}
