using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Deliveries;

/// <summary>What the front desk has and had.</summary>
internal static class DeliveryRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/deliveries", async (HttpContext context, BoardPages pages, DeliveryQuery query, CancellationToken cancellationToken) =>
    {
        var q = context.Request.Query;
        return pages.Show<DeliveryListPage>(context, await query.ListAsync(q.Text("state"), q.Text("dept"), q.Text("q"), cancellationToken));
    });
}
