using System.Globalization;
using ProductionOffice.Templates.Package;
using ProductionOffice.Templates.Tags;
using ProductionOffice.Templates.Values;
using ProductionOffice.Templates.Xml;

namespace ProductionOffice.Templates.Excel;

/// <summary>The drawing of a sheet: pictures and boxes go with their cells, texts may hold tags, a picture whose alternative text is a tag is a placeholder.</summary>
internal sealed partial class SheetDrawing : SheetPart
{
    private const string Names = "xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    private readonly XmlTree _tree;
    private readonly string _part;
    private readonly Dictionary<int, RunText> _texts;
    private readonly Dictionary<int, (string Text, List<Tag> Tags)> _descriptions = [];
    private readonly int _highestId;
    private readonly Dictionary<int, List<Relationship>> _charts = [];
    private readonly ILookup<string, int> _anchorsOfChart;

    public SheetDrawing(XmlTree tree, string part, string sheet, TagParser parser, IReadOnlyList<Relationship> relations)
    {
        _tree = tree;
        _part = part;
        Relations = relations;
        var place = new TagPlace { Part = part, Sheet = sheet, Words = $"sheet “{sheet}”, text box" };
        _texts = RunText.ReadAll(tree, node => tree.Name(node) == N.a_p, parser, _ => place);
        for (var node = 0; node < tree.Count; node++)
        {
            if (tree.Name(node) != N.xdr_cNvPr)
                continue;
            _highestId = Math.Max(_highestId, tree.IntAttribute(node, "id"u8) ?? 0);
            if (tree.Attribute(node, "descr"u8) is { } text && TagReader.Find(text) is { Count: > 0 } spans)
                _descriptions[node] = (text, parser.Parse(text, spans, place with { Words = $"sheet “{sheet}”, alternative text", Text = text }));
        }

        ReadCharts();
        _anchorsOfChart = _charts.SelectMany(pair => pair.Value.Select(relation => (relation.Id, Anchor: pair.Key))).ToLookup(pair => pair.Id, pair => pair.Anchor);
    }

    public IReadOnlyList<Relationship> Relations { get; }

    public override IEnumerable<Tag> Tags => _texts.Values.SelectMany(text => text.Tags).Concat(_descriptions.Values.SelectMany(text => text.Tags));

    /// <summary>A drawing for a sheet that had none.</summary>
    public static byte[] New(SheetPartRender render)
    {
        var to = new Utf8Buffer(1024);
        to.WriteMarkup($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<xdr:wsDr {Names}>");
        Pictures(to, render, 0);
        to.Write("</xdr:wsDr>"u8);
        return to.TakeBytes();
    }

    public override byte[]? Write(SheetPartRender render) => new Writer(this, render).Write();

    private int Number(int node, N name) => _tree.Child(node, name) is var child and not XmlTree.None
        && int.TryParse(_tree.Text(child), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static void Pictures(Utf8Buffer to, SheetPartRender render, int id)
    {
        foreach (var picture in render.Pictures)
        {
            var (frame, (width, height)) = (picture.Frame, picture.Frame.Seen);
            var embedded = EmbeddedPicture.Add(picture.Picture, render.Package, render.Package.RelationsOf(render.Part), render.Folder);
            id++;
            to.WriteMarkup(string.Create(CultureInfo.InvariantCulture,
                $"<xdr:oneCellAnchor {Names}><xdr:from><xdr:col>{picture.Column - 1}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{picture.Row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"{width}\" cy=\"{height}\"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"{id + 1}\" name=\"Picture {id}\" descr=\"{XmlText.Encode(picture.Description)}\"/><xdr:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>{embedded.Blip}<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm{frame.Transform}><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{frame.Width}\" cy=\"{frame.Height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"));
        }
    }
}
