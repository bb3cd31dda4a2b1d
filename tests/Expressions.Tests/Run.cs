namespace ProductionOffice.Expressions.Tests;

/// <summary>Short ways to evaluate in tests.</summary>
internal static class Run
{
    public static EvaluationContext Context(string json = "{}", string locale = "en-US", TimeZoneInfo? zone = null) => new()
    {
        Scope = new ObjectScope(Value.ParseJson(json).AsObject()),
        Now = new DateTimeOffset(2026, 3, 14, 9, 0, 0, TimeSpan.Zero),
        TimeZone = zone ?? TimeZoneInfo.Utc,
        Locale = locale,
    };

    public static Value Expression(string source, string json = "{}", TimeZoneInfo? zone = null) =>
        Expressions.Expression.Parse(source).Evaluate(Context(json, zone: zone));

    public static string Tag(string body, string json = "{}", string locale = "en-US", TimeZoneInfo? zone = null)
    {
        var context = Context(json, locale, zone);
        return ValueText.Print(Pipeline.Parse(body, FormatterTable.Standard).Evaluate(context), context);
    }

    public static ExpressionException Failure(Action action) => Should.Throw<ExpressionException>(action);
}
