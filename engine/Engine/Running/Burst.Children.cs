using ProductionOffice.Engine.Incidents;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

internal sealed partial class Burst
{
    private readonly List<BurstResult> _children = [];
    private int _childCount;

    /// <summary>Runs a new instance of another definition until it rests, within this burst.</summary>
    public StartedChild StartChild(string definitionId, ObjectValue input, string? correlationId)
    {
        if (Request.Depth >= Request.Limits.Depth)
            throw new ActivityFaultException($"More than {Request.Limits.Depth} workflows start each other. Look for a definition that starts itself.", "Depth");

        var graph = Request.Children.Find(definitionId)
            ?? throw new ActivityFaultException($"No published version of workflow definition with ID {definitionId} found.", "NotFound");
        var child = new Burst(new BurstRequest
        {
            Graph = graph,
            InstanceId = NextChildId(),
            Now = Now,
            Cause = BurstCause.Start,
            Actor = Request.Actor,
            Services = Request.Services,
            Input = input,
            CorrelationId = correlationId,
            ParentInstanceId = InstanceId,
            TokenFlow = Request.TokenFlow,
            Children = Request.Children,
            Limits = Request.Limits,
            Depth = Request.Depth + 1,
        })
        {
            Lines = Lines,
        };
        child.Begin();
        return new StartedChild(child);
    }

    public string NextChildId() => $"{InstanceId}.{NumberText.Of(++_childCount)}";

    /// <summary>Takes the child's changes into this burst's commit.</summary>
    public void Adopt(StartedChild child, string? parentBookmarkId)
    {
        child.Burst._parentBookmarkId = parentBookmarkId;
        var outcome = child.Burst.ToOutcome();
        _children.Add(outcome.Result);
        _children.AddRange(outcome.Children);
    }

    /// <summary>What a parent learns of its child.</summary>
    private Value Report()
    {
        var (status, subStatus) = Standing();
        var report = new ObjectValue();
        report.Set("workflowInstanceId", Value.From(InstanceId));
        report.Set("status", Value.From(status.ToString()));
        report.Set("subStatus", Value.From(subStatus.ToString()));
        report.Set("output", Value.From(Output));
        return Value.From(report);
    }

    /// <summary>A child that has run to its first rest.</summary>
    internal sealed class StartedChild(Burst burst)
    {
        public Burst Burst { get; } = burst;

        public bool IsFinished => Burst.Standing().Status == WorkflowStatus.Finished;

        public Value Report => Burst.Report();
    }
}
