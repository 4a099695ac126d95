//! Elements in which nothing ever changes: plain data, no code.

use crate::{component::is_component, element};
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::node::{Infallible, KeyedAttribute, Node, NodeAttribute, NodeElement};

/// `None` for an element that has something to work out inside.
pub fn fixed(element: &NodeElement<Infallible>) -> Option<Tokens> {
    if is_component(element) {
        return None;
    }
    let tag = element::tag(element);
    let attributes: Option<Vec<Tokens>> = element.attributes().iter().map(attribute).collect();
    let attributes = attributes?;
    let children: Option<Vec<Tokens>> =
        element.children.iter().filter(|child| !matches!(child, Node::Comment(_))).map(child).collect();
    let children = children?;
    Some(quote! {
        ::markup::Fixed { tag: #tag, attributes: &[#(#attributes),*], children: &[#(#children),*] }
    })
}

fn child(node: &Node) -> Option<Tokens> {
    match node {
        Node::Text(text) => {
            let text = &text.value;
            Some(quote! { ::markup::Piece::Text(#text) })
        }
        Node::Element(element) => {
            let element = fixed(element)?;
            Some(quote! { ::markup::Piece::Element(#element) })
        }
        _ => None,
    }
}

fn attribute(attribute: &NodeAttribute) -> Option<Tokens> {
    match attribute {
        NodeAttribute::Attribute(attribute) => pair(attribute),
        NodeAttribute::Block(_) => None,
    }
}

/// Name and value of an attribute whose value is written out.
pub fn pair(attribute: &KeyedAttribute) -> Option<Tokens> {
    let name = element::name(&attribute.key);
    if name.contains(':') {
        return None;
    }
    let value = match (attribute.value(), attribute.value_literal_string()) {
        (None, _) => String::new(),
        (Some(_), Some(text)) => text,
        (Some(_), None) => return None,
    };
    Some(quote! { (#name, #value) })
}
