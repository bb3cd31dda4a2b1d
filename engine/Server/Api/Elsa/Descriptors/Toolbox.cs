using ProductionOffice.Server.Api.Elsa.Definitions;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary>The steps a UPM draws with: few, in groups of the office, in its words. Everything else can be read and run, but is not offered.</summary>
internal static class Toolbox
{
    private const string Approvals = "Approvals";
    private const string Paperwork = "Paperwork";
    private const string Messages = "Messages";
    private const string FrontDesk = "Front desk";
    private const string Time = "Time";
    private const string Decide = "Decide and branch";
    private const string StartAndFinish = "Start and finish";

    /// <summary>Every step that is offered.</summary>
    public static IReadOnlyDictionary<string, Tool> Tools { get; } = new Tool[]
    {
        new("Office.RequestApproval", Approvals) { Hidden = ["Choices", "Details"] },
        new(ChoiceSteps.Type, Approvals, "Ask to choose", "Asks a role to choose one of the answers you write; each answer has a path of its own.") { Hidden = ["Details"] },
        new("Office.Countersign", Approvals),
        new("Office.AllowWithdrawal", Approvals),
        new("Office.GenerateDocument", Paperwork),
        new("Office.WaitForSignature", Paperwork),
        new("Office.UpdatePaperwork", Paperwork),
        new("Office.HireRequest", Paperwork),
        new("Office.ReviseTerms", Paperwork),
        new("Office.Notify", Messages),
        new("Office.DeliveryLogged", FrontDesk),
        new("Office.WaitForPickup", FrontDesk),
        new("Office.WaitForArrival", FrontDesk),
        new("Elsa.Delay", Time, "Wait a while", "Goes on after the time you give."),
        new("Elsa.StartAt", Time, "Wait until a date", "Goes on at the day and hour you give; at once when that is past."),
        new("Elsa.FlowDecision", Decide, "Yes or no?", "Goes one way when the answer is yes, the other way when it is no."),
        new("Elsa.FlowJoin", Decide, "Bring paths together", "Goes on when the paths that lead here have arrived."),
        new("Elsa.Start", StartAndFinish, "Start", "Where the workflow begins."),
        new("Elsa.End", StartAndFinish, "End", "Where the workflow ends."),
        new("Elsa.ExecuteWorkflow", StartAndFinish, "Run another workflow", "Starts another workflow of the office.") { Hidden = ["CorrelationId", "Input"] },
    }.ToDictionary(t => t.Type);

    private static readonly Dictionary<(string Type, string Input), InputWords> Inputs = new()
    {
        [(ChoiceSteps.Type, "Choices")] = new("Answers", "Write each answer and press Enter.", "dynamic-outcomes"),
        [("Office.GenerateDocument", "Kind")] = new(Choices: "paperwork-kinds"),
        [("Office.UpdatePaperwork", "Kind")] = new(Choices: "paperwork-kinds"),
        [("Office.HireRequest", "Person")] = new(Choices: "people"),
        [("Elsa.Delay", "TimeSpan")] = new("How long", "Hours:minutes:seconds, or days.hours:minutes:seconds: 3.00:00:00 is three days."),
        [("Elsa.StartAt", "DateTime")] = new("Until when", "Day and hour.", "datetime-picker"),
        [("Elsa.FlowDecision", "Condition")] = new("Is it so?", "A yes-or-no field, or a text with fields that says true or false.", "singleline", Syntax: "Liquid"),
        [("Elsa.FlowJoin", "Mode")] = new("Go on", "With all paths that were taken, with all there are, or with the first.", Choices: "join-modes"),
        [("Elsa.ExecuteWorkflow", "WorkflowDefinitionId")] = new("Workflow", "The workflow to run.", Choices: "workflows"),
        [("Elsa.ExecuteWorkflow", "WaitForCompletion")] = new("Wait for it", "Goes on only when it has ended."),
        [("Elsa.DispatchWorkflow", "WorkflowDefinitionId")] = new(Choices: "workflows"),
        [("Elsa.BulkDispatchWorkflows", "WorkflowDefinitionId")] = new(Choices: "workflows"),
        [("Elsa.FlowFork", "Branches")] = new(Hint: "dynamic-outcomes"),
    };

    /// <summary>Inputs that the engine reads by itself and the Studio has editors for.</summary>
    private static readonly Dictionary<string, (string Name, string Hint)> Plain = new()
    {
        ["Elsa.SetVariable"] = ("Variable", "variable-picker"),
        ["Elsa.FlowSwitch"] = ("Cases", "flow-switch-editor"),
        ["Elsa.Switch"] = ("Cases", "switch-editor"),
    };

    private static readonly Dictionary<(string Type, string Port), string> Ports = new()
    {
        [("Elsa.FlowDecision", "True")] = "Yes",
        [("Elsa.FlowDecision", "False")] = "No",
    };

    public static InputWords WordsFor(string type, string input) => Inputs.GetValueOrDefault((type, input)) ?? new InputWords();

    /// <summary>An input that holds a value as it is, beside those the type declares; null when there is none.</summary>
    public static InputJson? PlainInput(string type) =>
        Plain.TryGetValue(type, out var input) ? new InputJson { Name = input.Name, TypeName = "Object", DisplayName = input.Name, IsBrowsable = true, IsWrapped = false, UiHint = input.Hint } : null;

    public static string PortWord(string type, string port) => Ports.GetValueOrDefault((type, port), port);

    /// <summary>The field of a step that lists its outcomes, each a port; null when its ports are fixed.</summary>
    public static string? OutcomesInput(string type) => type switch
    {
        ChoiceSteps.Type => "choices",
        "Elsa.FlowFork" => "branches",
        "Elsa.RunJavaScript" => "possibleOutcomes",
        _ => null,
    };

    /// <summary>Outcomes that such a step has besides.</summary>
    public static IReadOnlyList<string> FixedOutcomes(string type) => type == "Elsa.RunJavaScript" ? ["Done"] : [];
}

/// <summary>A step that is offered.</summary>
/// <param name="Name">Its label; null for the one it brings along.</param>
/// <param name="Description">One sentence; null for the one it brings along.</param>
internal sealed record Tool(string Type, string Category, string? Name = null, string? Description = null)
{
    /// <summary>Inputs for developers.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];
}

/// <summary>How an input is shown, where that differs from what it brings along.</summary>
internal sealed record InputWords(string? Name = null, string? Description = null, string? Hint = null, string? Choices = null, string? Syntax = null);
