using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Api.Contracts;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api;

/// <summary><c>/office/v1/paperwork</c>: what is there, what is missing, from whom, since when.</summary>
internal static class PaperworkApi
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/paperwork", ListAsync);

    /// <summary>By department, person and kind. <c>dept</c>, <c>person</c> and <c>onlyIncomplete=true</c> narrow; heads see their own department.</summary>
    private static async Task<IResult> ListAsync(HttpContext http, WorkflowStore store, DirectoryCache cache, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (caller, directory, now) = (http.Caller(), cache.Current, clock.GetUtcNow());
        var (person, isIncomplete) = (ApiBody.Text(http, "person"), ApiBody.Flag(http, "onlyIncomplete"));
        var department = ApiBody.Text(http, "dept") is { } text
            ? directory.FindDepartment(text)?.Id ?? throw OfficeProblem.NotFound("department", text, $"Departments are {string.Join(", ", directory.Departments.Select(d => d.Name))}.")
            : null;
        var own = caller.Account.Is(OfficeRoles.DepartmentHead) && !caller.SeesAll() ? caller.Account.DepartmentId : null;

        await using var context = await store.ReadAsync(cancellationToken);
        var items = await context.Paperwork.Where(p => person == null || p.PersonId == person).ToListAsync(cancellationToken);
        var kinds = PaperworkKind.StartPacket.Select((k, i) => (k.Key, i)).ToDictionary(k => k.Key, k => k.i);
        return OfficeApi.Answer(
            from item in items
            let who = directory.Person(item.PersonId)
            where (department is null || who?.DepartmentId == department) && (own is null || who?.DepartmentId == own)
            let state = PaperworkState.Of(item.State)
            where !isIncomplete || state.IsOpen
            orderby directory.Department(who?.DepartmentId)?.Order ?? int.MaxValue, who?.SortName ?? item.PersonId, item.PersonId, kinds.GetValueOrDefault(item.Kind, int.MaxValue)
            select new PaperworkJson(
                item.PersonId, who?.Name ?? item.PersonId, who?.DepartmentId, directory.Department(who?.DepartmentId)?.Name,
                item.Kind, PaperworkKind.NameOf(item.Kind), item.State, state.Word, state.IsOpen, state.IsOpen && item.Due < now,
                item.Holder, item.Since, item.Due, item.InstanceId, item.DocumentId, caller.SeesTermsOf(item.PersonId, directory) ? item.Note : null));
    }
}
