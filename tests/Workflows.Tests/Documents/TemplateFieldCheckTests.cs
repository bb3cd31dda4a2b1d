using System.IO.Compression;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Templates;
using ProductionOffice.TestKit;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Workflows.Tests.Documents;

/// <summary>A template asks for something: does the workflow provide it?</summary>
public sealed class TemplateFieldCheckTests
{
    private static readonly string Templates = Path.Combine(Tools.Root, "templates", "documents");
    private static readonly string Hire = File.ReadAllText(Path.Combine(Tools.Root, "workflows", "definitions", "crew-hire.json"));

    [Fact]
    public void The_shipped_hire_provides_all_that_the_shipped_deal_memo_asks_for() => Problems(Hire).ShouldBeEmpty();

    /// <summary>Checks of templates know the fields of items from the sample: no list of it may be empty.</summary>
    [Fact]
    public void The_sample_of_what_a_document_is_given_shows_every_field()
    {
        var sample = TemplateData.Sample;

        sample.AsObject().Keys.ShouldBe(["production", "upm", "lineProducer", "reportsTo", "paperwork", "document"], ignoreOrder: true);
        sample["paperwork"].AsList()[0].AsObject().Keys.ShouldBe(["key", "name", "state"]);
        sample["document"]["changes"].AsList()[0].AsObject().Keys.ShouldContain("before");
        sample["production"]["office"]["phone"].ToString().ShouldBe("");
    }

    [Fact]
    public void A_template_that_is_not_there_is_named_with_those_that_are()
    {
        var problem = Problems(Hire.Replace("deal-memo.docx", "deal-meno.docx", StringComparison.Ordinal))[0];

        problem.Code.ShouldBe("UnknownTemplate");
        problem.IsError.ShouldBeTrue();
        problem.Remedy.ShouldContain("deal-memo.docx");
        problem.Path.ShouldEndWith(".template");
    }

    [Fact]
    public void A_field_that_nothing_provides_is_named_with_its_place()
    {
        // Without the activity that takes the request, nobody sets person and deal.
        var definition = """
            {"id":"w-v1","definitionId":"w","version":1,"variables":[{"id":"deal","name":"deal","typeName":"Object"}],
             "root":{"id":"memo","type":"Office.GenerateDocument","version":1,
              "template":{"typeName":"String","expression":{"type":"Literal","value":"deal-memo.docx"}},
              "kind":{"typeName":"String","expression":{"type":"Literal","value":"dealMemo"}}}}
            """;

        var problems = Problems(definition);

        problems.ShouldAllBe(p => p.Code == "UnknownField" && p.Value!.StartsWith("person", StringComparison.Ordinal) && p.ActivityId == "memo");
        problems.ShouldContain(p => p.Value == "person.name" && p.Message.Contains("deal-memo.docx") && p.Remedy.Contains("'person'"));
    }

    [Fact]
    public void A_field_that_is_nearly_one_that_is_provided_is_taken_for_a_slip_of_the_pen()
    {
        var problem = Check(Hire, "memo.docx", "{{person.nmae}} {{deal.rate}} {{#if person.screenName}}{{person.screenName}}{{/if}}").ShouldHaveSingleItem();

        problem.Value.ShouldBe("person.nmae");
        problem.Remedy.ShouldBe("Did you mean {{person.name}}?");
    }

    private static List<DefinitionProblem> Check(string definition, string name, string text)
    {
        var template = Template.Compile(Memo(text), name);
        var check = new TemplateFieldCheck(_ => template, () => [name]);
        return [.. WorkflowValidator.Validate(DefinitionReader.Read(definition), OfficeActivities.Registry(), [check.Check]).DistinctBy(p => p.Value)];
    }

    /// <summary>A Word file of one paragraph.</summary>
    private static byte[] Memo(string text)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""");
            Write(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""");
            Write(zip, "word/document.xml", $"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>""");
        }

        return file.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(text);
    }

    private static List<DefinitionProblem> Problems(string definition)
    {
        var check = new TemplateFieldCheck(
            name => File.Exists(Path.Combine(Templates, name)) ? Template.Compile(File.ReadAllBytes(Path.Combine(Templates, name)), name) : null,
            () => Directory.EnumerateFiles(Templates).Select(f => Path.GetFileName(f)));
        return [.. WorkflowValidator.Validate(DefinitionReader.Read(definition), OfficeActivities.Registry(), [check.Check])];
    }
}
