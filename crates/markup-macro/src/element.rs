//! An element of HTML with something in it that is worked out or changes.

use crate::{each, fixed};
use proc_macro2::{Ident, Span, TokenStream as Tokens};
use quote::{format_ident, quote};
use rstml::node::{Infallible, KeyedAttribute, NodeAttribute, NodeElement, NodeName};
use syn::{Error, Result};

pub fn element(element: &NodeElement<Infallible>) -> Result<Tokens> {
    let tag = tag(element);
    let built = Ident::new("built", Span::mixed_site());
    let mut fixed = Vec::new();
    let mut steps = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "attributes that are spread are not known here"));
        };
        match fixed::pair(attribute) {
            Some(pair) => fixed.push(pair),
            None => steps.push(step(&built, attribute)?),
        }
    }
    let children = each(&element.children)?;
    Ok(quote! {
        {
            let mut #built = ::markup::El::new(#tag, &[#(#fixed),*]);
            #(#steps)*
            #(#built.child(#children);)*
            ::markup::Node::Element(#built)
        }
    })
}

fn step(built: &Ident, attribute: &KeyedAttribute) -> Result<Tokens> {
    let key = name(&attribute.key);
    let Some(value) = attribute.value() else {
        return Err(Error::new_spanned(attribute, "this needs a value"));
    };
    let step = match key.split_once(':') {
        None if key == "node_ref" => quote! { #built.node_ref(#value); },
        None if key == "inner_html" => quote! { #built.inner_html(#value); },
        None => quote! { #built.attribute(#key, #value); },
        Some(("on", event)) => {
            let event = format_ident!("{event}", span = Span::call_site());
            quote! { #built.on(::leptos::ev::#event, #value); }
        }
        Some(("prop", property)) => quote! { #built.property(#property, #value); },
        Some(("class", class)) => quote! { #built.class(#class, #value); },
        Some(_) => return Err(Error::new_spanned(&attribute.key, "there are on:, prop: and class:")),
    };
    Ok(step)
}

/// As it stands in HTML: `aria-label`, `type`.
pub fn name(key: &NodeName) -> String {
    key.to_string().trim_start_matches("r#").to_owned()
}

pub fn tag(element: &NodeElement<Infallible>) -> String {
    name(element.name())
}
