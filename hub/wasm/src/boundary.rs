//! The module's three exports. A module has one session, and whoever instantiates it twice has two.

use std::cell::RefCell;

use crate::session::Session;

thread_local! {
    static SESSION: RefCell<Session> = RefCell::default();
    /// The host's text, and then the answer to it.
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(vec![]) };
}

/// Makes room for a text of this many bytes, and tells where it is.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn text(length: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        text.clear();
        text.resize(length, 0);
        text.as_mut_ptr()
    })
}

/// Takes the text, and tells how many bytes the answer has.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn call() -> usize {
    let given = TEXT.take();
    let answer = SESSION.with_borrow_mut(|session| session.call(&String::from_utf8_lossy(&given)));
    let length = answer.len();
    TEXT.set(answer.into_bytes());
    length
}

/// Where the answer is.
#[cfg_attr(target_arch = "wasm32", unsafe(no_mangle))]
pub extern "C" fn address() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}
