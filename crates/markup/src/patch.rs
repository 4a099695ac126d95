//! Brings what stands on the page to a new view. What is the same stays, with its focus and its scrolling.

use crate::{
    El, Node,
    element::Parts,
    mounted::{Mounted, MountedElement, Setting},
};
use leptos::{
    prelude::*,
    tachys::{renderer::Rndr, view::Mountable},
};

pub(crate) fn patch(node: Node, state: &mut Mounted) {
    match (node, &mut *state) {
        (Node::Nothing, Mounted::Nothing(_)) => {}
        (Node::Text(words), Mounted::Text(text, old)) => {
            if words != *old {
                Rndr::set_text(text, &words);
                *old = words;
            }
        }
        (Node::Fixed(fixed), Mounted::Fixed(_, old)) if std::ptr::eq(fixed, *old) => {}
        (Node::Element(El(parts)), Mounted::Element(mounted)) if is_same(&parts, mounted) => {
            element(*parts, mounted);
        }
        (Node::Many(nodes), Mounted::Many(many, end)) => list(nodes, many, end),
        (Node::Foreign(view), Mounted::Foreign(old)) => view.rebuild(old),
        (node, state) => replace(node, state),
    }
}

fn replace(node: Node, state: &mut Mounted) {
    let mut new = Mounted::build(node);
    state.insert_before_this(&mut new);
    state.unmount();
    *state = new;
}

/// Made in the same place of the source: the same element with other values.
fn is_same(parts: &Parts, mounted: &MountedElement) -> bool {
    parts.tag == mounted.tag
        && parts.fixed == mounted.fixed
        && parts.children.len() == mounted.children.len()
        && parts.settings.len() == mounted.settings.len()
        && parts.settings.iter().zip(&mounted.settings).all(|((one, _), (other, _))| one == other)
}

fn element(parts: Parts, mounted: &mut MountedElement) {
    mounted.listeners.clear();
    for (name, listener) in parts.listeners {
        mounted.listeners.push(Rndr::add_event_listener(&mounted.element, name, listener.take()));
    }
    for (child, state) in parts.children.into_iter().zip(&mut mounted.children) {
        patch(child, state);
    }
    let old = std::mem::take(&mut mounted.settings);
    for ((place, value), (_, old)) in parts.settings.into_iter().zip(old) {
        let before = old.into_value();
        mounted.settings.push((place, Setting::new(&mounted.element, place, value, before)));
    }
    if let Some(reference) = parts.reference {
        reference(&mounted.element);
    }
}

fn list(nodes: Vec<Node>, many: &mut Vec<Mounted>, end: &leptos::tachys::renderer::types::Placeholder) {
    for mut state in many.drain(nodes.len().min(many.len())..) {
        state.unmount();
    }
    let kept = many.len();
    for (index, node) in nodes.into_iter().enumerate() {
        if index < kept {
            patch(node, &mut many[index]);
            continue;
        }
        let mut new = Mounted::build(node);
        Mounted::Nothing(end.clone()).insert_before_this(&mut new);
        many.push(new);
    }
}
