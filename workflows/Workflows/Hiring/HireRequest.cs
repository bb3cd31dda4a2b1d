using System.Globalization;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Office.Paperwork;
using ProductionOffice.Office.People;

namespace ProductionOffice.Workflows.Hiring;

/// <summary>Takes a hire request: who, as what, on which terms; terms not given are those of the last deal.</summary>
/// <remarks>
/// Terms are read from the workflow's inputs of the same name (<c>rate</c>, <c>startDate</c> …). Sets the variables <c>person</c>, <c>deal</c>, <c>overBudget</c>, <c>requestedBy</c>, <c>requestedByPerson</c> and the name and correlation of the instance.
/// </remarks>
[Activity("Office.HireRequest", "Hiring", DisplayName = "Take the hire request", Description = "Reads who is to be hired and on which terms; missing terms come from the last deal.")]
[SetsVariables("person", "deal", "overBudget", "requestedBy", "requestedByPerson")]
public sealed class HireRequest : CodeActivity
{
    /// <summary>Id or name of a person of the directory, or a new person with name, role, department and terms.</summary>
    [Input(DisplayName = "Person", Description = "A person of the directory, or a new one", UIHint = "person", Required = true)]
    public Input<object>? Person { get; init; }

    /// <inheritdoc/>
    protected override void Execute(ActivityExecutionContext context)
    {
        var directory = context.GetService<OfficeDirectory>() ?? OfficeDirectory.Empty;
        var hire = HireTerms.Read(context.GetValue(Person), Value.From(context.Workflow.Input), directory, context.Workflow.InstanceId);
        var (person, deal) = hire;
        var account = directory.Account(context.Workflow.Actor);

        var flow = context.Workflow;
        flow.CorrelationId = $"hire:{person.Id}:{directory.Production?.Id}";
        flow.Name = $"Hire {person.Name}, {person.Role}";
        flow.SetVariable("person", HireTerms.PersonValue(person, directory));
        flow.SetVariable("deal", OfficeValues.From(deal));
        flow.SetVariable("overBudget", Value.From(deal.IsOverBudget));
        flow.SetVariable("requestedBy", Value.From(flow.Actor));
        flow.SetVariable("requestedByPerson", Value.From(account?.PersonId));

        if (directory.Person(person.Id) is null)
            context.Record("person", person.Id, OfficeValues.From(person));
        context.Record("paperwork", $"{person.Id}:dealMemo", OfficeValues.From(
            new PaperworkItem(person.Id, "dealMemo", "draft", OfficeRoles.Title(OfficeRoles.ProductionCoordinator), flow.Now, null, flow.InstanceId, null, null)));
        context.Note($"{account?.DisplayName ?? "The office"} asked to hire {person.Name} as {person.Role}",
            deal.IsOverBudget ? "the rate is over the budget" : null);
    }
}

/// <summary>Reads who is hired on which terms, and says plainly what is missing.</summary>
public static class HireTerms
{
    /// <summary>The person and the terms of a request.</summary>
    /// <param name="person">Id, name, or an object with name, role, department.</param>
    /// <param name="terms">Object of terms that differ, and of what is known of somebody new.</param>
    /// <param name="directory">Who is known.</param>
    /// <param name="instanceId">Makes the id of a new person unique.</param>
    /// <exception cref="HireRequestException">Something is unknown or missing.</exception>
    public static (Person Person, DealTerms Deal) Read(Value person, Value terms, OfficeDirectory directory, string instanceId)
    {
        // A mistyped term would silently stay as in the last deal.
        if (terms.Kind == ValueKind.Object && terms.AsObject().Keys.FirstOrDefault(k => !TermNames.Contains(k) && !PersonNames.Contains(k)) is { } stray)
            throw new HireRequestException(stray, terms[stray].ToString(), $"There is no term '{stray}' in a hire request.", $"Terms are {string.Join(", ", TermNames)}; somebody new has name, role, department, email, phone.");

        // A new person may also be given by the plain inputs name, role, department.
        if (person.IsNullish && !terms["name"].IsNullish)
            person = terms;
        if (person.IsNullish)
            throw new HireRequestException("person", "", "The request does not say who is to be hired.", "Give person, for example person=C041, or name, role, department and terms for somebody new.");

        var known = person.Kind == ValueKind.Object ? null : Known(person.ToString(), directory);
        var given = known is null ? NewPerson(person, directory, instanceId) : known;
        var merged = new ObjectValue();
        if (person.Kind == ValueKind.Object)
            CopyTerms(person.AsObject(), merged);
        if (terms.Kind == ValueKind.Object)
            CopyTerms(terms.AsObject(), merged);
        return (given, Merge(given, merged, directory));
    }

