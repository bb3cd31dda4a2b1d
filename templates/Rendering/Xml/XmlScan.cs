using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>Reads a part: well-formed or refused, no document types, no deep nesting; in one pass, without recursion.</summary>
internal sealed class XmlScan
{
    private readonly byte[] _bytes;
    private readonly string _part;
    private readonly bool _keep;
    private readonly XmlGate? _gate;
    private int[] _open = new int[16];
    private int[] _last = new int[16];
    private XmlNode[] _nodes;
    private int _count;
    private int _depth;
    private int _at;

    private XmlScan(byte[] bytes, string part, bool keep, bool isNew)
    {
        _bytes = bytes;
        _part = part;
        _keep = keep;
        _gate = isNew ? new XmlGate(bytes) : null;
        _nodes = keep ? new XmlNode[Math.Max(16, bytes.AsSpan().Count((byte)'<'))] : [];
        _last[0] = XmlTree.None;
    }

    public static XmlTree Read(byte[] bytes, string part)
    {
        return new XmlScan(Utf8(bytes), part, keep: true, isNew: false).Run();
    }

    /// <summary>Holds a part of a template, in UTF-8, against all rules of XML; gives its tree when it is wanted.</summary>
    public static XmlTree? Check(byte[] bytes, string part, bool wantsTree)
    {
        var scan = new XmlScan(bytes, part, wantsTree, isNew: true);
        if (!XmlGate.HoldsText(bytes))
            throw scan.Malformed();
        var tree = scan.Run();
        return wantsTree ? tree : null;
    }

