using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProductionOffice.Templates.Xml;

/// <summary>The bytes of a part while it is written; what turns out to be unwanted is taken back by <see cref="Truncate"/>.</summary>
internal sealed class Utf8Buffer(int capacity = 4096)
{
    /// <summary>No part that Word or Excel opens in reasonable time is larger.</summary>
    private const int MostBytes = 512 << 20;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        "&<>\"\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\uFFFE\uFFFF");

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    /// <summary>How many characters were left out because XML forbids them.</summary>
    public int Removed { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Truncate(int length) => Length = length;

    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    public byte[] TakeBytes()
    {
        var bytes = Written.ToArray();
        Release();
        return bytes;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Need(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Write(int value)
    {
        Need(12);
        value.TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>Markup from a string, as it is.</summary>
    public void WriteMarkup(string markup)
    {
        Need(markup.Length * 3);
        Length += Encoding.UTF8.GetBytes(markup, _bytes.AsSpan(Length));
    }

    /// <summary>Text or an attribute value, escaped; characters XML forbids are left out.</summary>
    public void WriteText(ReadOnlySpan<char> text)
    {
        Need(text.Length * 3);
        while (true)
        {
            var at = text.IndexOfAny(Special);
            if (at < 0)
            {
                Plain(text);
                return;
            }

            Plain(text[..at]);
            var c = text[at];
            if (c == '&')
                Write("&amp;"u8);
            else if (c == '<')
                Write("&lt;"u8);
            else if (c == '>')
                Write("&gt;"u8);
            else if (c == '"')
                Write("&quot;"u8);
            else
                Removed++;
            text = text[(at + 1)..];
            Need(text.Length * 3);
        }
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        var status = System.Text.Unicode.Utf8.FromUtf16(text, _bytes.AsSpan(Length), out _, out var written);
        if (status == OperationStatus.Done)
        {
            Length += written;
            return;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                Removed++;
                continue;
            }

            Need(4);
            Length += rune.EncodeToUtf8(_bytes.AsSpan(Length));
        }
    }

    private void Need(int count)
    {
        if (_bytes.Length - Length < count)
            Grow(count);
    }

    private void Grow(int count)
    {
        if ((long)Length + count > MostBytes)
            throw new TemplateException("T012", $"The document would grow beyond {MostBytes >> 20} MiB. Filter the lists, or split the document.");
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
