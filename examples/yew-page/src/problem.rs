//! Errors, in words for the staff who use the page.

use juzi_helper::client::CallError;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct ProblemProps {
    pub text: String,
}

#[component]
pub fn Problem(ProblemProps { text }: &ProblemProps) -> Html {
    html! { <p role="alert">{ text }</p> }
}

/// A call that has failed.
pub fn of_call(error: &CallError) -> Html {
    html! { <Problem text={text_of(error)} /> }
}

pub fn text_of(error: &CallError) -> String {
    match error {
        CallError::NotInSidebar => "Open this page in the sidebar of the console.".into(),
        CallError::Timeout => "The console did not answer. Please look whether it happened.".into(),
        CallError::ConversationChanged => {
            "Another conversation is open by now. Nothing was sent.".into()
        }
        CallError::Rejected { reason } if reason.is_empty() => "The console refused.".into(),
        CallError::Rejected { reason } => format!("The console refused: {reason}"),
        error => error.to_string(),
    }
}
