using System;
using System.Threading.Tasks;

/// <summary>A ticketing system ends a guest's chat.</summary>
internal static class S4EndChat
{
    private static void Main()
    {
        Run().GetAwaiter().GetResult();
    }

    private static async Task Run()
    {
        var refusal = await EndChat(await Beckon.WithScope("conversations:write"));
        Beckon.TellRefusal(refusal);

        var beckon = await Beckon.WithScope(refusal["requiredScope"]);
        Console.WriteLine((await EndChat(beckon)).Status);

        // Ending what has ended changes nothing, so a job may simply be run again.
        Console.WriteLine((await EndChat(beckon)).Status);
    }

    private static Task<Answer> EndChat(Beckon beckon)
    {
        return beckon.Call("DELETE", "/api/v2/conversations/webmessaging/instances/" + Beckon.Env("CONVERSATION_ID"));
    }
}
