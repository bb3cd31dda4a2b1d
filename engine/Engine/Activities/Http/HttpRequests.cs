using ProductionOffice.Engine.Expressions;
using ProductionOffice.Engine.Flowcharts;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>What the two forms of a web request have in common: sent after the commit, the answer comes back as a wake-up.</summary>
internal abstract class HttpRequestActivity : Activity
{
    protected const string TimedOut = "Timeout";
    protected const string NotReached = "Failed to connect";

    [Input(DisplayName = "URL", Required = true)]
    public Input<string>? Url { get; set; }

    [Input(DefaultValue = "GET", Options = ["GET", "POST", "PUT", "HEAD", "OPTIONS", "PATCH", "DELETE"])]
    public Input<string>? Method { get; set; }

    [Input(Description = "The body; objects are sent as JSON.")]
    public Input<Value>? Content { get; set; }

    [Input(DisplayName = "Content type")]
    public Input<string>? ContentType { get; set; }

    [Input(Description = "Value of the Authorization header.", Category = "Security")]
    public Input<string>? Authorization { get; set; }

    [Input(DisplayName = "Headers")]
    public Input<ObjectValue>? RequestHeaders { get; set; }

    [Output(DisplayName = "Status code")]
    public Output<int>? StatusCode { get; set; }

    [Output]
    public Output<object>? ParsedContent { get; set; }

    [Output]
    public Output<object>? ResponseHeaders { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var request = new ObjectValue();
        request.Set("url", Value.From(context.Get(Url)));
        request.Set("method", Value.From(context.Get(Method) ?? "GET"));
        var content = context.GetValue(Content);
        if (!content.IsNullish)
            request.Set("content", content);
        if (Blank.ToNull(context.Get(ContentType)) is { } type)
            request.Set("contentType", Value.From(type));
        if (Blank.ToNull(context.Get(Authorization)) is { } authorization)
            request.Set("authorization", Value.From(authorization));
        if (context.Get(RequestHeaders) is { } headers)
            request.Set("headers", Value.From(headers));
        request.Set("handles", Value.From(new ListValue(Handled.Select(outcome => Value.From(outcome)))));
        context.Send("http", Value.From(request), context.CreateBookmark(new BookmarkRequest { Callback = Answered }));
    }

    /// <summary>The answer is <c>{"statusCode","content","headers"}</c>, or <c>{"error":"Failed to connect"|"Timeout"}</c> when the workflow handles that.</summary>
    protected void Answered(ActivityExecutionContext context)
    {
        var answer = context.Resumed;
        if (answer["error"] is { Kind: ValueKind.String } error)
        {
            Ended(context, error.AsString(), null);
            return;
        }

        var status = (int)TypeConversion.ToNumber(answer["statusCode"]);
        context.Set(StatusCode, Value.From((double)status));
        context.Set(ParsedContent, answer["content"]);
        context.Set(ResponseHeaders, answer["headers"]);
        Ended(context, null, status);
    }

    /// <summary>Which of <see cref="TimedOut"/> and <see cref="NotReached"/> lead on in the workflow; for the others the host tries again until a person steps in.</summary>
    protected abstract IEnumerable<string> Handled { get; }

    protected abstract void Ended(ActivityExecutionContext context, string? error, int? status);
}

/// <summary>Sends a web request; ports hold what runs for a status.</summary>
[Activity("Elsa.SendHttpRequest", "HTTP", DisplayName = "HTTP Request", Description = "Send an HTTP request.", Kind = "Task")]
internal sealed class SendHttpRequest : HttpRequestActivity
{
    private (int Status, Activity? Activity)[] _expected = [];

    [Port]
    public Activity? UnmatchedStatusCode { get; set; }

    [Port]
    public Activity? FailedToConnect { get; set; }

    [Port]
    public Activity? Timeout { get; set; }

    protected override IEnumerable<string> Handled
    {
        get
        {
            if (Timeout is not null)
                yield return TimedOut;
            if (FailedToConnect is not null)
                yield return NotReached;
        }
    }

    internal override void Bind(ActivityBinder binder) =>
        _expected = [.. Definitions.DefinitionJson.Objects(binder.Json["expectedStatusCodes"]).Select((json, i) => (Definitions.DefinitionJson.Integer(json["statusCode"]) ?? 0, binder.Child(json["activity"], $"expectedStatusCodes[{i}].activity")))];

    internal override void ChildCompleted(ActivityExecutionContext context, ActivityExecutionContext child, string[] outcomes) => context.Complete();

    protected override void Ended(ActivityExecutionContext context, string? error, int? status)
    {
        var next = error is not null
            ? error == TimedOut ? Timeout : FailedToConnect
            : Array.FindIndex(_expected, e => e.Status == status) is >= 0 and var index ? _expected[index].Activity : UnmatchedStatusCode;
        if (next is null)
            context.Complete();
        else
            context.Schedule(next);
    }
}

/// <summary>Sends a web request; outcomes are the status codes.</summary>
[Activity("Elsa.FlowSendHttpRequest", "HTTP", DisplayName = "HTTP Request (flow)", Description = "Send an HTTP request.", Kind = "Task")]
[Outcomes("Unmatched status code", "Failed to connect", "Timeout", "Done")]
internal sealed class FlowSendHttpRequest : HttpRequestActivity
{
    [Input(DisplayName = "Expected status codes", Description = "Each becomes an outcome.", UIHint = "multitext")]
    public Input<ListValue>? ExpectedStatusCodes { get; set; }

    protected internal override IReadOnlyList<string>? GetOutcomes(TriggerContext context) =>
        [.. TypeConversion.ToTexts(context.GetValue(ExpectedStatusCodes)), "Unmatched status code", "Failed to connect", "Timeout", "Done"];

    protected override IEnumerable<string> Handled =>
        Parent is Flowchart flow ? flow.Connections.Where(c => c.Source == this && c.Port is (TimedOut or NotReached)).Select(c => c.Port).Distinct() : [];

    protected override void Ended(ActivityExecutionContext context, string? error, int? status)
    {
        if (error is not null)
        {
            context.Complete(error);
            return;
        }

        var expected = TypeConversion.ToList(context.GetValue(ExpectedStatusCodes))?.Any(code => (int)TypeConversion.ToNumber(code) == status) == true;
        context.Complete(expected ? $"{status}" : "Unmatched status code", "Done");
    }
}
