using System.Text;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Package;

internal enum DocumentKind
{
    Word,
    Excel,
}

/// <summary>A template file that passed the gate: known kind, all parts readable, nothing that could do harm.</summary>
internal sealed class OfficePackage
{
    private const string ContentTypesPart = "[Content_Types].xml";

    /// <summary>Kinds of relationships that only documents with macros have.</summary>
    private static readonly string[] MacroRelations = ["vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet"];

    /// <summary>Parts up to this size are read as trees while they are checked: one pass instead of two. Of larger ones many are never looked into.</summary>
    private const int SmallPart = 1 << 16;

    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, XmlTree> _trees = new(StringComparer.OrdinalIgnoreCase);
    private long _text;

    private OfficePackage(ZipPackage zip) => Zip = zip;

    public ZipPackage Zip { get; }

    public DocumentKind Kind { get; private set; }

    public string MainPart { get; private set; } = "";

    public ContentTypes ContentTypes { get; private set; } = null!;

    /// <summary>From part to relationships; the package's own under the empty name.</summary>
    public Dictionary<string, IReadOnlyList<Relationship>> Relations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Relationships parts that lose an outside reference (W008), as the rest remains.</summary>
    public HashSet<string> Dropped { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static OfficePackage Open(ReadOnlyMemory<byte> file, string name, ProblemList problems)
    {
        FileGate.Check(file.Span, name);
        var zip = ZipPackage.Open(file);
        var package = new OfficePackage(zip);
        package.ReadParts();
        package.ReadKind(name);
        package.ReadRelations(problems);
        return package;
    }

    public byte[]? Part(string name) => _parts.GetValueOrDefault(name);

    /// <summary>A part as a tree, or null when it is not there.</summary>
    public XmlTree? Tree(string name) => _trees.Remove(name, out var tree) ? tree : Part(name) is { } bytes ? XmlScan.Read(bytes, name) : null;

    /// <summary>Lets go of what only compiling needs.</summary>
    public void FinishReading() => _trees.Clear();

    public bool Has(string name) => Zip.Find(name) is not null;

    public IReadOnlyList<Relationship> RelationsOf(string part) => Relations.GetValueOrDefault(part) ?? [];

    private void ReadParts()
    {
        if (Zip.Entries is [{ Name: "mimetype", Method: 0 } first, ..] && Zip.Raw(first).Span.StartsWith("application/vnd.oasis."u8))
            throw FileGate.OpenDocument();
        var types = ReadText(Zip.Find(ContentTypesPart) ?? throw Missing(ContentTypesPart));
        ContentTypes = ContentTypes.Read(XmlScan.Check(types, ContentTypesPart, wantsTree: true)!);
        _parts[ContentTypesPart] = types;
        foreach (var entry in Zip.Entries)
        {
            if (entry.Name.Equals(ContentTypesPart, StringComparison.OrdinalIgnoreCase))
                continue;
            if (IsXml(entry.Name))
                ReadXml(entry);
            else
                Verify(entry);
        }
    }

    /// <summary>What a part is its name says, or its content type.</summary>
    private bool IsXml(string part) => part.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || part.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
        || IsDrawing(part) || ContentTypes.Of(part) is { } type && type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("image/", StringComparison.OrdinalIgnoreCase);

    private byte[] ReadText(ZipEntry entry)
    {
        if (entry.Size > PackageLimits.TextBytes || (_text += entry.Size) > PackageLimits.TextBytes)
            throw PackageLimits.TooLong(entry.Name);
        return XmlScan.Utf8(Zip.Read(entry), entry.Name);
    }

    private void ReadXml(ZipEntry entry)
    {
        var bytes = ReadText(entry);
        XmlTree? tree = null;
        if (IsDrawing(entry.Name))
        {
            // Excel itself writes old drawings that are not well-formed.
            if (bytes.AsSpan().IndexOf("<!DOCTYPE"u8) >= 0 || bytes.AsSpan().IndexOf("<!ENTITY"u8) >= 0)
                throw XmlScan.DocumentType(entry.Name);
        }
        else
        {
            tree = XmlScan.Check(bytes, entry.Name, bytes.Length <= SmallPart);
        }

        var isOfDocument = !entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) && entry.Name.Contains('/', StringComparison.Ordinal) && !entry.Name.StartsWith("docProps/", StringComparison.OrdinalIgnoreCase);
        var part = isOfDocument ? CanonicalPrefixes.Of(bytes) : bytes;
        _parts[entry.Name] = part;
        if (tree is not null && part == bytes)
            _trees[entry.Name] = tree;
    }

