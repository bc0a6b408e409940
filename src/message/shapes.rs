//! The messages' types and members, declared once. From the declaration come the rules by which [`super::check`] reads a message, the
//! Rust types of a server, and, by `./build.sh generate`, the types in the package's `.d.ts` and the workbench's schema.

#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
use serde::{Deserialize, Serialize};

/// What is required of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Not empty, else [`Fault::TextEmpty`](crate::error::Fault::TextEmpty).
    Content,
    /// Not empty, else [`Fault::UrlEmpty`](crate::error::Fault::UrlEmpty).
    Address,
    /// Not empty, else a fault that names the member.
    Required,
    /// As `Required`, and an absolute http(s) URL.
    RequiredWeb,
    /// May be missing.
    Optional,
}

/// A member of a body: its name in JavaScript, and its rule.
pub(crate) type Field = (&'static str, Rule);
/// A message type: its name, and its members in the order in which they are checked and posted.
pub(crate) type Shape = (&'static str, &'static [Field]);

/// The Rust type of a member.
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
macro_rules! member {
    (Optional) => { Option<String> };
    ($required:ident) => { String };
}

/// Whether serde leaves a member out.
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
trait LeftOut {
    fn left_out(&self) -> bool;
}
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
impl LeftOut for String {
    fn left_out(&self) -> bool {
        false
    }
}
#[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
impl LeftOut for Option<String> {
    fn left_out(&self) -> bool {
        self.is_none()
    }
}

macro_rules! messages {
    (
        $(#[doc = $about_all:literal])*
        enum SendParams {
            $($(#[doc = $about_type:literal])* $variant:ident { $kind:ident: $content:ident },)*
        }
        $(
            $(#[doc = $about_body:literal])*
            struct $body:ident {
                $($(#[doc = $about_member:literal])* $member:ident ($name:literal): $rule:ident,)*
            }
        )*
    ) => {
        #[allow(non_upper_case_globals)]
        mod fields {
            use super::{Field, Rule};
            $(pub(super) const $body: &[Field] = &[$(($name, Rule::$rule)),*];)*
        }

        /// The names of the types as a fault lists them.
        pub(crate) const LIST: &str = concat!($(" ", stringify!($kind), ","),*);

        /// All message types.
        pub(crate) const SHAPES: &[Shape] = &[$((stringify!($kind), fields::$content)),*];

        $(
            $(#[doc = $about_body])*
            #[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
            #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(all(feature = "schema", not(target_arch = "wasm32")), derive(schemars::JsonSchema), schemars(transform = schema::body(fields::$body)))]
            #[serde(deny_unknown_fields)]
            pub struct $body {
                $(
                    $(#[doc = $about_member])*
                    #[serde(rename = $name, skip_serializing_if = "LeftOut::left_out")]
                    pub $member: member!($rule),
                )*
            }
        )*

        $(#[doc = $about_all])*
        #[cfg(any(not(target_arch = "wasm32"), feature = "serde"))]
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(all(feature = "schema", not(target_arch = "wasm32")), derive(schemars::JsonSchema))]
        #[serde(tag = "msgtype", rename_all = "lowercase", deny_unknown_fields)]
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
            use super::{Field, fields};

            /// A body: its name, its description, its members and their descriptions.
            pub(crate) type Body = (&'static str, &'static [&'static str], &'static [Field], &'static [&'static [&'static str]]);

            pub(crate) const BODIES: &[Body] = &[$((
                stringify!($body), &[$($about_body),*], fields::$body, &[$(&[$($about_member),*]),*],
            )),*];
            /// Each message type with the name of its body.
            pub(crate) const TYPES: &[(&str, &str)] = &[$((stringify!($kind), stringify!($content))),*];
        }
    };
}

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
        content ("content"): Content,
    }

    /// The body of a message that carries a file: a picture, a video or any other. The console fetches it.
    struct Medium {
        /// Its http or https URL; not empty.
        url ("url"): Address,
        /// Its name.
        title ("title"): Optional,
    }

    /// The body of a link, shown as a card.
    struct News {
        /// The URL to which the card leads; not empty.
        link ("link"): Address,
        /// The card's heading.
        title ("title"): Optional,
        /// The text under the heading.
        desc ("desc"): Optional,
        /// The URL of the card's picture.
        img_url ("imgUrl"): Optional,
    }

    /// The body of a mini program, shown as a card. All members are required and must not be empty.
    struct Miniprogram {
        /// Its app id.
        appid ("appid"): Required,
        /// The card's heading.
        title ("title"): Required,
        /// The URL of the card's picture, which starts with `http://` or `https://`.
        img_url ("imgUrl"): RequiredWeb,
        /// The path of the page to open in it.
        page ("page"): Required,
        /// The text under the heading.
        desc ("desc"): Required,
        /// The URL of its icon.
        icon_url ("iconUrl"): Required,
        /// The id of the official account that it belongs to (`gh_…`).
        official_account_id ("officialAccountId"): Required,
    }
}

#[cfg(all(feature = "schema", not(target_arch = "wasm32")))]
mod schema {
    use super::{Field, Rule};
    use schemars::Schema;

    /// Adds to a body's schema what the rules say beyond the types: a required member is not empty.
    pub(super) fn body(fields: &'static [Field]) -> impl Fn(&mut Schema) {
        move |schema| {
            for (name, rule) in fields {
                let member = schema.pointer_mut(&format!("/properties/{name}"));
                if let Some(member) = member.and_then(|it| it.as_object_mut())
                    && *rule != Rule::Optional
                {
                    member.insert("minLength".to_owned(), 1.into());
                }
            }
        }
    }
}
