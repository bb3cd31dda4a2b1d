using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>Token mode: a followed connection leaves a token, and the target's merge mode says which tokens it waits for.</summary>
internal sealed partial class Flowchart
{
    private void TokenCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        var graph = Graph(context);
        var tokens = context.Flow!.Tokens;
        var activity = child.Activity;
        var followed = new List<Connection>();
        foreach (var connection in graph.Outbound(activity))
        {
            if (Array.IndexOf(outcomes, connection.Port) >= 0 && !followed.Exists(c => c.Port == connection.Port && c.Target == connection.Target))
                followed.Add(connection);
        }

        foreach (var connection in followed)
            tokens.Add(new Token(activity.Id, connection.Port, connection.Target.Id));
        foreach (var token in tokens)
        {
            if (token.To == activity.Id && token.IsOpen)
                token.Consumed = true;
        }

        foreach (var connection in followed)
            ArriveWithToken(context, graph, tokens, connection);
        tokens.RemoveAll(token => token.Consumed);
        CompleteWhenQuiet(context);
    }

    private static void TokenCanceled(ActivityExecutionContext context, ActivityExecutionContext child)
    {
        context.Flow!.Tokens.RemoveAll(token => token.From == child.Activity.Id || token.To == child.Activity.Id);
        if (!HasPendingWork(context))
            CompleteWhenQuiet(context);
    }

    private static void ArriveWithToken(ActivityExecutionContext context, FlowGraph graph, List<Token> tokens, Connection connection)
    {
        var target = connection.Target;
        var mode = ModeOf(context, target);
        switch (mode)
        {
            case MergeMode.Cascade or MergeMode.Race:
                if (tokens.Find(t => t.Blocked && !t.Consumed && t.To == target.Id && t.From == connection.Source.Id && t.Port == connection.Port) is { } block)
                {
                    block.Consumed = true;
                    if (tokens.FindLast(t => t.IsOpen && t.To == target.Id && t.From == connection.Source.Id && t.Port == connection.Port) is { } swallowed && !IsUnderWay(context, target))
                        swallowed.Consumed = true;
                    return;
                }

                context.Schedule(target);
                foreach (var other in graph.ForwardInbound(target))
                {
                    if (other.Source != connection.Source)
                        tokens.Add(new Token(other.Source.Id, other.Port, target.Id) { Blocked = true });
                }

                if (mode == MergeMode.Race)
                    CancelAncestors(graph, context, target);
                break;
            case MergeMode.Merge:
                if (HasTokenOfEach(tokens, graph.ForwardInbound(target)))
                    context.Schedule(target);
                break;
            case MergeMode.Converge:
                if (HasTokenOfEach(tokens, graph.Inbound(target)))
                    context.Schedule(target);
                break;
            default:
                foreach (var inbound in graph.ForwardInbound(target))
                {
                    if (tokens.Exists(t => t.IsOpen && t.To == inbound.Source.Id))
                        return;
                }

                context.Schedule(target);
                break;
        }
    }

    private static bool HasTokenOfEach(List<Token> tokens, IReadOnlyList<Connection> inbound)
    {
        if (inbound.Count <= 1)
            return true;

        foreach (var connection in inbound)
        {
            if (!tokens.Exists(t => t.IsOpen && t.From == connection.Source.Id && t.To == connection.Target.Id && t.Port == connection.Port))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Completes when nothing runs any more and no token waits. A merge whose other ways were skipped keeps its token: going on without it would
    /// leave out what the designer drew behind it, so the flow stands still, and the journal says so.
    /// </summary>
    private static void CompleteWhenQuiet(ActivityExecutionContext context)
    {
        if (HasPendingWork(context) || context.HasFaultedChild || context.Status != ActivityStatus.Running || context.Flow!.Tokens.Exists(token => token.IsOpen))
            return;

        context.Flow.Tokens.Clear();
        context.Complete();
    }

    private static MergeMode ModeOf(ActivityExecutionContext context, Activity target)
    {
        var custom = target.Json["customProperties"] as System.Text.Json.Nodes.JsonObject;
        if (DefinitionJson.Text(custom?["mergeMode"]) is { } text && Enum.TryParse<MergeMode>(text, true, out var mode))
            return mode;
        if (target is FlowJoin join)
            return join.ModeOf(context) == FlowJoinMode.WaitAny ? MergeMode.Race : MergeMode.Merge;
        return MergeMode.None;
    }
}

/// <summary>Which tokens an activity waits for; Elsa's words.</summary>
internal enum MergeMode
{
    None,
    Stream,
    Merge,
    Converge,
    Cascade,
    Race,
}
