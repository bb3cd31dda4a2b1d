using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Today;

/// <summary>The first page.</summary>
internal static class TodayRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", async (HttpContext context, BoardPages pages, TodayQuery query, CancellationToken cancellationToken) =>
        pages.Show<TodayPage>(context, await query.ReadAsync(context.Caller(), pages.Moments(), cancellationToken)));
}
