using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Documents;

/// <summary>Fills a Word or Excel template and keeps the file with the workflow.</summary>
/// <remarks>
/// The template sees every workflow variable by its name, and <c>production</c>, <c>document</c>, <c>upm</c>, <c>lineProducer</c>.
/// Sets the variable <c>document</c>. The file is made after the commit; a broken template parks it with the reason, and a retry goes on from there.
/// </remarks>
[Activity("Office.GenerateDocument", "Documents", DisplayName = "Make a document", Description = "Fills a Word or Excel template with what the workflow knows and files a new version.")]
[SetsVariables("document", "issuedDeal")]
public sealed class GenerateDocument : Activity
{
    /// <summary>File name of the template, for example <c>deal-memo.docx</c>.</summary>
    [Input(DisplayName = "Template", Description = "The Word or Excel template", UIHint = "dropdown", Options = ["office-templates"], Required = true)]
    public Input<string>? Template { get; init; }

    /// <summary>Kind of paperwork it is, for example <c>dealMemo</c>.</summary>
    [Input(DisplayName = "Kind of paperwork", Description = "What it counts as on the paperwork page", Required = true)]
    public Input<string>? Kind { get; init; }

    /// <summary>Whether this is the signed, frozen copy of the version before.</summary>
    [Input(DisplayName = "Signed copy", Description = "Makes the final copy of the same version, with signatures, that is never changed again")]
    public Input<bool>? SignedCopy { get; init; }

    /// <summary>The document made.</summary>
    [Output(DisplayName = "Document", Description = "Id, name, version and hash of the file")]
    public Output<object>? Document { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var flow = context.Workflow;
        var template = context.Get(Template) ?? throw new InvalidOperationException("No template is chosen for this document.");
        var kind = context.Get(Kind) ?? "document";
        var isSigned = context.Get(SignedCopy);
        var before = flow.GetVariable("document");
        var last = before["kind"].ToString() == kind ? (int)before["version"].AsNumber() : 0;
        var version = isSigned ? Math.Max(last, 1) : last + 1;
        var person = flow.GetVariable("person");
        var subject = person["id"].IsNullish ? null : person["id"].ToString();
        var title = PaperworkKind.NameOf(kind);
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{title}{(subject is null ? "" : " - " + person["name"])} - v{version}{(isSigned ? " signed" : "")}{Path.GetExtension(template)}");

        var data = Data(context, kind, version);
        var bookmark = context.CreateBookmark(new BookmarkRequest { Name = "Office.DocumentMade", Callback = OnMade });
        context.Send("document", OfficeValues.Fields(
            ("template", Value.From(template)),
            ("kind", Value.From(kind)),
            ("name", Value.From(name)),
            ("version", Value.From((double)version)),
            ("state", Value.From(isSigned ? "executed" : "issued")),
            ("subject", Value.From(subject)),
            ("hasDealTerms", Value.From(!flow.GetVariable("deal").IsNullish)),
            ("issuedAt", OfficeValues.Moment(flow.Now)),
            ("data", data)), bookmark);
        if (last > 0)
            context.Record("document", before["id"].ToString(), OfficeValues.Fields(("state", Value.From("superseded"))));
    }

    private void OnMade(ActivityExecutionContext context)
    {
        var made = context.Resumed;
        context.Workflow.SetVariable("document", made);
        context.Workflow.SetVariable("issuedDeal", context.Workflow.GetVariable("deal"));
        context.Set(Document, made);
        context.Note($"{made["name"]} was made");
        context.Complete();
    }

    private static Value Data(ActivityExecutionContext context, string kind, int version)
    {
        var flow = context.Workflow;
        var directory = context.GetService<OfficeDirectory>() ?? OfficeDirectory.Empty;
        var data = new ObjectValue();
        // Terms as issued hold the budget's rate, which stands on nobody's copy.
        foreach (var name in flow.VariableNames.Where(n => n != "issuedDeal"))
            data.Set(name, flow.GetVariable(name));

        var person = flow.GetVariable("person");
        var deal = flow.GetVariable("deal");
        foreach (var (name, value) in TemplateData.Added(directory, person, deal, kind, version, OfficeValues.Moment(flow.Now), flow.GetVariable("changes")))
            data.Set(name, value);
        if (deal.Kind == ValueKind.Object)
        {
            var terms = new ObjectValue();
            foreach (var key in deal.AsObject().Keys.Where(k => k != "budgetRate"))
                terms.Set(key, deal[key]);
            terms.Set("accountName", Value.From(directory.Budget.FirstOrDefault(b => b.Code == deal["accountCode"].ToString())?.Name));
            data.Set("deal", Value.From(terms));
        }

        if (data["signatures"].IsNullish)
            data.Set("signatures", OfficeValues.Fields(("employee", Value.Null), ("upm", Value.Null)));
        return Value.From(data);
    }
}
