using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Flowcharts;

namespace ProductionOffice.Engine.Definitions;

/// <summary>Finds every problem of a definition at once, before it goes live.</summary>
public static partial class WorkflowValidator
{
    /// <summary>Checks a definition that uses no other definition as an activity; <c>WorkflowRuntime.ValidateAsync</c> knows those too.</summary>
    public static IReadOnlyList<DefinitionProblem> Validate(WorkflowDefinition definition, ActivityRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(registry);
        var (graph, builder) = GraphBuilder.Build(definition, registry, _ => null);
        return Validate(graph, builder, registry, null, []);
    }

    /// <summary>Checks a definition that uses no other definition as an activity, with checks of the host beside.</summary>
    public static IReadOnlyList<DefinitionProblem> Validate(WorkflowDefinition definition, ActivityRegistry registry, IReadOnlyList<DefinitionCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(checks);
        var (graph, builder) = GraphBuilder.Build(definition, registry, _ => null);
        return Validate(graph, builder, registry, null, checks);
    }

    internal static IReadOnlyList<DefinitionProblem> Validate(WorkflowGraph graph, GraphBuilder builder, ActivityRegistry registry, IReadOnlySet<string>? definitions, IReadOnlyList<DefinitionCheck> checks) =>
        new Check(graph, builder, registry, definitions, checks).Run();

    private sealed partial class Check(WorkflowGraph graph, GraphBuilder builder, ActivityRegistry registry, IReadOnlySet<string>? definitions, IReadOnlyList<DefinitionCheck> checks)
    {
        private readonly List<DefinitionProblem> _problems = [];

        public List<DefinitionProblem> Run()
        {
            if (graph.Definition.Root is null)
                Error("NoRoot", null, "$.root", null, "The definition has no root activity.", "Add \"root\", usually an Elsa.Flowchart.");
            Identities();
            foreach (var activity in Own)
            {
                Type(activity);
                Required(activity);
                if (activity is Flowchart flowchart)
                    Connections(flowchart);
                if (activity is SetVariable set)
                    Variable(activity, set.VariableId, set.VariableName, $"{builder.Paths[activity]}.variable");
                if (activity is Loop { Body: null } or ParallelForEach { Body: null })
                    Warn("EmptyLoop", activity, builder.Paths[activity], activity.Id, $"The loop '{activity.Id}' has no body.", "Draw what it repeats, or remove it.");
                if (activity is RunJavaScript { Problem: { } problem })
                    Error("BadExpression", activity, $"{builder.Paths[activity]}.script", null, $"The script of '{activity.Id}' cannot be read: {problem}", "Correct the script.");
                if (ChildOf(activity) is IBoundInput { Expression: LiteralExpression id })
                    Child(activity, TypeConversion.ToText(id.Value));
                if (activity is RunJavaScript { Problem: null, Script: IBoundInput { Expression: LiteralExpression script } })
                    Names(activity, ScriptNames.OfScript(TypeConversion.ToText(script.Value) ?? ""), $"{builder.Paths[activity]}.script");
                Outputs(activity);
                Terminals(activity);
                EndlessLoop(activity);
            }

            foreach (var (activity, input, path) in builder.Expressions)
                Expression(activity, input, path);
            var own = Own.Select(a => new PlacedActivity(a, builder.Paths[a])).ToList();
            foreach (var check in checks)
                _problems.AddRange(check(own, KnownVariables));
            return _problems;
        }

        private IEnumerable<Activity> Own => graph.Nodes.Where(a => a.Composite == graph.Root && a is not WorkflowActivity);

        private void Identities()
        {
            foreach (var same in Own.GroupBy(a => a.Id).Where(g => g.Count() > 1))
            {
                var second = same.Skip(1).First();
                Error("DuplicateId", second, $"{builder.Paths[second]}.id", same.Key, $"The id '{same.Key}' is used by {same.Count()} activities.", "Give each activity its own id.");
            }

            foreach (var same in graph.Root.Variables.GroupBy(v => v.Name).Where(g => g.Count() > 1))
                Error("DuplicateVariable", null, "$.variables", same.Key, $"The variable '{same.Key}' is declared {same.Count()} times.", "Rename one of them.");
        }

