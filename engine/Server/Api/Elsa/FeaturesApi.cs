namespace ProductionOffice.Server.Api.Elsa;

/// <summary><c>/features/installed</c>: what the Studio may switch on. Nothing: it polls for changes and needs no part that is not here.</summary>
/// <remarks>Only with <c>Elsa.RealTimeWorkflowUpdates</c> among them would it ask for the hub <c>/elsa/hubs/workflow-instance</c>, which is not here, and complain.</remarks>
internal static class FeaturesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/features/installed", () => ElsaJson.List(Array.Empty<object>()));
        api.MapGet("/features/installed/{name}", IResult (string name) => throw Desk.OfficeProblem.NotFound("feature", name, "None can be switched on here."));
    }
}
