using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;

namespace ProductionOffice.Engine.Flowcharts;

/// <summary>Counter mode: connections count their visits, followed or not, and a target runs once all its inbound ones have been visited.</summary>
internal sealed partial class Flowchart
{
    private void CounterCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes)
    {
        if (!Leave(context, Graph(context), child.Activity, outcomes, child.ByBackwardConnection))
            CompleteIfNothingPends(context);
    }

    private void CounterCanceled(ActivityExecutionContext context, ActivityExecutionContext child)
    {
        var graph = Graph(context);
        if (graph.IsReachable(child.Activity) && !Leave(context, graph, child.Activity, Outcomes.None, false))
            CompleteIfNothingPends(context);
    }

    /// <summary>Goes along all outbound connections; without outcomes the activity counts as skipped.</summary>
    /// <returns>Whether something was scheduled.</returns>
    private static bool Leave(ActivityExecutionContext context, FlowGraph graph, Activity activity, string[] outcomes, bool byBackward)
    {
        if (!graph.IsReachable(activity))
            throw new Incidents.ActivityFaultException($"Activity {activity.Id} is not reachable from the flowchart graph. Unable to schedule its outbound activities.", "Flowchart");

        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var state = context.Flow!;
        if (!byBackward)
            state.VisitActivity(activity);

        var scheduled = false;
        foreach (var connection in graph.Outbound(activity))
        {
            var followed = Array.IndexOf(outcomes, connection.Port) >= 0;
            state.VisitConnection(connection, followed);
            scheduled |= graph.IsBackward(connection)
                ? followed && GoBack(context, graph, connection)
                : Arrive(context, graph, connection);
        }

        return scheduled;
    }

    private static bool GoBack(ActivityExecutionContext context, FlowGraph graph, Connection connection)
    {
        if (!graph.IsValidBackward(connection))
        {
            throw new Incidents.ActivityFaultException(
                $"Invalid backward connection: Every path from the source ('{connection.Source.Id}') must go through the target ('{connection.Target.Id}') when tracing back to the start.", "Flowchart");
        }

        context.Burst.Schedule(new ScheduledItem(connection.Target, context, null, null, true));
        return true;
    }

    private static bool Arrive(ActivityExecutionContext context, FlowGraph graph, Connection connection)
    {
        var state = context.Flow!;
        var target = connection.Target;
        switch (target is FlowJoin join ? join.ModeOf(context) : FlowJoinMode.WaitAllActive)
        {
            case FlowJoinMode.WaitAny:
                return ArriveFirst(context, graph, connection);
            case FlowJoinMode.WaitAll:
                if (!state.AllInboundVisited(graph, target))
                    return false;
                return state.AllInboundFollowed(graph, target) ? Enter(context, target) : Leave(context, graph, target, Outcomes.None, false);
            default:
                if (!state.AllInboundVisited(graph, target))
                    return false;
                return state.AnyInboundFollowed(graph, target) ? Enter(context, target) : Leave(context, graph, target, Outcomes.None, false);
        }
    }

    /// <summary>The first arrival runs the target and ends the other ways; it runs once, also when one of those waits (Elsa runs it twice then).</summary>
    private static bool ArriveFirst(ActivityExecutionContext context, FlowGraph graph, Connection connection)
    {
        var state = context.Flow!;
        var target = connection.Target;
        if (state.Visits(connection) <= state.Visits(target) || IsUnderWay(context, target))
            return false;

        if (state.AnyInboundFollowed(graph, target))
        {
            Enter(context, target);
            CancelAncestors(graph, context, target);
            return true;
        }

        return state.AllInboundVisited(graph, target) && Leave(context, graph, target, Outcomes.None, false);
    }

    private static bool Enter(ActivityExecutionContext context, Activity target)
    {
        context.Schedule(target);
        return true;
    }
}
