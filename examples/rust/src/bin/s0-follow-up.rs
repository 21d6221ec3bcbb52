//! A CRM asks, twenty minutes after the chat was closed, whether there was anything else.

use beckon_examples::{tell_refusal, tell_sent, var, Answer, Beckon, Result};
use serde_json::json;

fn main() -> Result<()> {
    let first = follow_up("admin:conversation:write")?;
    tell_sent(&first)?;

    let refusal = follow_up("conversations:read")?;
    tell_refusal(&refusal)?;

    let again = follow_up(refusal.text("requiredScope"))?;
    tell_sent(&again)?;
    if again.text("messageId") == first.text("messageId") {
        println!("the same message, not a second one");
    }
    Ok(())
}

fn follow_up(scope: &str) -> Result<Answer> {
    let conversation_id = var("CONVERSATION_ID")?;
    let path = format!(
        "/api/v2/communications/conversations/{}/participants/{}/messages",
        conversation_id,
        var("PARTICIPANT_ID")?
    );
    let body =
        json!({"messageType": "proactive", "content": {"text": "Did you need anything else?"}});
    let key = format!("follow-up-{}", conversation_id);
    Beckon::with_scope(scope)?.post_once(&path, &body, &key)
}
