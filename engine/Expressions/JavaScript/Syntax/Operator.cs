namespace ProductionOffice.Expressions.JavaScript.Syntax;

internal enum Operator : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Equal,
    NotEqual,
    Same,
    NotSame,
}
