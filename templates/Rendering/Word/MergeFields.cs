using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Word;

/// <summary>Merge fields of Word become tags of ours before the part is read; all other fields stay as they are.</summary>
internal sealed class MergeFields
{
    private readonly XmlTree _tree;
    private readonly string _part;
    private readonly ProblemList _problems;
    private readonly Utf8Buffer _out;
    private bool _changed;

    private MergeFields(XmlTree tree, string part, ProblemList problems)
    {
        _tree = tree;
        _part = part;
        _problems = problems;
        _out = new Utf8Buffer(tree.Bytes.Length + 256);
    }

    public static XmlTree Replace(XmlTree tree, string part, ProblemList problems)
    {
        if (tree.Bytes.AsSpan().IndexOf("w:fldChar"u8) < 0 && tree.Bytes.AsSpan().IndexOf("w:fldSimple"u8) < 0)
            return tree;
        tree = FieldRuns.Apart(tree, part);
        var fields = new MergeFields(tree, part, problems);
        fields._out.Write(tree.Bytes.AsSpan(0, tree[tree.Root].Start));
        fields.Node(tree.Root);
        return fields._changed ? XmlScan.Read(fields._out.TakeBytes(), part) : tree;
    }

    private void Node(int node)
    {
        if (_tree.Name(node) == N.w_fldSimple && IsMerge(_tree.Attribute(node, "w:instr"u8) ?? ""))
        {
            WriteField(_tree.Attribute(node, "w:instr"u8)!, _tree.Descendant(node, N.w_r), XmlTree.None);
            return;
        }

        if (_tree[node].Kind != XmlKind.Element || _tree.IsEmpty(node))
        {
            _out.Write(_tree.Span(node));
            return;
        }

        if (_tree.Name(node) == N.w_fldSimple && _tree.Attribute(node, "w:instr"u8) is { } simple)
            WarnOf(simple.Trim().Split(' ', 2)[0].ToUpperInvariant(), simple);
        _out.Write(_tree.StartTag(node));
        for (var child = _tree.First(node); child != XmlTree.None; child = _tree.Next(child))
        {
            if (FieldAt(child) is { } field)
                child = WriteComplex(child, field);
            else
                Node(child);
        }

        _out.Write(_tree.EndTag(node));
    }

    /// <summary>A field that begins in this run and ends in a sibling.</summary>
    private Field? FieldAt(int run)
    {
        if (!Is(run, "begin"))
            return null;
        var field = new Field();
        var outer = new System.Text.StringBuilder();
        var nested = new Stack<System.Text.StringBuilder>();
        nested.Push(outer);
        var inResult = new Stack<bool>();
        inResult.Push(false);
        for (var node = _tree.Next(run); node != XmlTree.None; node = _tree.Next(node))
        {
            if (_tree.Name(node) != N.w_r)
                continue;
            foreach (var child in _tree.Children(node))
            {
                var type = _tree.Name(child) == N.w_fldChar ? _tree.Attribute(child, "w:fldCharType"u8) : null;
                if (type == "begin")
                {
                    nested.Push(new System.Text.StringBuilder());
                    inResult.Push(false);
                }
                else if (type == "separate")
                {
                    inResult.Pop();
                    inResult.Push(true);
                    if (nested.Count == 1)
                        field = field with { Result = _tree.Next(node) };
                }
                else if (type == "end")
                {
                    if (nested.Count == 1)
                        return field with { End = node, Instruction = outer.ToString() };
                    var inner = nested.Pop().ToString();
                    inResult.Pop();
                    if (!inResult.Peek())
                        nested.Peek().Append(MergeField.NestedStart).Append(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(inner))).Append(MergeField.NestedEnd);
                }
                else if (_tree.Name(child) is N.w_instrText && !inResult.Peek())
                {
                    nested.Peek().Append(_tree.Text(child));
                }
                else if (!inResult.Peek())
                {
                    nested.Peek().Append(_tree.Name(child) switch
                    {
                        N.w_t => _tree.Text(child),
                        N.w_br or N.w_cr => "\n",
                        N.w_tab => "\t",
                        N.w_noBreakHyphen => "-",
                        _ => "",
                    });
                }
            }
        }

        return null;
    }

    private bool Is(int run, string type) => _tree.Name(run) == N.w_r && _tree[run].Kind == XmlKind.Element
        && _tree.Children(run).Any(child => _tree.Name(child) == N.w_fldChar && _tree.Attribute(child, "w:fldCharType"u8) == type);

    private void WarnOf(string word, string instruction)
    {
        if (word is not ("NEXT" or "NEXTIF" or "SKIPIF" or "ASK" or "FILLIN"))
            return;
        _problems.Add(new TemplateProblem
        {
            Code = "W004",
            Severity = ProblemSeverity.Warning,
            Part = _part,
            Tag = instruction.Trim(),
            Name = word,
            Message = $"The field {word} of Word's mail merge is not supported; it was left as it is.",
        });
    }

    private int WriteComplex(int begin, Field field)
    {
        if (!IsMerge(field.Instruction))
        {
            WarnOf(field.Instruction.Trim().Split(' ', 2)[0].ToUpperInvariant(), field.Instruction);
            WriteKept(begin, field);
            return field.End;
        }

        WriteField(field.Instruction, field.Result, begin);
        for (var node = begin; node != field.End; node = _tree.Next(node))
        {
            if (ParagraphReader.IsMark(_tree.Name(node)))
                _out.Write(_tree.Span(node));
        }

        return field.End;
    }

    /// <summary>Another field stays as it is; merge fields in its result are filled.</summary>
    private void WriteKept(int begin, Field field)
    {
        var inResult = false;
        for (var node = begin; ; node = _tree.Next(node))
        {
            if (node == field.End)
            {
                _out.Write(_tree.Span(node));
                return;
            }

            inResult |= node == field.Result;
            if (!inResult)
                _out.Write(_tree.Span(node));
            else if (FieldAt(node) is { } inner)
                node = WriteComplex(node, inner);
            else
                Node(node);
        }
    }

    /// <summary>MERGEFIELD, or an IF over merge fields.</summary>
    private static bool IsMerge(string instruction)
    {
        var text = instruction.TrimStart();
        return text.StartsWith("MERGEFIELD", StringComparison.OrdinalIgnoreCase)
            || (text.StartsWith("IF ", StringComparison.OrdinalIgnoreCase) && text.Contains(MergeField.NestedStart) && Nested(text).All(IsMerge));
    }

    private static IEnumerable<string> Nested(string text)
    {
        var at = 0;
        while ((at = text.IndexOf(MergeField.NestedStart, at)) >= 0)
        {
            var end = text.IndexOf(MergeField.NestedEnd, at);
            if (end < 0)
                yield break;
            yield return MergeTags.Decode(text[(at + 1)..end]);
            at = end;
        }
    }

    private void WriteField(string instruction, int result, int begin)
    {
        _changed = true;
        var run = result != XmlTree.None && _tree.Name(result) == N.w_r && _tree.Child(result, N.w_rPr) != XmlTree.None ? result : begin;
        var properties = run == XmlTree.None ? XmlTree.None : _tree.Child(run, N.w_rPr);
        _out.Write("<w:r>"u8);
        if (properties != XmlTree.None)
            _out.Write(_tree.Span(properties));
        _out.Write("<w:t xml:space=\"preserve\">"u8);
        _out.WriteText(MergeTags.Encode(instruction));
        _out.Write("</w:t></w:r>"u8);
    }

    private sealed record Field
    {
        public int End { get; init; }

        public int Result { get; init; } = XmlTree.None;

        public string Instruction { get; init; } = "";
    }
}
