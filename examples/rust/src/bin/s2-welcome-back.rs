//! A cloud function greets a known visitor by this morning's session id, and another by a fresh one.

use beckon_examples::{tell_refusal, tell_sent, var, Answer, Beckon, Result};
use serde_json::json;

fn main() -> Result<()> {
    let session_id = var("SESSION_ID")?;
    let desk = Beckon::with_scope("webchat:session:write conversations:read")?;

    let known = desk.get(&format!(
        "/api/v2/conversations/messaging/sessions/{}",
        session_id
    ))?;
    println!(
        "{} {} {}",
        known.status,
        known.text("state"),
        known.text("endedReason")
    );

    let refusal = greet(&desk, &session_id)?;
    tell_refusal(&refusal)?;

    let sender = Beckon::with_scope(refusal.text("requiredScope"))?;
    tell_sent(&greet(&sender, &session_id)?)?;

    let guest = json!({"guest": {"name": var("GUEST_NAME")?, "email": var("GUEST_EMAIL")?}});
    let fresh = desk.post("/api/v2/conversations/webchat/sessions", &guest)?;
    println!("{} {}", fresh.status, fresh.text("state"));
    tell_sent(&greet(&sender, fresh.text("webChatSessionId"))?)
}

fn greet(beckon: &Beckon, web_chat_session_id: &str) -> Result<Answer> {
    beckon.post(
        "/api/v2/conversations/messaging/external/guests/sendmessage",
        &json!({"webChatSessionId": web_chat_session_id, "text": "Welcome back!"}),
    )
}
