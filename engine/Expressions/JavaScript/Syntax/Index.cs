namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>[e]</c></summary>
internal sealed class Index(int column, Node index, bool isOptional) : Link(column, isOptional)
{
    public Node Inner => index;

    public override Value Apply(Frame frame, ref Value self, Value value)
    {
        self = value;
        var key = index.Evaluate(frame);
        if (key.IsNumber && value.Reference is ListValue list)
        {
            var at = key.RawNumber;
            if (at >= 0 && at < list.Count && at == Math.Truncate(at))
                return list[(int)at];
        }

        if (value.IsNullish)
            throw Members.NothingToReadFrom(value, Conversion.ToText(key, frame), Column);
        frame.Column = Column;
        var name = Conversion.ToPropertyName(key, frame);
        Members.Guard(name, Column);
        return value.Reference is ObjectValue fields && fields.TryGet(name, out var field)
            ? field
            : Members.Get(value, new MemberNames(name), Column);
    }
}
