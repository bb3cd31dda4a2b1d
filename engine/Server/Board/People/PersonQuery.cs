using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Board.Documents;
using ProductionOffice.Server.Board.Instances;
using ProductionOffice.Server.Board.Shared;
using ProductionOffice.Server.Board.Workflows;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;
using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Board.People;

/// <summary>Crew and cast, and one person with all their paperwork.</summary>
internal sealed class PersonQuery(WorkflowStore store, DirectoryCache directory)
{
    public async Task<PeopleView> ListAsync(string department, bool onlyPresent, string search, CancellationToken cancellationToken)
    {
        await using var context = await store.ReadAsync(cancellationToken);
        var presence = await context.Presence.ToDictionaryAsync(p => p.PersonId, cancellationToken);
        var people = directory.Current;
        var found = people.People
            .Where(p => department.Length == 0 || string.Equals(p.DepartmentId, department, StringComparison.OrdinalIgnoreCase))
            .Where(p => search.Length == 0 || p.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || p.Role.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Select(p => Line(p, presence.GetValueOrDefault(p.Id), people))
            .Where(p => !onlyPresent || p.IsIn)
            .OrderBy(p => p.Name, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true));
        return new PeopleView(
            [.. found], department, onlyPresent, search, [.. people.Departments.Select(d => new Choice(d.Id, d.Name)), new Choice("CAST", "Cast")]);
    }

    /// <exception cref="OfficeProblem">There is nobody of that id.</exception>
    public async Task<PersonView> ReadAsync(string id, Caller caller, Moments moments, CancellationToken cancellationToken)
    {
        var people = directory.Current;
        var person = people.Person(id) ?? throw OfficeProblem.NotFound("person", id, "Look under People or Paperwork.");
        var seesTerms = caller.MaySeeRates(person.DepartmentId);
        await using var context = await store.ReadAsync(cancellationToken);
        var presence = await context.Presence.FirstOrDefaultAsync(p => p.PersonId == person.Id, cancellationToken);
        var items = await context.Paperwork.Where(p => p.PersonId == person.Id).ToListAsync(cancellationToken);
        var documents = await context.Documents.Where(d => d.Subject == person.Id).OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Version).ToListAsync(cancellationToken);
        var mine = context.Instances.Where(i => i.CorrelationId != null && EF.Functions.Like(i.CorrelationId, $"%:{person.Id}:%")).OrderByDescending(i => i.CreatedAt).Take(50);
        var instances = await InstanceListQuery.LinesAsync(context, mine, await InstanceListQuery.NamesAsync(context, cancellationToken), people, cancellationToken);
        var order = PaperworkKind.StartPacket.Select((k, n) => (k.Key, n)).ToDictionary(k => k.Key, k => k.n);
        var needed = items.Where(i => i.State is not ("waived" or "notApplicable")).ToList();
        return new PersonView(
            Line(person, presence, people) with { Name = person.Name }, person.Union, person.IsDistantHire, person.Deal?.StartDate, person.Deal?.EndDate,
            [.. items.OrderBy(i => order.GetValueOrDefault(i.Kind, 99)).ThenBy(i => i.Kind, StringComparer.Ordinal).Select(i => Paper(i, seesTerms, moments))],
            needed.Count(i => PaperworkState.Of(i.State).Tone == "ok"), needed.Count,
            [.. documents.Select(d => DocumentQuery.Line(d, caller, people))],
            instances,
            seesTerms && person.Deal is { } deal ? Terms(deal, people) : [],
            !seesTerms && person.Deal is not null,
            person.CastNumber is null && StartRules.MayHire(caller, person.DepartmentId) ? $"/start/crew-hire?person={person.Id}" : null);
    }

    private static PaperLine Paper(PaperworkItem item, bool seesTerms, Moments moments)
    {
        var state = PaperworkState.Of(item.State);
        var view = state.IsOpen && item.Due < moments.Now ? new StateView("!", state.Word, "late") : StateView.Of(state);

        // A note is the reason somebody wrote; on a deal it may speak of money.
        return new PaperLine(
            item.Kind, PaperworkKind.NameOf(item.Kind), view, state.IsOpen ? item.Holder : null, item.Since, state.IsOpen ? item.Due : null, item.InstanceId,
            seesTerms || item.Kind != "dealMemo" ? item.Note : null);
    }

    private static List<(string Label, string Value)> Terms(DealTerms deal, OfficeDirectory people)
    {
        var terms = new List<(string Label, string Value)>
        {
            ("Rate", $"{Money(deal.Rate, deal)} {deal.RateType}"),
            ("Guaranteed hours per day", deal.GuaranteedHoursPerDay?.ToString(CultureInfo.InvariantCulture) ?? "none"),
            ("Kit rental per week", deal.KitRentalPerWeek > 0 ? Money(deal.KitRentalPerWeek, deal) : "none"),
            ("Loan-out company", deal.LoanOut ?? "none, employee"),
            ("Account", people.Budget.FirstOrDefault(b => b.Code == deal.AccountCode) is { } account ? $"{account.Code} {account.Name}" : deal.AccountCode),
            ("Budget holds", deal.BudgetRate is { } budget ? $"{Money(budget, deal)} {deal.RateType}{(deal.IsOverBudget ? " (less than the rate)" : "")}" : "no such position"),
        };
        if (deal.EstimatedTotal is { } total)
            terms.Add(("Estimated total", Money(total, deal)));
        if (deal.SpecialConditions is { Length: > 0 } special)
            terms.Add(("Special conditions", special));
        return terms;
    }

    private static string Money(decimal amount, DealTerms deal) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,##0.00} {deal.Currency}");

    private static PersonLine Line(Person person, PresenceRow? presence, OfficeDirectory people) => new(
        person.Id, person.SortName, person.CastNumber is { } number ? $"{number}. {person.Role}" : person.Role, people.Department(person.DepartmentId)?.Name ?? "Cast",
        person.Phone, person.Email, presence?.IsIn ?? false, presence?.Since);
}
