using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductionOffice.Office.Deliveries;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Import;

/// <summary>Reads a production file (the schema of the demo production) into the office.</summary>
/// <remarks>People, departments, budget, start paperwork, parcels and who is here are rows; what is in flight is brought to its step by <see cref="InFlight"/>.</remarks>
internal sealed class ProductionImport(WorkflowStore store, DirectoryCache directory)
{
    /// <summary>Imports a file whose dates already stand where they shall.</summary>
    /// <exception cref="ImportException">The file lacks something or holds something of another shape.</exception>
    public async Task RunAsync(JsonObject file, CancellationToken cancellationToken)
    {
        var departments = Departments(file);
        var people = Crew(file).Concat(Cast(file)).ToList();
        var production = Production(file);
        await store.WriteAsync(async context =>
        {
            await SetAsync("production", production.Id, production);
            foreach (var department in departments)
                await SetAsync("department", department.Id, department);
            foreach (var account in file["budgetAccounts"]?.AsArray() ?? [])
                await SetAsync("budget", Text(account!, "code"), new BudgetAccount(Text(account!, "code"), Text(account!, "name")));
            foreach (var day in (file["calendar"]?.AsArray() ?? []).Where(d => (bool?)d!["dayOff"] == true))
                await SetAsync("day-off", Text(day!, "date"), new DayOff(DateOnly.ParseExact(Text(day!, "date"), "yyyy-MM-dd", CultureInfo.InvariantCulture), Text(day!, "title")));
            foreach (var person in people)
                await SetAsync("person", person.Id, person);
            foreach (var account in DemoAccounts.Of(people, departments))
                context.Accounts.Add(account);
            foreach (var item in Paperwork(file))
                context.Paperwork.Add(item);
            foreach (var delivery in Deliveries(file))
                context.Deliveries.Add(delivery);
            foreach (var presence in Present(file, people))
                context.Presence.Add(presence);

            async Task SetAsync<T>(string kind, string key, T record)
            {
                await FactWriter.SetDirectoryAsync(context, kind, key, JsonSerializer.Serialize(record, FactWriter.Json), cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
            }
        }, cancellationToken);
        await directory.ReloadAsync(cancellationToken);
    }

    /// <summary>The moment the file describes.</summary>
    public static DateTimeOffset AsOf(JsonObject file) => Moment(file, "asOf") ?? throw new ImportException("asOf", "Give the moment the file describes, for example 2027-03-09T18:30:00-08:00.");

    /// <summary>The show's time zone.</summary>
    public static TimeZoneInfo Zone(JsonObject file) => TimeZoneInfo.FindSystemTimeZoneById(Production(file).TimeZone);

    private static Production Production(JsonObject file)
    {
        var p = file["production"] as JsonObject ?? throw new ImportException("production", "The file must describe the show.");
        var office = p["office"]!;
        return new Production(
            Text(p, "id"), Text(p, "title"), Text(p, "workingTitle"), Text(p, "productionNumber"), Text(p, "company"), Text(p, "companyAddress"),
            Text(p, "currency"), Text(p, "timezone"), Text(office, "name"), Text(office, "address"), Text(office, "phone"), Text(office, "email"));
    }

    private static List<Department> Departments(JsonObject file)
    {
        var crew = file["crew"]!.AsArray();
        return [.. file["departments"]!.AsArray().Select((d, i) => new Department(
            Text(d!, "id"), Text(d!, "name"),
            crew.FirstOrDefault(c => Text(c!, "departmentId") == Text(d!, "id")) is { } head ? Text(head, "id") : null,
            Shelf: null, i))];
    }

    private static IEnumerable<Person> Crew(JsonObject file) => file["crew"]!.AsArray().Select(c =>
    {
        var deal = c!["deal"]!;
        var rate = Number(deal, "rate") ?? 0;
        return new Person(
            Text(c, "id"), Text(c, "name"), Text(c, "role"), Text(c, "departmentId"), Text(c, "union"), Optional(c, "phone") ?? "", Optional(c, "email") ?? "",
            (bool?)c["isDistantHire"] ?? false,
            new DealTerms(
                Text(deal, "rateType"), rate, Text(deal, "currency"), (int?)Number(deal, "guaranteedHoursPerDay"), Optional(deal, "loanOut"),
                Number(deal, "kitRentalPerWeek") ?? 0, Text(deal, "accountCode"), Day(deal, "startDate"), Day(deal, "endDate"),
                // The budget holds what was agreed, except where somebody had to allow more.
                BudgetRate: deal["overBudgetApproval"] is JsonObject over ? Number(over, "budgetRate") : rate,
                Number(deal, "estimatedTotal")));
    });

    private static IEnumerable<Person> Cast(JsonObject file) => (file["cast"]?.AsArray() ?? []).Select(a => new Person(
        Text(a!, "id"), Text(a!, "name"), Text(a!, "character"), "CAST", Text(a!, "union"), Optional(a!, "phone") ?? "", Optional(a!, "email") ?? "",
        (bool?)a!["isDistantHire"] ?? false, Deal: null, (int?)a["castNumber"],
        a["agent"] is JsonObject agent ? Optional(agent, "agency") : null, a["agent"] is JsonObject other ? Optional(other, "phone") : null));

    private static IEnumerable<PaperworkItem> Paperwork(JsonObject file) =>
        from c in file["crew"]!.AsArray()
        let person = Text(c, "id")
        let start = Moment(Day(c["deal"]!, "startDate"), Zone(file))
        from item in c["startPaperwork"]!.AsObject()
        let state = (string)item.Value!
        let isDone = state == "complete"
        select new PaperworkItem(
            person, item.Key, item.Key == "dealMemo" && isDone ? "executed" : state,
            isDone ? null : Text(c, "name"), Since: start.AddDays(-3), Due: isDone ? null : start, null, null, null);

    private static IEnumerable<Delivery> Deliveries(JsonObject file)
    {
        var names = file["crew"]!.AsArray().Concat(file["cast"]!.AsArray()).ToDictionary(p => Text(p!, "id"), p => Text(p!, "name"));
        var vendors = (file["vendors"]?.AsArray() ?? []).ToDictionary(v => Text(v!, "id"), v => Text(v!, "name"));
        return (file["deliveries"]?.AsArray() ?? []).Select(d =>
        {
            var recipient = Optional(d!, "recipientId");
            var state = Text(d!, "status");
            return new Delivery(
                Text(d!, "id"), Optional(d!, "trackingNumber"), Optional(d!, "carrier"),
                Optional(d!, "senderVendorId") is { } vendor ? vendors.GetValueOrDefault(vendor) : null,
                recipient, Optional(d!, "departmentId"), recipient is null ? "unknown" : names[recipient],
                (int)(Number(d!, "pieces") ?? 1), "parcel", Text(d!, "condition"), Perishable: Text(d!, "description").Contains("keep cold", StringComparison.OrdinalIgnoreCase),
                (bool?)d!["signatureRequired"] ?? false, Optional(d, "storageSpot"),
                string.Join("; ", new[] { Text(d, "description"), Optional(d, "note") }.OfType<string>()),
                state switch { "picked-up" => "pickedUp", "returned-to-sender" => "returnedToSender", "notified" => "received", _ => state },
                Moment(d, "receivedAt")!.Value, Optional(d, "receivedBy"), state == "picked-up" ? Moment(d, "notifiedAt") : null, Moment(d, "pickedUpAt"),
                Optional(d, "pickedUpBy") is { } by ? names.GetValueOrDefault(by, by) : null, null);
        });
    }

    private static IEnumerable<PresenceRow> Present(JsonObject file, List<Person> people)
    {
        // The office staff are in during a shoot day's evening; the set keeps its own list.
        var asOf = AsOf(file);
        return people.Where(p => p.DepartmentId is "PRD" or "ACC").Select(p => new PresenceRow { PersonId = p.Id, IsIn = true, Since = asOf.AddHours(-9) });
    }

    private static DateTimeOffset Moment(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(new TimeOnly(7, 0));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string Text(JsonNode node, string name) => Optional(node, name) ?? throw new ImportException(name, $"Every entry needs it; this one has none: {Shorten(node)}");

    private static string? Optional(JsonNode node, string name) => node[name] is JsonValue v && v.TryGetValue(out string? text) ? text : null;

    private static decimal? Number(JsonNode node, string name) => node[name] is JsonValue v && v.TryGetValue(out decimal number) ? number : null;

    private static DateOnly Day(JsonNode node, string name) => DateOnly.ParseExact(Text(node, name), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(JsonNode node, string name) => Optional(node, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime() : null;

    private static string Shorten(JsonNode node) => node.ToJsonString() is { Length: > 120 } text ? text[..120] + "…" : node.ToJsonString();
}

/// <summary>A production file cannot be read.</summary>
/// <param name="field">The field that is missing or wrong.</param>
/// <param name="remedy">What to do.</param>
internal sealed class ImportException(string field, string remedy) : Exception($"The production file has no usable '{field}'. {remedy}")
{
    /// <summary>The field that is missing or wrong.</summary>
    public string Field { get; } = field;
}
