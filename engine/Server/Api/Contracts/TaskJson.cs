using ProductionOffice.Office.Approvals;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Api.Contracts;

/// <summary>A task as programs read it; deal terms only for those who may see them.</summary>
internal sealed record TaskJson
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>Role key.</summary>
    public required string Role { get; init; }

    public required string RoleTitle { get; init; }

    /// <summary>The one account that may do it; null for every holder of the role.</summary>
    public string? Account { get; init; }

    /// <summary>Person id it is about.</summary>
    public string? Subject { get; init; }

    public string? SubjectName { get; init; }

    public required string InstanceId { get; init; }

    public required string DefinitionId { get; init; }

    public required string ActivityId { get; init; }

    public string? DocumentId { get; init; }

    /// <summary>Names of what can be chosen, in order.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Those of <see cref="Outcomes"/> that need a comment.</summary>
    public required IReadOnlyList<string> NeedReason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? Due { get; init; }

    public bool IsLate { get; init; }

    /// <summary>open, done or cancelled.</summary>
    public required string State { get; init; }

    public required IReadOnlyList<DetailJson> Detail { get; init; }

    public required IReadOnlyList<TaskField> Fields { get; init; }

    public string? Outcome { get; init; }

    public string? Comment { get; init; }

    public string? DoneBy { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public static TaskJson Of(TaskRow row, Caller caller, OfficeDirectory directory, DateTimeOffset now)
    {
        var task = TaskDesk.Read(row);
        var seesTerms = caller.SeesTermsOf(row.Subject, directory);
        var hasTerms = task.Detail.Any(d => d.IsDealTerm);
        return new TaskJson
        {
            Id = row.Id,
            Kind = row.Kind,
            Title = row.Title,
            Role = row.Role,
            RoleTitle = OfficeRoles.Title(row.Role),
            Account = row.Account,
            Subject = row.Subject,
            SubjectName = directory.Person(row.Subject)?.Name,
            InstanceId = row.InstanceId,
            DefinitionId = row.DefinitionId,
            ActivityId = row.ActivityId,
            DocumentId = row.DocumentId,
            Outcomes = [.. task.Outcomes.Select(o => o.Name)],
            NeedReason = [.. task.Outcomes.Where(o => o.NeedsReason).Select(o => o.Name)],
            CreatedAt = row.CreatedAt,
            Due = row.Due,
            IsLate = row.State == "open" && row.Due < now,
            State = row.State,
            Detail = [.. task.Detail.Where(d => seesTerms || !d.IsDealTerm).Select(d => new DetailJson(d.Label, d.Value))],
            Fields = seesTerms || !hasTerms ? task.Fields : [],
            Outcome = row.Outcome,
            // People write figures into their reasons.
            Comment = seesTerms || !hasTerms ? row.Comment : null,
            DoneBy = row.DoneBy,
            DoneAt = row.DoneAt,
        };
    }
}

/// <summary>A line shown beside a task.</summary>
internal sealed record DetailJson(string Label, string Value);

/// <summary>Body of <c>POST /office/v1/tasks/{id}</c>.</summary>
internal sealed record DoTask(string? Outcome, string? Comment = null, Dictionary<string, string>? Fields = null);
