//! A ticketing system ends a guest's chat.

use beckon_examples::{tell_refusal, var, Beckon, Result};

fn main() -> Result<()> {
    let chat = format!(
        "/api/v2/conversations/webmessaging/instances/{}",
        var("CONVERSATION_ID")?
    );

    let refusal = Beckon::with_scope("conversations:write")?.delete(&chat)?;
    tell_refusal(&refusal)?;

    let beckon = Beckon::with_scope(refusal.text("requiredScope"))?;
    println!("{}", beckon.delete(&chat)?.status);
    // Ending what has ended changes nothing, so a job may simply be run again.
    println!("{}", beckon.delete(&chat)?.status);
    Ok(())
}
