using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.People;

/// <summary>Crew and cast.</summary>
internal static class PeopleRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/people", async (HttpContext context, BoardPages pages, PersonQuery query, CancellationToken cancellationToken) =>
        {
            var q = context.Request.Query;
            return pages.Show<PeoplePage>(context, await query.ListAsync(q.Text("dept"), q.Flag("in"), q.Text("q"), cancellationToken));
        });
        routes.MapGet("/people/crew-list.xlsx", (CrewList list) => list.Answer());
        routes.MapGet("/people/{id}", async (string id, HttpContext context, BoardPages pages, PersonQuery query, CancellationToken cancellationToken) =>
            pages.Show<PersonPage>(context, await query.ReadAsync(id, context.Caller(), pages.Moments(), cancellationToken)));
    }
}
