using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Api.Elsa.Descriptors;

/// <summary><c>/descriptors</c>: what the Studio can draw with.</summary>
internal static class DescriptorsApi
{
    private static readonly (string Type, string Name, string Category)[] Types =
    [
        ("String", "Text", "Primitives"), ("Boolean", "Yes or no", "Primitives"), ("Int32", "Whole number", "Primitives"), ("Int64", "Large whole number", "Primitives"), ("Double", "Number", "Primitives"),
        ("Decimal", "Amount", "Primitives"), ("DateTimeOffset", "Date and time", "Primitives"), ("DateTime", "Date and time without a zone", "Primitives"), ("TimeSpan", "Length of time", "Primitives"),
        ("Guid", "Unique id", "Primitives"), ("Object", "Anything", "Data"), ("ObjectDictionary", "Fields", "Data"),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        var descriptors = api.MapGroup("/descriptors");
        descriptors.MapGet("/activities", ActivitiesAsync);
        descriptors.MapGet("/activities/{type}", ActivityAsync);
        descriptors.MapPost("/activities/{type}/options/{property}", OptionsAsync);
        descriptors.MapGet("/expression-descriptors", Expressions);
        descriptors.MapGet("/variables", () => ElsaJson.List(Types.Select(t => new { TypeName = t.Type, DisplayName = t.Name, t.Category, Description = "" }).ToList()));
        descriptors.MapGet("/storage-drivers", () => ElsaJson.List((object[])
            [new { TypeName = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", DisplayName = "Kept with the workflow", Priority = 5.0, Deprecated = false }]));
        descriptors.MapGet("/workflow-activation-strategies", () => Strategies(
            ("Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", "Always", "Starts whenever somebody starts it."),
            ("Elsa.Workflows.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core", "One at a time", "Does not start while it is running."),
            ("Elsa.Workflows.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Core", "One at a time for each subject", "Does not start while it is running for the same person or thing."),
            ("Elsa.Workflows.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Core", "Nothing else for the subject", "Does not start while any workflow is running for the same person or thing.")));
        descriptors.MapGet("/incident-strategies", () => Strategies(
            ("Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core", "Stop", "Stops the whole workflow when a step fails."),
            ("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "Go on", "Other paths go on when a step fails; that one waits for somebody.")));
        descriptors.MapGet("/log-persistence-strategies", () => Strategies(("Elsa.Workflows.LogPersistence.Strategies.Include, Elsa.Workflows.Core", "Keep", "Everything that happens is kept.")));
        descriptors.MapGet("/commit-strategies/workflows", () => ElsaJson.List(Array.Empty<object>()));
        descriptors.MapGet("/commit-strategies/activities", () => ElsaJson.List(Array.Empty<object>()));
        descriptors.MapGet("/output-converters", () => ElsaJson.List(Array.Empty<object>()));
    }

    private static async Task<IResult> ActivitiesAsync(ActivityDescriptors descriptors, CancellationToken cancellationToken) => ElsaJson.List(await descriptors.AllAsync(cancellationToken));

    private static async Task<IResult> ActivityAsync(string type, HttpContext http, ActivityDescriptors descriptors, CancellationToken cancellationToken)
    {
        var version = ElsaQuery.Number(http, "version");
        var found = (await descriptors.AllAsync(cancellationToken)).Where(d => d.TypeName == type && (version is null || d.Version == version)).MaxBy(d => d.Version);
        return ElsaJson.Answer(found ?? throw OfficeProblem.NotFound("kind of step", type, $"List them under {ElsaApi.Root}/descriptors/activities."));
    }

    /// <summary>The choices of one input as they stand now.</summary>
    private static async Task<IResult> OptionsAsync(string type, string property, ActivityDescriptors descriptors, CancellationToken cancellationToken)
    {
        var input = (await descriptors.AllAsync(cancellationToken)).Where(d => d.TypeName == type).MaxBy(d => d.Version)?.Inputs.FirstOrDefault(i => string.Equals(i.Name, property, StringComparison.OrdinalIgnoreCase));
        return input is null
            ? throw OfficeProblem.NotFound("input", $"{type}.{property}", $"List them under {ElsaApi.Root}/descriptors/activities.")
            : ElsaJson.Answer(new { Items = input.UiSpecifications ?? [] });
    }

    /// <summary>How values can be written. JavaScript is shown where it stands, and not offered: fields do without it.</summary>
    private static IResult Expressions() => ElsaJson.List((object[])
    [
        Expression("Literal", "Fixed value", false),
        Expression("Object", "Object", false, "json"),
        Expression("Json", "Json", false, "json"),
        Expression("Variable", "Field of this workflow", true),
        Expression("Input", "What it was started with", true),
        Expression("Liquid", "Text with fields", true, "liquid"),
        Expression("JavaScript", "JavaScript", false, "javascript"),
    ]);

    private static object Expression(string type, string name, bool isOffered, string? language = null) => new
    {
        Type = type,
        DisplayName = name,
        IsSerializable = true,
        IsBrowsable = isOffered,
        // The Studio asks for this one key in capitals.
        Properties = language is null ? [] : new Dictionary<string, string> { ["MonacoLanguage"] = language },
    };

    private static IResult Strategies(params (string Type, string Name, string Description)[] strategies) =>
        ElsaJson.List(strategies.Select(s => new { TypeName = s.Type, DisplayName = s.Name, s.Description }).ToList());
}
