using ProductionOffice.Engine.Activities;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Running;

/// <summary>A variable that exists in one execution only, such as a loop's current value.</summary>
internal record struct NamedValue(string Name, Value Value);

/// <summary>An activity waiting for its turn in the burst.</summary>
/// <param name="Activity">What to run.</param>
/// <param name="Owner">The execution that scheduled it and hears of its completion; null for the workflow itself.</param>
/// <param name="Tag">What the owner wants to know again at the completion.</param>
/// <param name="Variables">Variables of the new execution.</param>
/// <param name="ByBackwardConnection">Whether a flowchart came here by a connection that closes a loop.</param>
internal readonly record struct ScheduledItem(Activity Activity, ActivityExecutionContext? Owner, string? Tag, NamedValue[]? Variables, bool ByBackwardConnection);

/// <summary>Texts of small numbers, so that ids cost nothing.</summary>
internal static class NumberText
{
    private static readonly string[] Small = [.. Enumerable.Range(0, 1024).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    public static string Of(int number) => (uint)number < (uint)Small.Length ? Small[number] : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
