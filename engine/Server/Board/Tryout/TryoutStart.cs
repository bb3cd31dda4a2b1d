using System.Globalization;
using System.Text.Json.Nodes;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Workflows.Deliveries;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>The form that begins a try-out: what the workflow asks for, who asks, and on which day.</summary>
internal sealed class TryoutStart
{
    private readonly StartForm _form;
    private readonly (string Id, string Type)? _trigger;
    private readonly OfficeDirectory _people;
    private readonly DateOnly _today;

    public TryoutStart(string definitionId, string? name, string json, OfficeDirectory people, DateOnly today)
    {
        _form = StartForm.Read(definitionId, name, json);
        _trigger = FlowMap.Trigger(JsonNode.Parse(json)?["root"] as JsonObject);
        (_people, _today) = (people, today);
    }

    public string Purpose => _form.Description;

    /// <summary>Whether the boxes can be filled with examples.</summary>
    public bool HasSample => !IsDelivery && _form.HasBoxes;

    private bool IsDelivery => _trigger is { Type: DeliveryLoggedTrigger.Stimulus };

    /// <summary>An example, by the names of the boxes; where it is about a hire, of somebody made up.</summary>
    public string? Sample(string name) => name switch
    {
        "name" => "Sample person",
        "role" => "Sample position",
        "department" => _people.Departments is [var first, ..] ? first.Id : null,
        "email" => "sample@example.com",
        "phone" => "000-0000",
        "rateType" => "weekly",
        "rate" => "1500",
        "startDate" => Text(_today.AddDays(14)),
        "endDate" => Text(_today.AddDays(55)),
        "person" => _form.AsksForTerms ? null : _people.People.OrderBy(p => p.SortName, StringComparer.Ordinal).FirstOrDefault()?.Id,
        _ => _form.AsksForTerms ? null : _form.Sample(name, _today),
    };

    public IReadOnlyList<FieldGroup> Groups(Func<string, string?> typed, IReadOnlyDictionary<string, string> problems)
    {
        if (!IsDelivery)
            return _form.Groups(typed, problems, _people, _ => true);

        var people = _people.People.OrderBy(p => p.SortName, StringComparer.Ordinal).Select(p => new Choice($"{p.SortName} · {p.Role} ({p.Id})", "")).ToList();
        return
        [
            new FieldGroup("The parcel",
            [
                new FieldView("person", "For", "text", typed("person") ?? "", people, "Somebody of the directory; empty for somebody nobody knows", problems.GetValueOrDefault("person")),
                new FieldView("from", "From", "text", typed("from") ?? "", []),
                new FieldView("pieces", "Pieces", "number", typed("pieces") ?? "1", [], null, problems.GetValueOrDefault("pieces")),
                new FieldView("perishable", "Perishable", "check", typed("perishable") ?? "", []),
            ]),
        ];
    }

    public FieldView By(string typed) => new(
        "by", "Asked by", "choice", typed, [.. _people.Accounts.Select(a => new Choice(a.Name, $"{a.DisplayName}, {BoardPages.RoleWords(a, _people)}"))], "Nobody decides on their own request, here as in the office");

    public FieldView On(string typed, string? problem) => new("on", "It begins on", "date", typed.Length > 0 ? typed : Text(_today), [], "The try-out has a clock of its own", problem);

    /// <summary>What the try-out begins with; what cannot be read is named.</summary>
    public (TryoutPlan Plan, Dictionary<string, string> Problems) Parse(Func<string, string> typed, string by, string on, TimeZoneInfo zone)
    {
        var (input, problems) = IsDelivery ? Delivery(typed) : _form.Parse(typed);
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || Math.Abs(day.Year - _today.Year) > 20)
        {
            problems["on"] = $"“{on}” is not a date the try-out can begin on. Write it as year-month-day, for example {Text(_today)}.";
            day = _today;
        }

        if (_form.AsksForPerson && problems.Count == 0)
            Check(input, problems);
        var local = day.ToDateTime(new TimeOnly(10, 0));
        return (new TryoutPlan(input, _people.Account(by)?.Name, new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime(), []), problems);
    }

    public static string DefaultBy(Caller caller, OfficeDirectory people) =>
        people.Account(caller.Account.Name)?.Name ?? people.Holders(OfficeRoles.ProductionCoordinator).FirstOrDefault()?.Name ?? "";

    private (JsonObject Input, Dictionary<string, string> Problems) Delivery(Func<string, string> typed)
    {
        var (input, problems) = (new JsonObject { ["from"] = typed("from") }, new Dictionary<string, string>());
        if (StartForm.PersonId(typed("person").Trim()) is { Length: > 0 } person)
        {
            input["person"] = person;
            if (_people.FindPerson(person) is null)
                problems["person"] = $"There is nobody “{person}” in the directory. Choose somebody of the list, or leave it empty.";
        }

        if (int.TryParse(typed("pieces"), NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) && pieces is > 0 and < 1000)
            input["pieces"] = pieces;
        else
            problems["pieces"] = $"“{typed("pieces")}” is no number of pieces. Give one from 1 to 999.";
        input["perishable"] = typed("perishable") is "true" or "on";
        return (input, problems);
    }

    private void Check(JsonObject input, Dictionary<string, string> problems)
    {
        try
        {
            var values = Value.ParseJson(input.ToJsonString());
            HireTerms.Read(values["person"], values, _people, "new");
        }
        catch (HireRequestException e)
        {
            problems[e.Field] = $"{e.Problem} {e.Remedy}";
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
