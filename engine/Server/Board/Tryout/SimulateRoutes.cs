using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Simulating;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>Many runs at once. The address holds all that is assumed, so a result can be sent on, loaded again and compared.</summary>
internal static class SimulateRoutes
{
    /// <summary>One at a time: it is a long calculation, and the office goes before.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflows/{definitionId}/simulate", ShowAsync);
        routes.MapGet("/workflows/{definitionId}/simulate.csv", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(string definitionId, HttpContext context, BoardPages pages, TryoutParts parts, SimulatePlaces places, CancellationToken cancellationToken)
    {
        TryoutDesk.Need(context);
        var q = context.Request.Query;
        var definition = await parts.Desk.FindAsync(definitionId, q.Text("version"), cancellationToken);
        var workflow = await parts.Query.WorkflowAsync(definition, cancellationToken);
        var today = pages.Moments().Today;
        try
        {
            var setting = await parts.Desk.SettingAsync(definition.Json, cancellationToken);
            var form = await FormAsync(definition, setting, context, places, today, cancellationToken);
            var result = q.Flag("run") && form.Problem is null ? await RunAsync(setting, form.Plan, cancellationToken) : null;
            return pages.Show<SimulatePage>(
                context,
                new SimulateView(
                    workflow, form.Basics(), form.Paces(), form.Decisions(), result is null ? null : SimulateWords.Of(result, form.Plan, setting.Directory),
                    result is null ? null : $"/workflows/{Uri.EscapeDataString(definitionId)}/simulate.csv{context.Request.QueryString}", form.Problem),
                form.Problem is null ? 200 : 422);
        }
        catch (Engine.WorkflowException problem)
        {
            return pages.Show<SimulatePage>(context, new SimulateView(workflow, [], [], [], null, null, new ProblemView(problem.Message, "Correct the workflow in the designer first.")), 422);
        }
    }

    private static async Task<IResult> SaveAsync(string definitionId, HttpContext context, BoardPages pages, TryoutParts parts, SimulatePlaces places, CancellationToken cancellationToken)
    {
        TryoutDesk.Need(context);
        var definition = await parts.Desk.FindAsync(definitionId, context.Request.Query.Text("version"), cancellationToken);
        var setting = await parts.Desk.SettingAsync(definition.Json, cancellationToken);
        var form = await FormAsync(definition, setting, context, places, pages.Moments().Today, cancellationToken);
        if (form.Problem is { } problem)
            throw new OfficeProblem(422, "assumption-unreadable", problem.Problem, $"Correct it under {context.Request.GetEncodedPathAndQuery().Replace("simulate.csv", "simulate", StringComparison.Ordinal)}.");
        var result = await RunAsync(setting, form.Plan, cancellationToken);
        return Results.File(Encoding.UTF8.GetBytes(Csv.Write(SimulateWords.Rows(result))), "text/csv; charset=utf-8", DocumentRoutes.SafeName($"Simulation of {definitionId}, {form.Plan.Starts.ToString(CultureInfo.InvariantCulture)} runs.csv"));
    }

    private static async Task<SimulateForm> FormAsync(
        Engine.Storage.StoredDefinition definition, TryoutSetting setting, HttpContext context, SimulatePlaces places, DateOnly today, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            return new SimulateForm(context.Request.Query, await Task.Run(() => places.OfAsync(definition, setting, today, cancellationToken), cancellationToken), today);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task<SimulationResult> RunAsync(TryoutSetting setting, SimulationPlan plan, CancellationToken cancellationToken)
    {
        await Turn.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Simulation.RunAsync(setting, plan, cancellationToken), cancellationToken);
        }
        finally
        {
            Turn.Release();
        }
    }
}
