using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core;

/// <summary>One field of a form as data.</summary>
internal abstract record Field(string Id)
{
    /// <summary>The field after a character; the same when it means nothing here.</summary>
    public abstract Field Type(string text, Roster roster);

    /// <summary>The field after an editing key; null when the key means nothing here.</summary>
    public abstract Field? Edit(Key key, Roster roster);
}

/// <summary>Free text.</summary>
internal sealed record TextBox(string Id, TextInput Input, bool DigitsOnly = false) : Field(Id)
{
    public string Text => Input.Text.Trim();

    public override Field Type(string text, Roster roster) =>
        DigitsOnly && !text.All(char.IsAsciiDigit) ? this : this with { Input = Input.Insert(text) };

    public override Field? Edit(Key key, Roster roster) => Input.Edit(key) is { } edited ? this with { Input = edited } : null;
}

/// <summary>A name found while typing.</summary>
/// <param name="Picked">What was chosen; null while searching or when the name is kept as written.</param>
/// <param name="AsWritten">The typed name stands although nobody is found or chosen.</param>
internal sealed record PickBox(string Id, TextInput Input, bool Departments, Entry? Picked, bool AsWritten, ImmutableArray<Entry> Hits, int Cursor) : Field(Id)
{
    public const int MaxHits = 5;

    public PickBox(string id, bool departments) : this(id, new TextInput(Max: 200), departments, null, false, [], 0)
    {
    }

    public string Text => Picked?.Name ?? Input.Text.Trim();

    public bool IsSettled => Picked is not null || (AsWritten && !Input.IsEmpty);

    public PickBox Pick(Entry entry) => this with { Input = Input.With(entry.Name), Picked = entry, AsWritten = false, Hits = [], Cursor = 0 };

    /// <summary>Takes the highlighted name, or keeps the typed one where nobody is found.</summary>
    public PickBox Settle() => IsSettled || Input.IsEmpty ? this : Hits.IsEmpty ? KeepAsWritten() : Pick(Hits[Cursor]);

    public PickBox KeepAsWritten() => IsSettled || Input.IsEmpty ? this : this with { AsWritten = true, Hits = [], Cursor = 0 };

    // A letter after a choice begins a new search.
    public override Field Type(string text, Roster roster) => Search((Picked is null ? Input : Input.With("")).Insert(text), roster);

    public override Field? Edit(Key key, Roster roster) => key switch
    {
        Key.Up when !Hits.IsEmpty => this with { Cursor = Math.Max(0, Cursor - 1) },
        Key.Down when !Hits.IsEmpty => this with { Cursor = Math.Min(Hits.Length - 1, Cursor + 1) },
        Key.Left or Key.Right or Key.Home or Key.End => this with { Input = Input.Edit(key)! },
        _ => Input.Edit(key) is { } edited ? Search(edited, roster) : null,
    };

    public PickBox Refresh(Roster roster) => IsSettled ? this : Search(Input, roster) with { Cursor = Cursor };

    private PickBox Search(TextInput input, Roster roster)
    {
        var hits = roster.Find(input.Text, MaxHits, Departments);
        return this with { Input = input, Picked = null, AsWritten = false, Hits = hits, Cursor = 0 };
    }
}

/// <summary>One of several.</summary>
internal sealed record ChoiceBox(string Id, ImmutableArray<string> Options, int Selected) : Field(Id)
{
    public string Value => Options[Selected].ToLowerInvariant();

    public override Field Type(string text, Roster roster)
    {
        if (text == " ")
            return Turn(1);

        var at = Options.Select((o, i) => (o, i)).Where(x => x.o.StartsWith(text, StringComparison.OrdinalIgnoreCase)).Select(x => x.i).DefaultIfEmpty(Selected).First();
        return this with { Selected = at };
    }

    public override Field? Edit(Key key, Roster roster) => key switch
    {
        Key.Left => Turn(-1),
        Key.Right => Turn(1),
        _ => null,
    };

    private ChoiceBox Turn(int by) => this with { Selected = (Selected + by + Options.Length) % Options.Length };
}

/// <summary>Any of several.</summary>
internal sealed record ChecksBox(string Id, ImmutableArray<(string Text, bool On)> Options, int Cursor) : Field(Id)
{
    public override Field Type(string text, Roster roster)
    {
        var at = text == " " ? Cursor : Options.Select((o, i) => (o, i)).Where(x => x.o.Text.StartsWith(text, StringComparison.OrdinalIgnoreCase)).Select(x => x.i).DefaultIfEmpty(-1).First();
        return at < 0 ? this : this with { Options = Options.SetItem(at, Options[at] with { On = !Options[at].On }), Cursor = at };
    }

    public override Field? Edit(Key key, Roster roster) => key switch
    {
        Key.Left => this with { Cursor = (Cursor + Options.Length - 1) % Options.Length },
        Key.Right => this with { Cursor = (Cursor + 1) % Options.Length },
        _ => null,
    };
}

/// <summary>Rows that can be ticked.</summary>
internal sealed record TickBox(string Id, ImmutableArray<string> Keys, ImmutableHashSet<string> On, int Cursor) : Field(Id)
{
    public override Field Type(string text, Roster roster) => text == " " && Cursor < Keys.Length ? Toggle(Keys[Cursor]) : this;

    public override Field? Edit(Key key, Roster roster) => key switch
    {
        Key.Up when Cursor > 0 => this with { Cursor = Cursor - 1 },
        Key.Down when Cursor < Keys.Length - 1 => this with { Cursor = Cursor + 1 },
        Key.PageUp or Key.Home => this with { Cursor = 0 },
        Key.PageDown or Key.End => this with { Cursor = Math.Max(0, Keys.Length - 1) },
        _ => null,
    };

    public TickBox Toggle(string key) => this with { On = On.SymmetricExcept([key]) };
}
