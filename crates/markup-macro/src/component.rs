//! A component of Leptos: its properties and its children.

use crate::{element, many};
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::node::{
    Infallible, KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeElement, NodeName,
};
use syn::{Error, Result};

/// Components begin with a capital letter or stand in another module.
pub fn is_component(element: &NodeElement<Infallible>) -> bool {
    let NodeName::Path(path) = element.name() else { return false };
    let segments = &path.path.segments;
    segments.len() > 1
        || segments
            .first()
            .is_some_and(|one| one.ident.to_string().starts_with(|c: char| c.is_ascii_uppercase()))
}

pub fn component(element: &NodeElement<Infallible>) -> Result<Tokens> {
    let name = element.name();
    let mut properties = Vec::new();
    let mut bound = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "properties that are spread are not known here"));
        };
        match binding(attribute) {
            Some(name) => bound.push(name),
            None => properties.push(property(attribute)?),
        }
    }
    let children = children(&element.children, &bound)?;
    let generics = &element.open_tag.generics;
    let generics = if generics.lt_token.is_some() {
        quote! { ::#generics }
    } else {
        Tokens::new()
    };
    Ok(quote! {
        ::markup::Node::of(::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name #generics) #(#properties)* #children .build(),
        ))
    })
}

/// The name in `let:name`, or the patterns in `let(name)`.
fn binding(attribute: &KeyedAttribute) -> Option<Tokens> {
    let key = element::name(&attribute.key);
    if let KeyedAttributeValue::Binding(binding) = &attribute.possible_value {
        let inputs = &binding.inputs;
        return (key == "let").then(|| quote! { #inputs });
    }
    let NodeName::Punctuated(parts) = &attribute.key else { return None };
    key.starts_with("let:").then(|| {
        let name = parts.last();
        match name {
            Some(rstml::node::NodeNameFragment::Ident(name)) => quote! { #name },
            _ => Tokens::new(),
        }
    })
}

fn property(attribute: &KeyedAttribute) -> Result<Tokens> {
    let key = &attribute.key;
    if !matches!(key, NodeName::Path(_)) {
        return Err(Error::new_spanned(key, "a component has properties, no attributes"));
    }
    Ok(match attribute.value() {
        Some(value) => quote! { .#key(#[allow(unused_braces)] { #value }) },
        None => quote! { .#key(#key) },
    })
}

fn children(children: &[Node], bound: &[Tokens]) -> Result<Tokens> {
    let children: Vec<Node> =
        children.iter().filter(|child| !matches!(child, Node::Comment(_))).cloned().collect();
    if children.is_empty() {
        return Ok(Tokens::new());
    }
    if !bound.is_empty() {
        let children = many(&children)?;
        return Ok(quote! { .children(move |#(#bound),*| #children) });
    }
    if let [Node::Text(text)] = children.as_slice() {
        let text = &text.value;
        return Ok(quote! {
            .children(::leptos::children::ToChildren::to_children(
                ::leptos::children::ChildrenOptContainer(#text),
            ))
        });
    }
    let children = many(&children)?;
    Ok(quote! { .children(::leptos::children::ToChildren::to_children(move || #children)) })
}
