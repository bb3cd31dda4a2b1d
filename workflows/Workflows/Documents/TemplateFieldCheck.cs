using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Expressions;
using ProductionOffice.Expressions.Text;
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
    private static readonly Dictionary<string, string[]?> Provided = new(
        TemplateData.Sample.AsObject().Select(field => KeyValuePair.Create(field.Key, FieldsOf(field.Value))).Append(new("signatures", null)), StringComparer.Ordinal);

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

        return [.. template.Fields.Where(f => !f.Optional).Select(f => Missing(activity, path, name, f, known)).OfType<DefinitionProblem>()];
    }

    /// <summary>A name that nothing provides, or a field that is nearly one that is provided; other fields may be meant to be missing (<c>#if</c> around them).</summary>
    private static DefinitionProblem? Missing(Activity activity, string path, string name, TemplateField field, Dictionary<string, string[]?> known)
    {
        var root = Root(field.Path);
        if (root.Length == 0)
            return null;

        var place = field.Places.Count > 0 ? $" ({field.Places[0]})" : "";
        var message = $"The template '{name}' of '{activity.Id}' asks for {{{{{field.Path}}}}}{place}, which nothing provides.";
        if (!known.TryGetValue(root, out var fields))
            return Problem("UnknownField", activity, path, field.Path, message, $"Declare the variable '{root}' and give it that value before, or change the template.");

        var next = field.Path.Split('.') is [_, var step, ..] ? Bare(step) : "length";
        if (fields is null || next == "length" || fields.Contains(next))
            return null;
        return Nearest.To(next, fields, 1) is [var near, ..] ? Problem("UnknownField", activity, path, field.Path, message, $"Did you mean {{{{{root}.{near}}}}}?") : null;
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

    private static string[]? FieldsOf(Value value) => value.Kind switch
    {
        ValueKind.Object => [.. value.AsObject().Keys],
        ValueKind.List when value.AsList() is [{ Kind: ValueKind.Object } item, ..] => [.. item.AsObject().Keys],
        _ => null,
    };

    private static string Root(string path) => Bare(path.Split('.')[0]);

    private static string Bare(string step) => step.EndsWith("[]", StringComparison.Ordinal) ? step[..^2] : step;

    private static DefinitionProblem Problem(string code, Activity activity, string path, string value, string message, string remedy) =>
        new(code, true, activity.Id, path, value, message, remedy, activity.DisplayText);
}
