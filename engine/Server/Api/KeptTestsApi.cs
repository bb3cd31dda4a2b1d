using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Security;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Kept;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/workflows/{definitionId}/tests</c>: runs the kept tests of a workflow on a version of it; nothing is stored or sent.</summary>
internal static class KeptTestsApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/workflows/{definitionId}/tests", RunAsync);

    /// <summary><c>version</c> is a number or <c>published</c>; the newest when it is not given.</summary>
    private static async Task<IResult> RunAsync(string definitionId, HttpContext http, TryoutDesk desk, KeptTests tests, CancellationToken cancellationToken)
    {
        http.Caller().Need("run the tests of workflows", OfficeRoles.UnitProductionManager);
        var definition = await desk.FindAsync(definitionId, http.Request.Query.Text("version"), cancellationToken);
        var report = await tests.RunAsync(definition.Json, cancellationToken);
        return OfficeApi.Answer(new
        {
            DefinitionId = definitionId,
            definition.Version,
            Cases = report.Results.Select(r => new { r.Name, File = "", r.Passed, Differences = r.Breaks }),
            report.Passed,
            Failed = report.Broken,
        });
    }
}
