using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Runtime;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Api.Elsa;

/// <summary>The one refusal the Studio shows to people: 400 with <c>errors</c>, in their words.</summary>
internal static class ElsaRefusal
{
    public static IResult Answer(IEnumerable<string> errors) => TypedResults.Json(
        new { StatusCode = StatusCodes.Status400BadRequest, Message = "One or more errors occurred!", Errors = new { GeneralErrors = errors } }, ElsaJson.Options, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>Answers what can be said to whoever draws in their words; the rest goes on its way.</summary>
    public static async ValueTask<object?> CatchAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DrawingRefusedException refused)
        {
            return Answer(refused.Errors);
        }
        catch (DefinitionFormatException e)
        {
            return Answer([$"This workflow cannot be read: {e.Problem} {e.Remedy}"]);
        }
        catch (WorkflowNotFoundException)
        {
            return Answer(["This workflow has been deleted meanwhile. Nothing was changed."]);
        }
        catch (OfficeProblem problem) when (problem.Status is 400 or 409 or 413 or 422)
        {
            return Answer([$"{problem.Problem} {problem.Remedy}".TrimEnd()]);
        }
    }
}

/// <summary>What was drawn is not taken: sentences for whoever draws.</summary>
internal sealed class DrawingRefusedException(IReadOnlyList<string> errors) : Exception(string.Join(" ", errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
