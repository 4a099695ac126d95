//! What may stand in braces inside a view.

use crate::Node;
use leptos::prelude::*;
use std::{borrow::Cow, sync::Arc};

pub trait IntoNode {
    fn into_node(self) -> Node;
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for () {
    fn into_node(self) -> Node {
        Node::Nothing
    }
}

impl IntoNode for AnyView {
    fn into_node(self) -> Node {
        Node::Foreign(Box::new(self))
    }
}

impl IntoNode for &'static str {
    fn into_node(self) -> Node {
        Node::text(self)
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        Node::Text(Cow::Owned(self))
    }
}

impl IntoNode for Arc<str> {
    fn into_node(self) -> Node {
        Node::Text(Cow::Owned(self.as_ref().to_owned()))
    }
}

impl IntoNode for Cow<'static, str> {
    fn into_node(self) -> Node {
        Node::Text(self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl IntoNode for $number {
            fn into_node(self) -> Node {
                Node::Text(Cow::Owned(self.to_string()))
            }
        })*
    };
}
numbers!(i32, i64, u8, u16, u32, u64, usize);

impl<N: IntoNode> IntoNode for Option<N> {
    fn into_node(self) -> Node {
        self.map_or(Node::Nothing, IntoNode::into_node)
    }
}

impl<N: IntoNode> IntoNode for Vec<N> {
    fn into_node(self) -> Node {
        Node::Many(self.into_iter().map(IntoNode::into_node).collect())
    }
}

impl<N: IntoNode, const COUNT: usize> IntoNode for [N; COUNT] {
    fn into_node(self) -> Node {
        Node::Many(self.into_iter().map(IntoNode::into_node).collect())
    }
}

impl<N: IntoNode, F: FnMut() -> N + Send + 'static> IntoNode for F {
    fn into_node(mut self) -> Node {
        Node::Live(Box::new(move || self().into_node()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {
        $(impl<N: IntoNode + Clone + Send + Sync + 'static> IntoNode for $signal<N> {
            fn into_node(self) -> Node {
                Node::Live(Box::new(move || self.get().into_node()))
            }
        })*
    };
}
signals!(Signal, RwSignal, ReadSignal, Memo, MaybeProp);
