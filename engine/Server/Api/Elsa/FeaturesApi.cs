namespace ProductionOffice.Server.Api.Elsa;

/// <summary><c>/features/installed</c>: what the Studio may switch on. Nothing: it polls for changes and needs no part that is not here.</summary>
internal static class FeaturesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/features/installed", () => ElsaJson.List(Array.Empty<object>()));
        api.MapGet("/features/installed/{name}", IResult (string name) => throw Desk.OfficeProblem.NotFound("feature", name, "None can be switched on here."));
    }
}
