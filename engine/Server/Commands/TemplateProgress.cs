using System.Globalization;

namespace ProductionOffice.Server.Commands;

/// <summary>Says on standard error how far a long job is: a line that is written over on a terminal, else a line for each tenth or every ten seconds.</summary>
internal sealed class TemplateProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private readonly TextWriter _to;
    private readonly bool _isTerminal;
    private readonly int _count;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private string _what = "";
    private int _done;
    private int _tenths;
    private long _said;
    private int _width;

    /// <param name="to">Standard error.</param>
    /// <param name="isTerminal">Whether a person looks at it.</param>
    /// <param name="count">How many documents there are.</param>
    /// <param name="clock">The clock.</param>
    public TemplateProgress(TextWriter to, bool isTerminal, int count, TimeProvider clock)
    {
        (_to, _isTerminal, _count, _clock) = (to, isTerminal, count, clock);
        _began = _said = clock.GetTimestamp();
        var often = isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1);
        _timer = clock.CreateTimer(_ => Say(), null, often, often);
    }

    private TimeSpan Elapsed => _clock.GetElapsedTime(_began);

    /// <summary>A document is begun.</summary>
    public void Begin(string what)
    {
        lock (_gate)
            _what = PlainText.OneLine(what);
    }

    /// <summary>It is done.</summary>
    public void Done()
    {
        lock (_gate)
            _done++;
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (_width > 0)
                _to.Write('\r' + new string(' ', _width) + '\r');
            if (_count > 1 && Elapsed >= Patience)
                _to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_done} of {_count} documents in {Elapsed.TotalSeconds:0.0} s"));
        }
    }

    private void Say()
    {
        lock (_gate)
        {
            if (Elapsed < Patience)
                return;
            if (_isTerminal)
            {
                var line = Line();
                _to.Write('\r' + line.PadRight(_width));
                _width = line.Length;
                return;
            }

            var tenths = _done * 10 / Math.Max(1, _count);
            if (tenths == _tenths && _clock.GetElapsedTime(_said) < Silence)
                return;
            (_tenths, _said) = (tenths, _clock.GetTimestamp());
            _to.WriteLine(Line());
        }
    }

    private string Line()
    {
        var line = _count > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{_done}/{_count}  {_done * 100L / _count} %  {_what}")
            : string.Create(CultureInfo.InvariantCulture, $"{_what}  {Elapsed.TotalSeconds:0} s");
        return line.Length < 79 ? line : line[..78] + "…";
    }
}
