using System.Text;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Expressions;

/// <summary>Text with <c>{{ value | formatter }}</c> in it: the part of Liquid that workflow definitions use for messages.</summary>
internal sealed class LiquidExpression : CompiledExpression
{
    private readonly (string? Text, Pipeline? Value)[] _parts;

    private LiquidExpression((string? Text, Pipeline? Value)[] parts) : base("Liquid") => _parts = parts;

    public static CompiledExpression Parse(string source)
    {
        if (source.Contains("{%", StringComparison.Ordinal))
            return new BrokenExpression("Liquid", "Liquid tags '{% … %}' are not run here. Use '{{ … }}' or a JavaScript expression.");

        var parts = new List<(string?, Pipeline?)>();
        var at = 0;
        while (source.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = source.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
                return new BrokenExpression("Liquid", $"'{{{{' at position {open + 1} has no '}}}}'.");

            if (open > at)
                parts.Add((source[at..open], null));
            parts.Add((null, Pipeline.Parse(source[(open + 2)..close].Trim().Trim('-').Trim(), FormatterTable.Standard)));
            at = close + 2;
        }

        if (at < source.Length)
            parts.Add((source[at..], null));
        return new LiquidExpression([.. parts]);
    }

    public override Value Evaluate(ActivityExecutionContext context)
    {
        if (_parts is [(var only, null)])
            return Value.From(only);

        var text = new StringBuilder();
        foreach (var (plain, pipeline) in _parts)
        {
            if (pipeline is null)
                text.Append(plain);
            else if (context.Burst.Scripts.Run(pipeline, context) is { IsNullish: false } value)
                text.Append(TypeConversion.ToText(value));
        }

        return Value.From(text.ToString());
    }
}
