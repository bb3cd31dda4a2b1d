using ProductionOffice.Server.Api.Elsa.Definitions;
using ProductionOffice.Server.Api.Elsa.Descriptors;
using ProductionOffice.Server.Api.Elsa.Instances;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>Elsa's REST API under <c>/elsa/api</c>, as Elsa Studio and Elsa's own client ask for it.</summary>
/// <remarks>A session's cookie counts here, so every change must prove that it comes from a page of this office.</remarks>
internal static class ElsaApi
{
    public const string Root = "/elsa/api";

    public static void AddElsaApi(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionDigests>();
        services.AddSingleton<SaveTurns>();
        services.AddSingleton<DefinitionDesk>();
        services.AddSingleton<Starter>();
        services.AddSingleton<InstanceView>();
        services.AddSingleton<Choices>();
        services.AddSingleton<ActivityDescriptors>();
    }

    public static void MapElsaApi(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireAuthorization().WithMetadata(OwnPagesOnly.Instance).AddEndpointFilter(ApiProblem.CatchAsync);
        FeaturesApi.Map(api);
        DescriptorsApi.Map(api);
        TypeDefinitionsApi.Map(api);
        DefinitionsApi.Map(api);
        DefinitionVersionsApi.Map(api);
        DefinitionFilesApi.Map(api);
        DefinitionGraphApi.Map(api);
        BulkDefinitionsApi.Map(api);
        ExecutionApi.Map(api);
        ActivityTestsApi.Map(api);
        Instances.InstancesApi.Map(api);
        JournalApi.Map(api);
        InstanceChangesApi.Map(api);
        ExecutionsApi.Map(api);
        SignalsApi.Map(api);
        api.MapFallback(IResult (HttpContext http) => throw OfficeProblem.NotFound("address", http.Request.Path, $"Addresses are Elsa's, under {Root}/workflow-definitions, workflow-instances, descriptors, activity-executions, tasks, events."));
    }
}