        private void Type(Activity activity)
        {
            if (activity is not NotFoundActivity missing)
                return;

            if (DefinitionJson.Text(missing.Json["workflowDefinitionId"]) is { } childId)
            {
                var close = Nearest.Of(childId, definitions ?? new HashSet<string>());
                Error("UnknownDefinition", activity, $"{builder.Paths[activity]}.workflowDefinitionId", childId, $"'{activity.Id}' is the workflow '{childId}' used as an activity, which does not exist.", close is null ? "Import it first, or remove the activity." : $"Did you mean '{close}'?");
                return;
            }

            var near = Nearest.Of(missing.MissingType, registry.Types);
            Error("UnknownActivity", activity, $"{builder.Paths[activity]}.type", missing.MissingType, $"unknown activity '{missing.MissingType}'.", near is null ? "Remove it or add the module that brings it." : $"Did you mean '{near}'?");
        }

        private void Required(Activity activity)
        {
            foreach (var input in activity.Descriptor?.Inputs ?? [])
            {
                if (!input.Required)
                    continue;

                var bound = Array.Find(activity.Inputs, i => i.Name == input.Name);
                if (bound is not null && (bound.Expression is not LiteralExpression literal || !string.IsNullOrWhiteSpace(TypeConversion.ToText(literal.Value))))
                    continue;
                Error("MissingInput", activity, $"{builder.Paths[activity]}.{ActivityBinder.CamelCase(input.Name)}", null, $"'{activity.Id}' ({activity.Type}) needs '{input.DisplayName}'.", "Fill it in.");
            }
        }

        private void Connections(Flowchart flowchart)
        {
            var path = builder.Paths[flowchart];
            var ids = flowchart.Activities.Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
            var index = 0;
            foreach (var json in DefinitionJson.Items(flowchart.Json["connections"]))
            {
                var place = $"{path}.connections[{index++}]";
                if (Connection.Read(json) is not var (from, _, to))
                {
                    Error("BadConnection", flowchart, place, json?.ToJsonString(), "A connection names no source or no target.", "Draw it again.");
                    continue;
                }

                foreach (var end in new[] { from, to }.Where(end => !ids.Contains(end)))
                {
                    var near = Nearest.Of(end, ids);
                    Error("DanglingConnection", flowchart, place, end, $"A connection of '{flowchart.Id}' leads to '{end}', which is not in it.", near is null ? "Remove the connection." : $"Did you mean '{near}'?");
                }
            }

            Reachable(flowchart, path);
            Ports(flowchart, path);
            Joins(flowchart);
            Cycles(flowchart, path);
            Rounds(flowchart);
        }

        private void Reachable(Flowchart flowchart, string path)
        {
            var starts = flowchart.Activities.Where(a => a.CanStartWorkflow).Append(flowchart.DefaultStart).OfType<Activity>().Distinct().ToList();
            var graphs = starts.Select(flowchart.GraphFrom).ToList();
            foreach (var activity in flowchart.Activities)
            {
                if (!graphs.Exists(g => g.IsReachable(activity)))
                    Warn("Unreachable", activity, builder.Paths[activity], activity.Id, $"'{activity.Id}' is never reached.", "Connect it or remove it.");
            }

            foreach (var connection in flowchart.Connections)
            {
                if (graphs.Exists(g => g.IsReachable(connection.Source) && g.IsBackward(connection) && !g.IsValidBackward(connection)))
                {
                    Warn("BackwardConnection", connection.Source, path, $"{connection.Source.Id} -> {connection.Target.Id}", $"The connection from '{connection.Source.Id}' back to '{connection.Target.Id}' faults when it is taken: not every way from the start goes through '{connection.Target.Id}'.", "Lead it back to an activity that every way goes through.");
                }
            }
        }

