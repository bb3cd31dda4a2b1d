using System.Globalization;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Expressions;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Drawings;
using ProductionOffice.Workflows.Deliveries;

namespace ProductionOffice.Server.Tryout.Simulating;

/// <summary>What each run of a simulation is started with: the crew of the directory in turn, or somebody made up where there is none.</summary>
internal sealed class SampleStarts
{
    private readonly SimulationPlan _plan;
    private readonly OfficeDirectory _directory;
    private readonly (string Id, string Type)? _trigger;
    private readonly HashSet<string> _inputs;
    private readonly List<Person> _people;
    private readonly Dictionary<int, DateOnly> _firstDays = [];

    public SampleStarts(TryoutSetting setting, SimulationPlan plan)
    {
        var definition = DefinitionReader.Read(setting.Json);
        (_plan, _directory) = (plan, setting.Directory);
        DefinitionId = definition.DefinitionId;
        _trigger = FlowMap.Trigger(definition.Root);
        _inputs = definition.Inputs.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        _people = [.. _directory.People.Where(p => p.CastNumber is null && (p.Deal is not null || !_inputs.Contains("person"))).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    public string DefinitionId { get; }

    /// <summary>The first day of work of a start; null when its workflow asks for none.</summary>
    public DateOnly? FirstDayOfWork(int number) => _firstDays.TryGetValue(number, out var day) ? day : null;

    public StartRequest Of(int number, DateOnly day, TryoutStage stage)
    {
        var person = _people.Count > 0 ? _people[number % _people.Count] : null;
        var input = new ObjectValue();
        if (_inputs.Contains("person") && person is not null)
            input.Set("person", Value.From(person.Id));
        else if (_inputs.Contains("name"))
            MakeUp(input, number);
        if (_inputs.Contains("startDate"))
        {
            _firstDays[number] = day.AddDays(_plan.LeadDays);
            Set(input, "startDate", Text(_firstDays[number]));
            Set(input, "endDate", Text(_firstDays[number].AddDays(41)));
        }

        if (_trigger is { Type: DeliveryLoggedTrigger.Stimulus } && person is not null)
            input.Set("person", Value.From(person.Id));
        return new StartRequest
        {
            DefinitionId = DefinitionId,
            Input = _trigger is null ? input : null,
            Actor = Asks(person),
            TriggerActivityId = _trigger?.Id,
            TriggerInput = _trigger is null ? Value.Undefined : _trigger.Value.Type == DeliveryLoggedTrigger.Stimulus ? SampleDelivery.Of(input, _directory, stage.Now) : Value.From(input),
        };
    }

    /// <summary>The head of the person's department where they have an account, else somebody who may ask for people.</summary>
    private string? Asks(Person? person) =>
        (_directory.Accounts.FirstOrDefault(a => a.Is(OfficeRoles.DepartmentHead) && a.DepartmentId == person?.DepartmentId && a.PersonId != person?.Id)
            ?? _directory.Holders(OfficeRoles.ProductionCoordinator).FirstOrDefault())?.Name;

    private void MakeUp(ObjectValue input, int number)
    {
        Set(input, "name", string.Create(CultureInfo.InvariantCulture, $"Sample person {number + 1}"));
        Set(input, "role", "Sample position");
        Set(input, "department", _directory.Departments is [var first, ..] ? first.Id : "");
        Set(input, "email", "sample@example.com");
        Set(input, "rateType", "weekly");
        Set(input, "rate", "1500");
    }

    private void Set(ObjectValue input, string name, string value)
    {
        if (_inputs.Contains(name))
            input.Set(name, Value.From(value));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