    /// <summary>A person as templates and conditions see them.</summary>
    public static Value PersonValue(Person person, OfficeDirectory directory) => OfficeValues.Fields(
        ("id", Value.From(person.Id)),
        ("name", Value.From(person.Name)),
        ("role", Value.From(person.Role)),
        ("department", Value.From(directory.Department(person.DepartmentId)?.Name ?? person.DepartmentId)),
        ("departmentId", Value.From(person.DepartmentId)),
        ("union", Value.From(person.Union)),
        ("phone", Value.From(person.Phone)),
        ("email", Value.From(person.Email)),
        ("isDistantHire", Value.From(person.IsDistantHire)),
        ("loanOut", Value.From(person.Deal?.LoanOut)));

    /// <summary>Terms with some fields replaced by what a person typed.</summary>
    /// <exception cref="HireRequestException">A value cannot be read.</exception>
    public static DealTerms Revise(DealTerms deal, IReadOnlyDictionary<string, string> fields)
    {
        var changed = new ObjectValue();
        foreach (var (name, value) in fields)
            changed.Set(name, Value.From(value));
        return Apply(deal, changed);
    }

    private static Person Known(string text, OfficeDirectory directory)
    {
        if (directory.FindPerson(text) is { } person)
            return person;

        var near = directory.NearestPeople(text);
        throw new HireRequestException("person", text, $"There is nobody with the id or full name '{text}' in the directory.",
            near.Count > 0
                ? $"Did you mean {string.Join(" or ", near.Select(p => $"{p.Id} ({p.Name})"))}? For somebody new give name, role, department and terms."
                : "For somebody new give name, role, department and terms.");
    }

    private static Person NewPerson(Value person, OfficeDirectory directory, string instanceId)
    {
        var name = Required("name");
        var role = Required("role");
        var departmentText = Required("department");
        var department = directory.FindDepartment(departmentText)
            ?? throw new HireRequestException("department", departmentText, $"There is no department '{departmentText}'.",
                $"Departments are {string.Join(", ", directory.Departments.Select(d => $"{d.Name} ({d.Id})"))}.");
        return new Person(
            $"N-{instanceId}", name, role, department.Id, Optional("union") ?? "NON", Optional("phone") ?? "", Optional("email") ?? "",
            person["isDistantHire"].IsTruthy, Deal: null);

        string Required(string field) => Optional(field)
            ?? throw new HireRequestException(field, "", $"A new person needs a {field}.", $"Give {field}, for example {Example(field)}.");

        string? Optional(string field) => person[field].IsNullish ? null : OneLine(field, person[field].ToString(), 200) is { Length: > 0 } text ? text : null;
    }

    private static string Example(string field) => field switch { "name" => "\"Kei Ito\"", "role" => "\"Set Costumer\"", _ => "\"Costume\"" };

    private static void CopyTerms(ObjectValue from, ObjectValue to)
    {
        foreach (var key in from.Keys.Where(k => TermNames.Contains(k) && !from[k].IsNullish))
            to.Set(key, from[key]);
        if (from["terms"].Kind == ValueKind.Object)
            CopyTerms(from["terms"].AsObject(), to);
    }

    // What the budget holds is no term of a deal: who asks for money does not say how much there is.
    private static readonly string[] TermNames =
        ["rateType", "rate", "currency", "guaranteedHoursPerDay", "loanOut", "kitRentalPerWeek", "accountCode", "startDate", "endDate", "estimatedTotal", "specialConditions"];

    private static readonly string[] PersonNames = ["person", "terms", "name", "role", "department", "email", "phone", "union", "isDistantHire"];

