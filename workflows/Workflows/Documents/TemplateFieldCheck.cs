using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Office.People;
using ProductionOffice.Templates;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Workflows.Documents;

/// <summary>Checks that the templates a workflow fills exist, can be read, and ask for nothing that nobody provides.</summary>
/// <param name="find">The template of a file name; null when there is none. May throw <see cref="TemplateException"/>.</param>
/// <param name="names">Names of the templates there are, for suggestions.</param>
public sealed class TemplateFieldCheck(Func<string, Template?> find, Func<IEnumerable<string>> names)
{
    /// <summary>What the activity itself provides beside the workflow's variables; null where the fields are not known.</summary>
    private static readonly Dictionary<string, string[]?> Provided = new(StringComparer.Ordinal)
    {
        ["production"] = ["title", "workingTitle", "productionNumber", "company", "companyAddress", "currency", "timezone", "office"],
        ["document"] = ["number", "version", "issuedAt", "replaces", "changes"],
        ["upm"] = ["name"],
        ["lineProducer"] = ["name"],
        ["reportsTo"] = null,
        ["paperwork"] = ["key", "name", "state"],
        ["signatures"] = null,
    };

    /// <summary>Checks all activities of a definition that fill a template.</summary>
    public IEnumerable<DefinitionProblem> Check(IReadOnlyList<PlacedActivity> activities, IReadOnlySet<string> variables)
    {
        ArgumentNullException.ThrowIfNull(activities);
        ArgumentNullException.ThrowIfNull(variables);
        var known = Known(activities, variables);
        foreach (var (activity, path) in activities)
        {
            if (activity is not GenerateDocument { Template: { ExpressionType: "Literal" } input } || (string?)input.Json?["expression"]?["value"] is not { Length: > 0 } name)
                continue;
            foreach (var problem in Check(activity, $"{path}.template", name, known))
                yield return problem;
        }
    }

    private List<DefinitionProblem> Check(Activity activity, string path, string name, Dictionary<string, string[]?> known)
    {
        Template? template;
        try
        {
            template = find(name);
        }
        catch (TemplateException broken)
        {
            return [Problem("BrokenTemplate", activity, path, name, $"The template '{name}' of '{activity.Id}' has {broken.Errors.Count} error(s), the first: {broken.Errors[0].Message}", "Correct the file; 'office template check' lists all.")];
        }

        if (template is null)
        {
            var near = names().Order(StringComparer.Ordinal).ToList();
            return [Problem("UnknownTemplate", activity, path, name, $"'{activity.Id}' fills the template '{name}', and there is no such file.", near.Count == 0 ? "Put the file there." : $"There are {string.Join(", ", near)}.")];
        }

        var answered = template.Fields.Where(f => f.Optional).Select(f => f.Path).ToList();
        return
        [
            .. template.Fields
                .Where(f => !f.Optional && !answered.Exists(a => f.Path.StartsWith(a + ".", StringComparison.Ordinal) || f.Path.StartsWith(a + "[]", StringComparison.Ordinal)))
                .Where(f => IsMissing(f.Path, known))
                .Select(f => Problem("UnknownField", activity, path, f.Path,
                    $"The template '{name}' of '{activity.Id}' asks for {{{{{f.Path}}}}}{(f.Places.Count > 0 ? $" ({f.Places[0]})" : "")}, which nothing provides.",
                    $"Declare the variable '{Root(f.Path)}' and give it that value before, or change the template.")),
        ];
    }

    private static Dictionary<string, string[]?> Known(IReadOnlyList<PlacedActivity> activities, IReadOnlySet<string> variables)
    {
        // Terms as issued hold the budget's rate and are never shown to a template.
        var known = variables.Where(v => v != "issuedDeal").ToDictionary(v => v, _ => (string[]?)null, StringComparer.Ordinal);
        foreach (var scoped in activities.SelectMany(a => DeclaredBy(a.Activity)))
            known.TryAdd(scoped, null);
        foreach (var (name, fields) in Provided)
            known[name] = fields;
        if (activities.Any(a => a.Activity is HireRequest))
        {
            known["person"] = [.. HireTerms.PersonValue(new Person("", "", "", "", "", "", "", false, null), OfficeDirectory.Empty).AsObject().Keys];
            known["deal"] = [.. typeof(DealTerms).GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).Where(p => p != "budgetRate"), "accountName"];
        }

        return known;
    }

    private static IEnumerable<string> DeclaredBy(Activity activity) =>
        activity.Json["variables"] is System.Text.Json.Nodes.JsonArray declared ? declared.Select(v => (string?)v?["name"]).OfType<string>() : [];

    private static bool IsMissing(string path, Dictionary<string, string[]?> known)
    {
        var steps = path.Split('.');
        var root = Root(path);
        if (!known.TryGetValue(root, out var fields))
            return true;
        return fields is not null && steps.Length > 1 && steps[1] is var next && next != "length" && !fields.Contains(next.EndsWith("[]", StringComparison.Ordinal) ? next[..^2] : next);
    }

    private static string Root(string path) => path.Split('.')[0] is var root && root.EndsWith("[]", StringComparison.Ordinal) ? root[..^2] : root;

    private static DefinitionProblem Problem(string code, Activity activity, string path, string value, string message, string remedy) =>
        new(code, true, activity.Id, path, value, message, remedy, activity.DisplayText);
}
