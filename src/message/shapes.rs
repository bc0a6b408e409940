//! The messages' types and members, declared once. The declaration yields the rules by which [`super::check()`] reads a message, and the Rust
//! types of a server. `./build.sh generate` writes the types in the package's `.d.ts` and the workbench's schema from it.

#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
use serde::{Deserialize, Serialize};

/// The type of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A string.
    Text,
    /// An absolute http(s) URL.
    Web,
    /// A whole number from 0 to 2³¹ − 1. Larger ones do not survive a cast in `juzi-helper.compat.js`.
    #[cfg_attr(not(test), allow(dead_code))]
    Whole,
}

/// Whether a member may be missing, and the fault if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Not empty, else [`Fault::TextEmpty`](crate::error::Fault::TextEmpty).
    Content,
    /// Not empty, else [`Fault::UrlEmpty`](crate::error::Fault::UrlEmpty).
    Address,
    /// Not empty, else a fault that names the member.
    Required,
    /// May be missing.
    Optional,
}

impl Need {
    pub(crate) fn is_required(self) -> bool {
        match self {
            Self::Content | Self::Address | Self::Required => true,
            Self::Optional => false,
        }
    }
}

/// A member of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// The name in JavaScript.
    pub name: &'static str,
    pub kind: Type,
    pub need: Need,
}

/// A message type: its name, and its members in the order in which they are checked and posted.
pub(crate) type Shape = (&'static str, &'static [Field]);

/// The Rust type of a member.
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
macro_rules! member {
    ($type:ident Optional) => { Option<$crate::message::shapes::member!($type)> };
    ($type:ident Content) => { $crate::message::shapes::member!($type) };
    ($type:ident Address) => { $crate::message::shapes::member!($type) };
    ($type:ident Required) => { $crate::message::shapes::member!($type) };
    (Text) => { String };
    (Web) => { String };
    (Whole) => { u32 };
}
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
pub(crate) use member;

/// Whether serde leaves a member out.
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
pub(crate) trait LeftOut {
    fn left_out(&self) -> bool;
    /// The object with this member.
    #[cfg(feature = "client")]
    fn put<V: crate::value::Value>(&self, object: V, name: &str) -> V;
}
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
impl LeftOut for String {
    fn left_out(&self) -> bool {
        false
    }

    #[cfg(feature = "client")]
    fn put<V: crate::value::Value>(&self, object: V, name: &str) -> V {
        object.with(name, self.as_str().into())
    }
}
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
impl LeftOut for u32 {
    fn left_out(&self) -> bool {
        false
    }

    #[cfg(feature = "client")]
    fn put<V: crate::value::Value>(&self, object: V, name: &str) -> V {
        object.with(name, i32::try_from(*self).unwrap_or(i32::MAX).into())
    }
}
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
impl<T: LeftOut> LeftOut for Option<T> {
    fn left_out(&self) -> bool {
        self.is_none()
    }

    #[cfg(feature = "client")]
    fn put<V: crate::value::Value>(&self, object: V, name: &str) -> V {
        match self {
            Some(member) => member.put(object, name),
            None => object,
        }
    }
}

