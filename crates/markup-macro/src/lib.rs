//! `view!`: HTML in Rust, as in Leptos, that becomes calls to the `markup` crate.
//! It knows what this app uses; anything else is an error that says so.

mod component;
mod element;
mod fixed;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use rstml::node::Node;
use syn::{Error, Result};

/// One or several nodes; gives a `markup::Node`.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    let config = rstml::ParserConfig::default().recover_block(true);
    let (nodes, errors) = rstml::Parser::new(config).parse_recoverable(tokens).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let node = many(&nodes).unwrap_or_else(Error::into_compile_error);
    quote! { { #[allow(unused_braces)] { #(#errors;)* #node } } }.into()
}

/// Several nodes as one.
fn many(nodes: &[Node]) -> Result<Tokens> {
    let nodes: Vec<Tokens> = each(nodes)?;
    Ok(match nodes.as_slice() {
        [one] => one.clone(),
        nodes => quote! { ::markup::Node::Many(::std::vec![#(#nodes),*]) },
    })
}

fn each(nodes: &[Node]) -> Result<Vec<Tokens>> {
    nodes.iter().filter(|node| !matches!(node, Node::Comment(_))).map(one).collect()
}

fn one(node: &Node) -> Result<Tokens> {
    match node {
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote! { ::markup::Node::text(#text) })
        }
        Node::Block(block) => Ok(quote! { ::markup::IntoNode::into_node(#block) }),
        Node::Fragment(fragment) => many(&fragment.children),
        Node::Element(element) if component::is_component(element) => component::component(element),
        Node::Element(element) => match fixed::fixed(element) {
            Some(fixed) => Ok(quote! { ::markup::Node::Fixed(&#fixed) }),
            None => element::element(element),
        },
        other => Err(Error::new_spanned(other, "put words into quotes")),
    }
}
