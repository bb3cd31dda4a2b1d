using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes cells with the types of their values.</summary>
internal sealed class CellWriter(Utf8Buffer to, Evaluator values, StyleTable styles, FormulaWriter formulas, List<CellPicture> pictures)
{
    private const int LongestText = 32_767;

    public void Write(SheetLayout layout, CellTemplate cell, LaidRow row, int column)
    {
        if (row.IsBlank || layout.Columns[column - 1] is { Tag: not null, Loop: null })
        {
            Start(column, row.Number, cell.Style);
            to.Write("/>"u8);
            return;
        }

        switch (cell.Kind)
        {
            case CellKind.Plain:
                to.Write("<c r=\""u8);
                Address(column, row.Number);
                to.Write("\""u8);
                to.Write(cell.Rest);
                break;
            case CellKind.Formula:
                Start(column, row.Number, cell.Style);
                to.Write(cell.ArrayRange is null ? "><f>"u8 : "><f t=\"array\" ref=\""u8);
                if (cell.ArrayRange is { } array)
                {
                    var (c1, r1, c2, r2) = CellRef.ParseArea(array);
                    to.WriteMarkup(CellRef.Address(column, row.Number) + ":" + CellRef.Address(column + c2 - c1, row.Number + r2 - r1));
                    to.Write("\">"u8);
                }

                to.WriteText(formulas.Write(cell.Formula!, layout, row, column));
                to.Write("</f></c>"u8);
                break;
            default:
                if (cell.Whole is { } whole)
                    Value(layout, cell, whole, row.Number, column);
                else
                    Text(layout, cell, column, row.Number, Fill(layout, cell), cell.Tags[0]);
                break;
        }
    }

    private static bool IsDateFormatter(string name) => name is "date" or "time" or "datetime";

    private void Value(SheetLayout layout, CellTemplate cell, Tag tag, int row, int column)
    {
        var steps = tag.Expression?.Pipeline.Steps;
        if (steps is { Count: > 0 } && IsDateFormatter(steps[^1].Name) && steps[^1].ArgumentCount == 0)
        {
            var raw = values.Evaluate(tag.Expression!, tag, steps.Count - 1);
            if (Serial(raw) is { } serial)
            {
                Start(column, row, styles.Dated(cell.Style, steps[^1].Name switch { "time" => 20, "datetime" => 22, _ => 14 }));
                Number(serial);
                return;
            }
        }

        var value = values.Evaluate(tag);
        if (values.Marked is { } missing)
        {
            Text(layout, cell, column, row, $"[{missing}?]", tag);
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Host when value.AsHost() is PictureContent or CodeContent:
                Picture((MadeContent)value.AsHost(), tag, row, column);
                Start(column, row, cell.Style);
                to.Write("/>"u8);
                break;
            case ValueKind.Undefined or ValueKind.Null:
                Start(column, row, cell.Style);
                to.Write("/>"u8);
                break;
            case ValueKind.Number when double.IsFinite(value.AsNumber()):
                Start(column, row, cell.Style);
                Number(value.AsNumber());
                break;
            case ValueKind.Boolean:
                Start(column, row, cell.Style);
                to.Write(value.AsBoolean() ? " t=\"b\"><v>1</v></c>"u8 : " t=\"b\"><v>0</v></c>"u8);
                break;
            case ValueKind.Date when Serial(value) is { } serial:
                Start(column, row, styles.Dated(cell.Style, serial == Math.Floor(serial) ? 14 : 22));
                Number(serial);
                break;
            default:
                Text(layout, cell, column, row, values.Text(value, tag), tag);
                break;
        }
    }

    /// <summary>A picture lies over its cell; it is anchored there when the sheet is written.</summary>
    private void Picture(MadeContent content, Tag tag, int row, int column)
    {
        try
        {
            var picture = PictureBytes.Of(content, values.Options.Pictures);
            var (width, height) = content switch
            {
                PictureContent asked => picture.Size(asked.Width, asked.Height),
                CodeContent code => picture.Size(code.Width, code.Height),
                _ => picture.Size(null, null),
            };
            pictures.Add(new CellPicture(column, row, picture, width, height, content.PlainText));
        }
        catch (PictureException exception)
        {
            values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
        }
    }

