using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Flowcharts;

namespace ProductionOffice.Engine.Definitions;

public static partial class WorkflowValidator
{
    private sealed partial class Check
    {
        private static readonly TriggerContext Fixed = new();

        private static Input<string>? ChildOf(Activity activity) => activity switch
        {
            ChildWorkflow child => child.WorkflowDefinitionId,
            BulkDispatchWorkflows bulk => bulk.WorkflowDefinitionId,
            _ => null,
        };

        /// <summary>Outcomes of an activity, and whether it can have no others; null when they are only known while it runs.</summary>
        private static (IReadOnlyList<string> Names, bool IsSure)? OutcomesOf(Activity activity)
        {
            if (activity is NotFoundActivity)
                return null;
            if (activity is FlowFork or RunJavaScript { PossibleOutcomes: not null } or FlowSendHttpRequest && activity.GetOutcomes(Fixed) is null)
                return null;
            if (activity.GetOutcomes(Fixed) is { } drawn)
                return (drawn, true);

            var declared = activity.Descriptor?.Ports.Where(p => !p.IsEmbedded).Select(p => p.Name).ToList();
            var isOurs = activity.GetType().Assembly == typeof(Activity).Assembly;
            return declared is null ? null : (declared, isOurs || activity.GetType().IsDefined(typeof(OutcomesAttribute), false));
        }

        /// <summary>Whether it goes exactly one of several ways.</summary>
        private static bool IsExclusive(Activity activity) => activity switch
        {
            FlowDecision => true,
            FlowSwitch choice => choice.IsExclusive,
            FlowFork or RunJavaScript or BulkDispatchWorkflows or FlowSendHttpRequest or DefinitionActivity => false,
            _ => activity.GetType().Assembly != typeof(Activity).Assembly && OutcomesOf(activity) is { Names.Count: > 1 },
        };

        private void Ports(Flowchart flowchart, string path)
        {
            var index = -1;
            foreach (var json in DefinitionJson.Items(flowchart.Json["connections"]))
            {
                index++;
                if (Connection.Read(json) is not var (from, port, _) || flowchart.Activities.FirstOrDefault(a => a.Id == from) is not { } source)
                    continue;
                if (OutcomesOf(source) is not var (names, isSure) || names.Contains(port))
                    continue;

                var near = Nearest.Of(port, names);
                var message = $"A connection leaves '{source.Id}' by '{port}', and it has no such outcome.";
                var remedy = near is null ? $"It has {string.Join(", ", names)}." : $"Did you mean '{near}'?";
                if (isSure)
                    Error("UnknownPort", source, $"{path}.connections[{index}]", port, message, remedy);
                else
                    Warn("UnknownPort", source, $"{path}.connections[{index}]", port, message, remedy);
            }

            foreach (var source in flowchart.Activities.Where(a => IsExclusive(a) && !a.IsTerminal))
            {
                var used = flowchart.Connections.Where(c => c.Source == source).Select(c => c.Port).ToHashSet(StringComparer.Ordinal);
                foreach (var open in OutcomesOf(source)!.Value.Names.Where(n => !used.Contains(n)))
                    Warn("OpenOutcome", source, builder.Paths[source], open, $"Nothing follows when '{source.Id}' ends with '{open}': that branch just ends there.", "Connect it if something should happen then.");
            }
        }

        /// <summary>Joins whose inbound ways exclude each other, or one of which can be left out.</summary>
        private void Joins(Flowchart flowchart)
        {
            if (flowchart.DefaultStart is not { } start)
                return;

            var graph = flowchart.GraphFrom(start);
            foreach (var target in flowchart.Activities.Where(a => NeedsAll(a) && graph.IsReachable(a)))
            {
                var inbound = graph.ForwardInbound(target);
                if (inbound.Count < 2)
                    continue;
                foreach (var choice in flowchart.Activities.Where(a => IsExclusive(a) && graph.IsReachable(a)))
                {
                    if (Judge(graph, start, choice, target, inbound))
                        break;
                }
            }
        }

        private bool Judge(FlowGraph graph, Activity start, Activity choice, Activity target, IReadOnlyList<Connection> inbound)
        {
            var without = Reach(graph, start == choice ? [] : [start], choice);
            var ports = graph.Outbound(choice).GroupBy(c => c.Port).ToDictionary(g => g.Key, g => Reach(graph, [.. g.Where(c => !graph.IsBackward(c)).Select(c => c.Target)], choice), StringComparer.Ordinal);
            var ways = inbound.Select(c => (Connection: c, Ports: without.Contains(c.Source) ? null : ports.Where(p => p.Value.Contains(c.Source) || (c.Source == choice && c.Port == p.Key)).Select(p => p.Key).ToHashSet(StringComparer.Ordinal))).ToList();
            var bound = ways.Where(w => w.Ports is { Count: > 0 }).ToList();
            foreach (var one in bound)
            {
                if (bound.FirstOrDefault(other => !other.Ports!.Overlaps(one.Ports!)) is not { Connection: { } other })
                    continue;
                Error("JoinNeverFires", target, builder.Paths[target], choice.Id, $"'{target.Id}' waits for '{one.Connection.Source.Id}' and for '{other.Source.Id}', but '{choice.Id}' lets only one of them run, so it never goes on.", "Let it go on with all branches that were taken (WaitAllActive), or with the first (WaitAny).");
                return true;
            }

            var all = OutcomesOf(choice)!.Value.Names.Count;
            if (bound.FirstOrDefault(w => w.Ports!.Count < all) is not { Connection: { } left })
                return false;
            Warn("JoinMayNotFire", target, builder.Paths[target], choice.Id, $"'{target.Id}' waits for '{left.Source.Id}', which '{choice.Id}' may leave out: then it does not go on.", "Let it go on with all branches that were taken (WaitAllActive), if that is meant.");
            return true;
        }

