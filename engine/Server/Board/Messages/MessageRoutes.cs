using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Messages;

/// <summary>What the office sent, to whom, when.</summary>
internal static class MessageRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/messages", async (HttpContext context, BoardPages pages, MessageQuery query, CancellationToken cancellationToken) =>
        pages.Show<MessageListPage>(context, await query.ListAsync(context.Request.Query.Text("q"), context.Caller(), cancellationToken)));
}
