using System.Text;
using ProductionOffice.TestKit;

namespace ProductionOffice.Templates.Tests;

/// <summary>What is told to people who write a tag as they would say it, or as another tool reads it.</summary>
public sealed class ErrorTextMistakeTests
{
    private const string Data = """{"name":"Ana","else_":1,"deal":{"rate":43,"rateType":"daily","kit":null,"start":"2027-03-01"},"crew":[{"name":"Li","role":"Grip"}],"a":1,"b":2}""";

    private static readonly string[] Mistakes =
    [
        "{{#row for c in crew}} {{/row}}",
        "{{#if a}}x{{end}}",
        "{{#if a}}x{{endif}}",
        "{{#for c in crew}}{{#if a}}x{{endif}}{{endfor}}",
        "{{#end}}",
        "{{#endif}}",
        "{{#if a}}x{{/if a}}",
        "{{#if a}}x{{else}}y{{/if}}",
        "{{#if a}}x{{#else}}y{{/if}}",
        "{{#if a}}x{{:else b}}y{{/if}}",
        "{{#if a}}x{{:otherwise}}y{{/if}}",
        "{{#if a = b}}x{{/if}}",
        "{{#if deal.rateType = \"daily\"}}x{{/if}}",
        "{{#if deal.rateType is “daily”}}x{{/if}}",
        "{{#if a <> b}}x{{/if}}",
        "{{#if a and b}}x{{/if}}",
        "{{#if a or not b}}x{{/if}}",
        "{{#if a is not b}}x{{/if}}",
        "{{#unless a}}x{{/unless}}",
        "{{deal rate}}",
        "{{Deal Rate | money}}",
        "{{deal.start | date: d MMM}}",
        "{{deal.start | date: d MMM yyyy}}",
        "{{deal.start | date \"d MMM\"}}",
        "{{deal.start | date d MMM}}",
        "{{deal.start | date: \"d MMM}}",
        "{{deal.rate | money: EUR}}",
        "{{deal.rate | money EUR}}",
        "{{deal.kit | or: TBC}}",
        "{{deal.kit | or TBC}}",
        "{{deal.rate |}}",
        "{{deal.rate | currency}}",
        "{{deal.rate | money: \"EUR\", 2, 3}}",
        "{{#row c in crew}}",
        "{{#row crew}}",
        "{{#row foreach c in crew}}",
        "{{#row for crew}}",
        "{{#row for each c in crew}}",
        "{{#for crew}}{{/for}}",
        "{{#for c of crew}}{{/for}}",
        "{{#foreach c in crew}}{{/foreach}}",
        "{{#each crew}}{{/each}}",
        "{{#crew}}{{/crew}}",
        "{{^deal.kit}}none{{/}}",
        "{{>riders}}",
        "{{#table for c in crew}}",
        "{{#set total = a + b}}",
        "{{#let total}}",
        "{{#page break}}",
        "{{#include riders/minor.docx}}",
        "{name}",
        "{{name}",
        "{name}}",
        "{{{name}}}",
        "{{name",
        "{{}}",
        "{{today}}",
        "{{index}}",
        "{{name;}}",
        "{{deal.rate is bigger}}",
        "{{a ++}}",
        "{{deal}}",
        "{{crew.name}}",
        "{{name | truncate}}",
        "{{/if}}",
        "{{:else}}",
        "{{employe.name}}",
        "{{#for c in crew}}{{c.nmae}}{{/for}}",
        "{{#for c in crew}}{{nmae}}{{role}}{{/for}}",
        "{{name.foo.bar}}",
        "{{name | image}}",
        "{{deal.kit.days}}",
        "{{deal.rate.amount}}",
        "{{crew.name | upper}}",
        "{{crew | upper | upper: 3}}",
        "{{name | date}}",
        "{{name | money}}",
        "{{#for c in name}}{{/for}}",
    ];

    [Fact]
    public void Mistakes_are_told_with_what_to_type_instead()
    {
        var told = new StringBuilder();
        foreach (var mistake in Mistakes)
        {
            told.Append(mistake).Append('\n');
            var isRow = mistake.StartsWith("{{#row", StringComparison.Ordinal) || mistake.StartsWith("{{#table", StringComparison.Ordinal);
            var text = Docx.Escape(mistake);
            var run = $"<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";
            var template = Docx.OfBody(isRow ? $"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1000\"/></w:tblGrid><w:tr><w:tc>{run}</w:tc></w:tr></w:tbl><w:p/>" : run);
            foreach (var problem in Docx.Render(template, Data).Errors)
                told.Append("  ").Append(problem.Message).Append("   [").Append(problem.Code).Append("]\n");
        }

        Approved.Match(told.ToString(), "told");
    }
}
