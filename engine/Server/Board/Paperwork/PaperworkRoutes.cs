using System.Globalization;
using System.Text;
using ProductionOffice.Server.Board.Shared;

namespace ProductionOffice.Server.Board.Paperwork;

/// <summary>The paperwork matrix as a page and as a table for spreadsheets; no deal terms in either.</summary>
internal static class PaperworkRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/paperwork", async (HttpContext context, BoardPages pages, PaperworkQuery query, CancellationToken cancellationToken) =>
            pages.Show<PaperworkPage>(context, await query.ReadAsync(Filter(context), pages.Moments(), cancellationToken)));
        routes.MapGet("/paperwork.csv", async (HttpContext context, BoardPages pages, PaperworkQuery query, CancellationToken cancellationToken) =>
        {
            var moments = pages.Moments();
            var view = await query.ReadAsync(Filter(context), moments, cancellationToken);
            return Results.File(
                Encoding.UTF8.GetBytes(Csv.Write(Table(view))), "text/csv; charset=utf-8",
                $"paperwork-{moments.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv");
        });
    }

    private static PaperworkFilter Filter(HttpContext context)
    {
        var q = context.Request.Query;
        return new PaperworkFilter(q.Text("dept"), q.Flag("incomplete"), q.Number("days"), q.Text("q"));
    }

    private static IEnumerable<IEnumerable<string>> Table(PaperworkView view)
    {
        yield return ["Person", "Position", "Department", "First day", .. view.Columns.Select(c => c.Name), "Complete", "Of"];
        foreach (var row in view.Rows)
        {
            yield return
            [
                row.Name, row.Role, row.Department, row.Starts?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                .. row.Cells.Select(c => c.Words),
                row.Done.ToString(CultureInfo.InvariantCulture), row.Of.ToString(CultureInfo.InvariantCulture),
            ];
        }
    }
}
