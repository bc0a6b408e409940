//! URLs, as the URL standard has them. Natively they are those of the crate `url`.
//!
//! On wasm32 the program that runs the module parses them: it has such a parser, and the tables that `url` needs for names in other
//! scripts would make the module a third larger. There these types have what this crate uses of the types of `url`.
//!
//! The module's one import is `parse_url` of `juzi_hub`. It takes six numbers: the place and the length of a text, of the base URL (its
//! length is 0 if there is none), and of room for the answer. It writes the URL, serialized as the standard says, into the room and
//! returns its length. If the room is too small, it writes nothing, and is called again. If the text is no URL, it returns 0.

#[cfg(not(target_arch = "wasm32"))]
pub use ::url::{Host, Origin, Url};
#[cfg(target_arch = "wasm32")]
pub use platform::{Host, NoUrl, Origin, Url};

#[cfg(any(test, target_arch = "wasm32"))]
mod platform;
