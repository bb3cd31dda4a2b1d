using System.Collections.Immutable;
using ProductionOffice.Kiosk.Core.Screens;

namespace ProductionOffice.Kiosk.Core;

/// <summary>All a kiosk knows at a moment. Never changed, only replaced by <see cref="Update"/>.</summary>
internal sealed record Model
{
    public required Station Station { get; init; }

    public DateTimeOffset Now { get; init; }

    /// <summary>Milliseconds of a clock that never jumps.</summary>
    public long Mono { get; init; }

    public int Width { get; init; } = 80;

    public int Height { get; init; } = 24;

    public Desk Desk { get; init; } = new();

    public SyncStatus Sync { get; init; } = SyncStatus.None;

    /// <summary>When the server last confirmed the list of people and parcels; null when never.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    public Screen Screen { get; init; } = new IdleScreen();

    public Overlay? Overlay { get; init; }

    public Notice? Notice { get; init; }

    /// <summary>Why nothing can be saved; the red screen shows it.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether the journal could not be opened at all.</summary>
    public bool IsJournalLost { get; init; }

    /// <summary>What was wrong with the journal at start, in words; null when nothing.</summary>
    public string? JournalNote { get; init; }

    /// <summary>The screen before the stretch of characters that may turn out to be a scan.</summary>
    public Screen? BeforeText { get; init; }

    /// <summary>Records of this session, newest last, that can still be taken back.</summary>
    public ImmutableList<DeskEvent> Undoable { get; init; } = [];

    /// <summary>Running number of the next parcel.</summary>
    public int NextNumber { get; init; } = 1;

    public bool IsTooSmall => Width < 80 || Height < 24;

    /// <summary>Own number of the next parcel, for example <c>K1-0422</c>.</summary>
    public string NextDelivery => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Station.Kiosk}-{NextNumber:0000}");

    /// <summary>The keys that count now.</summary>
    public Scope Scope => Fault is not null ? Scope.Fault : Overlay?.Scope ?? Screen.Scope;

    public Model Say(string text, Role role = Role.Normal, int seconds = 8) => this with { Notice = new Notice(text, role, Mono + seconds * 1000L) };

    public Model Show(Screen screen) => this with { Screen = screen, Overlay = null };

    public Model Hush() => Notice is { Role: Role.Error or Role.Warn } ? this with { Notice = null } : this;

    /// <summary>Milliseconds until time alone changes the screen.</summary>
    public long UntilTimeMatters()
    {
        var minute = 60_000 - (Now.Second * 1000L + Now.Millisecond);
        return Notice is null ? minute : Math.Clamp(Notice.Until - Mono, 1, minute);
    }
}

/// <summary>One line about what just happened.</summary>
/// <param name="Until">Moment of <see cref="Model.Mono"/> at which it goes away.</param>
internal sealed record Notice(string Text, Role Role, long Until);

/// <summary>A model and what is to be done outside.</summary>
internal readonly record struct Step(Model Model, ImmutableArray<Effect> Effects)
{
    public static implicit operator Step(Model model) => new(model, []);

    public Step And(Effect effect) => this with { Effects = Effects.Add(effect) };
}