    /// <summary>Text as it can stand on paper: no control characters, blanks not doubled, an end to it.</summary>
    private static string OneLine(string field, string text, int longest)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length > longest)
            throw new HireRequestException(field, words[..40], $"The {field} is {words.Length} characters long.", $"Give at most {longest}.");
        return words.Any(char.IsControl)
            ? throw new HireRequestException(field, "", $"The {field} holds characters that cannot be printed.", "Type it anew.")
            : words;
    }

    private static DealTerms Merge(Person person, ObjectValue given, OfficeDirectory directory)
    {
        if (person.Deal is { } last)
            return Apply(last, given);

        // A new position is paid for by what the budget holds for the same work in the same department.
        var like = directory.People.FirstOrDefault(p => p.DepartmentId == person.DepartmentId && string.Equals(p.Role, person.Role, StringComparison.OrdinalIgnoreCase))?.Deal;
        foreach (var needed in new[] { "rate", "rateType", "startDate", "endDate" })
        {
            if (given[needed].IsNullish)
                throw new HireRequestException(needed, "", $"{person.Name} has no earlier deal, so the terms need a {needed}.", "Give rateType (hourly, daily, weekly or flat), rate, startDate and endDate.");
        }

        var currency = directory.Production?.Currency ?? "USD";
        var account = like?.AccountCode ?? directory.People.FirstOrDefault(p => p.DepartmentId == person.DepartmentId)?.Deal?.AccountCode ?? "";
        return Apply(new DealTerms(like?.RateType ?? "weekly", 0, currency, 12, null, 0, account, default, default, like?.BudgetRate, null), given);
    }

    private static DealTerms Apply(DealTerms deal, ObjectValue given)
    {
        var rateType = Text("rateType") ?? deal.RateType;
        if (rateType is not ("hourly" or "daily" or "weekly" or "flat"))
            throw new HireRequestException("rateType", rateType, $"'{rateType}' is not a kind of rate.", "Use hourly, daily, weekly or flat.");

        var currency = Text("currency") ?? deal.Currency;
        var result = deal with
        {
            RateType = rateType,
            Rate = Money("rate") ?? deal.Rate,
            Currency = currency,
            GuaranteedHoursPerDay = given["guaranteedHoursPerDay"].IsNullish ? deal.GuaranteedHoursPerDay : Hours("guaranteedHoursPerDay"),
            LoanOut = Given("loanOut") ? Text("loanOut") : deal.LoanOut,
            KitRentalPerWeek = Money("kitRentalPerWeek") ?? deal.KitRentalPerWeek,
            AccountCode = Text("accountCode") ?? deal.AccountCode,
            StartDate = Date("startDate") ?? deal.StartDate,
            EndDate = Date("endDate") ?? deal.EndDate,
            // A weekly budget says nothing of a rate per day: without one to compare with, it is decided above.
            BudgetRate = rateType == deal.RateType && currency == deal.Currency ? deal.BudgetRate : null,
            EstimatedTotal = Money("estimatedTotal") ?? (Given("rate") || Given("rateType") || Given("startDate") || Given("endDate") ? null : deal.EstimatedTotal),
            SpecialConditions = Given("specialConditions") ? Text("specialConditions") : deal.SpecialConditions,
        };
        if (result.Rate <= 0)
            throw new HireRequestException("rate", result.Rate.ToString(CultureInfo.InvariantCulture), "The rate must be more than 0.", "Give a rate, for example 43 for an hourly rate.");
        if (result.EndDate < result.StartDate)
            throw new HireRequestException("endDate", result.EndDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "The last day of work lies before the first.", $"Give an endDate on or after {result.StartDate:yyyy-MM-dd}.");
        return result;

        bool Given(string field) => given[field].Kind != ValueKind.Undefined;

        string? Text(string field) => given[field].IsNullish || OneLine(field, given[field].ToString(), 2000) is not { Length: > 0 } text ? null : text;

        decimal? Money(string field)
        {
            if (Text(field) is not { } text)
                return null;

            return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var money) && money is >= 0 and < 1_000_000_000
                ? money
                : throw new HireRequestException(field, text, $"'{text}' is not an amount.", $"Give {field} as a number, for example 43 or 2650.50.");
        }

        int? Hours(string field)
        {
            if (Text(field) is not { } text)
                return null;

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 0 and <= 24
                ? hours
                : throw new HireRequestException(field, text, $"'{text}' is not a number of hours a day.", $"Give {field} as a whole number, at most 24.");
        }

        DateOnly? Date(string field)
        {
            if (Text(field) is not { } text)
                return null;

            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : throw new HireRequestException(field, text, $"'{text}' is not a date.", $"Give {field} as year-month-day, for example 2027-03-01.");
        }
    }
}

/// <summary>A hire request cannot be taken as it is.</summary>
/// <param name="field">The field that is wrong.</param>
/// <param name="value">Its value; empty when missing.</param>
/// <param name="problem">One sentence for people.</param>
/// <param name="remedy">What to do.</param>
public sealed class HireRequestException(string field, string value, string problem, string remedy) : Exception($"{problem} {remedy}")
{
    /// <summary>The field that is wrong.</summary>
    public string Field { get; } = field;

    /// <summary>Its value; empty when missing.</summary>
    public string Value { get; } = value;

    /// <summary>One sentence for people.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}
