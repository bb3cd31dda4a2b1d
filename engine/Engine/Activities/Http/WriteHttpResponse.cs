using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Engine.Activities;

/// <summary>Answers the web request that the instance was woken by, when the host still holds it.</summary>
[Activity("Elsa.WriteHttpResponse", "HTTP", DisplayName = "HTTP Response", Description = "Write a response to the current HTTP request.")]
internal sealed class WriteHttpResponse : CodeActivity
{
    public const string EffectKind = "http-response";

    [Input(DisplayName = "Status code", DefaultValue = 200)]
    public Input<int>? StatusCode { get; set; }

    [Input(Description = "The body; objects are sent as JSON.")]
    public Input<Value>? Content { get; set; }

    [Input(DisplayName = "Content type")]
    public Input<string>? ContentType { get; set; }

    [Input(DisplayName = "Headers")]
    public Input<ObjectValue>? ResponseHeaders { get; set; }

    protected override void Execute(ActivityExecutionContext context)
    {
        var response = new ObjectValue();
        response.Set("statusCode", Value.From((double)context.Get(StatusCode)));
        response.Set("content", context.GetValue(Content).IsNullish ? Value.Null : context.GetValue(Content));
        if (Blank.ToNull(context.Get(ContentType)) is { } type)
            response.Set("contentType", Value.From(type));
        if (context.Get(ResponseHeaders) is { } headers)
            response.Set("headers", Value.From(headers));
        context.Send(EffectKind, Value.From(response));
    }
}
