using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Terminal;

/// <summary>Does what the model asks for; answers by messages, at once or later, from any thread.</summary>
internal interface IOutside
{
    void Do(Effect effect, Action<Msg> post);
}

/// <summary>The model and its screen. One thread only.</summary>
internal sealed class Session
{
    private readonly ITerminal _terminal;
    private readonly IOutside _outside;
    private readonly TimeProvider _clock;
    private readonly Action<Msg> _post;
    private readonly DiffWriter _writer;
    private readonly Queue<Msg> _kept = new();
    private int _saving;
    private CellBuffer? _shown;
    private CellBuffer? _spare;

    /// <param name="post">Where answers go: they come back through <see cref="Handle"/>.</param>
    public Session(Model model, ITerminal terminal, Theme theme, IOutside outside, TimeProvider clock, Action<Msg> post)
    {
        _terminal = terminal;
        _outside = outside;
        _clock = clock;
        _post = post;
        _writer = new DiffWriter(theme);
        var (width, height) = terminal.Size;
        Model = Update.Apply(model with { Width = width, Height = height }, Time()).Model;
    }

    public Model Model { get; private set; }

    /// <summary>Set when the program is to end.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether a record is on its way to the disk; what is typed meanwhile waits its turn.</summary>
    public bool IsSaving => _saving > 0;

    /// <summary>Milliseconds of a clock that never jumps.</summary>
    public static long MonoOf(TimeProvider clock) => (long)(clock.GetTimestamp() / (double)clock.TimestampFrequency * 1000);

    public CellBuffer Screen => _shown ?? new CellBuffer(Model.Width, Model.Height);

    public void Handle(Msg msg)
    {
        if (IsSaving && msg is InputMsg)
        {
            _kept.Enqueue(msg);
            return;
        }

        Apply(msg);
        if (msg is Saved or SaveFailed or JournalUnusable && _saving > 0)
            _saving--;
        while (!IsSaving && _kept.TryDequeue(out var kept))
            Apply(kept);
    }

    /// <summary>Brings the terminal up to date: nothing, or one write.</summary>
    public void Paint()
    {
        Model = Update.Apply(Model, Time()).Model;
        var scene = View.Draw(Model);
        var next = _spare is { } spare && spare.Width == scene.Width && spare.Height == scene.Height ? spare : new CellBuffer(scene.Width, scene.Height);
        ScenePainter.Paint(scene, next);
        var bytes = _writer.Write(_shown, next);
        if (!bytes.IsEmpty)
            _terminal.Write(bytes);
        (_shown, _spare) = (next, _shown);
    }

    private Tick Time() => new(_clock.GetLocalNow(), MonoOf(_clock));

    private void Apply(Msg msg)
    {
        Model = Update.Apply(Model, Time()).Model;
        var step = Update.Apply(Model, msg);
        if (msg is Resized)
            _shown = null;
        Model = step.Model;
        foreach (var effect in step.Effects)
            Perform(effect);
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case Redraw:
                _shown = null;
                break;
            case Quit quit:
                ExitCode = quit.ExitCode;
                break;
            default:
                if (effect is Save)
                    _saving++;
                _outside.Do(effect, _post);
                break;
        }
    }
}
