using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>Writes cells with the types of their values.</summary>
internal sealed class CellWriter(Utf8Buffer to, Evaluator values, StyleTable styles, FormulaWriter formulas, CellContent content, bool from1904)
{
    private readonly CellTextWriter _texts = new(to, values, styles);

    private readonly EvaluationContext _dates = new() { Scope = values.Scope, Now = values.Options.Now, TimeZone = values.Options.TimeZone, Locale = values.Options.Locale };

    public void Write(SheetLayout layout, CellTemplate cell, LaidRow row, int column)
    {
        if (row.IsBlank || (layout.ColumnsMoved && layout.Columns[column - 1] is { Tag: not null, Loop: null }))
        {
            _texts.Blank(column, row.Number, cell.Style);
            return;
        }

        if (content.Headers.Of(row.Row.Index, cell.Column) is { } table)
        {
            Header(layout, cell, row.Number, column, table);
            return;
        }

        switch (cell.Kind)
        {
            case CellKind.Plain:
                to.Write("<c r=\""u8);
                _texts.Address(column, row.Number);
                to.Write("\""u8);
                to.Write(cell.Rest.Span);
                break;
            case CellKind.Formula:
                Formula(layout, cell, row, column);
                break;
            default:
                Filled(layout, cell, row.Number, column);
                break;
        }
    }

    /// <summary>The place of a last <c>date</c>, <c>time</c> or <c>datetime</c> without pattern, also before <c>or</c>, which says what stands for no date; -1 when there is none.</summary>
    private static int DateStep(TagExpression expression)
    {
        var steps = expression.Pipeline.Steps;
        var last = steps.Count - 1;
        while (last >= 0 && steps[last].Name is ("or" or "droprow" or "dropline"))
            last--;
        return last >= 0 && steps[last] is { Name: "date" or "time" or "datetime", ArgumentCount: 0 } ? last : -1;
    }

    private void Formula(SheetLayout layout, CellTemplate cell, LaidRow row, int column)
    {
        _texts.Start(column, row.Number, cell.Style);
        if (cell.Metadata is { } metadata)
            to.WriteMarkup($" cm=\"{XmlText.Encode(metadata)}\"");
        to.Write(">"u8);
        if (cell.DataTable is { } dataTable)
        {
            WhatIf(layout, dataTable);
            return;
        }

        var text = formulas.Write(cell.Formula!, layout, row, column);
        var array = cell.ArrayRange is { } range ? Array(layout, range, row, column) : formulas.NeedsArray ? CellRef.Address(column, row.Number) : null;
        if (array is null)
            to.Write("<f>"u8);
        else
            to.WriteMarkup($"<f t=\"array\" ref=\"{array}\">");
        to.WriteText(text);
        to.Write("</f></c>"u8);
    }

    /// <summary>An array formula of a repeated row fills as many cells as in the template; any other one grows with its rows.</summary>
    private static string Array(SheetLayout layout, string array, LaidRow row, int column)
    {
        var (c1, r1, c2, r2) = CellRef.ParseArea(array);
        var bottom = row.Turn is not null || r1 == r2 ? row.Number + r2 - r1 : layout.RangeEnd(r2);
        var right = c1 == c2 ? column : layout.ColumnsMoved && layout.Columns[column - 1].Tag is null ? layout.RangeEndColumn(c2) : column + c2 - c1;
        return CellRef.Address(column, row.Number) + ":" + CellRef.Address(Math.Max(column, right), Math.Max(row.Number, bottom));
    }

    /// <summary>A what-if table: its range and its input cells move.</summary>
    private void WhatIf(SheetLayout layout, byte[] tag)
    {
        foreach (var name in new[] { "ref", "r1", "r2" })
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(name);
            var (start, length) = XmlText.FindAttribute(tag, bytes);
            if (start >= 0)
                tag = XmlText.WithAttribute(tag, bytes, FormulaWriter.Area(layout, XmlText.Decode(tag.AsSpan(start, length))));
        }

