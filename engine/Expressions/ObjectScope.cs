namespace ProductionOffice.Expressions;

/// <summary>The fields of an object as names, on top of another scope.</summary>
/// <param name="fields">Names that hide those of <paramref name="parent"/>.</param>
/// <param name="parent">Where other names are looked up, or null.</param>
public sealed class ObjectScope(ObjectValue fields, IScope? parent = null) : IScope
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => parent is null ? fields.Keys : fields.Keys.Concat(parent.Names).Distinct();

    /// <inheritdoc/>
    public bool TryGet(string name, out Value value)
    {
        if (fields.TryGet(name, out value))
            return true;
        return parent is not null && parent.TryGet(name, out value);
    }
}
