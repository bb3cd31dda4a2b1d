using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.Approvals;

/// <summary>Open tasks as lists show them, seen by one caller.</summary>
internal sealed class TaskQuery(TaskDesk tasks, DirectoryCache directory)
{
    /// <summary>All that is asked of anybody, those due first on top.</summary>
    public async Task<IReadOnlyList<TaskLine>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        [.. (await tasks.ListOpenAsync(null, includeOffered: false, cancellationToken)).Select(row => Line(row, caller, directory.Current))];

    public static TaskLine Line(TaskRow row, Caller caller, OfficeDirectory people)
    {
        var task = TaskDesk.Read(row);
        var person = people.Person(task.Subject);
        return new TaskLine(
            row.Id, row.Kind, row.Title, person?.Id, person?.Name, people.Department(person?.DepartmentId)?.Name,
            Holder(task, people), Requester(task, people), row.CreatedAt, row.Due, row.InstanceId, TaskDesk.WhyNot(row, caller.Account) is null);
    }

    /// <summary>Who has it: the one account, or the role with the name when only one holds it.</summary>
    public static string Holder(OfficeTask task, OfficeDirectory people)
    {
        if (task.Account is { } only)
            return people.Account(only)?.DisplayName ?? only;

        var holders = people.Holders(task.Role).Where(a => ApprovalChain.MayDecide(a, task.Excluded)).Take(2).ToList();
        return holders is [var one] ? $"{OfficeRoles.Title(task.Role)}, {one.DisplayName}" : OfficeRoles.Title(task.Role);
    }

    private static string? Requester(OfficeTask task, OfficeDirectory people) =>
        task.RequestedBy is { } account ? people.Account(account)?.DisplayName ?? (account == Caller.OwnerName ? Caller.Owner.DisplayName : account) : null;
}
