using ProductionOffice.Engine.Expressions;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>Finds variables: inner executions first, then those around them.</summary>
internal static class VariableScope
{
    public static bool TryGet(ActivityExecutionContext from, string name, out Value value)
    {
        for (var context = from; context is not null; context = context.Parent)
        {
            if (context.Extra is { } extra)
            {
                foreach (var variable in extra)
                {
                    if (variable.Name == name)
                    {
                        value = variable.Value;
                        return true;
                    }
                }
            }

            if (context.Slots is { } slots)
            {
                var variables = context.Activity.Variables;
                for (var i = 0; i < variables.Length; i++)
                {
                    if (variables[i].Name == name)
                    {
                        value = slots[i];
                        return true;
                    }
                }
            }
        }

        value = Value.Undefined;
        return false;
    }

    /// <summary>By the spelling of <c>getCrewSize()</c>.</summary>
    public static string? NameByAccessor(ActivityExecutionContext from, ReadOnlySpan<char> accessor)
    {
        for (var context = from; context is not null; context = context.Parent)
        {
            if (context.Extra is { } extra)
            {
                foreach (var variable in extra)
                {
                    if (accessor.SequenceEqual(variable.Name) || accessor.SequenceEqual(Definitions.PascalName.Of(variable.Name)))
                        return variable.Name;
                }
            }

            if (context.Slots is not null)
            {
                foreach (var variable in context.Activity.Variables)
                {
                    if (accessor.SequenceEqual(variable.Accessor))
                        return variable.Name;
                }
            }
        }

        return null;
    }

    public static bool TryGetById(ActivityExecutionContext from, string id, out Value value)
    {
        for (var context = from; context is not null; context = context.Parent)
        {
            if (context.Slots is not { } slots)
                continue;

            var variables = context.Activity.Variables;
            for (var i = 0; i < variables.Length; i++)
            {
                if (variables[i].Id == id)
                {
                    value = slots[i];
                    return true;
                }
            }
        }

        return TryGet(from, id, out value);
    }

    public static bool TrySetById(ActivityExecutionContext from, string id, Value value)
    {
        for (var context = from; context is not null; context = context.Parent)
        {
            if (context.Slots is { } slots)
            {
                var variables = context.Activity.Variables;
                for (var i = 0; i < variables.Length; i++)
                {
                    if (variables[i].Id == id)
                    {
                        slots[i] = TypeConversion.ToType(value, variables[i].TypeName, variables[i].IsArray);
                        return true;
                    }
                }
            }

            if (TrySetExtra(context, id, value))
                return true;
        }

        return false;
    }

    public static void Set(ActivityExecutionContext from, string name, Value value)
    {
        ActivityExecutionContext? holder = null;
        for (var context = from; context is not null; context = context.Parent)
        {
            if (TrySetExtra(context, name, value))
                return;

            if (context.Slots is { } slots)
            {
                var variables = context.Activity.Variables;
                for (var i = 0; i < variables.Length; i++)
                {
                    if (variables[i].Name == name)
                    {
                        slots[i] = TypeConversion.ToType(value, variables[i].TypeName, variables[i].IsArray);
                        return;
                    }
                }
            }

            if (holder is null && context.Activity.HoldsVariables)
                holder = context;
        }

        ((holder ?? from).Extra ??= []).Add(new NamedValue(name, value));
    }

    /// <summary>Names in scope, each once, inner first.</summary>
    public static IEnumerable<string> Names(ActivityExecutionContext from)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var context = from; context is not null; context = context.Parent)
        {
            foreach (var variable in context.Extra ?? [])
            {
                if (seen.Add(variable.Name))
                    yield return variable.Name;
            }

            if (context.Slots is null)
                continue;
            foreach (var variable in context.Activity.Variables)
            {
                if (seen.Add(variable.Name))
                    yield return variable.Name;
            }
        }
    }

    private static bool TrySetExtra(ActivityExecutionContext context, string name, Value value)
    {
        if (context.Extra is not { } extra)
            return false;

        for (var i = 0; i < extra.Count; i++)
        {
            if (extra[i].Name != name)
                continue;
            extra[i] = new NamedValue(name, value);
            return true;
        }

        return false;
    }
}
