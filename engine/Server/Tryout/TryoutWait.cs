using System.Globalization;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Bookmarks;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Workflows;
using ProductionOffice.Workflows.Deliveries;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Tryout;

/// <summary>Something a try-out waits for that somebody can bring about.</summary>
/// <param name="Bookmark">The place where it waits.</param>
/// <param name="Index">Which wait of its activity it is, oldest first, from 0.</param>
/// <param name="Title">One line.</param>
/// <param name="Holder">Who has it, in words.</param>
/// <param name="Role">Key of that role; <c>person</c>, <c>desk</c> or <c>outside</c> when it is none.</param>
/// <param name="Choices">What can be chosen.</param>
/// <param name="Task">The task, when people are asked.</param>
internal sealed record TryoutWait(
    Bookmark Bookmark, int Index, string Title, string Holder, string Role, IReadOnlyList<TaskOutcome> Choices, OfficeTask? Task)
{
    public DateTimeOffset? Due => Task?.Due;

    /// <summary>Whether it is asked for, not only possible.</summary>
    public bool IsAsked => Task?.IsOffered ?? true;

    /// <summary>All waits among bookmarks, oldest first; reminders, deadlines and effects are none.</summary>
    public static IReadOnlyList<TryoutWait> Of(IEnumerable<Bookmark> bookmarks, OfficeDirectory directory)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var waits = new List<TryoutWait>();
        foreach (var bookmark in bookmarks)
        {
            if (Read(bookmark, directory) is not { } wait)
                continue;

            var index = counts.GetValueOrDefault(bookmark.ActivityId);
            counts[bookmark.ActivityId] = index + 1;
            waits.Add(wait with { Index = index });
        }

        return waits;
    }

    /// <summary>What wakes the activity when a choice other than a task's outcome is made.</summary>
    public Value Input(string choice, DateTimeOffset now)
    {
        switch (Bookmark.Name)
        {
            case WaitForPickup.Stimulus when choice == TakenBack:
                return OfficeValues.Fields(("takenBack", Value.True), ("reason", Value.From("logged in error")));
            case WaitForPickup.Stimulus:
                return OfficeValues.Fields(("collector", Value.From(Recipient())), ("at", OfficeValues.Moment(now)));
            case var name when IsWebRequest(name):
                return int.TryParse(choice.AsSpan(choice.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                    ? OfficeValues.Fields(("statusCode", Value.From((double)status)), ("content", Value.From(new ObjectValue())), ("headers", Value.From(new ObjectValue())))
                    : OfficeValues.Fields(("error", Value.From(choice)));
            default:
                return Value.Null;
        }
    }

    private const string TakenBack = "Taken back";

    private static TryoutWait? Read(Bookmark bookmark, OfficeDirectory directory)
    {
        if (CommitStatements.ReadTask(bookmark) is var (task, _))
            return new TryoutWait(bookmark, 0, task.Title, Has(task, directory), task.Kind == "signature" ? "person" : task.Role, task.Outcomes, task);
        if (bookmark.DueAt is not null || bookmark.Name is "Office.DocumentMade" || IsChild(bookmark.Name))
            return null;

        return bookmark.Name switch
        {
            WaitForArrival.Stimulus => new(bookmark, 0, Sentence(Waiting(bookmark)), "Front desk", "desk", [new("Checks in", false)], null),
            WaitForPickup.Stimulus => new(bookmark, 0, Sentence(Waiting(bookmark)), "Front desk", "desk", [new("Picked up", false), new(TakenBack, false)], null),
            "Elsa.Event" => new(bookmark, 0, $"The event '{Field(bookmark.Stimulus, "eventName")}'", "Another workflow or program", "outside", [new("It happens", false)], null),
            "Elsa.RunTask" => new(bookmark, 0, $"The task '{Field(bookmark.Payload, "taskName")}'", "Another program", "outside", [new("Done", false)], null),
            "Elsa.HttpEndpoint" => new(bookmark, 0, $"A request to '{Field(bookmark.Stimulus, "path")}'", "Another program", "outside", [new("It comes", false)], null),
            var name when IsWebRequest(name) => new(bookmark, 0, "An answer to a web request (it was not sent)", "Another program", "outside",
                [new("Answers 200", false), new("Answers 404", false), new("Answers 500", false), new("Failed to connect", false), new("Timeout", false)], null),
            var name => new(bookmark, 0, Waiting(bookmark) is { } text ? Sentence(text) : $"What wakes '{name}'", "Somebody", "outside", [new("Go on", false)], null),
        };
    }

    private static string Has(OfficeTask task, OfficeDirectory directory) => directory.Accounts.Any(a => Desk.TaskDesk.WhyNot(task, a) is null) || directory.Holders(task.Role).Any()
        ? TaskQuery.Holder(task, directory)
        : $"{OfficeRoles.Title(task.Role)} (no account holds this role yet)";

    private static bool IsWebRequest(string name) => name is "Elsa.SendHttpRequest" or "Elsa.FlowSendHttpRequest";

    private static bool IsChild(string name) => name is "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" or "Elsa.BulkDispatchWorkflows";

    private string Recipient() => Waiting(Bookmark)?.Split(" to fetch ")[0] ?? "the recipient";

    private static string? Waiting(Bookmark bookmark) => Field(bookmark.Payload, "waitingFor");

    private static string Sentence(string? text) => text is { Length: > 0 } ? $"{char.ToUpperInvariant(text[0])}{text[1..]}" : "Somebody at the front desk";

    private static string? Field(string? json, string name) => json is null ? null : (JsonNode.Parse(json) as JsonObject)?[name]?.ToString();
}
