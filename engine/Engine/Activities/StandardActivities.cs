using ProductionOffice.Engine.Flowcharts;

namespace ProductionOffice.Engine.Activities;

/// <summary>Elsa's activities that the engine knows.</summary>
internal static class StandardActivities
{
    public static readonly Type[] Types =
    [
        typeof(Sequence), typeof(Flowchart), typeof(Parallel), typeof(Fork), typeof(If), typeof(Switch), typeof(For), typeof(ForEach), typeof(ParallelForEach), typeof(While),
        typeof(Break), typeof(Start), typeof(End), typeof(Finish), typeof(Complete), typeof(Fault),
        typeof(FlowDecision), typeof(FlowSwitch), typeof(FlowFork), typeof(FlowJoin), typeof(FlowNode), typeof(StateMachine),
        typeof(SetVariable), typeof(SetName), typeof(Correlate), typeof(SetOutput), typeof(WriteLine), typeof(RunJavaScript),
        typeof(Event), typeof(PublishEvent), typeof(RunTask), typeof(Delay), typeof(Timer), typeof(Cron), typeof(StartAt),
        typeof(ExecuteWorkflow), typeof(DispatchWorkflow), typeof(BulkDispatchWorkflows),
        typeof(HttpEndpoint), typeof(SendHttpRequest), typeof(FlowSendHttpRequest), typeof(WriteHttpResponse),
    ];
}
