//! What the five stories share: a token, a call with it, and how an answer is told.

use reqwest::blocking::{Client, RequestBuilder};
use reqwest::Method;
use serde_json::Value;
use std::env;
use std::error::Error;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What came back. The body is `Null` when there is none.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// A text of the body; empty when it is not there.
    pub fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_default()
    }
}

/// Calls with a token that may do what its scope says and nothing else.
pub struct Beckon {
    pub token: String,
    http: Client,
}

impl Beckon {
    pub fn with_scope(scope: &str) -> Result<Beckon> {
        let http = Client::new();
        let form = [("grant_type", "client_credentials"), ("scope", scope)];
        let answer = call_oauth(&http, "token", &form)?;
        match answer.body["access_token"].as_str() {
            Some(token) => Ok(Beckon {
                token: token.to_owned(),
                http,
            }),
            None => Err(format!("no token: {}", answer.body).into()),
        }
    }

    pub fn get(&self, path: &str) -> Result<Answer> {
        send(self.request("GET", path)?)
    }

    pub fn delete(&self, path: &str) -> Result<Answer> {
        send(self.request("DELETE", path)?)
    }

    pub fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.call("POST", path, body)
    }

    /// The same key is the same message, however often the job runs.
    pub fn post_once(&self, path: &str, body: &Value, key: &str) -> Result<Answer> {
        send(
            self.request("POST", path)?
                .json(body)
                .header("Idempotency-Key", key),
        )
    }

    pub fn call(&self, method: &str, path: &str, body: &Value) -> Result<Answer> {
        send(self.request(method, path)?.json(body))
    }

    /// What this token is good for.
    pub fn introspect(&self) -> Result<Answer> {
        call_oauth(&self.http, "introspect", &[("token", &self.token)])
    }

    fn request(&self, method: &str, path: &str) -> Result<RequestBuilder> {
        let method = Method::from_bytes(method.as_bytes())?;
        Ok(self
            .http
            .request(method, url(path)?)
            .bearer_auth(&self.token))
    }
}

/// What was done about the message, and how it travels.
pub fn tell_sent(answer: &Answer) -> Result<()> {
    if answer.status != 202 {
        return Err(format!("{} {}", answer.status, answer.body).into());
    }
    println!("202 {}, {}", answer.text("did"), answer.text("status"));
    for delivery in answer.body["deliveries"].as_array().into_iter().flatten() {
        println!(
            "  {}: {}",
            text(&delivery["route"]),
            text(&delivery["status"])
        );
    }
    Ok(())
}

/// Why not, and what would work instead.
pub fn tell_refusal(answer: &Answer) -> Result<()> {
    if answer.status < 400 {
        return Err(format!("a refusal was expected, not {}", answer.status).into());
    }
    println!("{} {}", answer.status, answer.text("code"));
    if !answer.text("requiredScope").is_empty() {
        println!("  needs {}", answer.text("requiredScope"));
    }
    if let Some(action) = answer.body["actions"].get(0) {
        println!(
            "  try {} {}",
            text(&action["method"]),
            text(&action["href"])
        );
    }
    Ok(())
}

pub fn var(name: &str) -> Result<String> {
    env::var(name).map_err(|_| format!("{} is not set", name).into())
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn call_oauth(http: &Client, endpoint: &str, form: &[(&str, &str)]) -> Result<Answer> {
    let request = http.post(url(&format!("/oauth/{}", endpoint))?);
    let secret = var("BECKON_CLIENT_SECRET")?;
    send(
        request
            .basic_auth(var("BECKON_CLIENT_ID")?, Some(secret))
            .form(form),
    )
}

/// reqwest wants the whole address, not only its path.
fn url(path: &str) -> Result<String> {
    Ok(var("BECKON_URL")? + path)
}

fn send(request: RequestBuilder) -> Result<Answer> {
    let response = request.send()?;
    let status = response.status().as_u16();
    let text = response.text()?;
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text)?
    };
    Ok(Answer { status, body })
}