    private void Number(double number)
    {
        to.Write("><v>"u8);
        to.WriteMarkup((number + 0.0).ToString("R", CultureInfo.InvariantCulture));
        to.Write("</v></c>"u8);
    }

    private string Fill(SheetLayout layout, CellTemplate cell) => InlineText.Fill(cell.Text, Printing(layout, cell), values);

    /// <summary>The tags of a cell; those that rule rows print nothing in it.</summary>
    private static List<Tag> Printing(SheetLayout layout, CellTemplate cell) =>
        cell.Tags.Exists(tag => layout.Sheet.Lifted.Contains(tag)) ? [.. cell.Tags.Select(tag => layout.Sheet.Lifted.Contains(tag) ? Silent(tag) : tag)] : cell.Tags;

    private static Tag Silent(Tag tag) => new() { Kind = TagKind.Comment, Source = tag.Source, Place = tag.Place, Start = tag.Start, End = tag.End };

    private void Text(SheetLayout layout, CellTemplate cell, int column, int row, string text, Tag tag)
    {
        if (text.Length == 0)
        {
            Start(column, row, cell.Style);
            to.Write("/>"u8);
            return;
        }

        if (text.Length > LongestText)
        {
            values.Problems.Add(tag.Place.Problem("T012", tag.Source, $"The text has {text.Length:N0} characters; a cell holds {LongestText:N0}."));
            return;
        }

        var looksLikeFormula = text[0] is '=' or '+' or '-' or '@';
        Start(column, row, looksLikeFormula ? styles.Quoted(cell.Style) : cell.Style);
        to.Write(" t=\"inlineStr\"><is>"u8);
        var removed = to.Removed;
        if (cell.Rich is { } rich)
            RichText(layout, cell, rich);
        else
            Run(text);
        to.Write("</is></c>"u8);
        if (to.Removed > removed)
            values.Problems.Add(tag.Place.Problem("W009", tag.Source, "Characters that no workbook can hold were removed from this value.", ProblemSeverity.Warning));
    }

    private void Run(string text)
    {
        to.Write("<t xml:space=\"preserve\">"u8);
        to.WriteText(CellText.Escape(text));
        to.Write("</t>"u8);
    }

    /// <summary>Parts of the text keep their formats; a value has that of its first brace.</summary>
    private void RichText(SheetLayout layout, CellTemplate cell, List<(int Start, byte[] Properties)> rich)
    {
        foreach (var (part, text) in FormattedText.Fill(cell.Text, [.. rich.Select(run => run.Start)], Printing(layout, cell), values))
        {
            to.Write("<r>"u8);
            to.Write(rich[part].Properties);
            Run(text.ToString());
            to.Write("</r>"u8);
        }
    }

    private void Start(int column, int row, int style)
    {
        to.Write("<c r=\""u8);
        Address(column, row);
        to.Write("\""u8);
        if (style == 0)
            return;
        to.Write(" s=\""u8);
        to.Write(style);
        to.Write("\""u8);
    }

    private void Address(int column, int row)
    {
        Span<byte> letters = stackalloc byte[3];
        var at = 3;
        for (; column > 0; column = (column - 1) / 26)
            letters[--at] = (byte)('A' + (column - 1) % 26);
        to.Write(letters[at..]);
        to.Write(row);
    }

    /// <summary>Days since 1899-12-30, or null when the value is no date or time.</summary>
    private double? Serial(Value value)
    {
        if (value.Kind == ValueKind.Date)
            return (TimeZoneInfo.ConvertTime(value.AsDate(), values.Options.TimeZone).DateTime - new DateTime(1899, 12, 30)).TotalDays;
        if (value.Kind != ValueKind.String)
            return null;
        var text = value.AsString().Trim();
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time.ToTimeSpan().TotalDays;
        if (text.Length < 10 || text[4] != '-' || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return null;
        var hasZone = text.EndsWith('Z') || (text.Length > 16 && text.AsSpan(16).IndexOfAny('+', '-') >= 0);
        var local = hasZone ? TimeZoneInfo.ConvertTime(moment, values.Options.TimeZone).DateTime : moment.UtcDateTime;
        return (local - new DateTime(1899, 12, 30)).TotalDays;
    }
}
