using ProductionOffice.Expressions.JavaScript.BuiltIns;
using ProductionOffice.Expressions.JavaScript.Syntax;

namespace ProductionOffice.Expressions.JavaScript;

/// <summary>Which data an expression reads: <c>deal.rate</c>, and <c>crew[].name</c> where an arrow function looks into the items of a list.</summary>
internal sealed class Paths
{
    private readonly List<string> _found = [];

    // Parameters of arrow functions that stand for items of a list of the data.
    private readonly Dictionary<int, string> _items = [];

    /// <summary>The words of <c>a.b.c</c>, or null for anything else.</summary>
    public static string[]? PlainPath(Node node)
    {
        if (node is Name name)
            return [name.Text];
        if (node is not Postfix { Start: Name start } postfix || !Array.TrueForAll(postfix.Links, link => link is Member { IsOptional: false }))
            return null;
        return [start.Text, .. postfix.Links.Select(link => ((Member)link).Name)];
    }

    public static IReadOnlyList<string> Free(Node node)
    {
        if (node is Name name)
            return Globals.TryGet(name.Text, out _) ? [] : [name.Text];
        var paths = new Paths();
        paths.Visit(node);
        return paths._found;
    }

    private void Visit(Node node)
    {
        switch (node)
        {
            case Postfix postfix:
                VisitPostfix(postfix);
                break;
            case Name or Local:
                Add(Root(node));
                break;
            default:
                foreach (var child in node.Children)
                    Visit(child);
                break;
        }
    }

    private void VisitPostfix(Postfix postfix)
    {
        var path = Root(postfix.Start);
        if (path is null && postfix.Start is not (Name or Local))
            Visit(postfix.Start);
        for (var i = 0; i < postfix.Links.Length; i++)
        {
            switch (postfix.Links[i])
            {
                case Member member when i + 1 < postfix.Links.Length && postfix.Links[i + 1] is Call call:
                    VisitCall(call, path, member.Name);
                    Add(path);
                    path = null;
                    i++;
                    break;
                case Member { Name: "length" }:
                    Add(path);
                    path = null;
                    break;
                case Member member:
                    path = path is null ? null : $"{path}.{member.Name}";
                    break;
                case Syntax.Index index:
                    Visit(index.Inner);
                    path = path is null ? null
                        : index.Inner is Literal { Value.Kind: ValueKind.String } literal ? $"{path}.{literal.Value.AsString()}" : path + "[]";
                    break;
                case Call call:
                    VisitCall(call, null, "");
                    path = null;
                    break;
            }
        }

        Add(path);
    }

    private void VisitCall(Call call, string? list, string method)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is Arrow arrow && list is not null)
            {
                var at = method is "reduce" or "reduceRight" ? 1 : 0;
                if (at < arrow.Parameters.Count)
                    Bind(arrow.Parameters[at], list + "[]");
            }

            Visit(argument);
        }
    }

    private void Bind(Pattern pattern, string path)
    {
        if (pattern is NamePattern name)
            _items[name.Slot] = path;
        else if (pattern is ObjectPattern fields)
        {
            foreach (var field in fields.Fields)
            {
                if (field.Name is not null)
                    Bind(field.Target, $"{path}.{field.Name}");
            }
        }
    }

    private string? Root(Node node) => node switch
    {
        Name name when !Globals.TryGet(name.Text, out _) => name.Text,
        Local local => _items.GetValueOrDefault(local.Slot),
        _ => null,
    };

    private void Add(string? path)
    {
        if (path is not null && !_found.Contains(path))
            _found.Add(path);
    }
}
