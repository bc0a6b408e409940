//! Errors, in words for the staff who use the page.

use dioxus::prelude::*;
use juzi_helper::client::CallError;

#[component]
pub fn Problem(text: String) -> Element {
    rsx! { p { role: "alert", "{text}" } }
}

/// A call that has failed.
pub fn of_call(error: &CallError) -> Element {
    let text = match error {
        CallError::NotInSidebar => "Open this page in the sidebar of the console.".into(),
        CallError::Timeout => "The console did not answer. Please look whether it happened.".into(),
        CallError::ConversationChanged => {
            "Another conversation is open by now. Nothing was sent.".into()
        }
        CallError::Rejected { reason } if reason.is_empty() => "The console refused.".into(),
        CallError::Rejected { reason } => format!("The console refused: {reason}"),
        error => error.to_string(),
    };
    rsx! { Problem { text } }
}
