namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>.name</c></summary>
internal sealed class Member(int column, string name, bool isOptional) : Link(column, isOptional)
{
    private readonly MemberNames _names = new(name);

    public string Name => name;

    public override Value Apply(Frame frame, ref Value self, Value value)
    {
        self = value;
        return value.Reference is ObjectValue fields && fields.TryGet(name, out var field)
            ? field
            : Members.Get(value, _names, Column);
    }
}
