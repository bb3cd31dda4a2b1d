using System.Xml;

namespace ProductionOffice.Templates.Tests;

/// <summary>What every finished document must hold to.</summary>
internal static class Invariants
{
    public static void Hold(ReadPackage document)
    {
        foreach (var part in document.Names.Where(name => name.EndsWith(".xml", StringComparison.Ordinal) || name.EndsWith(".rels", StringComparison.Ordinal)))
        {
            var xml = document.Xml(part);
            var names = ReadPackage.Prefixes(xml);
            foreach (var path in new[] { "//wp:docPr/@id", "//w:bookmarkStart/@w:id", "//w:bookmarkStart/@w:name", "//w:p/@w14:paraId", "//w:sdtPr/w:id/@w:val" })
            {
                var ids = xml.SelectNodes(path, names)!.Cast<XmlNode>().Select(node => node.Value!).ToList();
                ids.ShouldBe(ids.Distinct(), $"{part} {path}");
            }

            if (part.EndsWith(".rels", StringComparison.Ordinal))
                HoldRelations(document, part, xml);
            System.Text.Encoding.UTF8.GetString(document.Bytes(part)).ShouldNotContain("{{", customMessage: part);
        }
    }

    private static void HoldRelations(ReadPackage document, string part, XmlDocument xml)
    {
        var folder = part.Replace("_rels/", "", StringComparison.Ordinal);
        foreach (XmlNode relation in xml.DocumentElement!.ChildNodes)
        {
            if (relation.Attributes?["TargetMode"]?.Value == "External" || relation.Attributes is null)
                continue;
            var target = relation.Attributes["Target"]!.Value;
            var resolved = target.StartsWith('/') ? target[1..] : new Uri(new Uri("http://x/" + folder), target).AbsolutePath[1..];
            document.Names.ShouldContain(resolved, part);
        }
    }
}
