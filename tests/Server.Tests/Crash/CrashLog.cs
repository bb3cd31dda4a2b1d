using System.Collections.Concurrent;
using System.Globalization;
using Xunit.Abstractions;

namespace ProductionOffice.Server.Tests.Crash;

/// <summary>Where a campaign is followed: the output of the test, and the file that <c>OFFICE_CRASH_LOG</c> names, by which a campaign that was cut off goes on.</summary>
internal sealed class CrashLog(ITestOutputHelper output)
{
    private static readonly Lock Gate = new();
    private readonly string? _file = Environment.GetEnvironmentVariable("OFFICE_CRASH_LOG");
    private readonly ConcurrentDictionary<string, int> _done = new(StringComparer.Ordinal);
    private bool _isRead;

    /// <summary>How many steps came to pass when the plan was run before; null when it was not.</summary>
    public int? Acts(string scene, string plan)
    {
        lock (Gate)
        {
            if (!_isRead && _file is not null && File.Exists(_file))
            {
                foreach (var words in File.ReadAllLines(_file).Select(l => l.Split(' ')).Where(w => w is [_, _, _, "done", _]))
                    _done[$"{words[1]} {words[2]}"] = int.Parse(words[4], CultureInfo.InvariantCulture);
            }

            _isRead = true;
        }

        return _done.TryGetValue($"{scene} {plan}", out var acts) ? acts : null;
    }

    public void Done(string scene, string plan, int acts) => Tell(string.Create(CultureInfo.InvariantCulture, $"{scene} {plan} done {acts}"));

    public void Tell(string line)
    {
        lock (Gate)
        {
            output.WriteLine(line);
            if (_file is not null)
                File.AppendAllText(_file, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {line}\n");
        }
    }
}
