namespace ProductionOffice.Expressions;

/// <summary>What a workflow script may call and change.</summary>
public interface IScriptHost
{
    /// <summary>Finds a function by its exact name, for example <c>getVariable</c>.</summary>
    bool TryGetFunction(string name, out Func<IReadOnlyList<Value>, Value> function);

    /// <summary>Performs <c>target.member = value</c>, for example on <c>variables</c>; false when it may not be changed.</summary>
    bool TrySetMember(string target, string member, Value value);
}
