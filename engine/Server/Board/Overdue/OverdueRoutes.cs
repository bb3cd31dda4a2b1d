using ProductionOffice.Server.Board.Approvals;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Overdue;

/// <summary>What is late, and what is due today.</summary>
internal static class OverdueRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/overdue", async (HttpContext context, BoardPages pages, OverdueQuery query, TaskQuery tasks, CancellationToken cancellationToken) =>
    {
        var moments = pages.Moments();
        var isToday = context.Request.Query.Text("when") == "today";
        var lines = await query.ListAsync(await tasks.ListAsync(context.Caller(), cancellationToken), moments, cancellationToken);
        return pages.Show<OverduePage>(context, new OverdueView([.. lines.Where(l => l.Due < moments.Now != isToday)], isToday));
    });
}
