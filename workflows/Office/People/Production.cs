namespace ProductionOffice.Office.People;

/// <summary>The show: one title with its own company, budget and people.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Title">Title; not printed outside the office while <paramref name="WorkingTitle"/> is secret-keeping.</param>
/// <param name="WorkingTitle">Code name, the only one a kiosk prints.</param>
/// <param name="ProductionNumber">The studio's number.</param>
/// <param name="Company">The contracting party.</param>
/// <param name="CompanyAddress">Its address.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA id; deadlines are counted in it.</param>
/// <param name="OfficeName">Name of the production office.</param>
/// <param name="OfficeAddress">Its address.</param>
/// <param name="OfficePhone">Its phone.</param>
/// <param name="OfficeEmail">Its e-mail.</param>
public sealed record Production(
    string Id,
    string Title,
    string WorkingTitle,
    string ProductionNumber,
    string Company,
    string CompanyAddress,
    string Currency,
    string TimeZone,
    string OfficeName,
    string OfficeAddress,
    string OfficePhone,
    string OfficeEmail);

/// <summary>A department.</summary>
/// <param name="Id">For example <c>CAM</c>.</param>
/// <param name="Name">For example <c>Camera</c>.</param>
/// <param name="HeadId">The person who heads it; null when nobody does.</param>
/// <param name="Shelf">Where its parcels lie; null when undecided.</param>
/// <param name="Order">Place in lists, from 0.</param>
public sealed record Department(string Id, string Name, string? HeadId, string? Shelf, int Order);

/// <summary>A budget account.</summary>
public sealed record BudgetAccount(string Code, string Name);
