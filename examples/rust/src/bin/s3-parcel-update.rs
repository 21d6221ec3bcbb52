//! A scheduled job writes to somebody whose chat is open and whose tab is closed.

use beckon_examples::{tell_refusal, tell_sent, var, Answer, Beckon, Result};
use serde_json::json;

fn main() -> Result<()> {
    let beckon = Beckon::with_scope("webchat:write conversations:read")?;

    let checked = beckon.introspect()?;
    println!("{} {}", checked.status, checked.text("scope"));

    let before = beckon.get(&format!(
        "/api/v2/conversations/messaging/{}",
        var("CONVERSATION_ID")?
    ))?;
    println!(
        "{} {}, {} tabs",
        before.status,
        before.text("status"),
        before.body["presence"]["connections"]
    );

    let message = json!({
        "webchatSessionId": var("SESSION_ID")?,
        "contactId": var("CONTACT_ID")?,
        "from": {"id": var("SENDER_ID")?},
        "text": "Your parcel is on its way.",
    });
    tell_sent(&beckon.post("/api/v2/conversations/webchat/messages", &message)?)?;

    let refusal = by_contact(&beckon)?;
    tell_refusal(&refusal)?;
    tell_sent(&by_contact(&Beckon::with_scope(
        refusal.text("requiredScope"),
    )?)?)
}

fn by_contact(beckon: &Beckon) -> Result<Answer> {
    let path = format!(
        "/api/v2/conversations/messaging/contacts/{}/messages",
        var("CONTACT_ID")?
    );
    beckon.post(
        &path,
        &json!({"from": {"id": var("SENDER_ID")?}, "text": "It will be there before noon."}),
    )
}
