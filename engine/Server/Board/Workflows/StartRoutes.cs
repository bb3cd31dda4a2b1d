using System.Text.Json.Nodes;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Security;
using ProductionOffice.Workflows.Hiring;

namespace ProductionOffice.Server.Board.Workflows;

/// <summary>The form to start a workflow.</summary>
internal static class StartRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/start/{definitionId}", ShowAsync);
        routes.MapPost("/start/{definitionId}", StartAsync);
    }

    private static async Task<IResult> ShowAsync(string definitionId, HttpContext context, BoardPages pages, WorkflowQuery query, DirectoryCache directory, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var form = await query.FormAsync(definitionId, caller, cancellationToken);
        var q = context.Request.Query;
        return pages.Show<StartPage>(context, View(form, name => q.ContainsKey(name) ? q.Text(name) : null, [], NewKey(), null, caller, directory));
    }

    private static async Task<IResult> StartAsync(
        string definitionId, HttpContext context, BoardPages pages, WorkflowQuery query, WorkflowDesk desk, DirectoryCache directory, AuditTrail audit, CancellationToken cancellationToken)
    {
        var caller = context.Caller();
        var form = await query.FormAsync(definitionId, caller, cancellationToken);
        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var key = sent["key"].ToString() is { Length: > 0 and <= 64 } given ? given : NewKey();
        var (input, problems) = form.Parse(name => sent["in." + name].ToString());
        if (form.IsHire && problems.Count == 0)
            Check(input, problems, caller, directory);
        else if (form.AsksForPerson && (string?)input["person"] is { Length: > 0 } person && directory.Current.FindPerson(person) is null)
            problems["person"] = $"There is nobody with the id or full name '{person}' in the directory. Choose one from the list.";
        if (problems.Count > 0)
            return Again(422, new ProblemView(problems.Count == 1 ? "One box needs a look." : $"{problems.Count} boxes need a look.", "Nothing was started. What you typed is still here."));

        try
        {
            using var deed = audit.Begin(caller, "start", written => written.Instance is { } begun ? (begun.Id, form.Name) : null);
            var id = await desk.StartAsync(definitionId, input, caller.Account, $"board:{caller.Account.Name}:start:{key}", cancellationToken);
            return Results.LocalRedirect($"/i/{Uri.EscapeDataString(id)}?done=started");
        }
        catch (OfficeProblem problem)
        {
            return Again(problem.Status, ProblemView.Of(problem));
        }

        IResult Again(int status, ProblemView problem) =>
            pages.Show<StartPage>(context, View(form, name => sent["in." + name].ToString(), problems, key, problem, caller, directory), status);
    }

    /// <summary>Finds beside which box a wrong hire request goes wrong; heads hire into their own department alone.</summary>
    private static void Check(JsonObject input, Dictionary<string, string> problems, Caller caller, DirectoryCache directory)
    {
        try
        {
            var values = Value.ParseJson(input.ToJsonString());
            var (person, _) = HireTerms.Read(values["person"], values, directory.Current, "new");
            if (!StartRules.MayHire(caller, person.DepartmentId))
                problems[input.ContainsKey("person") ? "person" : "department"] = "You hire for your own department. Ask the head of that one.";
        }
        catch (HireRequestException e)
        {
            problems[e.Field] = $"{e.Problem} {e.Remedy}";
        }
    }

    private static StartView View(StartForm form, Func<string, string?> typed, Dictionary<string, string> problems, string key, ProblemView? problem, Caller caller, DirectoryCache directory) => new(
        form.DefinitionId, form.Name, form.Description,
        form.Groups(typed, problems, directory.Current, department => !form.AsksForTerms || StartRules.MayHire(caller, department)), key, problem);

    private static string NewKey() => Secrets.NewToken()[..22];
}
