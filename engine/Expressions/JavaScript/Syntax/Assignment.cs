namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>variables.x = e</c> or <c>x = e</c> for an own binding; also <c>+=</c> and its kin.</summary>
internal sealed class Assignment(Node target, char sign, Operator? operation, Node value) : Node(target.Column)
{
    public override IEnumerable<Node> Children => [target, value];

    public override Value Evaluate(Frame frame)
    {
        frame.Step();
        if (target is Local { IsConstant: true } constant)
            throw Error(ErrorKind.Type, $"“{constant.Name}” is constant.");
        if (sign != '=' && target.Evaluate(frame) is var old && IsKept(old))
            return old;
        var right = operation is { } found
            ? Arithmetic.Apply(frame, found, target.Evaluate(frame), value.Evaluate(frame), Column)
            : value.Evaluate(frame);
        if (target is Local local)
        {
            local.EnsureReady(frame);
            frame.Locals[local.Slot] = right;
            return right;
        }

        var (owner, member) = MemberOf(frame);
        if (frame.Host is null || !frame.Host.TrySetMember(owner, member, right))
            throw Error(ErrorKind.Type, $"{owner}.{member} cannot be set.");
        return right;
    }

    // &&= ||= ??= leave the old value where they do not go on.
    private bool IsKept(Value old) => sign switch
    {
        '&' => !old.IsTruthy,
        '|' => old.IsTruthy,
        _ => !old.IsNullish,
    };

    private (string Owner, string Member) MemberOf(Frame frame)
    {
        var postfix = (Postfix)target;
        var owner = ((Name)postfix.Start).Text;
        if (postfix.Links[0] is Member member)
            return (owner, member.Name);
        var name = Conversion.ToPropertyName(((Index)postfix.Links[0]).Inner.Evaluate(frame), frame);
        Members.Guard(name, Column);
        return (owner, name);
    }
}
