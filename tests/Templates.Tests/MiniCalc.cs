using System.Globalization;

namespace ProductionOffice.Templates.Tests;

/// <summary>Calculates the formulas of a finished workbook: enough of Excel to add a column up. Texts count as nothing.</summary>
internal sealed class MiniCalc(ReadPackage workbook)
{
    private readonly Dictionary<string, string> _parts = workbook.Sheets().ToDictionary(sheet => sheet.Name, sheet => sheet.Part);
    private readonly Dictionary<string, Dictionary<string, (object? Value, string? Formula)>> _cells = [];

    public double Value(string sheet, string cell)
    {
        var (value, formula) = Cells(sheet).GetValueOrDefault(cell);
        return formula is null ? value as double? ?? 0 : new Reading(this, sheet, formula).Sum();
    }

    private Dictionary<string, (object? Value, string? Formula)> Cells(string sheet)
    {
        if (_cells.TryGetValue(sheet, out var known))
            return known;
        var xml = workbook.Xml(_parts[sheet]);
        return _cells[sheet] = xml.SelectNodes("//x:c", ReadPackage.Prefixes(xml))!.Cast<System.Xml.XmlNode>().Select(node => node.Attributes!["r"]!.Value)
            .ToDictionary(address => address, address => workbook.Cell(_parts[sheet], address));
    }

    private List<double> Range(string sheet, string range)
    {
        var ends = range.Replace("$", "", StringComparison.Ordinal).Split(':');
        var (from, to) = (Split(ends[0]), Split(ends[^1]));
        return [.. Cells(sheet).Where(cell => Split(cell.Key) is var (column, row) && column >= from.Column && column <= to.Column && row >= from.Row && row <= to.Row && (cell.Value.Formula is not null || cell.Value.Value is double))
            .Select(cell => Value(sheet, cell.Key))];
    }

    private static (int Column, int Row) Split(string address)
    {
        var letters = address.TakeWhile(char.IsAsciiLetter).ToList();
        return (letters.Aggregate(0, (sum, letter) => sum * 26 + letter - 'A' + 1), int.Parse(address.AsSpan(letters.Count), CultureInfo.InvariantCulture));
    }

    private sealed class Reading(MiniCalc calc, string home, string text)
    {
        private int _at;

        public double Sum()
        {
            var value = Product();
            while (_at < text.Length && text[_at] is '+' or '-')
                value = text[_at++] == '+' ? value + Product() : value - Product();
            return value;
        }

        private double Product()
        {
            var value = Factor();
            while (_at < text.Length && text[_at] is '*' or '/')
                value = text[_at++] == '*' ? value * Factor() : value / Factor();
            return value;
        }

        private double Factor()
        {
            var start = _at;
            while (_at < text.Length && text[_at] is not ('+' or '-' or '*' or '/' or '(' or ')' or ','))
                _at++;
            var word = text[start.._at];
            if (_at < text.Length && text[_at] == '(')
                return Function(word);
            if (double.TryParse(word, CultureInfo.InvariantCulture, out var number))
                return number;
            var (sheet, cell) = Reference(word);
            return calc.Value(sheet, cell.Replace("$", "", StringComparison.Ordinal));
        }

        private double Function(string name)
        {
            _at++;
            var end = text.IndexOf(')', _at);
            var numbers = text[_at..end].Split(',').SelectMany(argument => Reference(argument) is var (sheet, range) ? calc.Range(sheet, range) : []).ToList();
            _at = end + 1;
            return name switch
            {
                "SUM" => numbers.Sum(),
                "COUNT" => numbers.Count,
                "MAX" => numbers.DefaultIfEmpty().Max(),
                _ => throw new InvalidOperationException(text),
            };
        }

        private (string Sheet, string Cells) Reference(string word) => word.Split('!') is [var sheet, var cells] ? (sheet.Trim('\''), cells) : (home, word);
    }
}
