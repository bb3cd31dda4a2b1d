using System.Globalization;
using System.Text.Json.Nodes;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The form that a definition's inputs ask for.</summary>
internal sealed class StartForm
{
    private static readonly Choice[] RateTypes = [new("hourly", "hour"), new("daily", "day"), new("weekly", "week"), new("flat", "whole engagement")];

    private readonly List<StartInput> _inputs;

    private StartForm(string definitionId, string name, string description, bool isHire, List<StartInput> inputs)
    {
        (DefinitionId, Name, Description, IsHire, _inputs) = (definitionId, name, description, isHire, inputs);
    }

    public string DefinitionId { get; }

    public string Name { get; }

    public string Description { get; }

    /// <summary>Whether what is filled in is a hire request; others may ask for a person too.</summary>
    public bool IsHire { get; }

    public bool AsksForTerms => _inputs.Any(i => i.Hint is "rate-type") || AsksForPerson && _inputs.Any(i => i.Hint == "money");

    public bool HasBoxes => _inputs.Count > 0;

    public bool AsksForPerson => _inputs.Any(i => i.Hint == "person");

    /// <summary>Reads the inputs of a definition.</summary>
    public static StartForm Read(string definitionId, string? name, string json)
    {
        var definition = JsonNode.Parse(json)!;
        var inputs = (definition["inputs"] as JsonArray ?? []).OfType<JsonObject>().Where(i => Text(i, "name").Length > 0).Select(i => new StartInput(
            Text(i, "name"), Text(i, "displayName") is { Length: > 0 } label ? label : Text(i, "name"), Text(i, "description"), Text(i, "category"),
            Hint(Text(i, "uiHint"), Text(i, "type")), i["defaultValue"]?.ToString() ?? "")).ToList();
        return new StartForm(definitionId, name ?? definitionId, Text(definition, "description"), WorkflowDesk.IsHire(json), inputs);
    }

    /// <summary>The boxes, in groups, with what was typed and what is wrong with it.</summary>
    public IReadOnlyList<FieldGroup> Groups(Func<string, string?> typed, IReadOnlyDictionary<string, string> problems, OfficeDirectory people, Func<string?, bool> mayHire) =>
        [.. _inputs.GroupBy(i => i.Category).Select(g => new FieldGroup(g.Key, [.. g.Select(i => new FieldView(
            i.Name, i.Label, i.Hint switch { "person" => "text", "rate-type" => "choice", _ => i.Hint },
            typed(i.Name) is { } value ? Display(i, value, people) : i.Default, Options(i, people, mayHire),
            i.Description.Length > 0 ? i.Description : null, problems.GetValueOrDefault(i.Name)))]))];

    /// <summary>Something to try the form with, by the name of a box: readable, and nobody real; null where only the office knows.</summary>
    public string? Sample(string name, DateOnly today) => _inputs.Find(i => i.Name == name) is not { Default.Length: 0 } input ? null : input.Hint switch
    {
        "text" or "long" => $"Sample {(input.Label.Length > 1 && char.IsUpper(input.Label[1]) ? input.Label : char.ToLower(input.Label[0], CultureInfo.InvariantCulture) + input.Label[1..])}",
        "money" or "number" => "1500",
        "date" => today.AddDays(14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>What was filled in as the workflow's input; what cannot be read is named.</summary>
    public (JsonObject Input, Dictionary<string, string> Problems) Parse(Func<string, string> typed)
    {
        var input = new JsonObject();
        var problems = new Dictionary<string, string>();
        foreach (var field in _inputs)
        {
            var text = typed(field.Name).Trim();
            if (text.Length == 0)
                continue;

            switch (field.Hint)
            {
                case "money" or "number":
                    if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1_000_000_000)
                        input[field.Name] = number;
                    else
                        problems[field.Name] = $"“{text}” is not {(field.Hint == "money" ? "an amount" : "a number")}. Write it like 2650.50.";
                    break;
                case "date":
                    if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                        input[field.Name] = text;
                    else
                        problems[field.Name] = $"“{text}” is not a date. Write it as year-month-day, for example 2027-03-01.";
                    break;
                case "check":
                    input[field.Name] = text is "true" or "on";
                    break;
                case "person":
                    input[field.Name] = PersonId(text);
                    break;
                default:
                    input[field.Name] = text;
                    break;
            }
        }

        return (input, problems);
    }

    /// <summary>The id in what the list of people offers, for example <c>Ito, Kei · Set Costumer (C041)</c>; other text as it is.</summary>
    internal static string PersonId(string text) => text is [.., ')'] && text.LastIndexOf('(') is >= 0 and var open ? text[(open + 1)..^1].Trim() : text;

    private static string PersonLabel(Person person) => $"{person.SortName} · {person.Role} ({person.Id})";

    private static string Display(StartInput input, string value, OfficeDirectory people) =>
        input.Hint == "person" && people.Person(value) is { } person ? PersonLabel(person)
        : input.Hint == "department" && people.FindDepartment(value) is { } department ? department.Id
        : value;

    private static Choice[] Options(StartInput input, OfficeDirectory people, Func<string?, bool> mayHire) => input.Hint switch
    {
        "person" => [.. people.People.Where(p => p.CastNumber is null && mayHire(p.DepartmentId)).OrderBy(p => p.SortName, StringComparer.Ordinal).Select(p => new Choice(PersonLabel(p), ""))],
        "department" => [.. people.Departments.Where(d => mayHire(d.Id)).Select(d => new Choice(d.Id, d.Name))],
        "rate-type" => RateTypes,
        "text" when input.Name == "accountCode" => [.. people.Budget.Select(b => new Choice(b.Code, b.Name))],
        _ => [],
    };

    private static string Hint(string hint, string type) => (hint, type) switch
    {
        ("person" or "date" or "money" or "number" or "department" or "rate-type", _) => hint,
        ("multi-line" or "multiline", _) => "long",
        ("checkbox", _) or (_, "Boolean") => "check",
        (_, "Int32" or "Int64" or "Double" or "Decimal" or "Single") => "number",
        _ => "text",
    };

    private static string Text(JsonNode node, string name) => node[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private sealed record StartInput(string Name, string Label, string Description, string Category, string Hint, string Default);
}

/// <summary>Boxes that belong together.</summary>
/// <param name="Name">Heading; empty for none.</param>
/// <param name="Fields">The boxes.</param>
public sealed record FieldGroup(string Name, IReadOnlyList<FieldView> Fields);
