using System.Globalization;
using System.IO.Hashing;
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
    private readonly Dictionary<byte[], byte[]> _fallbacks = [];
    private readonly Dictionary<(string Stem, string Extension), int> _numbers = [];
    private NumberingPart? _numbering;

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

    /// <summary>Sets what came of a part of the template (null: nothing changed): in its place when it differs, in the place of a copy always.</summary>
    public void SetChanged(string part, string target, byte[]? bytes)
    {
        var isCopy = part != target;
        if (bytes is not null ? isCopy || !bytes.AsSpan().SequenceEqual(template.Part(part)) : isCopy)
            Set(target, bytes ?? template.Part(part)!);
    }

    public void Remove(string part)
    {
        _removed.Add(part);
        _removed.Add(RelationshipSet.PartOf(part));
        ContentTypes.Remove(part);
    }

    public bool Exists(string part) => (_made.ContainsKey(part) || template.Has(part)) && !_removed.Contains(part);

    /// <summary>What a part was set to, or null.</summary>
    public byte[]? Made(string part) => _made.TryGetValue(part, out var made) ? made.Content() : null;

    /// <summary>A part as it is now, or null.</summary>
    public byte[]? Content(string part) => Made(part) ?? template.Part(part) ?? (template.Zip.Find(part) is { } entry ? template.Zip.Read(entry) : null);

    /// <summary>Takes a part out with what only it refers to, and all relationships to it.</summary>
    public void RemoveWithOwn(string part)
    {
        foreach (var (owner, relations) in template.Relations)
        {
            foreach (var relation in relations.Where(relation => !relation.IsExternal && RelationshipSet.Resolve(owner, relation.Target).Equals(part, StringComparison.OrdinalIgnoreCase)))
                RelationsOf(owner).Remove(relation.Id);
        }

        foreach (var relation in template.RelationsOf(part).Where(relation => !relation.IsExternal))
        {
            RelationsOf(part).Remove(relation.Id);
            RemoveIfUnused(RelationshipSet.Resolve(part, relation.Target));
        }

        Remove(part);
    }

    /// <summary>Reserves the name of a new part: the stem with the first number that is free.</summary>
    public string NewPart(string stem, string extension, string contentType)
    {
        var part = FreeName(stem, extension, from: 1);
        Set(part, []);
        ContentTypes.Set(part, contentType);
        return part;
    }

    /// <summary>The name with the next number, from the given one on, that no part has.</summary>
    public string FreeName(string stem, string extension, int from)
    {
        for (var number = _numbers.GetValueOrDefault((stem, extension), from); ; number++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}{extension}");
            if (Exists(part))
                continue;
            _numbers[(stem, extension)] = number + 1;
            return part;
        }
    }

    /// <summary>Stores a picture once, however often it is used, and names its part.</summary>
    public string AddPicture(PictureBytes picture, string folder)
    {
        var key = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(picture.Bytes));
        if (_pictures.TryGetValue(key, out var known))
            return known;
        if (InTemplate(picture) is { } own)
            return _pictures[key] = own;
        var part = FreeName(folder + "media/filled", "." + picture.Extension, from: 1);
        _made[part] = MadePart.Of(picture.Bytes, compress: picture.Extension is "svg" or "bmp");
        ContentTypes.AddExtension(picture.Extension, picture.ContentType);
        return _pictures[key] = part;
    }

    /// <summary>The pixels that stand for an SVG, drawn once.</summary>
    public byte[] Fallback(PictureBytes svg)
    {
        if (!_fallbacks.TryGetValue(svg.Bytes, out var png))
            _fallbacks[svg.Bytes] = png = SvgRaster.ToPng(svg);
        return png;
    }

    /// <summary>A picture of the template with the same bytes.</summary>
    private string? InTemplate(PictureBytes picture)
    {
        var crc = Crc32.HashToUInt32(picture.Bytes);
        return template.Zip.Entries.FirstOrDefault(entry => entry.Crc == crc && entry.Size == picture.Bytes.Length && entry.Name.Contains("/media/", StringComparison.OrdinalIgnoreCase)
            && entry.Name.EndsWith("." + picture.Extension, StringComparison.OrdinalIgnoreCase) && !_removed.Contains(entry.Name) && template.Zip.Read(entry).AsSpan().SequenceEqual(picture.Bytes))?.Name;
    }

    /// <summary>The numbering definitions of the document; a new part when it has none and lists are made.</summary>
    public NumberingPart Numbering(WordTemplate word)
    {
        if (_numbering is null)
        {
            var part = word.PartNamed("numbering");
            _numbering = NumberingPart.Read(part, template.Part(part));
        }

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
        FinishNumbering();
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

    public void FinishNumbering()
    {
        if (_numbering is not { IsChanged: true })
            return;
        Set(_numbering.Part, _numbering.ToXml());
        if (!_numbering.IsNew)
            return;
        ContentTypes.Set(_numbering.Part, "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml");
        RelationsOf(template.MainPart).Add("numbering", RelationshipSet.Relative(template.MainPart, _numbering.Part), isExternal: false);
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
        foreach (var owner in template.Relations.Keys.Concat(_relations.Keys).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var relations = _relations.TryGetValue(owner, out var set) ? set.All : template.RelationsOf(owner);
            if (!_removed.Contains(owner) && relations.Any(relation => !relation.IsExternal && RelationshipSet.Resolve(owner, relation.Target).Equals(picture, StringComparison.OrdinalIgnoreCase)))
                return;
        }

        Remove(picture);
    }
}
