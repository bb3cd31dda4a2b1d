using ProductionOffice.Expressions;
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
}
