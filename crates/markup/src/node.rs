//! One view.

use crate::{El, Fixed, IntoNode, mounted::Mounted, patch};
use leptos::{
    prelude::*,
    tachys::{
        html::attribute::any_attribute::AnyAttribute,
        hydration::Cursor,
        view::{Position, PositionState, Render, RenderHtml},
    },
};
use std::{any::Any, borrow::Cow};

/// Anything that can stand on the screen.
pub enum Node {
    Nothing,
    Text(Cow<'static, str>),
    /// Never changes.
    Fixed(&'static Fixed),
    Element(El),
    Many(Vec<Node>),
    /// Drawn again whenever a signal changes that it reads.
    Live(Box<dyn FnMut() -> Node + Send>),
    /// A view of Leptos.
    Foreign(Box<AnyView>),
}

/// A view that follows its signals.
pub fn live<N: IntoNode>(mut draw: impl FnMut() -> N + Send + 'static) -> Node {
    Node::Live(Box::new(move || draw().into_node()))
}

impl Node {
    pub fn text(words: &'static str) -> Node {
        Node::Text(Cow::Borrowed(words))
    }

    /// What a component gives.
    pub fn of<V: IntoView + 'static>(view: V) -> Node {
        let mut view = Some(view);
        // A component that is made with our macro gives a node already.
        if let Some(node) = (&mut view as &mut dyn Any).downcast_mut::<Option<Node>>() {
            return node.take().unwrap_or(Node::Nothing);
        }
        view.map_or(Node::Nothing, |view| Node::Foreign(Box::new(view.into_any())))
    }
}

impl Render for Node {
    type State = Mounted;

    fn build(self) -> Mounted {
        Mounted::build(self)
    }

    fn rebuild(self, state: &mut Mounted) {
        patch::patch(self, state);
    }
}

leptos::tachys::no_attrs!(Node);

/// Leptos asks for these of every view; they are for drawing on a server, which this app never does.
impl RenderHtml for Node {
    type AsyncOutput = Node;
    type Owned = Node;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Node {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> Node {
        self
    }
}