    private void Verify(ZipEntry entry)
    {
        if (Path.GetFileName(entry.Name).Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
            throw FileGate.Macro();
        Zip.Verify(entry, out var isCompound);
        if (isCompound && FileGate.HoldsMacros(Zip.Read(entry)))
            throw FileGate.Macro();
    }

    private static bool IsDrawing(string part) => part.EndsWith(".vml", StringComparison.OrdinalIgnoreCase);

    private void ReadKind(string name)
    {
        var relations = RelationshipSet.Read(Tree("_rels/.rels") ?? throw Missing("_rels/.rels"));
        Relations[""] = relations;
        var main = relations.FirstOrDefault(relation => relation.Kind == "officeDocument");
        MainPart = main is null ? throw Missing("word/document.xml") : RelationshipSet.Resolve("", main.Target);
        if (!Has(MainPart))
            throw Missing(MainPart);
        if (Part(MainPart) is null)
            throw WrongKind(Path.GetExtension(name).ToLowerInvariant(), "neither a Word document nor an Excel workbook");
        var type = ContentTypes.Of(MainPart) ?? "";
        if (type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || ContentTypes.HasMacros)
            throw FileGate.Macro();
        var isWord = type.Contains("wordprocessingml", StringComparison.Ordinal);
        var isExcel = type.Contains("spreadsheetml", StringComparison.Ordinal);
        var extension = Path.GetExtension(name).ToLowerInvariant();
        Kind = isWord ? DocumentKind.Word : isExcel ? DocumentKind.Excel : throw WrongKind(extension, "neither a Word document nor an Excel workbook");
        var folderSaysExcel = MainPart.StartsWith("xl/", StringComparison.OrdinalIgnoreCase);
        var folderSaysWord = MainPart.StartsWith("word/", StringComparison.OrdinalIgnoreCase);
        if ((isExcel && (extension is ".docx" or ".dotx" || folderSaysWord)) || (isWord && (extension is ".xlsx" or ".xltx" || folderSaysExcel)))
            throw WrongKind(extension, isExcel ? "an Excel workbook" : "a Word document");
    }

    private void ReadRelations(ProblemList problems)
    {
        foreach (var name in _parts.Keys)
        {
            if (!name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || name.Equals("_rels/.rels", StringComparison.OrdinalIgnoreCase))
                continue;
            var owner = name.Replace("_rels/", "", StringComparison.OrdinalIgnoreCase)[..^5];
            var relations = new List<Relationship>();
            foreach (var relation in RelationshipSet.Read(Tree(name)!))
            {
                if (MacroRelations.Contains(relation.Kind))
                    throw FileGate.Macro();
                if (relation.IsExternal && relation.Kind != "hyperlink")
                {
                    problems.Add(Warning("W008", owner, $"The template refers to “{relation.Target}” ({relation.Kind}) outside of itself. The reference was left out; it is never fetched."));
                    Dropped.Add(owner);
                    continue;
                }

                if (!relation.IsExternal && relation.Kind != "hyperlink" && !Has(RelationshipSet.Resolve(owner, relation.Target)))
                {
                    problems.Add(Warning("W007", owner, $"The template refers to “{relation.Target}”, which is not in the file. Open it in Word or Excel and save it anew."));
                    Dropped.Add(owner);
                    continue;
                }

                relations.Add(relation);
            }

            Relations[owner] = relations;
        }

        foreach (var owner in Dropped)
        {
            if (!owner.EndsWith(".vml", StringComparison.OrdinalIgnoreCase) && Tree(owner) is { } tree)
                _parts[owner] = DroppedReferences.Cleaned(tree, [.. RelationsOf(owner).Select(relation => relation.Id)]);
        }
    }

    private static TemplateProblem Warning(string code, string part, string message) => new() { Code = code, Severity = ProblemSeverity.Warning, Part = part, Message = message };

    private static TemplateException Missing(string part) => new("D006", $"The file has no “{part}”, which every Word document or Excel workbook has. Open it in Word or Excel and save it anew.", part);

    private static TemplateException WrongKind(string extension, string kind) => new("D007", $"The file is named “{extension}” but holds {kind}. Save it in Word as .docx or in Excel as .xlsx.");
}

/// <summary>Looks at the first bytes: what is no package is refused by its proper name.</summary>
internal static class FileGate
{
    /// <summary>The first bytes of the files of old Office programs.</summary>
    public static ReadOnlySpan<byte> CompoundMark => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static void Check(ReadOnlySpan<byte> file, string name)
    {
        if (file.IsEmpty)
            throw new TemplateException("D009", "The file is empty. Perhaps it was not copied to the end; ask for it again.");
        if (Path.GetExtension(name).ToLowerInvariant() is ".docm" or ".dotm" or ".xlsm" or ".xltm")
            throw Macro();
        if (file.StartsWith(CompoundMark))
            throw Compound(file);
        if (!file.StartsWith("PK"u8))
            throw new TemplateException("D001", "This is not a Word or Excel file. Templates are .docx or .xlsx files, as Word and Excel save them.");
    }

    public static TemplateException Macro() => new("D007", "The file contains macros, or is of a kind that may (.docm, .xlsm). Save it without macros as .docx or .xlsx.");

    public static TemplateException OpenDocument() => new("D007", "This is an OpenDocument file (.odt, .ods), whatever its name says. Open it in Word or Excel, or in LibreOffice, and save it as .docx or .xlsx.");

    /// <summary>Whether a compound file inside of the package holds a macro project, under whatever name.</summary>
    public static bool HoldsMacros(ReadOnlySpan<byte> file) => file.IndexOf(Encoding.Unicode.GetBytes("_VBA_PROJECT")) >= 0;

    private static TemplateException Compound(ReadOnlySpan<byte> file)
    {
        var isEncrypted = file.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 || file.IndexOf(Encoding.Unicode.GetBytes("EncryptionInfo")) >= 0;
        if (isEncrypted)
            return new TemplateException("D002", "The file is protected by a password. Open it in Word or Excel, remove the password (File, Info, Protect), and save it.");
        var isWorkbook = file.IndexOf(Encoding.Unicode.GetBytes("Workbook")) >= 0;
        return new TemplateException("D007", isWorkbook
            ? "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."
            : "This is an old Word file (.doc). Open it in Word and save it as .docx.");
    }
}
