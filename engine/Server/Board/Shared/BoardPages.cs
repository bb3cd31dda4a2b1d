using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Shared;

/// <summary>Puts a page together: its own model, and what stands around every page.</summary>
internal sealed class BoardPages(DirectoryCache directory, Commits commits, TimeProvider clock)
{
    /// <summary>The page of a component with the parameters <c>Frame</c> and <c>Model</c>.</summary>
    /// <remarks>Said as a result of any kind: what binds the routes at build time does not see the pages yet.</remarks>
    public IResult Show<TPage>(HttpContext context, object? model = null, int status = 200) where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["Frame"] = FrameOf(context), ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>Says times in the production's zone, as of now.</summary>
    public Moments Moments()
    {
        var zone = directory.Current.Production?.TimeZone;
        return new Moments(zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc, clock.GetUtcNow());
    }

    private Frame FrameOf(HttpContext context)
    {
        var people = directory.Current;
        var caller = TryCaller(context);
        var choices = caller is { IsOwner: true }
            ? people.Accounts.Select(a => new Choice(a.Name, $"{a.Name} · {a.DisplayName}, {RoleWords(a, people)}")).ToList()
            : [];
        return new Frame(
            people.Production?.WorkingTitle ?? "",
            caller?.Account.DisplayName,
            caller?.Account.Name,
            caller is null ? "" : RoleWords(caller.Account, people),
            caller?.IsOwner ?? false,
            choices,
            context.Request.Path + context.Request.QueryString,
            Moments(),
            context.Request.IsHttps || context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress))
        {
            IsDiskFull = commits.IsDiskFull,
        };
    }

    private static Caller? TryCaller(HttpContext context)
    {
        try
        {
            return context.CallerOrNull();
        }
        catch (OfficeProblem)
        {
            // The page that says so is shown to nobody in particular.
            return null;
        }
    }

    /// <summary>The roles of an account as the office says them, a head with the department.</summary>
    public static string RoleWords(Account account, OfficeDirectory people) => string.Join(", ", account.Roles.Select(r =>
        r == OfficeRoles.DepartmentHead && people.Department(account.DepartmentId) is { } department ? $"Head of {department.Name}" : OfficeRoles.Title(r)));
}
