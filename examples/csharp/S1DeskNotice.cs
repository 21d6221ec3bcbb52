using System;
using System.Json;
using System.Threading.Tasks;

/// <summary>An extension of the agents' desktop adds a word to a chat that is closed.</summary>
internal static class S1DeskNotice
{
    private static readonly string ConversationId = Beckon.Env("CONVERSATION_ID");

    private static void Main()
    {
        Run().GetAwaiter().GetResult();
    }

    private static async Task Run()
    {
        var conversation = "/api/v2/conversations/messaging/conversations/" + ConversationId;
        var beckon = await Beckon.WithScope("conversations:write webmessaging:write");

        Beckon.TellSent(await Send(beckon, Notice()));

        var closed = await beckon.Call("PATCH", conversation, new JsonObject { { "status", "closed" } });
        Console.WriteLine($"{closed.Status} {closed["status"]}");

        // A business that never wants a closed chat disturbed is told which call would open it.
        var careful = Notice();
        careful["policy"] = new JsonObject { { "whenClosed", "reject" } };
        var refusal = await Send(beckon, careful);
        Beckon.TellRefusal(refusal);
        var action = refusal.Body["actions"][0];
        var reopened = await beckon.Call(action["method"], action["href"], action["body"]);
        Console.WriteLine($"{reopened.Status} {reopened["status"]}");

        // Two other ways to the same end; on an open conversation neither changes anything.
        var stillOpen = await beckon.Call("PATCH", conversation, new JsonObject { { "status", "open" } });
        Console.WriteLine($"{stillOpen.Status} {stillOpen["status"]}");
        var guest = await beckon.Call("POST", $"/api/v2/conversations/{ConversationId}/participants", new JsonObject());
        Console.WriteLine($"{guest.Status} {guest["purpose"]}");
    }

    private static Task<Answer> Send(Beckon beckon, JsonObject body)
    {
        return beckon.Call("POST", "/api/v2/conversations/messaging/messages", body);
    }

    private static JsonObject Notice()
    {
        return new JsonObject
        {
            { "from", new JsonObject { { "name", Beckon.Env("AGENT_NAME") }, { "id", Beckon.Env("AGENT_ID") } } },
            { "text", "Your replacement has been posted." },
            { "conversationId", ConversationId },
        };
    }
}
