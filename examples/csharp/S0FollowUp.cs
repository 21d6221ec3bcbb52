using System;
using System.Json;
using System.Threading.Tasks;

/// <summary>A CRM asks, twenty minutes after the chat was closed, whether there was anything else.</summary>
internal static class S0FollowUp
{
    private static void Main()
    {
        Run().GetAwaiter().GetResult();
    }

    private static async Task Run()
    {
        var first = await FollowUp("admin:conversation:write");
        Beckon.TellSent(first);

        var refusal = await FollowUp("conversations:read");
        Beckon.TellRefusal(refusal);

        var again = await FollowUp(refusal["requiredScope"]);
        Beckon.TellSent(again);
        if (again["messageId"] == first["messageId"])
        {
            Console.WriteLine("the same message, not a second one");
        }
    }

    private static async Task<Answer> FollowUp(string scope)
    {
        var conversationId = Beckon.Env("CONVERSATION_ID");
        var participantId = Beckon.Env("PARTICIPANT_ID");
        var body = new JsonObject
        {
            { "messageType", "proactive" },
            { "content", new JsonObject { { "text", "Did you need anything else?" } } },
        };
        var beckon = await Beckon.WithScope(scope);

        // The same key is the same message, however often the job runs.
        return await beckon.Call(
            "POST",
            $"/api/v2/communications/conversations/{conversationId}/participants/{participantId}/messages",
            body,
            "follow-up-" + conversationId);
    }
}
