using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Waits for a web request, or is started by it; the host turns requests into stimuli.</summary>
[Activity(TypeName, "HTTP", DisplayName = "HTTP Endpoint", Description = "Wait for an inbound HTTP request that matches the specified path and methods.", Kind = "Trigger", IsTrigger = true)]
internal sealed class HttpEndpoint : Activity
{
    public const string TypeName = "Elsa.HttpEndpoint";

    [Input(Description = "The path, for example locations/permit.", Required = true)]
    public Input<string>? Path { get; set; }

    [Input(DisplayName = "Supported methods", Description = "GET, POST …", UIHint = "checklist")]
    public Input<ListValue>? SupportedMethods { get; set; }

    [Input(Description = "Whether the caller must be signed in.", Category = "Security")]
    public Input<bool>? Authorize { get; set; }

    [Input(Description = "Policy the caller must meet.", Category = "Security")]
    public Input<string>? Policy { get; set; }

    [Output(Description = "The request.")]
    public Output<object>? Result { get; set; }

    [Output(Description = "Its body, parsed.")]
    public Output<object>? ParsedContent { get; set; }

    [Output]
    public Output<object>? RouteData { get; set; }

    [Output]
    public Output<object>? QueryStringData { get; set; }

    [Output]
    public Output<object>? Headers { get; set; }

    protected internal override TriggerStimulus? GetTrigger(TriggerContext context) =>
        new(TypeName, Stimulus(context.Get(Path) ?? "", Methods(context.GetValue(SupportedMethods))[0]));

    /// <summary>What a request matches by; a bookmark is made for each method.</summary>
    public static Value Stimulus(string path, string method)
    {
        var stimulus = new ObjectValue();
        stimulus.Set("path", Value.From(path.Trim('/').ToLowerInvariant()));
        stimulus.Set("method", Value.From(method.ToLowerInvariant()));
        return Value.From(stimulus);
    }

    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow)
        {
            Received(context);
            return;
        }

        foreach (var method in Methods(context.GetValue(SupportedMethods)))
            context.CreateBookmark(new BookmarkRequest { Stimulus = Stimulus(context.Get(Path) ?? "", method), Callback = Received, IncludeActivityInstanceId = false });
    }

    private static string[] Methods(Value value) => TypeConversion.ToTexts(value) is { Length: > 0 } methods ? methods : ["GET"];

    private void Received(ActivityExecutionContext context)
    {
        var request = context.Resumed;
        context.Set(Result, request.IsNullish ? Value.Null : request);
        context.Set(ParsedContent, request["body"]);
        context.Set(RouteData, request["routeData"]);
        context.Set(QueryStringData, request["query"]);
        context.Set(Headers, request["headers"]);
        context.Complete();
    }
}
