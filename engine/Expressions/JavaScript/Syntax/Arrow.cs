namespace ProductionOffice.Expressions.JavaScript.Syntax;

/// <summary><c>(a, b) => e</c>, only as argument of the list methods.</summary>
internal sealed class Arrow : Node
{
    private readonly Pattern[] _parameters;
    private readonly Node _body;
    private readonly int[] _slots;
    private readonly bool _isSimple;
    private readonly FunctionValue _function;

    /// <param name="column">Column of the first sign.</param>
    /// <param name="parameters">Patterns, the last one may be a rest.</param>
    /// <param name="body">The expression.</param>
    /// <param name="slots">Every place the patterns fill.</param>
    public Arrow(int column, Pattern[] parameters, Node body, int[] slots) : base(column)
    {
        _parameters = parameters;
        _body = body;
        _slots = slots;
        _isSimple = Array.TrueForAll(parameters, parameter => parameter is NamePattern { Default: null, IsRest: false });
        _function = new FunctionValue("", null) { Arrow = this };
    }

    public IReadOnlyList<Pattern> Parameters => _parameters;

    public override IEnumerable<Node> Children => [_body];

    public override Value Evaluate(Frame frame) => Value.From(_function);

    public Value Invoke(Frame frame, ReadOnlySpan<Value> args)
    {
        if (_isSimple)
        {
            for (var i = 0; i < _parameters.Length; i++)
                frame.Locals[((NamePattern)_parameters[i]).Slot] = i < args.Length ? args[i] : Value.Undefined;
            return _body.Evaluate(frame);
        }

        foreach (var slot in _slots)
            frame.Locals[slot] = Value.Hole;
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].IsRest)
                _parameters[i].Bind(frame, Value.From(RestOf(args, i)));
            else
                _parameters[i].Bind(frame, i < args.Length ? args[i] : Value.Undefined);
        }

        return _body.Evaluate(frame);
    }

    private static ListValue RestOf(ReadOnlySpan<Value> args, int from)
    {
        var rest = new ListValue();
        for (var i = from; i < args.Length; i++)
            rest.Add(args[i]);
        return rest;
    }
}