        private bool NeedsAll(Activity activity)
        {
            var mode = DefinitionJson.Text((activity.Json["customProperties"] as System.Text.Json.Nodes.JsonObject)?["mergeMode"]);
            if (mode is not null)
                return mode is "Merge" or "Converge";
            return activity is FlowJoin join && Fixed.Get(join.Mode) is var joined && (joined == FlowJoinMode.WaitAll || (graph.TokenFlow && joined != FlowJoinMode.WaitAny));
        }

        /// <summary>What can be reached by forward connections without passing an activity.</summary>
        private static HashSet<Activity> Reach(FlowGraph graph, IReadOnlyList<Activity> from, Activity avoided)
        {
            var seen = new HashSet<Activity>();
            var left = new Stack<Activity>(from.Where(a => a != avoided));
            while (left.TryPop(out var at))
            {
                if (!seen.Add(at))
                    continue;
                foreach (var connection in graph.Outbound(at))
                {
                    if (!graph.IsBackward(connection) && connection.Target != avoided)
                        left.Push(connection.Target);
                }
            }

            return seen;
        }

        /// <summary>Loops drawn with connections in which nothing waits and nothing changes what decides their end.</summary>
        private void Cycles(Flowchart flowchart, string path)
        {
            if (flowchart.DefaultStart is not { } start)
                return;

            var graph = flowchart.GraphFrom(start);
            foreach (var back in flowchart.Connections.Where(c => graph.IsReachable(c.Source) && graph.IsBackward(c)))
            {
                var loop = Between(graph, back.Target, back.Source);
                if (loop.Count == 0 || loop.Any(MayWait) || loop.Any(MayChange))
                    continue;
                Warn("LoopWithoutWait", back.Source, path, $"{back.Source.Id} -> {back.Target.Id}", $"The loop from '{back.Target.Id}' to '{back.Source.Id}' and back waits for nothing and changes nothing: once in it, the workflow runs in circles until it is stopped.", "Wait in it (Delay, Event, a task), or change what its end is decided by.");
            }
        }

        private static List<Activity> Between(FlowGraph graph, Activity from, Activity to)
        {
            var after = Reach(graph, [from], avoided: null!);
            return [.. after.Where(a => a == to || graph.Ancestors(to).Contains(a))];
        }

        private void EndlessLoop(Activity activity)
        {
            if (activity is not While { Body: { } body } loop || loop.Condition is not IBoundInput { Expression: LiteralExpression } || !Fixed.Get(loop.Condition))
                return;

            var inside = Below(body).ToList();
            if (!inside.Exists(a => a.IsTerminal || a is Fault or NotFoundActivity))
                Warn("EndlessLoop", activity, $"{builder.Paths[activity]}.condition", "true", $"The loop '{activity.Id}' has no end: its condition is always true and nothing in it breaks.", "Add a Break, or a condition.");
            else if (!inside.Exists(MayWait) && !inside.Exists(MayChange))
                Warn("LoopWithoutWait", activity, builder.Paths[activity], activity.Id, $"The loop '{activity.Id}' waits for nothing and changes nothing.", "Wait in it (Delay, Event, a task), or change what its end is decided by.");
        }

        /// <summary>Steps behind one that ends its sequence.</summary>
        private void Terminals(Activity activity)
        {
            if (activity is not Sequence sequence)
                return;

            var end = sequence.Activities.ToList().FindIndex(a => a.IsTerminal);
            if (end >= 0 && end + 1 < sequence.Activities.Count && sequence.Activities[end + 1] is { } next)
                Warn("Unreachable", next, builder.Paths[next], next.Id, $"'{next.Id}' is never reached: '{sequence.Activities[end].Id}' before it ends the sequence '{sequence.Id}'.", "Move it before, or remove it.");
        }

        private static bool MayWait(Activity activity) => Below(activity).Any(a => a
            is Event or RunTask or TimerActivity or HttpEndpoint or HttpRequestActivity or ChildWorkflow or BulkDispatchWorkflows or StateMachine or NotFoundActivity || IsOfHost(a));

        private static bool MayChange(Activity activity) => Below(activity).Any(a =>
            a is SetVariable or RunJavaScript or Correlate or SetName or For or ForEach || IsOfHost(a) || Array.Exists(a.Outputs, o => o.Target is { Length: > 0 })
            || Array.Exists(a.Inputs, i => i.Expression is ScriptExpression script && ScriptNames.OfScript(script.Source).Any(n => n.Kind == ScriptNameKind.MadeVariable || n.Name.StartsWith("set", StringComparison.Ordinal))));

        private static bool IsOfHost(Activity activity) => activity.GetType().Assembly != typeof(Activity).Assembly;

        private static IEnumerable<Activity> Below(Activity activity) => activity.Children.SelectMany(Below).Prepend(activity);
    }
}
