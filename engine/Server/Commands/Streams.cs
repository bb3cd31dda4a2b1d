using System.Text;

namespace ProductionOffice.Server.Commands;

/// <summary>Where a verb writes: data, and everything else.</summary>
/// <param name="Out">Data only.</param>
/// <param name="Error">Problems, progress, hints.</param>
/// <param name="IsTerminal">Whether a person looks at <paramref name="Out"/>.</param>
internal sealed record Streams(TextWriter Out, TextWriter Error, bool IsTerminal) : IDisposable
{
    /// <summary>Those of the process; UTF-8 whatever the locale says.</summary>
    public static Streams OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Streams(
            new StreamWriter(Console.OpenStandardOutput(), utf8, 8192) { AutoFlush = false },
            new StreamWriter(Console.OpenStandardError(), utf8, 1024) { AutoFlush = true },
            !Console.IsOutputRedirected);
    }

    public void Dispose()
    {
        try
        {
            Out.Flush();
        }
        catch (IOException)
        {
            // Whoever read our output has seen enough, as in 'office task list | head -1'.
        }
    }
}
