using System.Collections.Immutable;

namespace ProductionOffice.Kiosk.Core;

/// <summary>What a cell means; a painter gives it a colour.</summary>
internal enum Role : byte
{
    Normal, Dim, Title, Focus, Error, Warn, Ok, Selected, Field, Key, Alarm,
}

/// <summary>A screen without any toolkit: parts at places, the last one on top.</summary>
/// <param name="Backdrop">Role of the empty cells.</param>
internal sealed record Scene(int Width, int Height, ImmutableArray<Part> Parts, Role Backdrop = Role.Normal);

/// <summary>One part of a screen.</summary>
/// <param name="Id">Name for tests.</param>
internal abstract record Part(string Id, int X, int Y, int Width);

/// <summary>The top line: where one is on the left; clock and state of the link on the right.</summary>
internal sealed record Header(string Place, string Clock, string Link, Role LinkRole, int Width) : Part("header", 0, 0, Width);

/// <summary>A line across.</summary>
internal sealed record Rule(int Y, int Width) : Part("rule", 0, Y, Width);

/// <summary>One line of text.</summary>
internal sealed record Label(string Id, int X, int Y, int Width, string Text, Role Role = Role.Normal) : Part(Id, X, Y, Width);

/// <summary>A field to type in.</summary>
internal sealed record TextField(string Id, int X, int Y, int Width, TextInput Input, bool HasFocus) : Part(Id, X, Y, Width);

/// <summary>One of several, side by side.</summary>
internal sealed record Choice(string Id, int X, int Y, int Width, ImmutableArray<string> Options, int Selected, bool HasFocus) : Part(Id, X, Y, Width);

/// <summary>Any of several, side by side.</summary>
internal sealed record Checks(string Id, int X, int Y, int Width, ImmutableArray<(string Text, bool On)> Options, int Cursor, bool HasFocus) : Part(Id, X, Y, Width);

/// <summary>A framed list below a field being typed in.</summary>
/// <param name="Cursor">Highlighted row; -1 for none.</param>
internal sealed record PickList(string Id, int X, int Y, int Width, ImmutableArray<Row> Rows, ImmutableArray<Column> Columns, int Cursor) : Part(Id, X, Y, Width);

/// <summary>Rows in columns below a line of titles.</summary>
/// <param name="Height">Rows shown at most, without the titles.</param>
/// <param name="Cursor">Highlighted row; -1 for none; kept in sight.</param>
internal sealed record Table(string Id, int X, int Y, int Width, int Height, ImmutableArray<Column> Columns, ImmutableArray<Row> Rows, int Cursor = -1, bool HasFocus = false) : Part(Id, X, Y, Width);

/// <summary>A question or a notice in the middle of the screen.</summary>
internal sealed record Dialog(string Id, int X, int Y, int Width, string Title, ImmutableArray<string> Lines, Role Role) : Part(Id, X, Y, Width);

/// <summary>Lines that can be scrolled.</summary>
internal sealed record Scroller(string Id, int X, int Y, int Width, int Height, ImmutableArray<string> Lines, int First) : Part(Id, X, Y, Width);

/// <summary>What just happened, in one line.</summary>
internal sealed record Toast(int X, int Y, int Width, string Text, Role Role) : Part("toast", X, Y, Width);

/// <summary>The bottom line: the keys that work now.</summary>
internal sealed record StatusBar(int Y, int Width, ImmutableArray<(string Key, string Label)> Keys) : Part("keys", 0, Y, Width);

/// <summary>A column of a table.</summary>
/// <param name="Cells">Width; 0 takes what is left.</param>
internal sealed record Column(string Title, int Cells);

/// <summary>A row of a table.</summary>
internal sealed record Row(ImmutableArray<string> Cells, Role Role = Role.Normal)
{
    public Row(Role role, params ReadOnlySpan<string> cells) : this([.. cells], role)
    {
    }
}
