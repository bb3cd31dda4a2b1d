using System.Globalization;
using ProductionOffice.Templates.Pictures;
using ProductionOffice.Templates.Word;

namespace ProductionOffice.Templates.Package;

/// <summary>The document that comes to be: parts that changed or are new; everything else is carried over still compressed.</summary>
internal sealed class RenderedPackage(OfficePackage template)
{
    private readonly Dictionary<string, MadePart> _made = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _removed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RelationshipSet> _relations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _pictures = [];
    private readonly Dictionary<string, byte[]> _pictureBytes = [];
    private NumberingPart? _numbering;
    private bool _numberingRead;

    public OfficePackage Template => template;

    public ContentTypes ContentTypes { get; } = template.ContentTypes.Copy();

    public RelationshipSet RelationsOf(string part)
    {
        if (!_relations.TryGetValue(part, out var relations))
            _relations[part] = relations = new RelationshipSet(template.RelationsOf(part));
        return relations;
    }

    /// <summary>The relationships of a part that is a copy of another one: the same ids, the same targets.</summary>
    public RelationshipSet CopyRelations(string from, string part, Func<Relationship, bool>? wanted = null)
    {
        var copies = new RelationshipSet([]);
        foreach (var relation in template.RelationsOf(from))
        {
            if (wanted?.Invoke(relation) == false)
                continue;
            copies.Put(relation.IsExternal || relation.Target.StartsWith('#') ? relation : relation with { Target = "/" + RelationshipSet.Resolve(from, relation.Target) });
        }

        return _relations[part] = copies;
    }

    public void Set(string part, ReadOnlySpan<byte> bytes) => _made[part] = MadePart.Of(bytes);

    public void Remove(string part)
    {
        _removed.Add(part);
        _removed.Add(RelationshipSet.PartOf(part));
        ContentTypes.Remove(part);
    }

    public bool Exists(string part) => (_made.ContainsKey(part) || template.Has(part)) && !_removed.Contains(part);

    /// <summary>What a part was set to, or null.</summary>
    public byte[]? Made(string part) => _made.TryGetValue(part, out var made) ? made.Content() : null;

    /// <summary>Reserves the name of a new part: the stem with the first number that is free.</summary>
    public string NewPart(string stem, string extension, string contentType)
    {
        for (var number = 1; ; number++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}{extension}");
            if (Exists(part))
                continue;
            Set(part, []);
            ContentTypes.Set(part, contentType);
            return part;
        }
    }

    /// <summary>Bytes of a picture that was added by this render, or null.</summary>
    public byte[]? Picture(string part) => _pictureBytes.GetValueOrDefault(part);

    /// <summary>Stores a picture once, however often it is used, and names its part.</summary>
    public string AddPicture(PictureBytes picture, string folder)
    {
        var key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(picture.Bytes));
        if (_pictures.TryGetValue(key, out var known))
            return known;
        var number = 1;
        string part;
        do
        {
            part = string.Create(CultureInfo.InvariantCulture, $"{folder}media/filled{number++}.{picture.Extension}");
        }
        while (Exists(part));
        _pictureBytes[part] = picture.Bytes;
        _made[part] = MadePart.Of(picture.Bytes, compress: picture.Extension is "svg" or "bmp");
        ContentTypes.AddExtension(picture.Extension, picture.ContentType);
        return _pictures[key] = part;
    }

    public NumberingPart? Numbering(WordTemplate word)
    {
        if (!_numberingRead)
            _numbering = NumberingPart.Read(word);
        _numberingRead = true;
        return _numbering;
    }

    public void WriteTo(Stream output)
    {
        FinishRelations();
        ContentTypes.MakeDocument(template.MainPart);
        if (ContentTypes.IsChanged)
            Set("[Content_Types].xml", ContentTypes.ToXml());
        using var writer = new PackageWriter(output);
        foreach (var entry in template.Zip.Entries)
        {
            if (_removed.Contains(entry.Name))
                continue;
            if (_made.Remove(entry.Name, out var made))
                writer.Add(entry.Name, made);
            else
                writer.Copy(entry, template.Zip.Raw(entry));
        }

        foreach (var (name, made) in _made.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!_removed.Contains(name))
                writer.Add(name, made);
        }

        writer.Finish();
    }

    /// <summary>Pictures of the template that no relationship needs any more.</summary>
    private void FinishRelations()
    {
        if (_numbering is { IsChanged: true })
            Set(_numbering.Part, _numbering.ToXml());
        foreach (var part in template.Dropped)
        {
            if (_removed.Contains(part))
                continue;
            Set(RelationshipSet.PartOf(part), RelationsOf(part).ToXml());
            if (!_made.ContainsKey(part) && template.Part(part) is { } cleaned)
                Set(part, cleaned);
        }

        foreach (var (part, relations) in _relations)
        {
            if (relations.IsChanged && !_removed.Contains(part))
                Set(RelationshipSet.PartOf(part), relations.ToXml());
        }
    }

    /// <summary>Takes out what could only be reached through a part that went.</summary>
    public void RemoveOrphans(string part)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Reach("", owner => RelationsOf(owner).All, reached);
        var below = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Reach(part, template.RelationsOf, below);
        foreach (var orphan in below.Except(reached, StringComparer.OrdinalIgnoreCase))
            Remove(orphan);
    }

    private static void Reach(string from, Func<string, IEnumerable<Relationship>> relations, HashSet<string> reached)
    {
        var open = new Stack<string>([from]);
        while (open.TryPop(out var owner))
        {
            foreach (var relation in relations(owner))
            {
                if (!relation.IsExternal && RelationshipSet.Resolve(owner, relation.Target) is var target && reached.Add(target))
                    open.Push(target);
            }
        }
    }

    /// <summary>Takes a picture out when nothing refers to it any more.</summary>
    public void RemoveIfUnused(string picture)
    {
        foreach (var (owner, relations) in template.Relations)
        {
            var set = _relations.GetValueOrDefault(owner);
            foreach (var relation in relations.Where(relation => !relation.IsExternal && RelationshipSet.Resolve(owner, relation.Target).Equals(picture, StringComparison.OrdinalIgnoreCase)))
            {
                if (set is null || set.IsUsed(relation.Target))
                    return;
            }
        }

        Remove(picture);
    }
}
