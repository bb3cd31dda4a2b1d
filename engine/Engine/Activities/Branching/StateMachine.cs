using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>States with entry and exit, joined by transitions that wait for their triggers.</summary>
/// <remarks>Follows Elsa 3: on entering, the entry runs, then all outbound triggers wait; the first whose condition holds cancels the others.</remarks>
[Activity("Elsa.StateMachine", "Flow", DisplayName = "State Machine", Description = "Executes a state machine made of named states and trigger-driven transitions.")]
internal sealed class StateMachine : Activity
{
    private const string CurrentState = "currentState";
    private State[] _states = [];
    private Transition[] _transitions = [];
    private string? _initial;

    internal bool HasState(string name) => Array.Exists(_states, s => s.Name == name);

    /// <summary>The transition here that is another version's transition of that number; null when there is none.</summary>
    internal int? TransitionOf(StateMachine other, int index)
    {
        if (index < 0 || index >= other._transitions.Length)
            return null;

        var wanted = other._transitions[index];
        return Array.FindIndex(_transitions, t => t.From == wanted.From && t.To == wanted.To && t.Trigger?.Id == wanted.Trigger?.Id) is >= 0 and var found ? found : null;
    }

    internal override void Bind(ActivityBinder binder)
    {
        _states = [.. DefinitionJson.Objects(binder.Json["states"]).Select((json, i) => new State(
            DefinitionJson.Text(json["name"]) ?? "", binder.Child(json["entry"], $"states[{i}].entry"), binder.Child(json["exit"], $"states[{i}].exit")))];
        _transitions = [.. DefinitionJson.Objects(binder.Json["transitions"]).Select((json, i) => new Transition(
            i, DefinitionJson.Text(json["from"]) ?? "", DefinitionJson.Text(json["to"]) ?? "", binder.Child(json["trigger"], $"transitions[{i}].trigger"),
            binder.FreeInput<bool>(json["condition"], $"transitions[{i}].condition"), binder.Child(json["action"], $"transitions[{i}].action")))];
        _initial = DefinitionJson.Text(binder.Json["initialState"]);
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        if (_initial is not null)
            context.State.Set(CurrentState, Value.From(_initial));
        Enter(context);
    }

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        var (step, index) = Read(child.Tag);
        if (step == "entry")
        {
            Wait(context);
            return;
        }

        var transition = _transitions[index];
        if (transition.From != At(context))
            return;

        switch (step)
        {
            case "trigger" when !TryTake(context, transition, child):
                context.Schedule(transition.Trigger, child.Tag);
                break;
            case "exit":
                Act(context, transition);
                break;
            case "action":
                Arrive(context, transition);
                break;
        }
    }

    private static string? At(ActivityExecutionContext context) => context.State.TryGet(CurrentState, out var state) && state.Kind == ValueKind.String ? state.AsString() : null;

    private static (string Step, int Index) Read(string? tag)
    {
        var colon = tag!.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (tag, -1) : (tag[..colon], int.Parse(tag.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Enter(ActivityExecutionContext context)
    {
        var state = Array.Find(_states, s => s.Name == At(context));
        if (state is null)
            context.Complete();
        else if (state.Entry is not null)
            context.Schedule(state.Entry, "entry");
        else
            Wait(context);
    }

    private void Wait(ActivityExecutionContext context)
    {
        var at = At(context);
        var outbound = Array.FindAll(_transitions, t => t.From == at && Array.Exists(_states, s => s.Name == t.To));
        if (outbound.Length == 0)
        {
            context.Complete();
            return;
        }

        foreach (var transition in outbound)
        {
            if (transition.Trigger is null && TryTake(context, transition, null))
                return;
        }

        foreach (var transition in outbound)
        {
            if (transition.Trigger is not null)
                context.Schedule(transition.Trigger, $"trigger:{transition.Index}");
        }
    }

    private bool TryTake(ActivityExecutionContext context, Transition transition, ActivityExecutionContext? winner)
    {
        if (transition.Condition is not null && !context.Get(transition.Condition))
            return false;

        foreach (var child in context.ChildrenNow())
        {
            if (child != winner && child.Tag?.StartsWith("trigger:", StringComparison.Ordinal) == true)
                context.Burst.Cancel(child);
        }

        context.Burst.Withdraw(context);
        if (Array.Find(_states, s => s.Name == transition.From)?.Exit is { } exit)
            context.Schedule(exit, $"exit:{transition.Index}");
        else
            Act(context, transition);
        return true;
    }

    private void Act(ActivityExecutionContext context, Transition transition)
    {
        if (transition.Action is not null)
            context.Schedule(transition.Action, $"action:{transition.Index}");
        else
            Arrive(context, transition);
    }

    private void Arrive(ActivityExecutionContext context, Transition transition)
    {
        context.State.Set(CurrentState, Value.From(transition.To));
        Enter(context);
    }

    private sealed record State(string Name, Activity? Entry, Activity? Exit);

    private sealed record Transition(int Index, string From, string To, Activity? Trigger, Input<bool>? Condition, Activity? Action);
}
