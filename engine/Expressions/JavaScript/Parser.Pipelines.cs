using ProductionOffice.Expressions.JavaScript.Syntax;
using ProductionOffice.Expressions.Text;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>The formatters of a tag: <c>| name: argument, argument, name = argument | …</c>.</summary>
internal sealed partial class Parser
{
    public bool TakeOptionalSign() => TryTake("?");

    public FormatterUse[] ParseFormatters(FormatterTable table)
    {
        var steps = new List<FormatterUse>();
        while (TryTake("|"))
        {
            var name = Now;
            if (name.Kind != TokenKind.Name)
                throw Error(ErrorKind.Syntax, "The name of a formatter is expected after |.");
            _at++;
            var entry = table.Find(name.Text)
                ?? throw new ExpressionException(ErrorKind.Formatter, $"There is no formatter “{name.Text}”.", name.Column, Nearest.To(name.Text, table.Names) is [var near, ..] ? near : null);
            steps.Add(ParseUse(entry, name.Column));
        }

        return [.. steps];
    }

    public ExpressionException StrayToken() => Unexpected();

    /// <summary>Tells what could be read but is not part of the language.</summary>
    public void ThrowRefusal()
    {
        if (_refusal is not null)
            throw _refusal;
    }

    private FormatterUse ParseUse(FormatterTable.Entry entry, int column)
    {
        var arguments = new List<Node>();
        var named = new List<(string, Node)>();
        if (TryTake(":"))
        {
            do
            {
                if (Now.Kind == TokenKind.Name && Next.Is("="))
                {
                    var name = Now.Text;
                    _at += 2;
                    named.Add((name, ParseExpression()));
                }
                else
                {
                    arguments.Add(ParseArgument());
                }
            }
            while (TryTake(","));
        }

        if (arguments.Count < entry.Least || arguments.Count > entry.Most)
        {
            var wanted = entry.Most == 0 ? "no argument" : entry.Least == entry.Most ? $"{entry.Least} argument(s)" : $"{entry.Least} to {entry.Most} arguments";
            throw new ExpressionException(ErrorKind.Formatter, $"{entry.Name} takes {wanted}.", column);
        }

        if (named.Count > 0 && !entry.TakesNames)
            throw new ExpressionException(ErrorKind.Formatter, $"{entry.Name} takes no “{named[0].Item1}”.", column);
        return new FormatterUse(entry, [.. arguments], [.. named], column);
    }
}
