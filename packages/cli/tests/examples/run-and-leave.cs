using System;
using System.Reflection;
using System.Runtime.InteropServices;

/// <summary>Runs a program and leaves at once: the shutdown of Mono 6.8 now and then hangs or aborts after Main has returned.</summary>
internal static class RunAndLeave
{
    private static void Main(string[] args)
    {
        var code = 0;
        try
        {
            var main = Assembly.LoadFrom(args[0]).EntryPoint;
            main.Invoke(null, new object[main.GetParameters().Length]);
        }
        catch (TargetInvocationException failure)
        {
            Console.Error.WriteLine(failure.InnerException);
            code = 1;
        }

        Console.Out.Flush();
        Console.Error.Flush();
        LeaveAtOnce(code);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void LeaveAtOnce(int code);
}