    /// <summary>Parts in UTF-16 are turned into UTF-8; a byte-order mark stays out.</summary>
    /// <exception cref="TemplateException">The text is not what its encoding says.</exception>
    public static byte[] Utf8(byte[] bytes, string part = "")
    {
        var isMarked = bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        if (!isMarked && bytes is not ([(byte)'<', 0, ..] or [0, (byte)'<', ..]))
            return bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        try
        {
            var encoding = new UnicodeEncoding(bigEndian: bytes[0] is 0xFE or 0, byteOrderMark: false, throwOnInvalidBytes: true);
            var text = encoding.GetString(bytes.AsSpan(isMarked ? 2 : 0));
            var declaration = text.StartsWith("<?xml ", StringComparison.Ordinal) ? text.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
            if (declaration >= 2 && text.AsSpan(0, declaration).Contains("encoding", StringComparison.Ordinal) && !text.AsSpan(0, declaration).Contains("UTF-16", StringComparison.OrdinalIgnoreCase))
                throw Malformed(part, 0);
            return Encoding.UTF8.GetBytes(declaration < 2 ? text : "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + text[declaration..]);
        }
        catch (ArgumentException)
        {
            throw Malformed(part, 0);
        }
    }

    private XmlTree Run()
    {
        var bytes = _bytes;
        var seenRoot = false;
        while (_at < bytes.Length)
        {
            if (bytes[_at] != '<')
            {
                ReadText();
                continue;
            }

            if (_at + 1 >= bytes.Length)
                throw Malformed();
            switch (bytes[_at + 1])
            {
                case (byte)'/':
                    ReadEnd();
                    break;
                case (byte)'?':
                    ReadInstruction();
                    break;
                case (byte)'!':
                    ReadDeclaration();
                    break;
                default:
                    if (_depth == 0 && seenRoot)
                        throw Malformed();
                    seenRoot = true;
                    ReadStart();
                    break;
            }
        }

        if (_depth > 0 || !seenRoot)
            throw Malformed();
        return new XmlTree(_bytes, _nodes, _count);
    }

    private void ReadText()
    {
        var start = _at;
        var length = _bytes.AsSpan(start).IndexOf((byte)'<');
        _at = length < 0 ? _bytes.Length : start + length;
        var text = _bytes.AsSpan(start, _at - start);
        if (_depth == 0)
        {
            if (text.ContainsAnyExcept(" \t\r\n"u8))
                throw Malformed();
            return;
        }

        CheckEntities(text);
        if (text.IndexOf("]]>"u8) >= 0)
            throw Malformed();
        Add(XmlKind.Text, N.Other, start, _at);
    }

    private void ReadDeclaration()
    {
        var rest = _bytes.AsSpan(_at);
        if (rest.StartsWith("<!--"u8))
        {
            var start = _at + 4;
            Skip(4, "-->"u8);
            if (_bytes.AsSpan(start, _at - start - 1).IndexOf("--"u8) != _at - start - 3)
                throw Malformed();
        }
        else if (rest.StartsWith("<![CDATA["u8) && _depth > 0)
        {
            var start = _at;
            Skip(9, "]]>"u8);
            Add(XmlKind.Text, N.Other, start, _at);
        }
        else if (rest.StartsWith("<!DOCTYPE"u8))
        {
            throw DocumentType(_part);
        }
        else
        {
            throw Malformed();
        }
    }

    private void ReadInstruction()
    {
        var start = _at + 2;
        Skip(2, "?>"u8);
        var target = _bytes.AsSpan(start, _at - start - 2);
        var length = target.IndexOfAny(" \t\r\n"u8);
        target = length < 0 ? target : target[..length];
        if (_gate is not null && !XmlGate.IsTarget(target) && !(start == 2 && target.SequenceEqual("xml"u8)))
            throw Malformed();
    }

    private void Skip(int past, ReadOnlySpan<byte> end)
    {
        var length = _bytes.AsSpan(_at + past).IndexOf(end);
        if (length < 0)
            throw Malformed();
        _at += past + length + end.Length;
    }

    private void ReadStart()
    {
        var start = _at;
        var bytes = _bytes;
        var at = start + 1;
        while (at < bytes.Length && IsName(bytes[at]))
            at++;
        var name = bytes.AsSpan(start + 1, at - start - 1);
        if (name.IsEmpty || name[0] is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'.')
            throw Malformed();
        while (true)
        {
            var before = at;
            while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                at++;
            if (at >= bytes.Length)
                throw Malformed();
            if (bytes[at] == '>')
            {
                _at = at + 1;
                Hold(start + 1, name.Length);
                Open(name, start);
                return;
            }

            if (bytes[at] == '/')
            {
                if (at + 1 >= bytes.Length || bytes[at + 1] != '>')
                    throw Malformed();
                _at = at + 2;
                if (_depth >= Package.PackageLimits.ElementDepth)
                    throw TooDeep();
                Hold(start + 1, name.Length);
                Add(XmlKind.Element, _keep ? XmlNames.Find(name) : N.Other, start, _at);
                return;
            }

            if (before == at)
                throw Malformed();
            at = ReadAttribute(at);
        }
    }

    private void Hold(int at, int length)
    {
        if (_gate?.HoldsElement(at..(at + length), _depth + 1) == false)
            throw Malformed();
    }

    private int ReadAttribute(int at)
    {
        var bytes = _bytes;
        var start = at;
        while (at < bytes.Length && IsName(bytes[at]))
            at++;
        if (at == start)
            throw Malformed();
        var end = at;
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        if (at >= bytes.Length || bytes[at] != '=')
            throw Malformed();
        at++;
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        if (at >= bytes.Length || bytes[at] is not ((byte)'"' or (byte)'\''))
            throw Malformed();
        var length = bytes.AsSpan(at + 1).IndexOf(bytes[at]);
        if (length < 0)
            throw Malformed();
        var value = bytes.AsSpan(at + 1, length);
        if (value.Contains((byte)'<'))
            throw Malformed();
        CheckEntities(value);
        _gate?.AddAttribute(start..end, (at + 1)..(at + 1 + length));
        return at + length + 2;
    }

    private void Open(ReadOnlySpan<byte> name, int start)
    {
        if (_depth >= Package.PackageLimits.ElementDepth)
            throw TooDeep();
        if (_depth + 1 >= _last.Length)
        {
            Array.Resize(ref _open, _open.Length * 2);
            Array.Resize(ref _last, _last.Length * 2);
        }

        if (_keep)
        {
            var node = Add(XmlKind.Element, XmlNames.Find(name), start, 0);
            _nodes[node].ContentStart = _at;
            _open[_depth] = node;
        }
        else
        {
            _open[_depth] = start;
        }

        _depth++;
        _last[_depth] = XmlTree.None;
    }

    private void ReadEnd()
    {
        var at = _at + 2;
        while (at < _bytes.Length && IsName(_bytes[at]))
            at++;
        var name = _bytes.AsSpan(_at + 2, at - _at - 2);
        while (at < _bytes.Length && _bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            at++;
        if (at >= _bytes.Length || _bytes[at] != '>' || _depth == 0)
            throw Malformed();
        _depth--;
        var start = _keep ? _nodes[_open[_depth]].Start : _open[_depth];
        var opened = _bytes.AsSpan(start + 1);
        if (!opened.StartsWith(name) || IsName(opened[name.Length]))
            throw Malformed();
        if (_keep)
        {
            ref var node = ref _nodes[_open[_depth]];
            node.ContentEnd = _at;
            node.End = at + 1;
        }

        _at = at + 1;
    }

    private int Add(XmlKind kind, N name, int start, int end)
    {
        if (!_keep)
            return 0;
        if (_count == _nodes.Length)
            Array.Resize(ref _nodes, _count * 2);
        _nodes[_count] = new XmlNode
        {
            Kind = kind,
            Name = name,
            Start = start,
            ContentStart = end,
            ContentEnd = end,
            End = end,
            Parent = _depth == 0 ? XmlTree.None : _open[_depth - 1],
            First = XmlTree.None,
            Next = XmlTree.None,
        };
        if (_last[_depth] != XmlTree.None)
            _nodes[_last[_depth]].Next = _count;
        else if (_depth > 0)
            _nodes[_open[_depth - 1]].First = _count;
        _last[_depth] = _count;
        return _count++;
    }

    private void CheckEntities(ReadOnlySpan<byte> text)
    {
        int at;
        while ((at = text.IndexOf((byte)'&')) >= 0)
        {
            text = text[(at + 1)..];
            var end = text.IndexOf((byte)';');
            if (end <= 0 || end > 20)
                throw Malformed();
            var name = text[..end];
            var known = name.SequenceEqual("amp"u8) || name.SequenceEqual("lt"u8) || name.SequenceEqual("gt"u8)
                || name.SequenceEqual("quot"u8) || name.SequenceEqual("apos"u8) || (name[0] == '#' && XmlGate.IsCharacter(name));
            if (!known)
                throw Malformed();
        }
    }

    private static bool IsName(byte b) => b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
        or (byte)':' or (byte)'_' or (byte)'-' or (byte)'.' or >= 0x80;

    private TemplateException Malformed() => Malformed(_part, _at);

    private static TemplateException Malformed(string part, int at) => new("D010", $"“{part}” is not well-formed XML (near byte {at}). Open the file in Word or Excel and save it anew.", part);

    public static TemplateException DocumentType(string part) => new("D005", $"“{part}” declares a document type, which office documents do not have. The file was not opened.", part);

    private TemplateException TooDeep() => new("D004", $"“{_part}” nests elements more than {Package.PackageLimits.ElementDepth} deep. The file was not opened.", _part);
}
