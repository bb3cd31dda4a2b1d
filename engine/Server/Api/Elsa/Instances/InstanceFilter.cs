using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Engine.Instances;
using ProductionOffice.Server.Desk;

namespace ProductionOffice.Server.Api.Elsa.Instances;

/// <summary>Which instances are listed, as Elsa's clients ask: in the body, or in the address.</summary>
internal static class InstanceFilter
{
    /// <summary>The filter out of an address, in the shape of a body.</summary>
    public static JsonObject OfQuery(HttpContext http)
    {
        var filter = new JsonObject();
        foreach (var name in (string[])["searchTerm", "definitionId", "correlationId", "status", "subStatus", "orderBy", "orderDirection"])
            filter[name] = ElsaQuery.Text(http, name);
        foreach (var name in (string[])["definitionIds", "statuses", "subStatuses"])
            filter[name] = new JsonArray([.. ElsaQuery.Texts(http, name).Select(t => (JsonNode)t)]);
        foreach (var name in (string[])["page", "pageSize", "version"])
            filter[name] = ElsaQuery.Number(http, name);
        filter["hasIncidents"] = ElsaQuery.Flag(http, "hasIncidents");
        filter["isSystem"] = ElsaQuery.Flag(http, "isSystem");
        return filter;
    }

    public static IQueryable<WorkflowInstance> Where(IQueryable<WorkflowInstance> rows, JsonObject filter)
    {
        if (ElsaJson.IsTrue(filter["isSystem"]))
            return rows.Where(i => false);
        if (Text(filter, "definitionId") is { } definitionId)
            rows = rows.Where(i => i.DefinitionId == definitionId);
        if (ElsaBulk.Texts(filter, "definitionIds") is { Count: > 0 } definitionIds)
            rows = rows.Where(i => definitionIds.Contains(i.DefinitionId));
        if (Text(filter, "correlationId") is { } correlationId)
            rows = rows.Where(i => i.CorrelationId == correlationId);
        if (ElsaJson.Number(filter["version"]) is { } version)
            rows = rows.Where(i => i.DefinitionVersion == version);
        if (filter["hasIncidents"] is JsonValue incidents)
            rows = ElsaJson.IsTrue(incidents) ? rows.Where(i => i.IncidentCount > 0) : rows.Where(i => i.IncidentCount == 0);
        if (Words<WorkflowStatus>(filter, "status", "statuses") is { Count: > 0 } statuses)
            rows = rows.Where(i => statuses.Contains(i.Status));
        if (Words<WorkflowSubStatus>(filter, "subStatus", "subStatuses") is { Count: > 0 } subStatuses)
            rows = rows.Where(i => subStatuses.Contains(i.SubStatus));
        if (Text(filter, "searchTerm") is { } search)
        {
            var like = ElsaQuery.Like(search);
            rows = rows.Where(i => i.Id == search || EF.Functions.Like(i.Name ?? "", like) || EF.Functions.Like(i.CorrelationId ?? "", like) || EF.Functions.Like(i.DefinitionId, like));
        }

        foreach (var moment in ElsaJson.Items(filter["timestampFilters"]).OfType<JsonObject>())
            rows = rows.Where(Compare(moment));
        return rows;
    }

    public static IOrderedQueryable<WorkflowInstance> Order(IQueryable<WorkflowInstance> rows, JsonObject filter)
    {
        var down = !string.Equals(Text(filter, "orderDirection"), "Ascending", StringComparison.OrdinalIgnoreCase);
        var ordered = (Text(filter, "orderBy")?.ToUpperInvariant()) switch
        {
            "UPDATEDAT" or "LASTEXECUTED" => down ? rows.OrderByDescending(i => i.UpdatedAt) : rows.OrderBy(i => i.UpdatedAt),
            "FINISHED" => down ? rows.OrderByDescending(i => i.FinishedAt) : rows.OrderBy(i => i.FinishedAt),
            "NAME" => down ? rows.OrderByDescending(i => i.Name) : rows.OrderBy(i => i.Name),
            "STATUS" => down ? rows.OrderByDescending(i => i.Status) : rows.OrderBy(i => i.Status),
            "SUBSTATUS" => down ? rows.OrderByDescending(i => i.SubStatus) : rows.OrderBy(i => i.SubStatus),
            _ => down ? rows.OrderByDescending(i => i.CreatedAt) : rows.OrderBy(i => i.CreatedAt),
        };
        return down ? ordered.ThenByDescending(i => i.Id) : ordered.ThenBy(i => i.Id);
    }

    private static Expression<Func<WorkflowInstance, bool>> Compare(JsonObject filter)
    {
        if (!DateTimeOffset.TryParse(Text(filter, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw new OfficeProblem(400, "parameter-unreadable", $"'{filter["timestamp"]}' is no moment.", "Give timestamp as 2027-03-09T18:30:00Z.");

        var row = Expression.Parameter(typeof(WorkflowInstance), "i");
        Expression column = Text(filter, "column")?.ToUpperInvariant() switch
        {
            "CREATEDAT" => Expression.Property(row, nameof(WorkflowInstance.CreatedAt)),
            "UPDATEDAT" => Expression.Property(row, nameof(WorkflowInstance.UpdatedAt)),
            "FINISHEDAT" => Expression.Property(row, nameof(WorkflowInstance.FinishedAt)),
            _ => throw new OfficeProblem(400, "parameter-unreadable", $"'{filter["column"]}' is no column.", "Give CreatedAt, UpdatedAt or FinishedAt."),
        };
        var moment = Expression.Constant(at.ToUniversalTime(), typeof(DateTimeOffset));
        var right = column.Type == moment.Type ? (Expression)moment : Expression.Convert(moment, column.Type);
        Expression compared = Text(filter, "operator") switch
        {
            "Is" => Expression.Equal(column, right),
            "IsNot" => Expression.NotEqual(column, right),
            "GreaterThan" => Expression.GreaterThan(column, right),
            "GreaterThanOrEqual" => Expression.GreaterThanOrEqual(column, right),
            "LessThan" => Expression.LessThan(column, right),
            "LessThanOrEqual" => Expression.LessThanOrEqual(column, right),
            _ => throw new OfficeProblem(400, "parameter-unreadable", $"'{filter["operator"]}' is no operator.", "Give Is, IsNot, GreaterThan, GreaterThanOrEqual, LessThan or LessThanOrEqual."),
        };
        return Expression.Lambda<Func<WorkflowInstance, bool>>(compared, row);
    }

    private static List<T> Words<T>(JsonObject filter, string one, string many) where T : struct, Enum =>
    [
        .. ElsaBulk.Texts(filter, many).Concat(Text(filter, one) is { } only ? [only] : []).Distinct().Select(word => Enum.TryParse<T>(word, ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : throw new OfficeProblem(400, "parameter-unreadable", $"'{word}' is no value for {one}.", $"Give {string.Join(", ", Enum.GetNames<T>())}.")),
    ];

    private static string? Text(JsonObject filter, string name) => ElsaJson.Text(filter[name]) is { Length: > 0 } text ? text : null;
}
