using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProductionOffice.Server.Api;

/// <summary>The office for programs: JSON under <c>/office/v1</c>, with a bearer token or a session.</summary>
/// <remarks>Every refusal is <c>application/problem+json</c>; see <see cref="ApiProblem"/>. GET changes nothing; POST takes an <c>Idempotency-Key</c>.</remarks>
internal static class OfficeApi
{
    public const string Root = "/office/v1";

    /// <summary>Spelling of every answer; never shown as a page, so accents and quotes stay as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapOfficeApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireAuthorization().AddEndpointFilter(ApiProblem.CatchAsync);
        TasksApi.Map(api);
        DocumentsApi.Map(api);
        WorkflowsApi.Map(api);
        WorkflowVersionsApi.Map(api);
        KeptTestsApi.Map(api);
        InstancesApi.Map(api);
        InstanceStateApi.Map(api);
        PaperworkApi.Map(api);
        DeliveriesApi.Map(api);
        KiosksApi.Map(api);
        SignInLinksApi.Map(api);
        WebhooksApi.Map(api);
        ParkedApi.Map(api);
        api.MapFallback(IResult (HttpContext http) => throw Desk.OfficeProblem.NotFound("address", http.Request.Path, $"Addresses are {Root}/tasks, docs, workflows, instances, paperwork, deliveries, kiosks, webhooks, parked."));
    }

    /// <summary>An answer in the spelling of this API.</summary>
    public static IResult Answer<T>(T body) => TypedResults.Json(body, Json);
}
