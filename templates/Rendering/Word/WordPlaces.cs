using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Says in words and numbers where something stands in a part.</summary>
internal sealed class WordPlaces(XmlTree tree, string part)
{
    private readonly XmlTree _tree = tree;
    private readonly string _part = part;
    private readonly Dictionary<int, (int Table, int Row, int Cell)> _cells = [];
    private readonly Dictionary<int, int> _paragraphNumbers = [];
    private readonly Dictionary<int, string> _storyWords = [];
    private readonly Dictionary<int, int> _notes = [];

    public TagPlace Of(int node, string? text)
    {
        var cell = _tree.Ancestor(node, static name => name is N.w_tc or N.w_txbxContent);
        var words = StoryWords(node);
        var place = new TagPlace { Part = _part, Text = text, Order = node };
        if (cell != XmlTree.None && _tree.Name(cell) == N.w_tc)
        {
            var (table, row, column) = CellNumbers(cell);
            var within = ParagraphNumber(node, cell);
            return place with
            {
                Words = Join(words, $"table {table}, row {row}, cell {column}" + (within > 1 ? $", paragraph {within}" : "")),
                Table = table,
                Row = row,
                Cell = column.ToString(System.Globalization.CultureInfo.InvariantCulture),
            };
        }

        return place with { Words = Join(words, $"paragraph {ParagraphNumber(node, Container(node))}") };
    }

    /// <summary>The place of something that belongs to a paragraph but is no text of it.</summary>
    public TagPlace Within(int node, string? text, string? what = null)
    {
        var paragraph = _tree.Ancestor(node, static name => name is N.w_p or N.w_body or N.w_tc);
        var place = Of(paragraph != XmlTree.None && _tree.Name(paragraph) == N.w_p ? paragraph : node, text);
        return place with { Words = what is null ? place.Words : $"{place.Words}, {what}", Order = node };
    }

    private static string Join(string story, string place) => story.Length == 0 ? place : story + ", " + place;

    public int Container(int node) => _tree.Ancestor(node, static name => name is N.w_body or N.w_tc or N.w_txbxContent or N.w_hdr or N.w_ftr or N.w_footnote or N.w_endnote or N.w_sdtContent or N.w_customXml);

    private string StoryWords(int node)
    {
        var box = _tree.Ancestor(node, static name => name == N.w_txbxContent);
        var story = Path.GetFileName(_part);
        var words = story.StartsWith("header", StringComparison.OrdinalIgnoreCase) ? "page header"
            : story.StartsWith("footer", StringComparison.OrdinalIgnoreCase) ? "page footer"
            : story.StartsWith("footnotes", StringComparison.OrdinalIgnoreCase) ? "footnote" + NoteNumber(node)
            : story.StartsWith("endnotes", StringComparison.OrdinalIgnoreCase) ? "endnote" + NoteNumber(node) : "";
        if (box == XmlTree.None)
            return words;
        if (!_storyWords.TryGetValue(box, out var boxWords))
        {
            var number = 0;
            foreach (var other in _tree.Descendants(_tree.Root, N.w_txbxContent))
            {
                var isFallback = _tree.Ancestor(other, static name => name == N.mc_Fallback) != XmlTree.None;
                number += isFallback ? 0 : 1;
                _storyWords[other] = $"text box {Math.Max(1, number)}";
            }

            boxWords = _storyWords[box];
        }

        return Join(words, boxWords);
    }

    /// <summary>The note's number with a space before it, counted as Word counts: separators are no notes.</summary>
    private string NoteNumber(int node)
    {
        if (_notes.Count == 0)
        {
            foreach (var note in _tree.Children(_tree.Root).Where(note => _tree.Name(note) is N.w_footnote or N.w_endnote && _tree.Attribute(note, "w:type"u8) is null or "normal"))
                _notes[note] = _notes.Count + 1;
        }

        var own = _tree.Ancestor(node, static name => name is N.w_footnote or N.w_endnote);
        return _notes.TryGetValue(own, out var number) ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" {number}") : "";
    }

    private int ParagraphNumber(int node, int container)
    {
        if (_paragraphNumbers.TryGetValue(node, out var known))
            return known;
        var number = 0;
        if (container != XmlTree.None)
        {
            foreach (var child in _tree.Children(container))
            {
                if (_tree.Name(child) == N.w_p)
                    _paragraphNumbers[child] = ++number;
            }
        }

        return _paragraphNumbers.GetValueOrDefault(node, Math.Max(1, number));
    }

    private (int Table, int Row, int Cell) CellNumbers(int cell)
    {
        if (_cells.Count == 0)
        {
            var table = 0;
            foreach (var node in _tree.Descendants(_tree.Root, N.w_tbl))
            {
                table++;
                var row = 0;
                foreach (var tr in _tree.Children(node).Where(child => _tree.Name(child) == N.w_tr))
                {
                    row++;
                    var column = 0;
                    foreach (var tc in _tree.Children(tr).Where(child => _tree.Name(child) == N.w_tc))
                        _cells[tc] = (table, row, ++column);
                }
            }
        }

        return _cells.GetValueOrDefault(cell, (1, 1, 1));
    }
}
