using System;
using System.Json;
using System.Threading.Tasks;

/// <summary>A scheduled job writes to somebody whose chat is open and whose tab is closed.</summary>
internal static class S3ParcelUpdate
{
    private static readonly string ContactId = Beckon.Env("CONTACT_ID");

    private static void Main()
    {
        Run().GetAwaiter().GetResult();
    }

    private static async Task Run()
    {
        var beckon = await Beckon.WithScope("webchat:write conversations:read");

        var introspected = await Beckon.Introspect(beckon.Token);
        Console.WriteLine($"{introspected.Status} {introspected["scope"]}");

        var before = await beckon.Call("GET", "/api/v2/conversations/messaging/" + Beckon.Env("CONVERSATION_ID"));
        Console.WriteLine($"{before.Status} {before["status"]}, {(int)before.Body["presence"]["connections"]} tabs");

        var message = new JsonObject
        {
            { "webchatSessionId", Beckon.Env("SESSION_ID") },
            { "contactId", ContactId },
            { "from", Sender() },
            { "text", "Your parcel is on its way." },
        };
        Beckon.TellSent(await beckon.Call("POST", "/api/v2/conversations/webchat/messages", message));

        var refusal = await ByContact(beckon);
        Beckon.TellRefusal(refusal);
        Beckon.TellSent(await ByContact(await Beckon.WithScope(refusal["requiredScope"])));
    }

    private static Task<Answer> ByContact(Beckon beckon)
    {
        var message = new JsonObject { { "from", Sender() }, { "text", "It will be there before noon." } };
        return beckon.Call("POST", $"/api/v2/conversations/messaging/contacts/{ContactId}/messages", message);
    }

    private static JsonObject Sender()
    {
        return new JsonObject { { "id", Beckon.Env("SENDER_ID") } };
    }
}
