namespace ProductionOffice.Expressions;

/// <summary>Where names of an expression are looked up.</summary>
public interface IScope
{
    /// <summary>Every name that can be looked up, for suggestions; the order does not matter.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>Looks a name up; false when it is not known here.</summary>
    bool TryGet(string name, out Value value);
}