        private void Variable(Activity activity, string? id, string? name, string path)
        {
            for (var scope = activity.Parent; scope is not null; scope = scope.Parent)
            {
                if (Array.Exists(scope.Variables, v => v.Id == id || v.Name == id || v.Name == name))
                    return;
                if (scope is Loop or ParallelForEach && id is "CurrentValue" or "CurrentIndex")
                    return;
            }

            if (activity is not SetVariable && KnownVariables.Contains(name ?? id ?? ""))
                return;

            var near = Nearest.Of(name ?? id ?? "", graph.Root.Variables.Select(v => v.Name));
            Error("UnknownVariable", activity, path, id, $"'{activity.Id}' uses the variable '{name ?? id}', which is not declared.", near is null ? "Declare it in the workflow." : $"Did you mean '{near}'?");
        }

        private void Child(Activity activity, string? id)
        {
            if (definitions is null || id is null || definitions.Contains(id) || id == graph.Definition.DefinitionId)
                return;

            var near = Nearest.Of(id, definitions);
            Error("UnknownDefinition", activity, $"{builder.Paths[activity]}.workflowDefinitionId", id, $"'{activity.Id}' starts the workflow '{id}', which does not exist.", near is null ? "Choose an existing one." : $"Did you mean '{near}'?");
        }

        private void Expression(Activity activity, IBoundInput input, string path)
        {
            if (input.Json is System.Text.Json.Nodes.JsonObject wrapped && wrapped["expression"] is not null && wrapped["typeName"] is null)
                Warn("NoTypeName", activity, path, input.Name, $"The input '{input.Name}' of '{activity.Id}' has no \"typeName\"; it works here, but Elsa reads it as empty.", "Add \"typeName\", for example \"String\".");
            switch (input.Expression)
            {
                case ForeignExpression foreign:
                    var near = Nearest.Of(foreign.Type, ExpressionCompiler.Types);
                    Error("UnknownExpression", activity, $"{path}.expression.type", foreign.Type, $"The input '{input.Name}' of '{activity.Id}' is written in {foreign.Type}, which is not run here.", near is null ? "Write it in JavaScript." : $"Did you mean '{near}'? Otherwise write it in JavaScript.");
                    break;
                case BrokenExpression broken:
                    Error("BadExpression", activity, $"{path}.expression.value", null, $"The input '{input.Name}' of '{activity.Id}' cannot be read: {broken.Problem}", "Correct the expression.");
                    break;
                case VariableExpression variable:
                    Variable(activity, variable.Id, variable.VariableName, $"{path}.expression.value");
                    break;
                case ScriptExpression script:
                    Names(activity, ScriptNames.OfScript(script.Source), $"{path}.expression.value");
                    break;
                case LiquidExpression liquid:
                    Names(activity, ScriptNames.OfLiquid(liquid.Source), $"{path}.expression.value");
                    break;
                case LiteralExpression literal:
                    Literal(activity, input, literal, path);
                    break;
                case InputExpression named when !graph.Root.DeclaredInputs.Any(i => i.Name == named.InputName) && activity.Composite == graph.Root:
                    var close = Nearest.Of(named.InputName, graph.Root.DeclaredInputs.Select(i => i.Name));
                    Error("UnknownInput", activity, $"{path}.expression.value", named.InputName, $"'{activity.Id}' uses the workflow input '{named.InputName}', which is not declared.", close is null ? "Declare it in the workflow." : $"Did you mean '{close}'?");
                    break;
            }
        }

        private void Error(string code, Activity? activity, string path, string? value, string message, string remedy) =>
            _problems.Add(new DefinitionProblem(code, true, activity?.Id, path, value, message, remedy, activity?.DisplayText));

        private void Warn(string code, Activity activity, string path, string? value, string message, string remedy) =>
            _problems.Add(new DefinitionProblem(code, false, activity.Id, path, value, message, remedy, activity.DisplayText));
    }
}

/// <summary>The name somebody probably meant.</summary>
internal static class Nearest
{
    public static string? Of(string name, IEnumerable<string> known) => known
        .Select(candidate => (candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(c => c.Distance <= Math.Max(2, name.Length / 4))
        .OrderBy(c => c.Distance)
        .Select(c => c.candidate)
        .FirstOrDefault();

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
