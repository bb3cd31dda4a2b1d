using ProductionOffice.Expressions;
using ProductionOffice.Templates.Pictures;

namespace ProductionOffice.Templates.Values;

/// <summary>The formatters that make content of documents, beside those of the expression language.</summary>
internal static class TemplateFormatters
{
    public static FormatterTable Table { get; } = FormatterTable.Standard
        .With("image", Image)
        .With("qr", call => Code(call, "qr"))
        .With("barcode", call => Code(call, "code128"))
        .With("link", Link)
        .With("lines", Lines)
        .With("markdown", call => Value.FromHost(new RichContent(MarkdownReader.Read(call.Input.ToString()))))
        .With("html", call => Value.FromHost(new RichContent(HtmlReader.Read(call.Input.ToString()))))
        .With("signature", Signature, takesNull: true)
        .With("dropline", call => IsBlank(call.Input) ? Value.FromHost(new DropContent(Row: false)) : call.Input, takesNull: true)
        .With("droprow", call => IsBlank(call.Input) ? Value.FromHost(new DropContent(Row: true)) : call.Input, takesNull: true);

    private static bool IsBlank(Value value) => value.Kind switch
    {
        ValueKind.Undefined or ValueKind.Null => true,
        ValueKind.String => string.IsNullOrWhiteSpace(value.AsString()),
        ValueKind.List => value.AsList().Count == 0,
        _ => false,
    };

    private static Value Image(FormatterCall call) => Value.FromHost(new PictureContent(call.Input, Length(call, "width", 0), Length(call, "height", 1)));

    private static Value Code(FormatterCall call, string type)
    {
        var asked = call.Text(1, type, "type").ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (asked is not ("qr" or "code128" or "code39" or "ean13"))
            throw call.Wrong($"“{asked}” is no kind of code it makes; there are code128, code39, ean13 and qr");
        var size = Length(call, "size", 0);
        if (asked == "qr")
        {
            var side = size ?? Length(call, "width", -1) ?? 900000;
            return Value.FromHost(new CodeContent(call.Input.ToString(), asked, side, side));
        }

        return Value.FromHost(new CodeContent(call.Input.ToString(), asked, Length(call, "width", -1) ?? size ?? 1800000, Length(call, "height", -1)));
    }

    private static double? Length(FormatterCall call, string name, int position)
    {
        var value = call.Named.TryGetValue(name, out var named) ? named : position >= 0 ? call.Argument(position) : Value.Undefined;
        if (value.IsNullish)
            return null;
        return PictureBytes.Length(value.ToString()) ?? throw call.Wrong($"“{value}” is no length; write for example {name}=\"3cm\"");
    }

    private static Value Link(FormatterCall call)
    {
        var address = call.Input.ToString();
        return Value.FromHost(new LinkContent(address.Trim(), call.Text(0, address, "text")));
    }

    private static Value Lines(FormatterCall call)
    {
        var lines = call.Input.Kind == ValueKind.List
            ? call.Input.AsList().Select(item => item.IsNullish ? "" : item.ToString())
            : call.Input.ToString().ReplaceLineEndings("\n").Split('\n');
        return Value.FromHost(new LinesContent([.. lines]));
    }

    private static Value Signature(FormatterCall call)
    {
        var input = call.Input;
        var date = input["date"];
        return Value.FromHost(new SignatureContent(input["image"], input.Kind == ValueKind.String ? input.AsString() : Plain(input["name"]), call.Text(0, "", "role"), Plain(date)));

        static string Plain(Value value) => value.IsNullish ? "" : value.ToString();
    }
}
