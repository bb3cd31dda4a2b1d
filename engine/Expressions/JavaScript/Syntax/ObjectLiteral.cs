namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>{ a: 1, [b]: 2, ...c }</c></summary>
internal sealed class ObjectLiteral(int column, ObjectLiteral.Field[] fields) : Node(column)
{
    /// <summary>A field with a fixed or a computed name; a spread has neither.</summary>
    public readonly record struct Field(string? Name, Node? Computed, Node Value);

    public override IEnumerable<Node> Children => fields.SelectMany(part => part.Computed is null ? (Node[])[part.Value] : [part.Computed, part.Value]);

    public override Value Evaluate(Frame frame)
    {
        var made = new ObjectValue();
        foreach (var field in fields)
        {
            frame.Step();
            if (field.Name is not null)
            {
                made.Set(field.Name, field.Value.Evaluate(frame));
            }
            else if (field.Computed is not null)
            {
                var key = field.Computed.Evaluate(frame);
                frame.Column = field.Computed.Column;
                var name = Conversion.ToPropertyName(key, frame);
                Members.Guard(name, field.Computed.Column);
                made.Set(name, field.Value.Evaluate(frame));
            }
            else
            {
                var source = field.Value.Evaluate(frame);
                frame.Column = field.Value.Column;
                Iteration.AddFields(source, frame, made.Set);
                frame.Budget.List(made.Count);
            }
        }

        return Value.From(made);
    }
}
