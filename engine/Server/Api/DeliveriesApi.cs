using Microsoft.EntityFrameworkCore;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/deliveries</c>: parcels at the front desk.</summary>
internal static class DeliveriesApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/deliveries", ListAsync);

    /// <summary>Those that wait first, the longest on top; then the others, newest first. <c>waiting=true</c> narrows.</summary>
    private static async Task<IResult> ListAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken)
    {
        var isWaiting = ApiBody.Flag(http, "waiting");
        await using var context = await store.ReadAsync(cancellationToken);
        var rows = await context.Deliveries.OrderBy(d => d.ReceivedAt).ThenBy(d => d.Number).ToListAsync(cancellationToken);
        var shown = rows.Where(d => d.IsWaiting);
        if (!isWaiting)
            shown = shown.Concat(rows.Where(d => !d.IsWaiting).Reverse());
        return OfficeApi.Answer(shown.Select(DeliveryJson.Of));
    }
}
