namespace ProductionOffice.Templates.Package;

/// <summary>Copies a part with everything it refers to, within a document or into another one.</summary>
internal static class PartCopy
{
    /// <summary>The name of the copy; what it refers to is copied too, under names of its own.</summary>
    /// <param name="from">The document the part is in.</param>
    /// <param name="part">The part.</param>
    /// <param name="to">The document the copy comes to.</param>
    /// <param name="content">What the copy holds, or null for what the part holds.</param>
    public static string Make(RenderedPackage from, string part, RenderedPackage to, byte[]? content = null) => Make(from, part, to, content, []);

    private static string Make(RenderedPackage from, string part, RenderedPackage to, byte[]? content, Dictionary<string, string> made)
    {
        if (made.TryGetValue(part, out var known))
            return known;
        var extension = Path.GetExtension(part);
        var copy = to.NewPart(part[..^extension.Length].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), extension, from.ContentTypes.Of(part) ?? "application/octet-stream");
        made[part] = copy;
        to.Set(copy, content ?? from.Content(part) ?? []);
        foreach (var relation in from.RelationsOf(part).All.ToList())
            to.RelationsOf(copy).Put(relation.IsExternal ? relation : relation with { Target = "/" + Make(from, RelationshipSet.Resolve(part, relation.Target), to, null, made) });
        return copy;
    }
}
