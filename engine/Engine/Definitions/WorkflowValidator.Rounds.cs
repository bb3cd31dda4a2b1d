using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Flowcharts;

namespace ProductionOffice.Engine.Definitions;

public static partial class WorkflowValidator
{
    private sealed partial class Check
    {
        /// <summary>Loops of counter mode that a second round does not come out of: a step waits for as many visits of each way to it as it had itself.</summary>
        /// <remarks>A way from before the loop is visited once. The first round visits the step too, were it only to skip it; after that it waits for ever.</remarks>
        private void Rounds(Flowchart flowchart)
        {
            if (graph.TokenFlow || flowchart.DefaultStart is not { } start)
                return;

            var flow = flowchart.GraphFrom(start);
            var told = new HashSet<Activity>();
            // One that may not be taken at all is told elsewhere.
            foreach (var back in flowchart.Connections.Where(c => flow.IsReachable(c.Source) && flow.IsBackward(c) && flow.IsValidBackward(c)))
            {
                var again = Reach(flow, [back.Target], avoided: null!);
                foreach (var step in again.Where(a => a != back.Target && !GoesOnWithFirst(a)).OrderBy(a => a.Id, StringComparer.Ordinal))
                {
                    var inbound = flow.ForwardInbound(step);
                    if (inbound.FirstOrDefault(c => !again.Contains(c.Source)) is not { Source: { } once } || inbound.FirstOrDefault(c => again.Contains(c.Source)) is not { Source: { } each } || !told.Add(step))
                        continue;

                    Warn("LoopLeavesStepWaiting", step, builder.Paths[step], back.Source.Id, $"Once '{back.Source.Id}' has gone back to '{back.Target.Id}', '{step.Id}' may not run any more: it waits for '{once.Id}' a second time, which lies before the loop, whatever comes from '{each.Id}'.", $"Let the workflow run in token mode (customProperties: \"Flowchart:ExecutionMode\": \"TokenBased\"), or give the way from '{once.Id}' a step of its own.");
                }
            }
        }

        private static bool GoesOnWithFirst(Activity activity) => activity is FlowJoin join && Fixed.Get(join.Mode) is FlowJoinMode.WaitAny;
    }
}
