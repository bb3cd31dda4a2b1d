using System.Globalization;
using System.Reflection;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Definitions;

public static partial class WorkflowValidator
{
    private sealed partial class Check
    {
        private static readonly HashSet<string> EngineFunctions = [.. ScriptScope.FunctionNames];
        private HashSet<string>? _known;
        private HashSet<string>? _accessors;

        /// <summary>Names that scripts may read wherever they stand: variables of the workflow, inputs, and what a script sets somewhere.</summary>
        private HashSet<string> KnownVariables => _known ??=
        [
            .. graph.Root.Variables.Select(v => v.Name),
            .. graph.Root.DeclaredInputs.Select(i => i.Name),
            .. Scripts.Where(n => n.Kind == ScriptNameKind.MadeVariable).Select(n => n.Name),
            .. Own.SelectMany(a => a.GetType().GetCustomAttribute<SetsVariablesAttribute>()?.Names ?? []),
        ];

        private HashSet<string> Accessors => _accessors ??=
        [
            .. KnownVariables.Concat(Own.SelectMany(a => a.Variables).Select(v => v.Name)).SelectMany(n => new[] { $"get{PascalName.Of(n)}", $"set{PascalName.Of(n)}" }),
        ];

        private IEnumerable<ScriptName> Scripts => builder.Expressions.Select(e => e.Input.Expression).OfType<ScriptExpression>().Select(s => s.Source)
            .Concat(Own.OfType<RunJavaScript>().Select(r => ((IBoundInput?)r.Script)?.Expression).OfType<LiteralExpression>().Select(l => TypeConversion.ToText(l.Value) ?? ""))
            .SelectMany(ScriptNames.OfScript);

        private void Names(Activity activity, IEnumerable<ScriptName> names, string path)
        {
            if (activity.Composite != graph.Root)
                return;

            foreach (var (kind, name) in names.Distinct())
            {
                switch (kind)
                {
                    case ScriptNameKind.Variable:
                        Variable(activity, name, name, path);
                        break;
                    case ScriptNameKind.Input when graph.Root.DeclaredInputs.All(i => i.Name != name) && name is not ("ParentInstanceId" or "Item"):
                        var input = Nearest.Of(name, graph.Root.DeclaredInputs.Select(i => i.Name));
                        Warn("UnknownInput", activity, path, name, $"'{activity.Id}' reads the workflow input '{name}', which is not declared.", input is null ? "Declare it in the workflow." : $"Did you mean '{input}'?");
                        break;
                    case ScriptNameKind.Activity when !graph.Nodes.Any(a => a.Id == name || a.Name == name):
                        var close = Nearest.Of(name, Own.Select(a => a.Name ?? a.Id));
                        Error("UnknownActivityName", activity, path, name, $"'{activity.Id}' reads an output of '{name}', and there is no such activity.", close is null ? "Name an activity of this workflow." : $"Did you mean '{close}'?");
                        break;
                    case ScriptNameKind.Function when !IsFunction(activity, name):
                        var function = Nearest.Of(name, EngineFunctions.Concat(Accessors));
                        Error("UnknownFunction", activity, path, name, $"'{activity.Id}' calls {name}(), which does not exist.", function is null ? "Declare the variable or input it is about, or remove the call." : $"Did you mean {function}()?");
                        break;
                }
            }
        }

        private bool IsFunction(Activity activity, string name)
        {
            if (EngineFunctions.Contains(name) || Accessors.Contains(name) || graph.HasOutputAccessor(name) || name is "getConfig")
                return true;

            for (var scope = activity.Parent; scope is not null; scope = scope.Parent)
            {
                if (scope is Loop or ParallelForEach && name is "getCurrentValue" or "getCurrentIndex")
                    return true;
                if (scope is BulkDispatchWorkflows && name is "getChildWorkflow")
                    return true;
            }

            return false;
        }

        private void Outputs(Activity activity)
        {
            foreach (var output in activity.Outputs)
            {
                if (output.Target is not { Length: > 0 } target || graph.DeclaresOutput(target))
                    continue;

                var isKnown = false;
                for (var scope = activity.Parent; scope is not null && !isKnown; scope = scope.Parent)
                    isKnown = Array.Exists(scope.Variables, v => v.Id == target || v.Name == target);
                if (!isKnown)
                    Error("UnknownVariable", activity, $"{builder.Paths[activity]}.{ActivityBinder.CamelCase(output.Name)}", target, $"The output '{output.Name}' of '{activity.Id}' goes to '{target}', which is neither a variable nor an output of the workflow.", "Choose a variable, or declare it.");
            }
        }

        /// <summary>A fixed value that its input cannot read would silently be its default.</summary>
        private void Literal(Activity activity, IBoundInput input, LiteralExpression literal, string path)
        {
            if (literal.Value.Kind != ValueKind.String || literal.Value.AsString() is not { Length: > 0 } text)
                return;

            var type = Nullable.GetUnderlyingType(input.ValueType) ?? input.ValueType;
            if (activity is Activities.Cron && input.Name == nameof(Activities.Cron.CronExpression))
                Cron(activity, text, path);
            else if (type == typeof(TimeSpan))
                Span(activity, input, text, path);
            else if (type.IsEnum && !Enum.TryParse(type, text, ignoreCase: true, out _))
                Unreadable(activity, input, text, path, Nearest.Of(text, Enum.GetNames(type)) is { } near ? $"Did you mean '{near}'?" : $"Choose one of {string.Join(", ", Enum.GetNames(type))}.");
            else if ((type == typeof(int) || type == typeof(long)) && !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
                Unreadable(activity, input, text, path, "Write a whole number.");
            else if ((type == typeof(double) || type == typeof(decimal)) && !double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _))
                Unreadable(activity, input, text, path, "Write a number.");
            else if (type == typeof(bool) && !bool.TryParse(text.Trim(), out _) && text.Trim() is not ("0" or "1"))
                Unreadable(activity, input, text, path, "Write true or false, or choose JavaScript for an expression.");
            else if (type == typeof(DateTimeOffset) && TypeConversion.ToMoment(literal.Value) is null)
                Unreadable(activity, input, text, path, "Write a moment as 2026-05-04T07:00:00Z.");
        }

        private void Cron(Activity activity, string text, string path)
        {
            try
            {
                CronSchedule.Parse(text);
            }
            catch (Incidents.ActivityFaultException problem)
            {
                Error("BadValue", activity, path, text, $"The CRON expression of '{activity.Id}' cannot be read: {problem.Message}", "Write five fields, or six with seconds first: 0 9 * * 1-5.");
            }
        }

        private void Span(Activity activity, IBoundInput input, string text, string path)
        {
            var span = TypeConversion.ToTimeSpan(Value.From(text));
            if (span == TimeSpan.Zero && !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _))
                Unreadable(activity, input, text, path, "Write days, hours, minutes and seconds as 3.00:00:00.");
            else if (span >= TimeSpan.FromDays(24) && text.Split(':') is [var first, _, _] && !first.Contains('.', StringComparison.Ordinal))
                Warn("LongSpan", activity, path, text, $"'{text}' at '{activity.Id}' means {span.TotalDays.ToString("0.##", CultureInfo.InvariantCulture)} days, not hours.", string.Create(CultureInfo.InvariantCulture, $"If hours are meant, write {TimeSpan.FromHours(span.Days):c}."));
        }

        private void Unreadable(Activity activity, IBoundInput input, string text, string path, string remedy) =>
            Error("BadValue", activity, path, text, $"The input '{input.Name}' of '{activity.Id}' cannot be '{text}'.", remedy);
    }
}
