using System;
using System.Json;
using System.Threading.Tasks;

/// <summary>A cloud function greets a known visitor by this morning's session id, and another by a fresh one.</summary>
internal static class S2WelcomeBack
{
    private static void Main()
    {
        Run().GetAwaiter().GetResult();
    }

    private static async Task Run()
    {
        var sessionId = Beckon.Env("SESSION_ID");
        var desk = await Beckon.WithScope("webchat:session:write conversations:read");

        var known = await desk.Call("GET", "/api/v2/conversations/messaging/sessions/" + sessionId);
        Console.WriteLine($"{known.Status} {known["state"]} {known["endedReason"]}");

        var refusal = await Greet(desk, sessionId);
        Beckon.TellRefusal(refusal);

        var sender = await Beckon.WithScope(refusal["requiredScope"]);
        Beckon.TellSent(await Greet(sender, sessionId));

        var guest = new JsonObject { { "name", Beckon.Env("GUEST_NAME") }, { "email", Beckon.Env("GUEST_EMAIL") } };
        var fresh = await desk.Call("POST", "/api/v2/conversations/webchat/sessions", new JsonObject { { "guest", guest } });
        Console.WriteLine($"{fresh.Status} {fresh["state"]}");
        Beckon.TellSent(await Greet(sender, fresh["webChatSessionId"]));
    }

    private static Task<Answer> Greet(Beckon beckon, string webChatSessionId)
    {
        var body = new JsonObject { { "webChatSessionId", webChatSessionId }, { "text", "Welcome back!" } };
        return beckon.Call("POST", "/api/v2/conversations/messaging/external/guests/sendmessage", body);
    }
}
