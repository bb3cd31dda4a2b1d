using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

internal sealed record Relationship(string Id, string Type, string Target, bool IsExternal)
{
    public string Kind => Type[(Type.LastIndexOf('/') + 1)..];
}

/// <summary>The relationships of one part: those of the template and those that come to it while rendering.</summary>
internal sealed class RelationshipSet(IReadOnlyList<Relationship> template)
{
    public const string Prefix = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

    private readonly List<Relationship> _added = [];
    private readonly HashSet<string> _removed = [];
    private readonly HashSet<string> _ids = [.. template.Select(relation => relation.Id)];
    private int _next;

    public IReadOnlyList<Relationship> Template => template;

    public IEnumerable<Relationship> All => template.Where(relation => !_removed.Contains(relation.Id)).Concat(_added);

    public bool IsChanged => _added.Count > 0 || _removed.Count > 0;

    public Relationship? Find(string id) => template.FirstOrDefault(relation => relation.Id == id);

    public void Remove(string id)
    {
        _removed.Add(id);
        _added.RemoveAll(relation => relation.Id == id);
    }

    /// <summary>Sets a relationship under the id it says.</summary>
    public void Put(Relationship relation)
    {
        _ids.Add(relation.Id);
        if (template.Any(known => known.Id == relation.Id))
            _removed.Add(relation.Id);
        _added.RemoveAll(known => known.Id == relation.Id);
        _added.Add(relation);
    }

    /// <summary>The id of a relationship to the target; the same target gets the same id.</summary>
    public string Add(string kind, string target, bool isExternal) => AddOf(Prefix + kind, target, isExternal);

    /// <summary>The same for a type that is named in full.</summary>
    public string AddOf(string type, string target, bool isExternal)
    {
        var known = _added.Find(relation => relation.Type == type && relation.Target == target)
            ?? template.FirstOrDefault(relation => relation.Type == type && relation.Target == target && relation.IsExternal == isExternal && !_removed.Contains(relation.Id));
        if (known is not null)
            return known.Id;
        string id;
        do
        {
            id = $"rIdP{++_next}";
        }
        while (!_ids.Add(id));
        _added.Add(new Relationship(id, type, target, isExternal));
        return id;
    }

    public byte[] ToXml()
    {
        var xml = new Utf8Buffer(1024);
        xml.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"u8);
        foreach (var relation in All)
        {
            xml.Write("<Relationship Id=\""u8);
            xml.WriteText(relation.Id);
            xml.Write("\" Type=\""u8);
            xml.WriteText(relation.Type);
            xml.Write("\" Target=\""u8);
            xml.WriteText(relation.Target);
            xml.Write(relation.IsExternal ? "\" TargetMode=\"External\"/>"u8 : "\"/>"u8);
        }

        xml.Write("</Relationships>"u8);
        return xml.TakeBytes();
    }

    /// <summary>Reads a relationships part.</summary>
    public static IReadOnlyList<Relationship> Read(XmlTree tree)
    {
        var relations = new List<Relationship>();
        foreach (var node in tree.Children(tree.Root))
        {
            relations.Add(new Relationship(
                tree.Attribute(node, "Id"u8) ?? "", tree.Attribute(node, "Type"u8) ?? "", tree.Attribute(node, "Target"u8) ?? "",
                tree.Attribute(node, "TargetMode"u8) == "External"));
        }

        return relations;
    }

    public static string PartOf(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        return part[..slash] + "_rels/" + part[slash..] + ".rels";
    }

    /// <summary>The part a target means, seen from the part that names it.</summary>
    public static string Resolve(string part, string target)
    {
        if (target.StartsWith('/'))
            return target[1..];
        var folders = new List<string>(part.Split('/')[..^1]);
        foreach (var segment in target.Split('/'))
        {
            if (segment == "..")
            {
                if (folders.Count > 0)
                    folders.RemoveAt(folders.Count - 1);
            }
            else if (segment is not ("." or ""))
            {
                folders.Add(segment);
            }
        }

        return string.Join('/', folders);
    }

    public static string Relative(string fromPart, string target)
    {
        var folder = fromPart[..(fromPart.LastIndexOf('/') + 1)];
        return target.StartsWith(folder, StringComparison.Ordinal) ? target[folder.Length..] : "/" + target;
    }
}
