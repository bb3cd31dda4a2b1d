using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Deliveries;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Board.Deliveries;

/// <summary>A parcel in a list.</summary>
public sealed record DeliveryLine(
    string Number, string? Tracking, string? Courier, string? From, string? PersonId, string Recipient, string? Department, int Pieces, string Condition,
    bool Perishable, bool SignatureRequired, string? Shelf, string? Note, string State, StateView Mark, bool IsWaiting,
    DateTimeOffset ReceivedAt, DateTimeOffset? NotifiedAt, DateTimeOffset? HandedAt, string? HandedTo, string? InstanceId);

/// <summary>The parcels.</summary>
public sealed record DeliveryListView(IReadOnlyList<DeliveryLine> Deliveries, string State, string Department, string Search, IReadOnlyList<Choice> Departments, int Waiting, int All);

internal sealed class DeliveryQuery(WorkflowStore store, DirectoryCache directory)
{
    /// <summary>Parcels that somebody still has to fetch.</summary>
    public static IQueryable<Delivery> Waiting(OfficeDbContext context) => context.Deliveries.Where(d => d.State == "received" || d.State == "notified" || d.State == "unidentified");

    public async Task<DeliveryListView> ListAsync(string state, string department, string search, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var rows = state switch
        {
            "all" => context.Deliveries,
            "handed" => context.Deliveries.Where(d => d.State == "pickedUp"),
            "other" => context.Deliveries.Where(d => d.State != "received" && d.State != "notified" && d.State != "unidentified" && d.State != "pickedUp"),
            _ => Waiting(context),
        };
        if (department.Length > 0)
            rows = rows.Where(d => d.DepartmentId == department);
        if (search.Length > 0)
        {
            var like = $"%{search.Replace("%", "", StringComparison.Ordinal)}%";
            rows = rows.Where(d => EF.Functions.Like(d.Number, like) || EF.Functions.Like(d.Recipient, like) || EF.Functions.Like(d.From ?? "", like) || EF.Functions.Like(d.Tracking ?? "", like) || EF.Functions.Like(d.HandedTo ?? "", like));
        }

        var found = await rows.OrderByDescending(d => d.ReceivedAt).Take(500).ToListAsync(cancellationToken);
        var waiting = await Waiting(context).CountAsync(cancellationToken);
        var all = await context.Deliveries.CountAsync(cancellationToken);
        if (state is not ("all" or "handed" or "other"))
            found = [.. found.OrderByDescending(d => d.Perishable).ThenBy(d => d.ReceivedAt)];
        return new DeliveryListView(
            [.. found.Select(d => Line(d, directory.Current))], state is "all" or "handed" or "other" ? state : "", department, search,
            [.. directory.Current.Departments.Select(d => new Choice(d.Id, d.Name))], waiting, all);
    }

    public static DeliveryLine Line(Delivery d, OfficeDirectory people) => new(
        d.Number, d.Tracking, d.Courier, d.From, people.Person(d.PersonId)?.Id, d.Recipient, people.Department(d.DepartmentId)?.Name, d.Pieces, d.Condition,
        d.Perishable, d.SignatureRequired, d.Shelf, d.Note, d.State, Mark(d), d.IsWaiting, d.ReceivedAt, d.NotifiedAt, d.HandedAt, d.HandedTo, d.InstanceId);

    private static StateView Mark(Delivery d) => d.State switch
    {
        "pickedUp" => new StateView("●", d.StateWord, "ok"),
        "unidentified" => new StateView("!", d.StateWord, "late"),
        "received" or "notified" => StateView.Waiting(d.StateWord),
        _ => new StateView("✕", d.StateWord, "idle"),
    };
}
