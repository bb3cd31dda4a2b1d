using System.Globalization;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Effects;
using ProductionOffice.Templates;
using ProductionOffice.Workflows;
using ProductionOffice.Workflows.Documents;

namespace ProductionOffice.Server.Desk;

/// <summary>The crew list as a workbook: by department in billing order, cast by agent; no rates, no home addresses.</summary>
internal sealed class CrewList(TemplateShelf templates, DirectoryCache directory, TimeProvider clock)
{
    private const string TemplateName = "crew-list.xlsx";

    /// <summary>The list as of now, filled into the coordinator's template.</summary>
    /// <exception cref="OfficeProblem">The template is missing or broken.</exception>
    public (byte[] Bytes, string Name) Make()
    {
        var now = Now();
        try
        {
            using var output = new MemoryStream();
            templates.Find(TemplateName).Render(Data(now), new RenderOptions { Now = now, TimeZone = Zone() }, output);
            return (output.ToArray(), $"Crew list {now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.xlsx");
        }
        catch (Exception e) when (e is EffectFailedException or TemplateException)
        {
            throw new OfficeProblem(422, "template-broken", e.Message, $"Correct {TemplateName} in the templates folder; 'office template check {TemplateName}' lists every error.");
        }
    }

    /// <summary>The list as a file to keep.</summary>
    public IResult Answer()
    {
        var (bytes, name) = Make();
        return Results.File(bytes, ContentTypes.Of(name), name);
    }

    private Value Data(DateTimeOffset now)
    {
        var departments = new ListValue();
        foreach (var department in directory.Current.Departments)
        {
            var people = new ListValue();
            foreach (var person in directory.Current.People.Where(p => p.DepartmentId == department.Id && p.CastNumber is null))
                people.Add(OfficeValues.Fields(("role", Value.From(person.Role)), ("name", Value.From(person.Name)), ("phone", Text(person.Phone)), ("email", Text(person.Email))));
            if (people.Count > 0)
                departments.Add(OfficeValues.Fields(("name", Value.From(department.Name)), ("people", Value.From(people))));
        }

        var cast = new ListValue();
        foreach (var person in directory.Current.People.Where(p => p.CastNumber is not null).OrderBy(p => p.CastNumber))
        {
            // Cast phones never print: they are reached through the agent.
            cast.Add(OfficeValues.Fields(
                ("castNumber", Value.From((double)person.CastNumber!)), ("name", Value.From(person.Name)), ("character", Value.From(person.Role)),
                ("agency", Text(person.Agency)), ("agentPhone", Text(person.AgentPhone))));
        }

        return OfficeValues.Fields(
            ("production", TemplateData.Of(directory.Current.Production)),
            ("date", Value.From(now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            ("issuedAt", OfficeValues.Moment(now)),
            ("version", Value.From(now.ToString("MMdd-HHmm", CultureInfo.InvariantCulture))),
            ("departments", Value.From(departments)),
            ("cast", Value.From(cast)));
    }

    private TimeZoneInfo Zone() => TimeZoneInfo.FindSystemTimeZoneById(directory.Current.Production?.TimeZone ?? "UTC");

    private DateTimeOffset Now() => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone());

    private static Value Text(string? text) => Value.From(string.IsNullOrEmpty(text) ? null : text);
}
