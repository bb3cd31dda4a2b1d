namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary>What a parameter or binding takes apart.</summary>
internal abstract class Pattern(int column)
{
    public int Column => column;

    /// <summary>Value when undefined is given.</summary>
    public Node? Default { get; set; }

    public bool IsRest { get; init; }

    public void Bind(Frame frame, Value value)
    {
        frame.Step();
        Take(frame, value.IsUndefined && Default is not null ? Default.Evaluate(frame) : value);
    }

    protected abstract void Take(Frame frame, Value value);
}

internal sealed class NamePattern(int column, int slot) : Pattern(column)
{
    public int Slot => slot;

    protected override void Take(Frame frame, Value value) => frame.Locals[slot] = value.IsHole ? Value.Undefined : value;
}

/// <summary><c>[a, , b = 1, ...rest]</c>; null skips an item.</summary>
internal sealed class ListPattern(int column, Pattern?[] items) : Pattern(column)
{
    protected override void Take(Frame frame, Value value)
    {
        frame.Column = Column;
        if (value.Kind is not (ValueKind.List or ValueKind.String))
            throw frame.Error(ErrorKind.Type, $"{Conversion.TypeOf(value)} cannot be taken apart as a list.");
        var source = value.Reference as ListValue;
        if (source is null)
        {
            source = new ListValue();
            Iteration.AddItems(source, value, frame);
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (items[i] is not { } item)
                continue;
            if (!item.IsRest)
            {
                item.Bind(frame, i < source.Count ? source[i] : Value.Undefined);
                continue;
            }

            var rest = new ListValue();
            for (var j = i; j < source.Count; j++)
                rest.Add(source[j]);
            frame.Budget.List(rest.Count);
            item.Bind(frame, Value.From(rest));
        }
    }
}

/// <summary><c>{ a, b: c = 1, [d]: e, ...rest }</c></summary>
internal sealed class ObjectPattern(int column, ObjectPattern.Field[] fields, Pattern? rest) : Pattern(column)
{
    public IReadOnlyList<Field> Fields => fields;

    public readonly record struct Field(string? Name, Node? Computed, Pattern Target);

    protected override void Take(Frame frame, Value value)
    {
        frame.Column = Column;
        if (value.IsNullish)
            throw frame.Error(ErrorKind.Type, $"{Conversion.ToText(value, frame)} cannot be taken apart.");
        var taken = rest is null ? null : new HashSet<string>();
        foreach (var (fixedName, computed, target) in fields)
        {
            var name = fixedName ?? Conversion.ToPropertyName(computed!.Evaluate(frame), frame);
            Members.Guard(name, target.Column);
            taken?.Add(name);
            target.Bind(frame, Members.Get(value, new MemberNames(name), target.Column));
        }

        if (rest is null)
            return;
        var left = new ObjectValue();
        Iteration.AddFields(value, frame, (name, field) =>
        {
            if (!taken!.Contains(name))
                left.Set(name, field);
        });
        rest.Bind(frame, Value.From(left));
    }
}
