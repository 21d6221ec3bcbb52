//! An extension of the agents' desktop adds a word to a chat that is closed.

use beckon_examples::{tell_refusal, tell_sent, text, var, Beckon, Result};
use serde_json::json;

const MESSAGES: &str = "/api/v2/conversations/messaging/messages";

fn main() -> Result<()> {
    let conversation_id = var("CONVERSATION_ID")?;
    let conversation = format!(
        "/api/v2/conversations/messaging/conversations/{}",
        conversation_id
    );
    let mut notice = json!({
        "from": {"name": var("AGENT_NAME")?, "id": var("AGENT_ID")?},
        "text": "Your replacement has been posted.",
        "conversationId": conversation_id,
    });
    let beckon = Beckon::with_scope("conversations:write webmessaging:write")?;

    tell_sent(&beckon.post(MESSAGES, &notice)?)?;

    let closed = beckon.call("PATCH", &conversation, &json!({"status": "closed"}))?;
    println!("{} {}", closed.status, closed.text("status"));

    // A business that never wants a closed chat disturbed is told which call would open it.
    notice["policy"] = json!({"whenClosed": "reject"});
    let refusal = beckon.post(MESSAGES, &notice)?;
    tell_refusal(&refusal)?;
    let action = &refusal.body["actions"][0];
    let reopened = beckon.call(
        text(&action["method"]),
        text(&action["href"]),
        &action["body"],
    )?;
    println!("{} {}", reopened.status, reopened.text("status"));

    // Two other ways to the same end; on an open conversation neither changes anything.
    let still_open = beckon.call("PATCH", &conversation, &json!({"status": "open"}))?;
    println!("{} {}", still_open.status, still_open.text("status"));
    let participants = format!("/api/v2/conversations/{}/participants", conversation_id);
    let guest = beckon.post(&participants, &json!({}))?;
    println!("{} {}", guest.status, guest.text("purpose"));
    Ok(())
}
