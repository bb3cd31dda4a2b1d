using ProductionOffice.Expressions;
using ProductionOffice.Office.People;

namespace ProductionOffice.Server.Tryout.Kept;

/// <summary>The part of the directory that a kept run needs, so that it comes out the same wherever and whenever it runs.</summary>
internal static class SampleDirectory
{
    /// <summary>Those the run is about with their terms, who decides, and heads of departments; of everybody else nothing, and of those who decide no terms.</summary>
    public static OfficeDirectory Of(OfficeDirectory directory, TryoutPlan plan, TryoutRun run)
    {
        var about = About(directory, plan, run).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var departments = about.Select(id => directory.Person(id)?.DepartmentId).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (plan.Input["department"]?.ToString() is { Length: > 0 } named && directory.FindDepartment(named) is { } department)
            departments.Add(department.Id);
        var decide = directory.Accounts.Select(a => a.PersonId).Concat(directory.Departments.Select(d => d.HeadId)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);

        // Somebody new is paid by what the budget holds for the same work in the same department.
        var isNew = about.Count == 0;
        var people = directory.People
            .Where(p => about.Contains(p.Id) || decide.Contains(p.Id) || (isNew && departments.Contains(p.DepartmentId)))
            .Select(p => about.Contains(p.Id) || (isNew && departments.Contains(p.DepartmentId)) ? p : p with { Deal = null, Phone = "", IsDistantHire = false });
        return new OfficeDirectory(directory.Production, directory.Departments, [.. people], directory.Accounts, directory.Budget);
    }

    private static IEnumerable<string> About(OfficeDirectory directory, TryoutPlan plan, TryoutRun run)
    {
        foreach (var (_, value) in Value.ParseJson(plan.Input.ToJsonString()).AsObject())
        {
            if (value.Kind == ValueKind.String && directory.FindPerson(value.AsString()) is { } given)
                yield return given.Id;
        }

        foreach (var part in run.Stage.Store.Instances.SelectMany(i => i.CorrelationId?.Split(':') ?? []))
        {
            if (directory.Person(part) is { } person)
                yield return person.Id;
        }
    }
}
