using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Documents;

/// <summary>Office records as templates see them.</summary>
public static class TemplateData
{
    /// <summary>The show with its office; null when there is none.</summary>
    public static Value Of(Production? production) => production is null ? Value.Null : OfficeValues.Fields(
        ("title", Value.From(production.Title)),
        ("workingTitle", Value.From(production.WorkingTitle)),
        ("productionNumber", Value.From(production.ProductionNumber)),
        ("company", Value.From(production.Company)),
        ("companyAddress", Value.From(production.CompanyAddress)),
        ("currency", Value.From(production.Currency)),
        ("timezone", Value.From(production.TimeZone)),
        ("office", OfficeValues.Fields(
            ("name", Value.From(production.OfficeName)),
            ("address", Value.From(production.OfficeAddress)),
            ("phone", Value.From(production.OfficePhone)),
            ("email", Value.From(production.OfficeEmail)))));

    /// <summary>What <see cref="GenerateDocument"/> adds for a person nobody knows, so that templates can be checked without a workflow: all its names, empty texts.</summary>
    public static Value Sample { get; } = Value.From(Added(
        new OfficeDirectory(new Production("", "", "", "", "", "", "", "", "", "", "", ""), [], [], [], []), Value.Undefined, Value.Undefined, "", 2, Value.From(""), OfficeValues.From(new[] { new TermChange("", "", "", false) })));

    /// <summary>What <see cref="GenerateDocument"/> adds to the variables of the workflow.</summary>
    internal static ObjectValue Added(OfficeDirectory directory, Value person, Value deal, string kind, int version, Value issuedAt, Value changes)
    {
        var added = new ObjectValue();
        added.Set("production", Of(directory.Production));
        added.Set("upm", Named(directory, OfficeRoles.UnitProductionManager));
        added.Set("lineProducer", Named(directory, OfficeRoles.LineProducer));
        added.Set("reportsTo", Value.From(directory.Person(directory.Department(person["departmentId"].ToString())?.HeadId) is { } head && head.Id != person["id"].ToString() ? head.Name : directory.Holders(OfficeRoles.UnitProductionManager).FirstOrDefault()?.DisplayName));
        added.Set("paperwork", StartPacket(deal));
        added.Set("document", OfficeValues.Fields(
            ("number", Value.From($"{directory.Production?.ProductionNumber}-{Initials(kind)}-{person["id"]}")),
            ("version", Value.From((double)version)),
            ("issuedAt", issuedAt),
            ("replaces", version > 1 ? Value.From(string.Create(CultureInfo.InvariantCulture, $"Version {version - 1}")) : Value.Null),
            ("changes", changes.Kind == ValueKind.List && version > 1 ? changes : Value.From(new ListValue()))));
        return added;
    }

    private static Value Named(OfficeDirectory directory, string role) =>
        OfficeValues.Fields(("name", Value.From(directory.Holders(role).FirstOrDefault()?.DisplayName)));

    private static Value StartPacket(Value deal)
    {
        var isLoanOut = !deal["loanOut"].IsNullish;
        var hasKit = deal["kitRentalPerWeek"].Kind == ValueKind.Number && deal["kitRentalPerWeek"].AsNumber() > 0;
        var forms = new ListValue();
        foreach (var kind in PaperworkKind.StartPacket)
        {
            var isNeeded = kind.Key switch
            {
                "dealMemo" => false,
                "w4" => !isLoanOut,
                "w9" or "loanOutAgreement" or "articlesOfIncorporation" => isLoanOut,
                "kitInventory" => hasKit,
                _ => true,
            };
            if (isNeeded)
                forms.Add(OfficeValues.Fields(("key", Value.From(kind.Key)), ("name", Value.From(kind.Name)), ("state", Value.From("missing"))));
        }

        return Value.From(forms);
    }

    private static string Initials(string kind) => kind == "dealMemo" ? "DM" : kind.ToUpperInvariant();
}