/// The rules, the Rust types and the description of a declaration.
macro_rules! messages {
    (
        $(#[doc = $about_all:literal])*
        enum SendParams {
            $($(#[doc = $about_type:literal])* $variant:ident { $kind:ident: $content:ident },)*
        }
        $(
            $(#[doc = $about_body:literal])*
            struct $body:ident {
                $($(#[doc = $about_member:literal])* $member:ident ($name:literal): $type:ident $need:ident,)*
            }
        )*
    ) => {
        #[allow(non_upper_case_globals)]
        mod fields {
            use $crate::message::{Field, Need, Type};
            $(pub(super) const $body: &[Field] = &[$(Field { name: $name, kind: Type::$type, need: Need::$need }),*];)*
        }

        /// The names of the types as a fault lists them.
        pub(crate) const LIST: &str = concat!($(" ", stringify!($kind), ","),*);

        /// All message types.
        pub(crate) const SHAPES: &[$crate::message::Shape] = &[$((stringify!($kind), fields::$content)),*];

        $(
            $(#[doc = $about_body])*
            #[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(all(feature = "schema", not(target_arch = "wasm32")), derive(schemars::JsonSchema), schemars(transform = $crate::message::shapes::schema::body(fields::$body)))]
            #[serde(deny_unknown_fields)]
            pub struct $body {
                $(
                    $(#[doc = $about_member])*
                    #[serde(rename = $name, skip_serializing_if = "LeftOut::left_out")]
                    pub $member: $crate::message::shapes::member!($type $need),
                )*
            }
        )*

        #[cfg(feature = "client")]
        #[cfg_attr(test, allow(dead_code))]
        impl SendParams {
            /// As the call takes it. serde would be larger.
            pub(crate) fn to_value<V: $crate::value::Value>(&self) -> V {
                match self {
                    $(Self::$variant { $kind } => {
                        let body = $kind.to_value::<V>();
                        $crate::value::object::<V>().with("msgtype", stringify!($kind).into()).with(stringify!($kind), body)
                    })*
                }
            }
        }

        $(
            #[cfg(feature = "client")]
            #[cfg_attr(test, allow(dead_code))]
            impl $body {
                fn to_value<V: $crate::value::Value>(&self) -> V {
                    let object = $crate::value::object::<V>();
                    $(let object = LeftOut::put(&self.$member, object, $name);)*
                    object
                }
            }
        )*

        $(#[doc = $about_all])*
        #[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(all(feature = "schema", not(target_arch = "wasm32")), derive(schemars::JsonSchema))]
        #[serde(tag = "msgtype", rename_all = "lowercase", deny_unknown_fields)]
        #[non_exhaustive]
        pub enum SendParams {
            $(
                $(#[doc = $about_type])*
                $variant {
                    /// Its body.
                    $kind: $content,
                },
            )*
        }

        /// The declaration itself, for what is generated from it.
        #[cfg(all(test, not(target_arch = "wasm32")))]
        pub(crate) mod declared {
            use super::fields;
            pub(crate) const BODIES: &[$crate::message::shapes::Body] = &[$((
                stringify!($body), &[$($about_body),*], fields::$body, &[$(&[$($about_member),*]),*],
            )),*];
            /// Each message type with the name of its body.
            pub(crate) const TYPES: &[(&str, &str)] = &[$((stringify!($kind), stringify!($content))),*];
        }
    };
}

#[cfg(test)]
pub(crate) use messages;

/// A body as it is declared: its name, its description, its members and their descriptions.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) type Body = (
    &'static str,
    &'static [&'static str],
    &'static [Field],
    &'static [&'static [&'static str]],
);

messages! {
    /// One message, as `sendChatMessage` takes it (spec section 5).
    ///
    /// It serialises to exactly the object that the call takes. Members that are `None` are omitted. Deserialising refuses members that
    /// the call does not have; `SendParams::parse` (natively) drops them, as the page does.
    ///
    /// ```
    /// use juzi_helper::message::SendParams;
    /// use serde_json::json;
    ///
    /// let message = SendParams::text("你好");
    /// assert_eq!(serde_json::to_value(&message)?, json!({ "msgtype": "text", "text": { "content": "你好" } }));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    enum SendParams {
        /// A text message.
        Text { text: Text },
        /// A picture.
        Image { image: Medium },
        /// A video.
        Video { video: Medium },
        /// A file of any other kind.
        File { file: Medium },
        /// A link, shown as a card.
        News { news: News },
        /// A mini program, shown as a card.
        Miniprogram { miniprogram: Miniprogram },
    }

    /// The body of a text message.
    struct Text {
        /// The text; not empty.
        content ("content"): Text Content,
    }

    /// The body of a message that carries a file: a picture, a video or any other. The console fetches it.
    struct Medium {
        /// Its http or https URL; not empty.
        url ("url"): Text Address,
        /// Its name.
        title ("title"): Text Optional,
    }

    /// The body of a link, shown as a card.
    struct News {
        /// The URL to which the card leads; not empty.
        link ("link"): Text Address,
        /// The card's heading.
        title ("title"): Text Optional,
        /// The text under the heading.
        desc ("desc"): Text Optional,
        /// The URL of the card's picture.
        img_url ("imgUrl"): Text Optional,
    }

    /// The body of a mini program, shown as a card. All members are required and must not be empty.
    struct Miniprogram {
        /// Its app id.
        appid ("appid"): Text Required,
        /// The card's heading.
        title ("title"): Text Required,
        /// The URL of the card's picture, which starts with `http://` or `https://`.
        img_url ("imgUrl"): Web Required,
        /// The path of the page to open in it.
        page ("page"): Text Required,
        /// The text under the heading.
        desc ("desc"): Text Required,
        /// The URL of its icon.
        icon_url ("iconUrl"): Text Required,
        /// The id of the official account that it belongs to (`gh_…`).
        official_account_id ("officialAccountId"): Text Required,
    }
}

#[cfg(all(feature = "schema", not(target_arch = "wasm32")))]
pub(crate) mod schema {
    use super::{Field, Type};
    use schemars::Schema;

    /// Adds the rules beyond the types to a body's schema: a required text must not be empty, and a number has a maximum.
    pub(crate) fn body(fields: &'static [Field]) -> impl Fn(&mut Schema) {
        move |schema| {
            for Field { name, kind, need } in fields {
                let member = schema.pointer_mut(&format!("/properties/{name}"));
                let Some(member) = member.and_then(|it| it.as_object_mut()) else {
                    continue;
                };
                match kind {
                    Type::Text | Type::Web if need.is_required() => {
                        member.insert("minLength".to_owned(), 1.into());
                    }
                    Type::Text | Type::Web => {}
                    Type::Whole => {
                        member.insert("maximum".to_owned(), i32::MAX.into());
                    }
                }
            }
        }
    }
}