        to.Write(tag);
        to.Write(tag[^2] == '/' ? "</c>"u8 : "</f></c>"u8);
    }

    private void Filled(SheetLayout layout, CellTemplate cell, int row, int column)
    {
        var depth = values.Scope.Depth;
        if (cell.Whole is { } whole)
        {
            if (layout.ColumnsMoved)
                Lets(cell);
            Value(layout, cell, whole, row, column);
        }
        else
        {
            Words(layout, cell, row, column);
        }

        values.Scope.Release(depth);
    }

    /// <summary>Words with tags among them; pictures lie over the cell, and the words stay.</summary>
    private void Words(SheetLayout layout, CellTemplate cell, int row, int column)
    {
        var pictures = values.Pictures = [];
        _texts.Write(layout, cell, column, row);
        values.Pictures = null;
        foreach (var (picture, tag) in pictures)
            Picture(picture, tag, row, column);
    }

    /// <summary>Values named in a cell of a repeated column are that cell's own.</summary>
    private void Lets(CellTemplate cell)
    {
        foreach (var tag in cell.Tags)
        {
            if (tag.Kind == TagKind.Let)
                values.Scope.Push(tag.Name!, values.Evaluate(tag));
        }
    }

    private void Header(SheetLayout layout, CellTemplate cell, int row, int column, TableArea table)
    {
        var wanted = cell.Kind == CellKind.Filled
            ? CellTextWriter.Fill(layout, cell, values)
            : table.Columns.ElementAtOrDefault(cell.Column - table.Left) ?? "";
        _texts.Text(column, row, cell.Style, content.Headers.Take(table, column, wanted.Trim()));
    }

    private void Value(SheetLayout layout, CellTemplate cell, Tag tag, int row, int column)
    {
        if (tag.Expression is { HasFormatters: true } expression && DateStep(expression) is var step and >= 0)
        {
            var formatter = expression.Pipeline.Steps[step].Name;
            if (ExcelDate.Serial(values.Evaluate(expression, tag, step), formatter, _dates, from1904) is { } serial)
            {
                _texts.Start(column, row, styles.Dated(cell.Style, formatter switch { "time" => 20, "datetime" => 22, _ => 14 }));
                Number(serial);
                return;
            }
        }

        var value = values.Evaluate(tag);
        if (values.Marked is { } missing)
        {
            _texts.Text(column, row, styles.Marked(cell.Style), $"[{missing}?]");
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Host when value.AsHost() is PictureContent or CodeContent:
                Picture((MadeContent)value.AsHost(), tag, row, column);
                _texts.Blank(column, row, cell.Style);
                break;
            case ValueKind.Host when value.AsHost() is SignatureContent signature:
                Signature(signature, cell, tag, row, column);
                break;
            case ValueKind.Host when value.AsHost() is RichContent rich:
                _texts.Rich(column, row, cell.Style, rich, tag);
                break;
            case ValueKind.Host when value.AsHost() is LinkContent link:
                Link(layout, link, cell, tag, row, column);
                break;
            case ValueKind.Undefined or ValueKind.Null:
                _texts.Blank(column, row, cell.Style);
                break;
            case ValueKind.Number when double.IsFinite(value.AsNumber()):
                _texts.Start(column, row, cell.Style);
                Number(value.AsNumber());
                break;
            case ValueKind.Boolean:
                _texts.Start(column, row, cell.Style);
                to.Write(value.AsBoolean() ? " t=\"b\"><v>1</v></c>"u8 : " t=\"b\"><v>0</v></c>"u8);
                break;
            case ValueKind.Date when DateParts.TryRead(value, _dates, out var parts) && ExcelDate.Days(parts.Local, from1904) is { } days:
                _texts.Start(column, row, styles.Dated(cell.Style, days == Math.Floor(days) ? 14 : 22));
                Number(days);
                break;
            default:
                _texts.Value(layout, cell, column, row, values.Text(value, tag), tag);
                break;
        }
    }

    /// <summary>A picture lies over its cell; it is anchored there when the sheet is written.</summary>
    private void Picture(MadeContent made, Tag tag, int row, int column)
    {
        try
        {
            var picture = PictureBytes.Of(made, values.Options.Pictures);
            var frame = made switch
            {
                PictureContent asked => PictureFrame.Sized(picture, asked.Width, asked.Height),
                CodeContent code => PictureFrame.Sized(picture, code.Width, code.Height),
                _ => PictureFrame.Sized(picture, null, null),
            };
            content.Pictures.Add(new CellPicture(column, row, picture, frame, made.PlainText));
        }
        catch (PictureException exception)
        {
            values.Problems.Add(tag.Place.Problem("T010", tag.Source, exception.Message));
        }
    }

    /// <summary>The picture over the cell, or a line to sign on; below it name, role and date.</summary>
    private void Signature(SignatureContent signature, CellTemplate cell, Tag tag, int row, int column)
    {
        const string Line = "____________________";
        var isSigned = !signature.Image.IsNullish;
        if (isSigned)
            Picture(new PictureContent(signature.Image, null, 540_000), tag, row, column);
        var words = signature.PlainText;
        _texts.Text(column, row, cell.Style, isSigned ? (words.Length == 0 ? "" : "\n\n\n" + words) : Line + (words.Length == 0 ? "" : "\n" + words));
    }

    /// <summary>An address that is safe to click becomes the link of the cell.</summary>
    private void Link(SheetLayout layout, LinkContent link, CellTemplate cell, Tag tag, int row, int column)
    {
        if (link.IsSafe)
            content.Links.Add((CellRef.Address(column, row), link.Address));
        else if (link.Address.Length > 0)
            values.Problems.Add(tag.Place.Problem("W006", tag.Source, $"“{link.Address}” is no address that is safe to click (http, https, mailto, tel); it was printed as text.", ProblemSeverity.Warning));
        _texts.Value(layout, cell, column, row, link.Text, tag);
    }

    private void Number(double number)
    {
        Span<byte> digits = stackalloc byte[32];
        int written;
        if (number == (int)number)
            ((int)number).TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
        else
            number.TryFormat(digits, out written, "R", CultureInfo.InvariantCulture);
        to.Write("><v>"u8);
        to.Write(digits[..written]);
        to.Write("</v></c>"u8);
    }
}
