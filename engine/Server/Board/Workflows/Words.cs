using System.Globalization;
using System.Text.RegularExpressions;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>Says what the engine knows of a workflow as the office says it.</summary>
internal static partial class Words
{
    /// <summary>A value that is chosen from a list: roles by their title, states by their word.</summary>
    public static string Choice(InputDescriptor input, string value) => input.Options is ["paperwork-states"] ? PaperworkState.Of(value).Word : value switch
    {
        "person" => "The person",
        "requester" => "Who asked",
        _ => OfficeRoles.Title(value),
    };

    /// <summary>A span in the two units that matter: <c>3 d 4 h</c>, <c>25 min</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => "under a minute",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h{(span.Minutes == 0 ? "" : $" {span.Minutes} min")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.Days} d{(span.Hours == 0 ? "" : $" {span.Hours} h")}"),
    };

    /// <summary>A problem with the names on the canvas instead of ids, and what a person at the canvas can do; null for what only concerns other programs.</summary>
    public static ProblemView? Problem(DefinitionProblem problem, WorkflowDefinition definition, ActivityRegistry registry)
    {
        if (problem.Code == "NoTypeName")
            return null;

        var labels = Labels(definition);
        var text = Quoted().Replace(problem.Message, m => labels.TryGetValue(m.Groups[1].Value, out var label) ? $"'{label}'" : m.Value);
        text = TypeName().Replace(text, m => registry.Find(m.Groups[1].Value) is { } known ? $" ({known.DisplayName})" : m.Value);
        if (problem.ActivityName is { } name && !text.Contains(name, StringComparison.Ordinal))
            text = $"'{name}': {text}";
        return new ProblemView(char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..], Remedy(problem));
    }

    /// <summary>A sentence of the engine without the ids that stand behind names.</summary>
    public static string WithoutIds(string sentence) => IdBehind().Replace(sentence, "'$1'");

    private static string Remedy(DefinitionProblem problem) => problem.Code switch
    {
        "MissingInput" => "Open the step and fill that box in.",
        "UnknownActivity" => $"Delete the step that is drawn red and put another in its place.{(problem.Remedy.StartsWith("Did", StringComparison.Ordinal) ? " " + problem.Remedy : "")}",
        "UnknownPort" => $"Draw the connection again from one of the step's own outcomes. {problem.Remedy}",
        "DanglingConnection" or "BadConnection" => "Delete that connection and draw it again.",
        "OpenOutcome" => "Draw a connection from it, or leave it if nothing should happen then.",
        "Unreachable" => "Draw a connection to it, or delete it.",
        "BackwardConnection" => "Lead the connection back to a step that every way goes through.",
        "JoinNeverFires" or "JoinMayNotFire" => "Open the join and let it wait for all branches that were taken, or for the first.",
        "BadExpression" or "UnknownExpression" => $"Correct the formula in that box. {problem.Remedy}",
        "NoRoot" => "Open it and draw at least one step.",
        "BrokenTemplate" => "Correct the Word or Excel file under Documents, or choose another template in the step.",
        _ => problem.Remedy,
    };

    private static Dictionary<string, string> Labels(WorkflowDefinition definition)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(definition.Root);
        return labels;

        void Collect(System.Text.Json.Nodes.JsonNode? json)
        {
            if (json is System.Text.Json.Nodes.JsonArray list)
            {
                foreach (var item in list)
                    Collect(item);
            }
            else if (json is System.Text.Json.Nodes.JsonObject fields)
            {
                if (Text(fields["id"]) is { } id && Text(fields["type"]) is not null)
                    labels[id] = Text(fields["metadata"]?["displayText"]) ?? Text(fields["name"]) ?? id;
                foreach (var (_, field) in fields)
                    Collect(field);
            }
        }
    }

    private static string? Text(System.Text.Json.Nodes.JsonNode? json) => json is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex(@"'([^']+)' \(\w+\)")]
    private static partial Regex IdBehind();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@" \(((?:Office|Elsa)\.\w+)\)")]
    private static partial Regex TypeName();
}
