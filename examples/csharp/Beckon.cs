using System;
using System.Collections.Generic;
using System.Json;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;

/// <summary>What came back: the status, and the body as JSON (null when there is none).</summary>
internal sealed class Answer
{
    public Answer(int status, JsonValue body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    public JsonValue Body { get; }

    public string this[string field] => Body.ContainsKey(field) ? (string)Body[field] : "";
}

/// <summary>What the five stories share: a token, a call with it, and how an answer is told.</summary>
internal sealed class Beckon
{
    private static readonly HttpClient Http = new HttpClient { BaseAddress = new Uri(Env("BECKON_URL")), Timeout = TimeSpan.FromSeconds(30) };

    private Beckon(string token)
    {
        Token = token;
    }

    public string Token { get; }

    public static string Env(string name)
    {
        return Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(name + " is not set");
    }

    /// <summary>Whoever holds its token may do what the scope says and nothing else.</summary>
    public static async Task<Beckon> WithScope(string scope)
    {
        var answer = await CallOAuth("token", new Dictionary<string, string> { { "grant_type", "client_credentials" }, { "scope", scope } });
        return new Beckon(answer["access_token"]);
    }

    public static Task<Answer> Introspect(string token)
    {
        return CallOAuth("introspect", new Dictionary<string, string> { { "token", token } });
    }

    public async Task<Answer> Call(string method, string path, JsonValue body = null, string idempotencyKey = null)
    {
        using (var request = new HttpRequestMessage(new HttpMethod(method), path))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            if (idempotencyKey != null)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }

            if (body != null)
            {
                request.Content = new StringContent(body.ToString(), Encoding.UTF8, "application/json");
            }

            return await Send(request);
        }
    }

    /// <summary>What was done about the message, and how it travels.</summary>
    public static void TellSent(Answer answer)
    {
        if (answer.Status != 202)
        {
            throw new InvalidOperationException(answer.Status + " " + answer["detail"]);
        }

        Console.WriteLine($"{answer.Status} {answer["did"]}, {answer["status"]}");
        foreach (JsonValue delivery in (JsonArray)answer.Body["deliveries"])
        {
            Console.WriteLine($"  {(string)delivery["route"]}: {(string)delivery["status"]}");
        }
    }

    /// <summary>Why not, and what would work instead.</summary>
    public static void TellRefusal(Answer answer)
    {
        if (answer.Status < 400)
        {
            throw new InvalidOperationException("a refusal was expected, not " + answer.Status);
        }

        Console.WriteLine($"{answer.Status} {answer["code"]}");
        if (answer.Body.ContainsKey("requiredScope"))
        {
            Console.WriteLine($"  needs {answer["requiredScope"]}");
        }

        if (answer.Body.ContainsKey("actions") && answer.Body["actions"].Count > 0)
        {
            var action = answer.Body["actions"][0];
            Console.WriteLine($"  try {(string)action["method"]} {(string)action["href"]}");
        }
    }

    private static async Task<Answer> CallOAuth(string endpoint, Dictionary<string, string> form)
    {
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/" + endpoint))
        {
            var credentials = Encoding.UTF8.GetBytes(Env("BECKON_CLIENT_ID") + ":" + Env("BECKON_CLIENT_SECRET"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
            request.Content = new FormUrlEncodedContent(form);
            return await Send(request);
        }
    }

    private static async Task<Answer> Send(HttpRequestMessage request)
    {
        using (var response = await Http.SendAsync(request))
        {
            var text = await response.Content.ReadAsStringAsync();
            return new Answer((int)response.StatusCode, text.Length == 0 ? null : JsonValue.Parse(text));
        }
    }
}
